import FormatData
import JSON
import Testing

@Suite struct CorruptionTests {
  /// The rows of a small format with a length and field names in its header, as TOON has.
  private static func table(_ value: JSONValue) -> String {
    let records = value["employees"]?.arrayValue ?? []
    let names = records.first?.objectValue?.keys ?? []
    let rows = records.map { record in
      "  " + names.map { record[$0]?.stringValue ?? record[$0]?.description ?? "" }.joined(separator: ",")
    }
    return (["employees[\(records.count)]{\(names.joined(separator: ","))}:"] + rows).joined(separator: "\n")
  }

  private static func damaged(_ kind: DataSetKind, _ layout: Corruption.Layout = .rows(headerLines: 1)) -> [String] {
    let dataset = kind.make()
    let text = dataset.corruption?.text(of: dataset.value, layout: layout, encode: table) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `the control is the whole text`() {
    #expect(
      Self.damaged(.structuralControl)
        == Self.table(DataSetKind.structuralControl.make().value).split(separator: "\n").map(String.init))
  }

  @Test func `all variants are of the same employees`() {
    let values = DataSetKind.allCases.filter(\.isStructural).map { $0.make().value }
    #expect(values.count == 5)
    #expect(values.allSatisfy { $0 == values.first })
  }

  @Test func `a truncated text lacks three rows and keeps its header`() {
    let (lines, whole) = (Self.damaged(.structuralTruncated), Self.damaged(.structuralControl))
    #expect(lines.count == 18)
    #expect(lines[...] == whole.prefix(18))
  }

  @Test func `extra rows go on with the numbering under the old header`() {
    let (lines, whole) = (Self.damaged(.structuralExtraRows), Self.damaged(.structuralControl))
    #expect(lines.prefix(21) == whole[...])
    #expect(lines.suffix(3).map { $0.prefix(5) } == ["  21,", "  22,", "  23,"])
  }

  @Test func `one row lacks a cell`() {
    let (lines, whole) = (Self.damaged(.structuralWidthMismatch), Self.damaged(.structuralControl))
    let changed = lines.indices.filter { lines[$0] != whole[$0] }
    #expect(changed == [10])
    #expect(lines[10].split(separator: ",").count == 6)
    #expect(!lines[10].contains(whole[10].split(separator: ",")[4]))
  }

  @Test func `every fifth row lacks its address`() {
    let (lines, whole) = (Self.damaged(.structuralMissingFields), Self.damaged(.structuralControl))
    #expect(lines.indices.filter { lines[$0] != whole[$0] } == [1, 6, 11, 16])
    #expect([1, 6, 11, 16].allSatisfy { !lines[$0].contains("@") && lines[$0].split(separator: ",").count == 6 })
  }

  @Test func `a format without lengths is written from the damaged data`() {
    func rows(_ kind: DataSetKind) -> [JSONValue] {
      let dataset = kind.make()
      return dataset.corruption?.edited(dataset.value)["employees"]?.arrayValue ?? []
    }
    #expect(rows(.structuralControl).count == 20)
    #expect(rows(.structuralTruncated).count == 17)
    #expect(rows(.structuralExtraRows).count == 23)
    #expect(
      rows(.structuralWidthMismatch).indices.filter { rows(.structuralWidthMismatch)[$0]["salary"] == nil } == [9])
    #expect(rows(.structuralMissingFields).count { $0["email"] == nil } == 4)
  }

  @Test(arguments: [5, 6, 11, 300]) func `any size can be damaged`(_ rows: Int) {
    for kind in DataSetKind.allCases where kind.isStructural {
      let dataset = kind.make(rows: rows)
      let text = dataset.corruption?.text(of: dataset.value, layout: .rows(headerLines: 1), encode: Self.table)
      #expect((text == Self.table(dataset.value)) == (kind == .structuralControl))
    }
  }

  @Test func `no cell of the employees holds a comma or a quotation mark`() {
    let employees = DataSetKind.tabular.make(rows: 5000).value["employees"]?.arrayValue ?? []
    for employee in employees {
      for text in employee.objectValue?.values.compactMap(\.stringValue) ?? [] {
        #expect(!text.contains { ",\"'\n".contains($0) })
      }
    }
  }
}
