import Avro

/// How to get a key and a value out of a binary record and pass over everything else: compiled from the schema once,
/// run for every row.
struct RowProgram: Sendable {
  /// One step. Payloads are places in the program, so that a step is a plain value.
  enum Step: Sendable, Equatable {
    case fixed(Int)
    case varint
    case sized
    /// Goes to the program in `branches[first + index]`.
    case union(first: Int, count: Int)
    case array(program: Int, isEmpty: Bool)
    case map(program: Int)
    case call(program: Int)
    case key
    case value
    case end
  }

  enum Key: Sendable { case text, bytes, symbol, number }
  enum Value: Sendable { case int, long, float, double }

  private(set) var steps: [Step] = []
  /// Programs of union branches: places in `steps`.
  private(set) var branches: [Int] = []
  let start: Int
  private(set) var key = Key.text
  private(set) var value = Value.int
  /// The symbols of an enum key.
  private(set) var symbols: [String] = []

  private let schema: AvroSchema
  /// Programs for passing over a type: places in `steps`.
  private var skips: [Int: Int] = [:]
  private var pending: [(type: Int, site: Site)] = []

  /// Where the place of a program is still to be filled in.
  private enum Site {
    case step(Int)
    case branch(Int)
  }

  /// Whether a row is nothing but a text or bytes key and an integer behind it.
  var isPlain: Bool {
    steps.starts(with: [.key, .value, .end]) && (key == .text || key == .bytes) && !isFloating
  }

  var isFloating: Bool { value == .float || value == .double }

  /// - Throws: ``EventDataError``: `notRecords`, `missingField`, `wrongFieldType`.
  init(schema: AvroSchema, keyField: String, valueField: String) throws(EventDataError) {
    guard let fields = schema.fields else {
      throw EventDataError(.notRecords, "the file holds no records but values of type \(schema.rootType.description)")
    }
    self.schema = schema
    start = 0
    for name in [keyField, valueField] where !fields.contains(where: { $0.name == name }) {
      let names = fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw EventDataError(
        .missingField, "there is no field \"\(name)\"; " + (names.isEmpty ? "there are none" : "there are \(names)"))
    }
    guard keyField != valueField else {
      throw EventDataError(.invalidOption, "the key and the value are the same field \"\(keyField)\"")
    }
    for field in fields {
      if field.name == keyField {
        try addKey(field)
      } else if field.name == valueField {
        try addValue(field)
      } else {
        addSkip(field.type)
      }
    }
    steps.append(.end)
    addOptionBranches()
    addPendingPrograms()
  }

  // MARK: The two fields

  private mutating func addKey(_ field: AvroField) throws(EventDataError) {
    let type = schema[try onlyBranch(field)]
    switch type.shape {
    case .string: key = .text
    case .bytes: key = .bytes
    case .int, .long: key = .number
    case .enumeration(let names, _):
      key = .symbol
      symbols = names
    default: throw wrongType(field, "grouped by", "string, enum, int, long or bytes")
    }
    add(.key, field)
  }

  private mutating func addValue(_ field: AvroField) throws(EventDataError) {
    switch schema[try onlyBranch(field)].shape {
    case .int: value = .int
    case .long: value = .long
    case .float: value = .float
    case .double: value = .double
    default: throw wrongType(field, "averaged", "int, long, float or double")
    }
    add(.value, field)
  }

  /// The type of a field, or of the one branch of its union that is not null.
  private func onlyBranch(_ field: AvroField) throws(EventDataError) -> Int {
    guard case .union(let branches) = schema[field.type].shape else { return field.type }
    let others = branches.filter { schema[$0].keyword != "null" }
    guard let only = others.first, others.count == 1 else {
      throw wrongType(field, "used", "one type, or one type and null")
    }
    return only
  }

  private func wrongType(_ field: AvroField, _ use: String, _ allowed: String) -> EventDataError {
    let type = schema[field.type]
    var text = type.description
    if case .union(let branches) = type.shape {
      text = "[\(branches.map { schema[$0].branchName }.joined(separator: ", "))]"
    }
    return EventDataError(
      .wrongFieldType, "field \"\(field.name)\" of type \(text) cannot be \(use): it must be \(allowed)")
  }

  /// A field's step, inside a choice where its type is a union with null. Such a choice's branches are laid out
  /// after the row's own steps.
  private mutating func add(_ step: Step, _ field: AvroField) {
    guard case .union(let ids) = schema[field.type].shape else {
      steps.append(step)
      return
    }
    steps.append(.union(first: branches.count, count: ids.count))
    for id in ids {
      options.append((schema[id].keyword == "null" ? nil : step, branches.count))
      branches.append(0)
    }
  }

  private var options: [(step: Step?, branch: Int)] = []

  private mutating func addOptionBranches() {
    for option in options {
      branches[option.branch] = steps.count
      if let step = option.step { steps.append(step) }
      steps.append(.end)
    }
    options = []
  }

  // MARK: Everything else

  private mutating func addSkip(_ id: Int) {
    let type = schema[id]
    switch type.shape {
    case .null: break
    case .boolean: steps.append(.fixed(1))
    case .int, .long, .enumeration: steps.append(.varint)
    case .float: steps.append(.fixed(4))
    case .double: steps.append(.fixed(8))
    case .bytes, .string: steps.append(.sized)
    case .fixed(let size): steps.append(.fixed(size))
    case .record: addCall(id) { .call(program: $0) }
    case .array(let items):
      let isEmpty = schema[items].minimumSize == 0
      addCall(items) { .array(program: $0, isEmpty: isEmpty) }
    case .map(let values): addCall(values) { .map(program: $0) }
    case .union(let ids):
      steps.append(.union(first: branches.count, count: ids.count))
      for id in ids {
        pending.append((id, .branch(branches.count)))
        branches.append(0)
      }
    }
  }

  private mutating func addCall(_ id: Int, _ step: (Int) -> Step) {
    pending.append((id, .step(steps.count)))
    steps.append(step(0))
  }

  /// Lays out the programs that steps refer to, each type once, until none is missing.
  private mutating func addPendingPrograms() {
    while let (type, site) = pending.popLast() {
      let place = program(for: type)
      switch site {
      case .branch(let index): branches[index] = place
      case .step(let index): steps[index] = steps[index].calling(place)
      }
    }
  }

  private mutating func program(for id: Int) -> Int {
    if let place = skips[id] { return place }
    let place = steps.count
    skips[id] = place
    if case .record(let fields) = schema[id].shape {
      for field in fields { addSkip(field.type) }
    } else {
      addSkip(id)
    }
    steps.append(.end)
    return place
  }
}

extension RowProgram.Step {
  fileprivate func calling(_ place: Int) -> Self {
    switch self {
    case .call: .call(program: place)
    case .array(_, let isEmpty): .array(program: place, isEmpty: isEmpty)
    case .map: .map(program: place)
    default: self
    }
  }
}
