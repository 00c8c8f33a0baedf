extension AvroDecoder {
  /// Passes over a value without building it.
  mutating func skip(_ id: Int, in schema: AvroSchema, depth: Int) throws(AvroError) {
    switch schema.types[id].shape {
    case .null: break
    case .boolean: _ = try boolean()
    case .int, .long: _ = try long()
    case .float: _ = try slice(4, of: "a float")
    case .double: _ = try slice(8, of: "a double")
    case .bytes: _ = try sized("bytes")
    case .string: _ = try sized("a string")
    case .fixed(let size): _ = try slice(size, of: "a fixed")
    case .enumeration(let symbols, _): _ = try index(below: symbols.count, of: "an enum")
    case .record(let fields):
      let inner = try deeper(depth)
      for field in fields { try skip(field.type, in: schema, depth: inner) }
    case .union(let branches):
      try skip(branches[try index(below: branches.count, of: "a union")], in: schema, depth: try deeper(depth))
    case .array(let items): try skipItems(items, hasKeys: false, in: schema, depth: try deeper(depth))
    case .map(let values): try skipItems(values, hasKeys: true, in: schema, depth: try deeper(depth))
    }
  }

  /// Passes over the blocks of an array or map: at once where their size is given or their items take no bytes.
  private mutating func skipItems(
    _ id: Int, hasKeys: Bool, in schema: AvroSchema, depth: Int
  ) throws(AvroError) {
    while true {
      let count = try long("a count")
      if count == 0 { return }
      if count < 0 {
        let start = position
        let size = try long("a block size")
        guard size >= 0 else { throw failure(.corrupt, "a block has the size \(size)", at: start) }
        _ = try slice(Int(size), of: "a block of items")
      } else if hasKeys || schema.types[id].minimumSize > 0 {
        guard count <= remaining else {
          throw failure(.truncated, "\(count) items are claimed where \(remaining) bytes are left")
        }
        for _ in 0..<count {
          if hasKeys { _ = try sized("a map's key") }
          try skip(id, in: schema, depth: depth)
        }
      }
    }
  }
}
