import CJansson

/// Parses JSON text strictly as RFC 8259 has it: no trailing comma, no byte order mark, no lone surrogate, no
/// invalid UTF-8, no number that a 64-bit integer or a double cannot hold. Wraps jansson's `json_loadb`.
package struct JSONParser: Sendable {
  /// The deepest nesting of arrays and objects that is accepted, 1…1024.
  package var maximumDepth: Int
  /// Whether an object with a repeated key is an error; otherwise the last value wins.
  package var rejectsDuplicateKeys: Bool

  package init(maximumDepth: Int = 128, rejectsDuplicateKeys: Bool = false) {
    self.maximumDepth = min(max(maximumDepth, 1), 1024)
    self.rejectsDuplicateKeys = rejectsDuplicateKeys
  }

  /// - Throws: ``JSONParseError`` for anything that is not exactly one JSON value.
  package func parse(_ text: String) throws(JSONParseError) -> JSONValue {
    var text = text
    return try parseResult { () -> Result<JSONValue, JSONParseError> in
      text.withUTF8 { parse($0) }
    }
  }

  /// - Throws: ``JSONParseError`` for anything that is not exactly one JSON value.
  package func parse(_ bytes: some Collection<UInt8>) throws(JSONParseError) -> JSONValue {
    try parseResult { () -> Result<JSONValue, JSONParseError> in
      bytes.withContiguousStorageIfAvailable { parse($0) } ?? Array(bytes).withUnsafeBufferPointer { parse($0) }
    }
  }

  private func parseResult(
    _ body: () -> Result<JSONValue, JSONParseError>
  ) throws(JSONParseError) -> JSONValue {
    try body().get()
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONParseError> {
    if let offset = offsetOfExcessiveNesting(bytes) {
      return .failure(
        JSONParseError(
          message: "nesting deeper than \(maximumDepth) levels", line: nil, column: nil, offset: offset))
    }
    var failure = json_error_t()
    let flags = Int(JSON_DECODE_ANY | JSON_ALLOW_NUL) | (rejectsDuplicateKeys ? Int(JSON_REJECT_DUPLICATES) : 0)
    let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
    guard let root = json_loadb(start, bytes.count, flags, &failure) else {
      return .failure(JSONParseError(failure))
    }
    defer { llmbench_json_release(root) }
    return .success(JSONValue(root))
  }

  /// Where the nesting goes past the limit. Counted before jansson sees the text, whose own limit is fixed.
  private func offsetOfExcessiveNesting(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var depth = 0
    var inString = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if inString {
        if byte == UInt8(ascii: "\\") {
          index += 1
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        inString = true
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        depth += 1
        if depth > maximumDepth { return index }
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        depth -= 1
      }
      index += 1
    }
    return nil
  }
}

extension JSONParseError {
  fileprivate init(_ failure: json_error_t) {
    let text = withUnsafeBytes(of: failure.text) { raw in
      String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
    }
    self.init(
      message: text, line: failure.line > 0 ? Int(failure.line) : nil,
      column: failure.line > 0 ? Int(failure.column) : nil, offset: Int(failure.position))
  }
}

extension JSONValue {
  /// Copies a jansson tree. Its depth was bounded before, so the recursion is too.
  fileprivate init(_ node: UnsafeMutablePointer<json_t>) {
    switch json_type(rawValue: UInt32(llmbench_json_type(node))) {
    case JSON_OBJECT: self = .object(JSONObject(node))
    case JSON_ARRAY:
      self = .array(
        (0..<json_array_size(node)).compactMap { index in json_array_get(node, index).map { JSONValue($0) } })
    case JSON_STRING: self = .string(String(node))
    case JSON_INTEGER: self = .integer(Int64(json_integer_value(node)))
    case JSON_REAL: self = .double(json_real_value(node))
    case JSON_TRUE: self = .bool(true)
    case JSON_FALSE: self = .bool(false)
    default: self = .null
    }
  }
}

extension JSONObject {
  fileprivate init(_ node: UnsafeMutablePointer<json_t>) {
    var members: [Member] = []
    members.reserveCapacity(json_object_size(node))
    var iterator = json_object_iter(node)
    while let current = iterator {
      if let key = json_object_iter_key(current), let value = json_object_iter_value(current) {
        members.append(Member(String(cString: key), JSONValue(value)))
      }
      iterator = json_object_iter_next(node, current)
    }
    self.init(distinct: members)
  }
}

extension String {
  fileprivate init(_ node: UnsafeMutablePointer<json_t>) {
    let bytes = UnsafeRawBufferPointer(start: json_string_value(node), count: json_string_length(node))
    self.init(decoding: bytes, as: UTF8.self)
  }
}
