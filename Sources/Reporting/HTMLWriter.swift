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
    case .chart(let chart):
      "<figure>\n\(SVGWriter.text(chart))\n<figcaption>\(escaped(VisibleText.line(chart.title)))</figcaption>\n</figure>"
    case .textChart: ""
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
    .table { overflow-x: auto; margin: 1rem 0; }
    table { border-collapse: collapse; }
    th, td { padding: .3rem .7rem; text-align: left; border-bottom: 1px solid #8884; white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    code, pre { font: 13px/1.45 ui-monospace, monospace; background: #8881; border-radius: 4px; }
    code { padding: .1rem .3rem; overflow-wrap: anywhere; }
    pre { padding: .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    figure { margin: 1.2rem 0; }
    figcaption { font-size: 13px; opacity: .75; }
    svg { display: block; max-width: 48rem; width: 100%; font-size: 12px; }
    svg text { fill: currentColor; }
    svg .rule { stroke: #8885; }
    svg .reference { stroke: currentColor; stroke-dasharray: 4 3; }
    svg .interval { stroke: currentColor; stroke-width: 2; }
    svg circle, svg rect { fill: currentColor; }
    svg polyline { fill: none; stroke: currentColor; stroke-width: 1.5; }
    .s0 { color: #2f7ed8; } .s1 { color: #d9822b; } .s2 { color: #2a9d6f; }
    .s3 { color: #b5529b; } .s4 { color: #7a6ff0; } .s5 { color: #8a8f98; }
    @media print {
      :root { color-scheme: light; }
      main { max-width: none; padding: 0; }
      .table { overflow: visible; }
      th, td { white-space: normal; padding: .15rem .4rem; font-size: 11px; }
      figure, tr { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
    }
    """
}
