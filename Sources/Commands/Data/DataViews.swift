package import Contract
import JSON

/// Files that were written.
package enum GeneratedFilesView {
  package static func lines(_ result: DataGenerate.Result) -> [StyledText] {
    var table = Table([.left("FILE"), .right("ROWS"), .right("SIZE"), .right("TIME")])
    for file in result.files {
      table.add([
        StyledText(file.path), StyledText(NumberText.count(file.rows)), StyledText(NumberText.bytes(file.bytes)),
        StyledText(NumberText.seconds(file.seconds)),
      ])
    }
    return table.lines()
  }
}

/// The outcome of filter, group and average.
package enum ProcessedDataView {
  /// Groups that are shown unless all are asked for.
  package static let shownGroups = 10

  package static func lines(_ result: DataProcess.Result, all: Bool) -> [StyledText] {
    let count = result.groups.count
    var lines: [StyledText] = [
      "\(NumberText.count(result.rows)) rows, \(NumberText.count(count)) \(count == 1 ? "group" : "groups"): "
        + "read \(NumberText.seconds(result.readSeconds)), processed \(NumberText.seconds(result.processSeconds)), "
        + "in all \(NumberText.seconds(result.totalSeconds))."
    ]
    var table = Table([.left("ID"), .right("COUNT"), .right("AVERAGE")])
    for group in all ? result.groups[...] : result.groups.prefix(shownGroups) {
      table.add([
        StyledText(group.id), StyledText(NumberText.count(group.count)), StyledText(NumberText.fixed(group.average, 2)),
      ])
    }
    lines += table.lines()
    if !all, count > shownGroups {
      lines.append(StyledText("… and \(NumberText.count(count - shownGroups)) more; --all shows them.", .dim))
    }
    return lines
  }
}

/// Records of an Avro file.
package enum RecordsView {
  package static func lines(_ result: DataRecords.Result) -> [StyledText] {
    let name = result.schema["name"]?.stringValue.map { " of \($0)" } ?? ""
    let heading: StyledText =
      "\(NumberText.count(result.total)) records\(name), codec \(result.codec); \(NumberText.count(result.records.count)) shown."
    return [heading] + table(result.records)
  }

  /// A column for each member when all records are objects; otherwise a line of JSON for each.
  private static func table(_ records: [JSONValue]) -> [StyledText] {
    let objects = records.compactMap(\.objectValue)
    guard objects.count == records.count, let keys = objects.first?.keys, !keys.isEmpty else {
      return records.map { StyledText($0.description) }
    }
    let columns = keys.map { key -> Table.Column in
      objects.allSatisfy { $0[key]?.doubleValue != nil || $0[key]?.isNull == true } ? .right(key) : .left(key)
    }
    var table = Table(columns)
    for object in objects {
      table.add(keys.map { key in StyledText(cell(object[key])) })
    }
    return table.lines()
  }

  private static func cell(_ value: JSONValue?) -> String {
    switch value {
    case nil, .null: NumberText.unknown
    case .string(let text): text
    case let value?: value.description
    }
  }
}
