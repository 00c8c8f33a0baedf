import AnswerValidation
package import JSON

/// What is done to a dataset's text, so that it can be asked whether the text is complete and valid.
///
/// The text is made of the whole data and then corrupted. A format that states lengths or fields (TOON's `[20]{id,name}`)
/// then contradicts itself; one that does not has become shorter, longer or irregular, and stays well-formed.
package enum Corruption: Sendable, Equatable {
  /// Nothing: the text is valid.
  case control
  /// The last records are cut off.
  case truncated(Int)
  /// Records are added behind the last.
  case extraRows([JSONValue])
  /// Of these records the field is cut out, without a trace where the format has one cell a field.
  case fieldRemoved(String, records: [Int])

  init?(_ kind: DataSetKind, rows: Int, source: RecordSource) {
    switch kind {
    case .structuralControl: self = .control
    case .structuralTruncated: self = .truncated(3)
    case .structuralExtraRows: self = .extraRows(Array(source.employees(rows + 3).suffix(3)))
    case .structuralWidthMismatch: self = .fieldRemoved("salary", records: [min(9, rows - 1)])
    case .structuralMissingFields:
      self = .fieldRemoved("email", records: Array(stride(from: 0, to: rows, by: 5)))
    default: return nil
    }
  }

  package var isControl: Bool { self == .control }

  /// How a format lays out an array of records in an object's only member.
  package enum Layout: Sendable {
    /// One line a record below so many lines that are not; cells parted by commas in the order of the fields.
    case rows(headerLines: Int)
    /// Every record with the names of its fields; no length anywhere.
    case selfDescribing
  }

  /// The corrupted text of a dataset.
  ///
  /// - Parameters:
  ///   - value: an object whose only member is an array of records of the same plain fields.
  ///   - encode: writes a value in the format.
  package func text(
    of value: JSONValue, layout: Layout, encode: (JSONValue) throws -> String
  ) rethrows -> String {
    guard case .rows(let headerLines) = layout, !isControl else { return try encode(edited(value)) }
    let text = try encode(value)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let ending = lines.last == "" ? [lines.removeLast()] : []
    switch self {
    case .control: break
    case .truncated(let count): lines.removeLast(min(count, max(0, lines.count - headerLines)))
    case .extraRows(let records):
      let extra = try encode(Self.replacingRecords(of: value) { _ in records })
      let extraLines = extra.split(separator: "\n").map(String.init)
      lines += extraLines.dropFirst(headerLines)
    case .fieldRemoved(let field, let records):
      let names = Self.records(of: value).first?.objectValue?.keys ?? []
      guard let column = names.firstIndex(of: field) else { break }
      for index in records.map({ $0 + headerLines }) where lines.indices.contains(index) {
        lines[index] = Self.cut(lines[index], cell: column)
      }
    }
    return (lines + ending).joined(separator: "\n")
  }

  /// The line without a cell; cells hold no commas here.
  private static func cut(_ line: String, cell: Int) -> String {
    var cells = line.split(separator: ",", omittingEmptySubsequences: false)
    if cells.indices.contains(cell) {
      // The first cell has the line's indentation before it.
      let indentation = cell == 0 ? line.prefix { $0 == " " } : ""
      cells.remove(at: cell)
      return indentation + cells.joined(separator: ",")
    }
    return line
  }

  /// The data as it would have to be for a format without lengths to give the corrupted text.
  package func edited(_ value: JSONValue) -> JSONValue {
    Self.replacingRecords(of: value) { records in
      switch self {
      case .control: return records
      case .truncated(let count): return Array(records.dropLast(count))
      case .extraRows(let extra): return records + extra
      case .fieldRemoved(let field, let indices):
        var records = records
        for index in indices where records.indices.contains(index) {
          guard var object = records[index].objectValue else { continue }
          object[field] = nil
          records[index] = .object(object)
        }
        return records
      }
    }
  }

  private static func records(of value: JSONValue) -> [JSONValue] {
    value.objectValue?.values.first?.arrayValue ?? []
  }

  private static func replacingRecords(of value: JSONValue, _ change: ([JSONValue]) -> [JSONValue]) -> JSONValue {
    guard var object = value.objectValue, let name = object.keys.first else { return value }
    object[name] = .array(change(records(of: value)))
    return .object(object)
  }
}
