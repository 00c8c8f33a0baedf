/// Rows under aligned columns, two spaces apart.
package struct Table: Sendable {
  package enum Alignment: Sendable { case left, right }

  package struct Column: Sendable {
    let title: String
    let alignment: Alignment

    package static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// For numbers.
    package static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  private let columns: [Column]
  private var rows: [[StyledText]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; cells beyond the columns are dropped, missing ones are empty.
  package mutating func add(_ cells: [StyledText]) { rows.append(Array(cells.prefix(columns.count))) }

  /// The heading and the rows, without spaces at line ends. A table without rows has no lines.
  package func lines() -> [StyledText] {
    guard !rows.isEmpty else { return [] }
    let heading = columns.map { StyledText($0.title, .bold) }
    let all = [heading] + rows
    let widths = columns.indices.map { column in
      all.map { $0.indices.contains(column) ? $0[column].width : 0 }.max() ?? 0
    }
    return all.map { line($0, widths) }
  }

  private func line(_ cells: [StyledText], _ widths: [Int]) -> StyledText {
    var line = StyledText("")
    var owed = 0
    for (column, cell) in cells.enumerated() where cell.width > 0 {
      let start = widths[..<column].reduce(0, +) + 2 * column
      let indent = columns[column].alignment == .right ? widths[column] - cell.width : 0
      line.append(String(repeating: " ", count: max(0, start + indent - owed)))
      line = line + cell
      owed = start + indent + cell.width
    }
    return line
  }
}
