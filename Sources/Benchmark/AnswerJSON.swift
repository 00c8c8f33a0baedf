package import JSON

/// Finds the JSON value in a model's answer, which may stand in a fence or between sentences.
package enum AnswerJSON {
  /// The answer's array: the whole answer, else the last fenced block that is one, else the last array that stands
  /// in the text. nil when there is none.
  ///
  /// The last one counts because models correct themselves downwards.
  package static func array(in answer: String) -> [JSONValue]? {
    let parser = JSONParser()
    func parsed(_ text: some StringProtocol) -> [JSONValue]? {
      (try? parser.parse(String(text)))?.arrayValue
    }
    if let whole = parsed(answer) { return whole }
    for block in fencedBlocks(answer).reversed() {
      if let array = parsed(block) { return array }
    }
    let bytes = Array(answer.utf8)
    for range in balancedArrays(bytes).suffix(attempts).reversed() {
      if let array = parsed(String(decoding: bytes[range], as: UTF8.self)) { return array }
    }
    return nil
  }

  /// How many bracketed places of an answer are tried, so that hostile text costs little.
  private static let attempts = 16

  /// The contents of Markdown's fenced blocks; a fence that is never closed ends with the text.
  package static func fencedBlocks(_ text: String) -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let isFence = line.drop { $0 == " " }.hasPrefix("```")
      switch (current, isFence) {
      case (nil, true): current = []
      case (let lines?, true):
        blocks.append(lines.joined(separator: "\n"))
        current = nil
      case (_?, false): current?.append(line)
      case (nil, false): break
      }
    }
    if let current { blocks.append(current.joined(separator: "\n")) }
    return blocks
  }

  /// Every `[…]` that lies in no other, in order. A lone `[` hides nothing that stands after it.
  private static func balancedArrays(_ bytes: [UInt8]) -> [Range<Int>] {
    var starts: [Int] = []
    var ranges: [Range<Int>] = []
    var inString = false
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where inString: index += 1
      // Outside brackets a quotation mark is prose.
      case UInt8(ascii: "\"") where !starts.isEmpty: inString.toggle()
      case UInt8(ascii: "\n"): inString = false
      case UInt8(ascii: "[") where !inString: starts.append(index)
      case UInt8(ascii: "]") where !inString:
        guard let start = starts.popLast() else { break }
        while let last = ranges.last, last.lowerBound > start { ranges.removeLast() }
        ranges.append(start..<index + 1)
      default: break
      }
      index += 1
    }
    return ranges
  }
}
