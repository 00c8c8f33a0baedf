/// Reads data written with one schema as values of another, by the specification's rules of schema resolution:
/// fields and types are matched by name or by the reader's aliases, numbers are widened, defaults fill in.
package struct AvroResolver: Sendable {
  package let writer: AvroSchema
  package let reader: AvroSchema
  let steps: [Step]
  let root: Int

  /// How one writer's type is read as one reader's type. Steps refer to each other by place, so that recursive
  /// types are nothing special.
  enum Step: Sendable {
    /// The same on both sides: the reader's type.
    case same(Int)
    /// The writer's primitive type and the reader's, to which it is widened.
    case widen(AvroType.Shape, to: AvroType.Shape)
    case record([FieldStep], template: [AvroValue], names: [String])
    /// The reader's symbol for each of the writer's; nil where it has none.
    case enumeration([String?], writerSymbols: [String])
    case array(Int, minimumSize: Int)
    case map(Int)
    /// The writer chose a branch: go on with its step.
    case writerUnion([Int])
    /// The reader's branch that takes the value.
    case readerUnion(branch: Int, Int)
    case mismatch(String)
  }

  enum FieldStep: Sendable {
    /// Goes to the reader's field.
    case read(step: Int, field: Int)
    /// A writer's type that the reader has no field for.
    case skip(Int)
  }

  /// - Throws: ``AvroError`` with `schemaMismatch` if no data of the writer's can be read, or `invalidValue` for a
  ///   default that does not fit. What only some data have (a branch, a symbol) fails when it is met.
  package init(writer: AvroSchema, reader: AvroSchema) throws(AvroError) {
    var builder = AvroResolverBuilder(writer: writer, reader: reader)
    root = try builder.step(writer.root, reader.root, depth: 0)
    steps = builder.steps
    self.writer = writer
    self.reader = reader
  }

  func object(_ decoder: inout AvroDecoder) throws(AvroError) -> AvroValue {
    try decoder.beginObject(minimumSize: writer.rootType.minimumSize)
    return try value(root, &decoder, depth: 0)
  }

  private func value(_ step: Int, _ decoder: inout AvroDecoder, depth: Int) throws(AvroError) -> AvroValue {
    switch steps[step] {
    case .same(let type): return try decoder.value(type, in: reader, depth: depth)
    case .widen(let from, let to): return try widened(from, to, &decoder)
    case .record(let fields, let template, let names):
      let inner = try decoder.deeper(depth)
      var values = template
      for field in fields {
        switch field {
        case .read(let step, let field): values[field] = try value(step, &decoder, depth: inner)
        case .skip(let type): try decoder.skip(type, in: writer, depth: inner)
        }
      }
      return .record(AvroRecord(names: names, values: values))
    case .enumeration(let symbols, let writerSymbols):
      let index = try decoder.index(below: symbols.count, of: "an enum")
      if let symbol = symbols[index] { return .enumeration(symbol) }
      throw decoder.failure(
        .schemaMismatch, "the reader's enum has neither the symbol \"\(writerSymbols[index])\" nor a default")
    case .array(let items, let minimumSize):
      return try array(items, minimumSize, &decoder, depth: try decoder.deeper(depth))
    case .map(let values): return try map(values, &decoder, depth: try decoder.deeper(depth))
    case .writerUnion(let branches):
      let branch = try decoder.index(below: branches.count, of: "a union")
      return try value(branches[branch], &decoder, depth: try decoder.deeper(depth))
    case .readerUnion(let branch, let step):
      return .union(branch, try value(step, &decoder, depth: try decoder.deeper(depth)))
    case .mismatch(let message): throw decoder.failure(.schemaMismatch, message)
    }
  }

  private func array(
    _ items: Int, _ minimumSize: Int, _ decoder: inout AvroDecoder, depth: Int
  ) throws(AvroError) -> AvroValue {
    var values: [AvroValue] = []
    while let count = try decoder.blockCount(minimumSize: minimumSize, of: "an array") {
      for _ in 0..<count { values.append(try value(items, &decoder, depth: depth)) }
    }
    return .array(values)
  }

  private func map(_ step: Int, _ decoder: inout AvroDecoder, depth: Int) throws(AvroError) -> AvroValue {
    var entries: [(key: String, value: AvroValue)] = []
    while let count = try decoder.blockCount(minimumSize: 1, of: "a map") {
      for _ in 0..<count {
        let key = try decoder.string("a map's key")
        entries.append((key, try value(step, &decoder, depth: depth)))
      }
    }
    return .map(AvroMap(entries))
  }

  private func widened(
    _ from: AvroType.Shape, _ to: AvroType.Shape, _ decoder: inout AvroDecoder
  ) throws(AvroError) -> AvroValue {
    switch (from, to) {
    case (.int, .long): return .long(Int64(try decoder.int()))
    case (.int, .float): return .float(Float(try decoder.int()))
    case (.int, .double): return .double(Double(try decoder.int()))
    case (.long, .float): return .float(Float(try decoder.long()))
    case (.long, .double): return .double(Double(try decoder.long()))
    case (.float, .double):
      return .double(Double(Float(bitPattern: try decoder.word(UInt32.self, of: "a float"))))
    case (.string, .bytes): return .bytes(Array(try decoder.sized("a string")))
    case (.bytes, .string): return .string(try decoder.string("bytes that are read as a string"))
    default: throw decoder.failure(.schemaMismatch, "these types do not match")
    }
  }
}
