/// A report as blocks, before it is Markdown or HTML.
struct Document {
  var title: String
  var blocks: [Block] = []

  enum Block {
    case heading(Int, [Span])
    case paragraph([Span])
    case list([[Span]])
    case table(Table)
    case chart(Chart)
    /// Foreign text as it stands.
    case verbatim(String)
    /// A chart drawn with characters, for formats without pictures; the others leave it out.
    case textChart(String)
  }

  /// Part of a line: the report's own words, or a name or text that came from elsewhere.
  enum Span {
    case text(String)
    case code(String)
  }

  struct Table {
    struct Column {
      var title: String
      var isNumeric = true
    }

    var columns: [Column]
    var rows: [[Span]] = []

    /// Leaves out the columns, named by their index, that hold nothing worth showing.
    mutating func removeColumns(where isEmpty: (Int) -> Bool) {
      let kept = columns.indices.filter { !isEmpty($0) }
      columns = kept.map { columns[$0] }
      rows = rows.map { row in kept.map { row[$0] } }
    }
  }
}

extension Document.Span: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self = .text(text) }
}
