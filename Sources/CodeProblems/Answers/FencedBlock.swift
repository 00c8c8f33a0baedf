/// A block of code between lines of three or more backticks or tildes (CommonMark, "Fenced code blocks"), at any
/// indentation.
struct FencedBlock {
  /// The first word after the fence, in lower case.
  var tag: String
  /// The place of its first line among the answer's, from 0.
  var firstLine: Int
  var lines: [Substring] = []

  var text: String { lines.joined(separator: "\n") }
  var isBlank: Bool { lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

  static func all(in lines: [Substring], from start: Int) -> [FencedBlock] {
    var blocks: [FencedBlock] = []
    var open: (block: FencedBlock, fence: Fence)?
    for index in lines.indices.dropFirst(start) {
      let fence = Fence(lines[index])
      if let current = open {
        if let fence, fence.closes(current.fence) {
          blocks.append(current.block)
          open = nil
        } else {
          // Code in a list is indented with its fence.
          let lead = lines[index].prefix(current.fence.indentation).prefix(while: \.isWhitespace)
          open?.block.lines.append(lines[index].dropFirst(lead.count))
        }
      } else if let fence {
        open = (FencedBlock(tag: fence.tag, firstLine: index + 1), fence)
      }
    }
    if let open { blocks.append(open.block) }
    return blocks
  }

  private struct Fence {
    let character: Character
    let count: Int
    let indentation: Int
    let rest: Substring

    init?(_ line: Substring) {
      let content = line.drop(while: \.isWhitespace)
      indentation = line.count - content.count
      guard let first = content.first, first == "`" || first == "~" else { return nil }
      character = first
      count = content.prefix { $0 == first }.count
      rest = content.dropFirst(count)
      guard count >= 3, first == "~" || !rest.contains("`") else { return nil }
    }

    func closes(_ other: Fence) -> Bool {
      character == other.character && count >= other.count && rest.allSatisfy(\.isWhitespace)
    }

    var tag: String {
      let word = rest.drop { $0 == " " || $0 == "{" || $0 == "." || $0 == "\t" }
      return word.prefix { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" }.lowercased()
    }
  }
}
