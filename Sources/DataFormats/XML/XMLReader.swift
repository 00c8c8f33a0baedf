import JSON

/// Reads XML of the kind that ``XMLWriter`` writes, with any white space, comments and CDATA sections.
///
/// An element is a member, elements of one name a list, text a number, boolean or string as it looks, and an element
/// without content null. A list of one element cannot be told from a value. Attributes, and text beside elements, are
/// errors; leniently attributes are members and such text is passed over. A document type declaration is refused, so
/// that nothing can be expanded.
struct XMLReader {
  private struct Element {
    let name: String
    var members: [(key: String, values: [JSONValue])] = []
    var positions: [JSONKey: Int] = [:]
    var text: [UInt8] = []

    mutating func add(_ value: JSONValue, as name: String) {
      if let position = positions[JSONKey(name)] {
        members[position].values.append(value)
      } else {
        positions[JSONKey(name)] = members.count
        members.append((name, [value]))
      }
    }

    var object: JSONValue {
      .object(
        JSONObject(
          distinct: members.map { member in
            (member.key, member.values.count == 1 ? member.values[0] : .array(member.values))
          }))
    }
  }

  private let text: Bytes
  private let options: DecodingOptions
  private var position = 0
  private var stack: [Element] = [Element(name: "")]

  init(_ text: Bytes, _ options: DecodingOptions) {
    self.text = text
    self.options = options
  }

  mutating func read() throws(DataFormatError) -> JSONValue {
    if let start = text.baseAddress, let fault = UTF8Check.firstFault(start, count: text.count) {
      throw error(.encoding, "The text is not UTF-8 here (byte 0x\(String(text[fault], radix: 16))).", at: fault)
    }
    while position < text.count {
      if text[position] == Ascii.less {
        try readMarkup()
      } else {
        try readText()
      }
    }
    guard stack.count == 1 else {
      throw error(.syntax, "The element <\(stack[stack.count - 1].name)> is not closed.", at: position)
    }
    guard stack[0].text.allSatisfy(Self.isSpace) else {
      throw error(.syntax, "Text stands outside of all elements.", at: 0)
    }
    return stack[0].object
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == Ascii.space || byte == Ascii.tab || byte == Ascii.lineFeed || byte == Ascii.carriageReturn
  }

  private mutating func readMarkup() throws(DataFormatError) {
    if starts(with: "<!--") { return try skip(past: "-->", "A comment") }
    if starts(with: "<![CDATA[") {
      let start = position + 9
      try skip(past: "]]>", "A CDATA section")
      stack[stack.count - 1].text += text[start..<(position - 3)]
      return
    }
    if starts(with: "<?") { return try skip(past: "?>", "A processing instruction") }
    if starts(with: "<!") {
      throw error(.syntax, "Document type declarations are not read.", at: position)
    }
    if starts(with: "</") { return try closeElement() }
    try openElement()
  }

  private func starts(with word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    return end <= text.count && ToonText.matches(Bytes(rebasing: text[position..<end]), word)
  }

  private mutating func skip(past end: StaticString, _ what: String) throws(DataFormatError) {
    let start = position
    while position < text.count {
      if starts(with: end) {
        position += end.utf8CodeUnitCount
        return
      }
      position += 1
    }
    throw error(.syntax, "\(what) is not closed.", at: start)
  }

  private mutating func skipSpace() {
    while position < text.count, Self.isSpace(text[position]) { position += 1 }
  }

  private mutating func readName() throws(DataFormatError) -> String {
    let start = position
    guard position < text.count, XMLName.isStart(text[position]) else {
      throw error(
        .syntax, "Here should stand the name of an element or attribute; a plain < is written &lt;.", at: position)
    }
    while position < text.count, XMLName.isPart(text[position]) { position += 1 }
    return String(decoding: Bytes(rebasing: text[start..<position]), as: UTF8.self)
  }

  private mutating func openElement() throws(DataFormatError) {
    let start = position
    position += 1
    guard stack.count <= options.maximumDepth else {
      throw error(.limit, "The text nests deeper than \(options.maximumDepth) levels, which is not read.", at: start)
    }
    var element = Element(name: try readName())
    while true {
      skipSpace()
      guard position < text.count else {
        throw error(.syntax, "The tag <\(element.name) is not closed.", at: start)
      }
      if text[position] == Ascii.greater {
        position += 1
        return stack.append(element)
      }
      if starts(with: "/>") {
        position += 2
        return close(element)
      }
      try readAttribute(&element)
    }
  }

