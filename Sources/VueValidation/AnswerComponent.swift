/// Finds the component in a model's answer.
package struct AnswerComponent: Sendable, Equatable {
  package enum Origin: String, Sendable { case whole, fence, text }

  package let source: String
  package let origin: Origin
  /// Line of the answer where it begins, from 1.
  package let line: Int

  /// Why there is none.
  package enum Missing: String, Sendable {
    case nothing = "The answer is empty."
    case noComponent = "The answer holds no Vue component: neither a <template> nor a <script>."
    case otherLanguage = "The answer holds code, but no Vue component: neither a <template> nor a <script>."
  }

  /// Takes the component out of an answer: the answer itself where it begins with a block; else the last fenced block
  /// marked `vue` that holds one, else the last other fenced block that does; else what stands from the first
  /// block's tag to the last one's end. Models correct themselves downwards, so the last one counts.
  package static func find(in answer: String) -> Result<AnswerComponent, MissingComponent> {
    let lines = answer.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.last == "\r" ? $0.dropLast() : $0 }
    guard let first = lines.firstIndex(where: { !isBlank($0) }) else { return .failure(.init(.nothing)) }
    if isBlockStart(lines[first]) || lines[first].hasPrefix("<!--") {
      return .success(AnswerComponent(source: answer, origin: .whole, line: 1))
    }
    let fences = fencedBlocks(lines)
    let components = fences.filter { fence in lines[fence.content].contains(where: isBlockStart) }
    if let best = components.last(where: { $0.language == "vue" }) ?? components.last {
      let text = lines[best.content].joined(separator: "\n") + "\n"
      return .success(AnswerComponent(source: text, origin: .fence, line: best.content.lowerBound + 1))
    }
    guard fences.isEmpty, let start = lines.firstIndex(where: isBlockStart),
      let end = lines.lastIndex(where: isBlockEnd), end >= start
    else {
      if fences.isEmpty, let start = lines.firstIndex(where: isBlockStart) {
        // Half a component: what is missing is said by its parser.
        let text = lines[start...].joined(separator: "\n")
        return .success(AnswerComponent(source: text, origin: .text, line: start + 1))
      }
      return .failure(.init(fences.isEmpty ? .noComponent : .otherLanguage))
    }
    let text = lines[start...end].joined(separator: "\n") + "\n"
    return .success(AnswerComponent(source: text, origin: .text, line: start + 1))
  }

  private struct Fence {
    let language: String
    let content: Range<Int>
  }

  /// A fence that is never closed ends with the text.
  private static func fencedBlocks(_ lines: [Substring]) -> [Fence] {
    var fences: [Fence] = []
    var open: (mark: Substring, language: String, start: Int)?
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      if let current = open {
        guard text.hasPrefix(current.mark), isBlank(text.dropFirst(current.mark.count)) else { continue }
        fences.append(Fence(language: current.language, content: current.start..<index))
        open = nil
      } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
        let mark = text.prefix { $0 == text.first }
        let language = text.dropFirst(mark.count).drop { $0 == " " }.prefix { $0 != " " && $0 != "{" }
        open = (mark, language.lowercased(), index + 1)
      }
    }
    if let open { fences.append(Fence(language: open.language, content: open.start..<lines.count)) }
    return fences
  }

  private static func isBlockStart(_ line: Substring) -> Bool {
    ["<script", "<template", "<style"].contains { tag in
      guard line.hasPrefix(tag) else { return false }
      return line.dropFirst(tag.count).first.map { $0 == ">" || $0 == " " || $0 == "/" } ?? true
    }
  }

  private static func isBlockEnd(_ line: Substring) -> Bool {
    ["</script>", "</template>", "</style>"].contains { line.hasPrefix($0) }
  }

  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}

/// An answer without a component.
package struct MissingComponent: Error, Sendable, Equatable {
  package let kind: AnswerComponent.Missing

  init(_ kind: AnswerComponent.Missing) { self.kind = kind }

  package var message: String { kind.rawValue }
}
