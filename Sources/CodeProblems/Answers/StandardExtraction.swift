/// The default rule: see ``ExtractionRule/standard``.
struct StandardExtraction {
  let answer: String
  let function: String?

  private static let pythonTags: Set<String> = ["python", "py", "python3", "py3"]

  var code: ExtractedCode? {
    let lines = answer.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let start = firstLineOfAnswer(lines)
    let blocks = FencedBlock.all(in: lines, from: start)
    let filled = blocks.enumerated().filter { !$0.element.isBlank }
    let python = filled.filter { Self.pythonTags.contains($0.element.tag) }
    // Code without a tag counts where none has the right one.
    let candidates = python.isEmpty ? filled.filter { $0.element.tag.isEmpty } : python
    if let (index, block) = candidates.last(where: { defines($0.element) }) ?? candidates.last {
      return ExtractedCode(
        code: block.text, block: index + 1, blocks: blocks.count,
        lines: (block.firstLine + 1)...(max(block.firstLine, block.firstLine + block.lines.count - 1) + 1))
    }
    return filled.isEmpty ? wholeAnswer(lines, from: start) : nil
  }

  private func defines(_ block: FencedBlock) -> Bool {
    guard let function else { return false }
    return block.lines.contains { line in
      let words = line.drop { $0 == " " || $0 == "\t" }
      let rest = words.hasPrefix("async def ") ? words.dropFirst(10) : words.hasPrefix("def ") ? words.dropFirst(4) : ""
      let name = rest.drop { $0 == " " }
      return name.hasPrefix(function) && "([ ".contains(name.dropFirst(function.count).first ?? "?")
    }
  }

  /// After the last `</think>`. An answer that never ends to think is none.
  private func firstLineOfAnswer(_ lines: [Substring]) -> Int {
    if let end = lines.lastIndex(where: { $0.contains("</think>") }) { return end + 1 }
    let opening = lines.firstIndex { !$0.allSatisfy(\.isWhitespace) }
    return opening.map { lines[$0].contains("<think>") ? lines.count : 0 } ?? 0
  }

  /// An answer without fences, if each line at the margin begins as a line of Python does.
  private func wholeAnswer(_ lines: [Substring], from start: Int) -> ExtractedCode? {
    guard let first = lines.indices[start...].first(where: { !lines[$0].allSatisfy(\.isWhitespace) }),
      let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return nil }
    let code = lines[first...last]
    guard PythonLines.look(like: code) else { return nil }
    return ExtractedCode(code: code.joined(separator: "\n"), block: nil, blocks: 0, lines: (first + 1)...(last + 1))
  }
}
