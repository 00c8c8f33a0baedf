package import Contract
import JSON

/// A file with its tokens.
package struct CountedTokens: Encodable, Sendable {
  let path: String
  let tokens: Int
  let bytes: Int
  let replacedParts: Int
  let tokenIds: [Int]?
  let encoding: String
  let isEstimate: Bool

  package init(_ path: String, _ result: TokensCount.Result) {
    self.path = path
    tokens = result.tokens
    bytes = result.bytes
    replacedParts = result.replacedParts
    tokenIds = result.tokenIds
    encoding = result.encoding
    isEstimate = result.isEstimate
  }

  /// What `--ids` prints.
  var idLine: StyledText { StyledText("[\((tokenIds ?? []).map { String($0) }.joined(separator: ","))]") }

  /// What `--json` prints: the sums, then each file.
  package struct Total: Encodable, Sendable {
    let tokens: Int
    let encoding: String
    let isEstimate: Bool
    let bytes: Int
    let replacedParts: Int
    let files: [CountedTokens]

    package init(_ files: [CountedTokens]) {
      self.files = files
      tokens = files.reduce(0) { $0 + $1.tokens }
      bytes = files.reduce(0) { $0 + $1.bytes }
      replacedParts = files.reduce(0) { $0 + $1.replacedParts }
      encoding = files.first?.encoding ?? ""
      isEstimate = files.contains(where: \.isEstimate)
    }
  }
}

/// The tokens of files.
package enum TokensView {
  package static func lines(_ files: [CountedTokens], model: String?) -> [StyledText] {
    let total = CountedTokens.Total(files)
    var table = Table([.left("FILE"), .right("TOKENS"), .right("SIZE"), .right("BYTES/TOKEN")])
    for file in files { table.add(row(file.path == "-" ? "(standard input)" : file.path, file.tokens, file.bytes)) }
    if files.count > 1 { table.add(row("total", total.tokens, total.bytes)) }
    var lines = table.lines()
    if let model, total.isEstimate {
      lines.append(StyledText("An estimate with \(total.encoding): \(model) may count otherwise.", .dim))
    } else {
      lines.append(StyledText("Encoding \(total.encoding).", .dim))
    }
    if total.replacedParts > 0 {
      lines.append(
        StyledText("\(NumberText.count(total.replacedParts)) parts were no UTF-8 and counted as U+FFFD.", .yellow))
    }
    return lines
  }

  private static func row(_ name: String, _ tokens: Int, _ bytes: Int) -> [StyledText] {
    let ratio = tokens > 0 ? NumberText.fixed(Double(bytes) / Double(tokens), 2) : NumberText.unknown
    return [
      StyledText(name), StyledText(NumberText.count(tokens)), StyledText(NumberText.bytes(bytes)), StyledText(ratio),
    ]
  }
}
