import JSON

/// Writes XML as the TOON project's benchmark has fast-xml-parser write it: a member is an element, a list its element
/// repeated, two spaces a level, an empty value an element without content, no root element of its own.
///
/// What XML has no form for is an error here: a list at the root or in a list, a key that is no name, a control
/// character. An empty list leaves no trace, as there.
struct XMLWriter: ~Copyable {
  var writer = ByteWriter(reservingCapacity: 1 << 12)
  private let options: EncodingOptions
  private var path = ValuePath()

  init(_ options: EncodingOptions) { self.options = options }

  mutating func write(_ value: JSONValue) throws(DataFormatError) {
    guard case .object(let object) = value else {
      throw path.error(
        "XML has names for the members of an object only, and this is \(value.kindDescription): put it into an object.")
    }
    try writeMembers(object, level: 0)
  }

  private mutating func writeMembers(_ object: JSONObject, level: Int) throws(DataFormatError) {
    guard level < options.maximumDepth else {
      throw DataFormatError(.limit, "The value nests deeper than \(options.maximumDepth) levels, which is not written.")
    }
    for member in object {
      path.append(member.key)
      guard XMLName.isName(member.key) else {
        throw path.error(
          "The key \"\(member.key)\" is no name that XML allows: letters, digits, - . _ and no digit first.")
      }
      if case .array(let elements) = member.value {
        for (index, element) in elements.enumerated() {
          path.append(index)
          if case .array = element { throw path.error("A list in a list has no name in XML.") }
          try writeElement(member.key, element, level: level)
          path.removeLast()
        }
      } else {
        try writeElement(member.key, member.value, level: level)
      }
      path.removeLast()
    }
  }

  private mutating func writeElement(_ name: String, _ value: JSONValue, level: Int) throws(DataFormatError) {
    writer.append(repeating: Ascii.space, count: level * options.indentation)
    writer.append(Ascii.less)
    writer.append(name)
    let nameEnd = writer.count
    writer.append(Ascii.greater)
    let contentStart = writer.count
    switch value {
    case .null: break
    case .bool(let value): writer.append(value ? "true" : "false")
    case .integer(let value): writer.appendNumber(value)
    case .double(let value): if value.isFinite { writer.appendNumber(value) }
    case .string(let text): try writeText(text)
    case .object(let object):
      writer.append(Ascii.lineFeed)
      let membersStart = writer.count
      try writeMembers(object, level: level + 1)
      if writer.count == membersStart {
        writer.removeLast(1)
      } else {
        writer.append(repeating: Ascii.space, count: level * options.indentation)
      }
    case .array: break
    }
    if writer.count == contentStart {
      writer.removeLast(writer.count - nameEnd)
      writer.append("/>\n")
    } else {
      writer.append("</")
      writer.append(name)
      writer.append(">\n")
    }
  }

  private mutating func writeText(_ text: String) throws(DataFormatError) {
    var hasFault = false
    for byte in text.utf8 {
      switch byte {
      case 0x26: writer.append("&amp;")
      case Ascii.less: writer.append("&lt;")
      case Ascii.greater: writer.append("&gt;")
      case 0x27: writer.append("&apos;")
      case Ascii.quote: writer.append("&quot;")
      // A reader would take it for a line feed.
      case Ascii.carriageReturn: writer.append("&#13;")
      case Ascii.tab, Ascii.lineFeed, 0x20...: writer.append(byte)
      default: hasFault = true
      }
    }
    if hasFault { throw path.error("The text has a control character, which XML cannot hold.") }
  }
}
