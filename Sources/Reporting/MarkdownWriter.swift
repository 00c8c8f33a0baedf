/// Writes a document as GitHub-flavoured Markdown that also reads well as plain text.
enum MarkdownWriter {
  static func text(_ document: Document) -> String {
    (["# \(escaped(document.title))"] + document.blocks.compactMap(block)).joined(separator: "\n\n") + "\n"
  }

  /// Nil for what Markdown has no room for.
  private static func block(_ block: Document.Block) -> String? {
    switch block {
    case .heading(let level, let spans): String(repeating: "#", count: level) + " " + line(spans)
    case .paragraph(let spans): line(spans)
    case .list(let items): items.map { "- " + line($0) }.joined(separator: "\n")
    case .table(let table): self.table(table)
    case .chart: nil
    case .verbatim(let text), .textChart(let text): fenced(text)
    }
  }

  private static func line(_ spans: [Document.Span], inTable: Bool = false) -> String {
    spans.map { span in
      switch span {
      case .text(let text): escaped(text)
      case .code(let text): code(text, inTable: inTable)
      }
    }.joined()
  }

  /// Columns are padded to one width, so that the table can be read without being rendered.
  private static func table(_ table: Document.Table) -> String {
    let header = table.columns.map { escaped($0.title) }
    let rows = table.rows.map { row in row.map { line([$0], inTable: true) } }
    let widths = header.indices.map { column in
      max(3, header[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    func written(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let fill = String(repeating: " ", count: widths[column] - cells[column].count)
        return table.columns[column].isNumeric ? fill + cells[column] : cells[column] + fill
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - (table.columns[column].isNumeric ? 1 : 0))
      return dashes + (table.columns[column].isNumeric ? ":" : "")
    }
    return ([written(header), "| " + rule.joined(separator: " | ") + " |"] + rows.map(written)).joined(separator: "\n")
  }

  /// The report's own words hold little that Markdown minds. Scalar by scalar, since a combining mark does not make a
  /// pipe any less of one.
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.block(text).unicodeScalars {
      // A slash after a colon would make an address into a link.
      let isAddress = scalar == "/" && result.last == ":"
      if isAddress || "\\`*_[]<>|~&".unicodeScalars.contains(scalar) { result.append("\\") }
      result.append(scalar.value < 0x20 ? " " : scalar)
    }
    return String(result)
  }

  /// A code span: its fence is longer than any run of backticks within.
  private static func code(_ text: String, inTable: Bool) -> String {
    var text = VisibleText.line(text)
    if text.isEmpty { return Figure.unknown }
    if inTable { text = withoutCellEnds(text) }
    let fence = String(repeating: "`", count: longestRun(text) + 1)
    let pad = text.utf8.first == UInt8(ascii: "`") || text.utf8.last == UInt8(ascii: "`") ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// A pipe ends a table's cell even in code, unless a backslash stands before it. One that has a backslash already
  /// becomes a line that looks like it: renderers disagree on what two backslashes mean there.
  private static func withoutCellEnds(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar != "|" {
        result.append(scalar)
      } else if result.last == "\\" {
        result.append("│")
      } else {
        result.append(contentsOf: "\\|".unicodeScalars)
      }
    }
    return String(result)
  }

  private static func fenced(_ text: String) -> String {
    let text = VisibleText.block(text)
    let fence = String(repeating: "`", count: max(3, longestRun(text) + 1))
    return "\(fence)text\n\(text)\n\(fence)"
  }

  private static func longestRun(_ text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
