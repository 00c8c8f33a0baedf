import JSON
import Yams

/// Reads one YAML document with Yams (libyaml), with plain scalars understood as the core schema of YAML 1.2 has them:
/// `yes` and `2025-01-01` are strings. Keys are their text. Anchors are followed; `<<` is an ordinary key.
///
/// Tags but `!!str`, several documents, repeated keys and numbers without a JSON form are errors.
struct YAMLReader {
  private let options: DecodingOptions
  /// What may still be made; aliases let a short text stand for a value of any size.
  private var valuesLeft: Int
  private var bytesLeft: Int

  private init(_ options: DecodingOptions, textSize: Int) {
    self.options = options
    valuesLeft = 2 * textSize + 1000
    bytesLeft = 10 * textSize + 1_000_000
  }

  static func read(_ bytes: Bytes, _ options: DecodingOptions) throws(DataFormatError) -> JSONValue {
    if let start = bytes.baseAddress, let fault = UTF8Check.firstFault(start, count: bytes.count) {
      throw TextPlace(bytes, offset: fault)
        .error(.encoding, "The text is not UTF-8 here (byte 0x\(String(bytes[fault], radix: 16))).")
    }
    try YAMLAliasCheck.check(bytes)
    let root: Node?
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw DataFormatError(yaml: error, bytes)
    }
    guard let root else { return .null }
    var reader = YAMLReader(options, textSize: bytes.count)
    return try reader.value(root, level: 0)
  }

  private mutating func value(_ node: Node, level: Int) throws(DataFormatError) -> JSONValue {
    valuesLeft -= 1
    guard valuesLeft >= 0, bytesLeft >= 0 else {
      throw error(.limit, "The aliases stand for far more than the text itself, which is not read.", node.mark)
    }
    guard level <= options.maximumDepth else {
      throw error(.limit, "The text nests deeper than \(options.maximumDepth) levels, which is not read.", node.mark)
    }
    switch node {
    case .scalar(let scalar): return try value(scalar)
    case .sequence(let sequence):
      try checkTag(sequence.tag, "tag:yaml.org,2002:seq", sequence.mark)
      var elements: [JSONValue] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence { elements.append(try value(element, level: level + 1)) }
      return .array(elements)
    case .mapping(let mapping):
      try checkTag(mapping.tag, "tag:yaml.org,2002:map", mapping.mark)
      var builder = ValueBuilder()
      builder.beginObject()
      for (keyNode, valueNode) in mapping {
        guard case .scalar(let scalar) = keyNode else {
          throw error(.unrepresentable, "A key is a string, not a list or object.", keyNode.mark)
        }
        bytesLeft -= scalar.string.utf8.count
        if !builder.key(scalar.string) {
          throw error(.duplicateKey, "The key \"\(scalar.string)\" stands twice in the same object.", scalar.mark)
        }
        builder.append(try value(valueNode, level: level + 1))
      }
      builder.endObject()
      return builder.result ?? .null
    case .alias: throw error(.syntax, "An alias stands for nothing.", node.mark)
    }
  }

  private mutating func value(_ scalar: Node.Scalar) throws(DataFormatError) -> JSONValue {
    bytesLeft -= scalar.string.utf8.count
    guard scalar.style == .plain, scalar.tag.rawValue.isEmpty else {
      try checkTag(scalar.tag, "tag:yaml.org,2002:str", scalar.mark)
      return .string(scalar.string)
    }
    switch YAMLPlain.meaning(of: scalar.string) {
    case .value(let value): return value
    case .text: return .string(scalar.string)
    case .unrepresentable:
      throw error(.number, "\(scalar.string) has no form in JSON: put it in quotes.", scalar.mark)
    }
  }

  private func checkTag(_ tag: Tag, _ allowed: String, _ mark: Mark?) throws(DataFormatError) {
    let name = tag.rawValue
    guard name.isEmpty || name == "!" || name == allowed else {
      throw error(.syntax, "The tag \(name) is not known here: leave it out.", mark)
    }
  }

  private func error(_ code: DataFormatError.Code, _ message: String, _ mark: Mark?) -> DataFormatError {
    DataFormatError(code, message, line: mark?.line, column: mark?.column)
  }
}

extension DataFormatError {
  fileprivate init(yaml error: any Error, _ text: Bytes) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      let isLimit = problem.contains("nesting level")
      self.init(isLimit ? .limit : .syntax, "This is not YAML: \(problem).", line: mark.line, column: mark.column)
    case .reader(let problem, let offset, _, _)?:
      let place = TextPlace(text, offset: offset ?? 0)
      self.init(.syntax, "This is not YAML: \(problem).", line: place.line, column: place.column)
    case .duplicatedKeysInMapping(let keys, let context)?:
      self.init(
        .duplicateKey, "The key \"\(keys.first ?? "")\" stands twice in the same object.", line: context.mark.line,
        column: context.mark.column)
    default: self.init(.syntax, "This is not YAML: \(error).")
    }
  }
}
