/// Writes a document as one page of HTML that needs no other file and holds no script.
enum HTMLWriter {
  static func text(_ document: Document) -> String {
    let title = escaped(VisibleText.line(document.title))
    let body = (["<h1>\(title)</h1>"] + document.blocks.map(block)).joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      \(body)
      </main>
      </body>
      </html>

      """
  }

  private static func block(_ block: Document.Block) -> String {
    switch block {
    case .heading(let level, let spans): "<h\(level)>\(line(spans))</h\(level)>"
    case .paragraph(let spans): "<p>\(line(spans))</p>"
    case .list(let items): "<ul>\n" + items.map { "<li>\(line($0))</li>\n" }.joined() + "</ul>"
    case .table(let table): self.table(table)
    case .verbatim(let text): "<pre>\(escaped(VisibleText.block(text)))</pre>"
    }
  }

  private static func line(_ spans: [Document.Span]) -> String {
    spans.map { span in
      switch span {
      case .text(let text): return escaped(VisibleText.block(text))
      case .code(let text):
        let text = VisibleText.line(text)
        return text.isEmpty ? Figure.unknown : "<code>\(escaped(text))</code>"
      }
    }.joined()
  }

  private static func table(_ table: Document.Table) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      let written = zip(cells, table.columns).map { cell, column in
        "<\(tag)\(column.isNumeric ? " class=\"number\"" : "")>\(cell)</\(tag)>"
      }
      return "<tr>\(written.joined())</tr>\n"
    }
    return "<div class=\"table\"><table>\n<thead>\n"
      + row(table.columns.map { escaped(VisibleText.line($0.title)) }, "th")
      + "</thead>\n<tbody>\n" + table.rows.map { row($0.map { line([$0]) }, "td") }.joined()
      + "</tbody>\n</table></div>"
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
    main { max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
    h1, h2, h3, h4 { line-height: 1.2; }
    h2 { margin-top: 2.5rem; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; }
    th, td { padding: .3rem .7rem; text-align: left; border-bottom: 1px solid #8884; white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    code, pre { font: 13px/1.45 ui-monospace, monospace; background: #8881; border-radius: 4px; }
    code { padding: .1rem .3rem; overflow-wrap: anywhere; }
    pre { padding: .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    """
}
