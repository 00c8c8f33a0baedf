import AnswerValidation
import Contract
import FormatData
import Foundation
import JSON
import Testing

@Suite struct DataSetTests {
  @Test(arguments: DataSetKind.allCases) func `a seed gives the same data and questions, another seed others`(
    _ kind: DataSetKind
  ) {
    let (first, again, other) = (kind.make(seed: 3), kind.make(seed: 3), kind.make(seed: 4))
    #expect(first.value == again.value)
    #expect(first.questions() == again.questions())
    #expect(first.value != other.value)
    #expect(first.rows == kind.defaultRows)
  }

  /// Text of the value and the questions of the default seed. A change here changes every run that is compared with.
  @Test func `the data of the default seed stay what they are`() {
    let first: [DataSetKind: String] = [
      .tabular: #"{"id":1,"name":"Lotte Dahl""#, .eventLogs: #"{"timestamp":"2025-05-25T00:06:25.738Z""#,
      .contacts: #"{"name":"Emil Engel","age":46"#,
    ]
    for (kind, beginning) in first {
      let record = kind.make().value.objectValue?.values.first?[0]?.description ?? ""
      #expect(record.hasPrefix(beginning), "\(record.prefix(80))")
    }
  }

  @Test(arguments: DataSetKind.allCases.filter { !$0.isStructural }) func `fewer rows are the beginning of more`(
    _ kind: DataSetKind
  ) throws {
    let (few, many) = (kind.make(rows: 7), kind.make(rows: 40))
    switch (few.value.objectValue?.values.first, many.value.objectValue?.values.first) {
    case (.array(let left)?, .array(let right)?): #expect(left == Array(right.prefix(7)))
    case (.object(let left)?, .object(let right)?): #expect(left.elementsEqual(right.prefix(7)) { $0 == $1 })
    default:
      #expect(few.value["database"] == many.value["database"])
      #expect(many.value["features"]?.objectValue?.count == 40)
    }
  }

  @Test(arguments: [
    (DataSetKind.tabular, StructureClass.uniform, 1.0, true), (.nested, .nested, 50.0 / 51, false),
    (.analytics, .uniform, 1, true), (.repositories, .uniform, 1, true), (.eventLogs, .semiUniform, 0, false),
    (.featureFlags, .uniform, 1, false), (.contacts, .nested, 1, false), (.structuralControl, .uniform, 1, true),
  ])
  func `the shape is computed from the data`(
    _ kind: DataSetKind, _ structure: StructureClass, _ eligibility: Double, _ csv: Bool
  ) {
    let shape = kind.make().shape
    #expect(shape.structure == structure)
    #expect(abs(shape.tabularEligibility - eligibility) < 1e-12)
    #expect(shape.csvSupported == csv)
  }

  @Test func `a configuration is deep and holds no CSV`() {
    let shape = DataSetKind.nestedConfig.make().shape
    #expect(shape.structure == .deep)
    #expect(!shape.csvSupported)
    #expect(shape.tabularValues < 0.6)
  }

  private static let flatness: [(JSONValue, Bool)] = [
    (["a": [["x": 1], ["x": 2]], "b": [["y": "z"]]], true), (["a": [["x": 1], ["y": 2]]], false),
    (["a": [["x": [1]]]], false), (["a": []], false), ([:], false), ([["x": 1]], true), ([1, 2], false),
    (["a": [["x": 1]], "note": "text"], false), (["a": [[:]]], false),
  ]

  @Test(arguments: flatness) func `CSV holds flat tables alone`(_ value: JSONValue, _ expected: Bool) {
    #expect(DataSetShape(value).csvSupported == expected)
  }

  @Test func `orders add up`() throws {
    for order in DataSetKind.nested.make(rows: 200).value["orders"]?.arrayValue ?? [] {
      func cents(_ value: JSONValue?) -> Int { Int(((value?.doubleValue ?? .nan) * 100).rounded()) }
      let items = order["items"]?.arrayValue ?? []
      let subtotal = items.reduce(0) { $0 + cents($1["price"]) * ($1["quantity"]?.intValue ?? 0) }
      #expect(cents(order["subtotal"]) == subtotal)
      #expect(cents(order["total"]) == subtotal + cents(order["tax"]))
    }
  }

  @Test func `names and addresses of people never repeat`() {
    let employees = DataSetKind.tabular.make(rows: 6000).value["employees"]?.arrayValue ?? []
    #expect(Set(employees.compactMap { $0["name"]?.stringValue }).count == 6000)
    #expect(Set(employees.compactMap { $0["email"]?.stringValue }).count == 6000)
  }

  @Test func `moments of log entries and flags never repeat`() {
    let logs = DataSetKind.eventLogs.make(rows: 3000).value["logs"]?.arrayValue ?? []
    #expect(Set(logs.compactMap { $0["timestamp"]?.stringValue }).count == 3000)
    #expect(DataSetKind.featureFlags.make(rows: 3000).value["flags"]?.objectValue?.count == 3000)
  }

  @Test func `generated repositories say that they are not real`() {
    let dataset = DataSetKind.repositories.make()
    #expect(dataset.title.contains("stand-ins"))
    for repository in dataset.value["repositories"]?.arrayValue ?? [] {
      #expect(repository["repo"]?.stringValue?.hasPrefix("stand-in/stand-in-") == true)
      #expect(repository["description"]?.stringValue?.hasPrefix("Generated stand-in") == true)
    }
  }

  @Test(arguments: [
    "github", "keyed", "nested-group", "structural-validation-extra-rows", "nested-config", "event-logs",
  ])
  func `names of the reference benchmark are understood`(_ name: String) throws {
    #expect(DataSetKind(named: name) != nil)
  }

  @Test(arguments: [("nothing", 5), ("tabular", 0), ("tabular", 1_000_001), ("structural-control", 4)])
  func `an unknown name and a size out of range are refused`(_ name: String, _ rows: Int) {
    #expect(throws: ServiceError.self) { try DataSetSource.builtIn(name, rows: rows) }
  }
}