  private mutating func readAttribute(_ element: inout Element) throws(DataFormatError) {
    let start = position
    let name = try readName()
    guard !options.isStrict else {
      throw error(.syntax, "Attributes have no place in this form: make \(name) an element.", at: start)
    }
    skipSpace()
    guard position < text.count, text[position] == 0x3D else {
      throw error(.syntax, "An attribute is name=\"value\".", at: position)
    }
    position += 1
    skipSpace()
    guard position < text.count, text[position] == Ascii.quote || text[position] == 0x27 else {
      throw error(.syntax, "An attribute's value stands in quotes.", at: position)
    }
    let quote = text[position]
    position += 1
    var value: [UInt8] = []
    while position < text.count, text[position] != quote { try readCharacter(into: &value) }
    guard position < text.count else { throw error(.syntax, "An attribute's value has no closing quote.", at: start) }
    position += 1
    element.add(Self.value(of: value), as: name)
  }

  private mutating func closeElement() throws(DataFormatError) {
    let start = position
    position += 2
    let name = try readName()
    skipSpace()
    guard position < text.count, text[position] == Ascii.greater else {
      throw error(.syntax, "The tag </\(name) is not closed.", at: start)
    }
    position += 1
    guard stack.count > 1, let element = stack.popLast() else {
      throw error(.syntax, "</\(name)> closes nothing.", at: start)
    }
    guard JSONKey.areSame(element.name, name) else {
      throw error(.syntax, "</\(name)> stands where </\(element.name)> should.", at: start)
    }
    if !element.members.isEmpty, options.isStrict, !element.text.allSatisfy(Self.isSpace) {
      throw error(.syntax, "The element <\(name)> has text beside elements.", at: start)
    }
    close(element)
  }

  private mutating func close(_ element: Element) {
    let value = element.members.isEmpty ? Self.value(of: element.text) : element.object
    stack[stack.count - 1].add(value, as: element.name)
  }

  private mutating func readText() throws(DataFormatError) {
    var characters: [UInt8] = []
    while position < text.count, text[position] != Ascii.less { try readCharacter(into: &characters) }
    stack[stack.count - 1].text += characters
  }

  /// Reads a byte or a reference; line ends become line feeds (XML 1.0, section 2.11).
  private mutating func readCharacter(into bytes: inout [UInt8]) throws(DataFormatError) {
    let byte = text[position]
    guard byte == 0x26 else {
      position += 1
      if byte == Ascii.carriageReturn {
        if position < text.count, text[position] == Ascii.lineFeed { position += 1 }
        bytes.append(Ascii.lineFeed)
      } else {
        bytes.append(byte)
      }
      return
    }
    let start = position
    // No reference is longer, and a lone ampersand must not have the rest of the text searched.
    let limit = min(text.count, start + 12)
    var end = start + 1
    while end < limit, text[end] != 0x3B { end += 1 }
    guard end < limit,
      let scalar = Self.scalar(String(decoding: Bytes(rebasing: text[(start + 1)..<end]), as: UTF8.self))
    else {
      throw error(.syntax, "This reference means nothing: &amp; &lt; &gt; &apos; &quot; and &#number; do.", at: start)
    }
    bytes.append(contentsOf: String(Character(scalar)).utf8)
    position = end + 1
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "apos": "'"
    case "quot": "\""
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      } else {
        nil
      }
    }
  }

  /// White space with a line feed is layout, not content.
  private static func value(of bytes: [UInt8]) -> JSONValue {
    if bytes.isEmpty || bytes.contains(Ascii.lineFeed) && bytes.allSatisfy(isSpace) { return .null }
    return bytes.withUnsafeBufferPointer { PlainText.value(of: $0) }
  }

  private func error(_ code: DataFormatError.Code, _ message: String, at offset: Int) -> DataFormatError {
    TextPlace(text, offset: offset).error(code, message)
  }
}
