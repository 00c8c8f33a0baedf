package import Execution

/// Takes the code out of a model's answer.
package struct CodeExtractor: Sendable {
  /// Why an answer gave no code.
  package enum Failure: String, Error, Sendable, Codable {
    /// Neither a block of code nor text that looks like code.
    case noCode
  }

  /// The words after the fence of a block that is meant.
  private let tags: Set<String>
  /// Blocks that hold something else than a program.
  private static let otherTags: Set<String> = [
    "json", "jsonc", "text", "txt", "plaintext", "output", "console", "bash", "sh", "shell", "zsh", "csv", "xml",
    "yaml", "yml", "markdown", "md", "html", "css", "diff", "sql", "avro",
  ]

  /// - Parameter language: for TypeScript and JavaScript blocks of both are taken.
  package init(language: ProgramLanguage) {
    tags =
      switch language {
      case .python: ["python", "py", "python3"]
      case .typescript, .javascript:
        ["typescript", "ts", "tsx", "mts", "javascript", "js", "jsx", "mjs", "node", "ecmascript"]
      }
  }

  /// The last block with a fence and a tag of the language; else the last block without a tag; else the last of
  /// another programming language; else the text without the prose around it, if that looks like code. What a model
  /// thinks between `<think>` and `</think>` is no answer. A last block that is not closed reaches to the end.
  package func extract(from answer: String) -> Result<String, Failure> {
    let text = Self.withoutThoughts(answer)
    let blocks = FencedBlock.all(in: text).filter { !$0.isBlank }
    let block =
      blocks.last { tags.contains($0.tag) } ?? blocks.last { $0.tag.isEmpty }
      ?? blocks.last { !Self.otherTags.contains($0.tag) }
    if let block { return .success(block.text) }
    guard blocks.isEmpty else { return .failure(.noCode) }
    return CodeLines(text).code.map { .success($0) } ?? .failure(.noCode)
  }

  private static func withoutThoughts(_ answer: String) -> Substring {
    if let end = answer.ranges(of: "</think>").last { return answer[end.upperBound...] }
    if let start = answer.firstRange(of: "<think>") { return answer[..<start.lowerBound] }
    return answer[...]
  }
}

/// A block of code between lines of three or more backticks or tildes (CommonMark, "Fenced code blocks"), at any
/// indentation.
private struct FencedBlock {
  /// The first word after the fence, in lower case.
  var tag: String
  var lines: [Substring] = []

  var text: String { lines.joined(separator: "\n") }
  var isBlank: Bool { lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

  static func all(in text: Substring) -> [FencedBlock] {
    var blocks: [FencedBlock] = []
    var open: (block: FencedBlock, fence: Character, count: Int, indentation: Int)?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let content = line.drop(while: \.isWhitespace)
      let indentation = line.count - content.count
      let fence = content.first ?? " "
      let count = content.prefix { $0 == fence }.count
      let rest = content.dropFirst(count)
      let isFence = (fence == "`" && !rest.contains("`") || fence == "~") && count >= 3
      if let current = open {
        if isFence, fence == current.fence, count >= current.count, rest.allSatisfy(\.isWhitespace) {
          blocks.append(current.block)
          open = nil
        } else {
          let lead = line.prefix(current.indentation).prefix(while: \.isWhitespace)
          open?.block.lines.append(line.dropFirst(lead.count))
        }
      } else if isFence {
        open = (FencedBlock(tag: tag(rest)), fence, count, indentation)
      }
    }
    if let open { blocks.append(open.block) }
    return blocks
  }

  private static func tag(_ information: Substring) -> String {
    let word = information.drop { $0 == " " || $0 == "{" || $0 == "." || $0 == "\t" }
    return word.prefix { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" }.lowercased()
  }
}

/// Text without fences, line by line.
private struct CodeLines {
  private let lines: [Substring]

  init(_ text: Substring) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// From the first line of code to the last, if most of what lies between is code.
  var code: String? {
    let kinds = lines.map(Self.isCode)
    guard let first = kinds.firstIndex(of: true), let last = kinds.lastIndex(of: true) else { return nil }
    let between = first...last
    let written = between.filter { !lines[$0].allSatisfy(\.isWhitespace) }
    guard written.filter({ kinds[$0] }).count * 10 >= written.count * 7 else { return nil }
    return lines[between].joined(separator: "\n")
  }

  private static let firstWords: Set<Substring> = [
    "const", "let", "var", "function", "async", "await", "return", "for", "while", "if", "else", "switch", "case",
    "try",
    "catch", "finally", "throw", "class", "interface", "import", "export", "do", "def", "from", "with", "elif", "print",
  ]
  private static let endings = [";", "{", "}", "=>", "[", "]", "(", "=", "&&", "||", "});", ")"]

  private static func isCode(_ line: Substring) -> Bool {
    let text = line.drop(while: \.isWhitespace)
    guard let first = text.first else { return false }
    let trimmed = String(text.reversed().drop(while: \.isWhitespace).reversed())
    if "}])./{[(@".contains(first) { return true }
    if endings.dropLast().contains(where: trimmed.hasSuffix) { return true }
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
    guard !word.isEmpty else { return false }
    let rest = text.dropFirst(word.count)
    // "for" and "with" start sentences too, but not with signs of code after them.
    if firstWords.contains(word) {
      return rest.contains { "=({*:'\"".contains($0) } || word == "return" || word == "else"
    }
    let sign = rest.drop { $0 == " " }.first
    if sign == "=" || (rest.first.map { "(.[+-".contains($0) } ?? false && trimmed.contains("(")) { return true }
    return sign == ":" && (trimmed.hasSuffix(",") || trimmed.hasSuffix("("))
  }
}
