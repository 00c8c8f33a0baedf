import AnswerValidation
import JSON
import SeededRandom

/// Everything that can be asked about a table, in a random order that the seed decides.
struct TableQuestions {
  let table: RecordTable
  private var generator: SeededGenerator

  /// Drafts of one kind that are made, so that a large table costs no more than a small one.
  private static let mostDrafts = 60

  init(_ table: RecordTable, _ generator: SeededGenerator) {
    self.table = table
    self.generator = generator
  }

  private var words: TableWords { table.words }

  // MARK: Field retrieval

  mutating func fieldRetrieval() -> [Draft] {
    let fields = table.fields.filter { $0.name != table.keyField?.name }
    guard !fields.isEmpty else { return [] }
    var drafts: [Draft] = []
    // Each record once, the fields in turn: what is asked is spread over the whole text.
    for (turn, index) in someRecords().enumerated() {
      for offset in fields.indices {
        let field = fields[(turn + offset) % fields.count]
        guard let value = field.values[index], let draft = retrieval(field, value, index) else { continue }
        drafts.append(draft)
        break
      }
    }
    return drafts
  }

  private mutating func someRecords() -> [Int] {
    let count = table.records.count
    guard count > Self.mostDrafts else {
      var all = Array(table.records.indices)
      generator.shuffle(&all)
      return all
    }
    var chosen: [Int] = []
    var seen: Set<Int> = []
    while chosen.count < Self.mostDrafts {
      let index = generator.next(in: 0...count - 1)
      if seen.insert(index).inserted { chosen.append(index) }
    }
    return chosen
  }

  private func retrieval(_ field: RecordField, _ value: JSONValue, _ index: Int) -> Draft? {
    let text = "What is the \(field.label) of \(table.reference(index))?"
    switch field.kind {
    case .integer: return Draft(text: text, expected: value, kind: .integer)
    case .number(let places):
      return Draft(text: text, expected: value, kind: .number, options: AnswerOptions(decimalPlaces: min(places, 15)))
    case .boolean:
      return Draft(
        text: "Does \(table.reference(index)) have `\(field.name)` set to true? Answer yes or no.", expected: value,
        kind: .boolean)
    case .date: return Draft(text: text, expected: value, kind: .date)
    case .category, .text: return Draft(text: text, expected: value, kind: .string)
    case .list:
      return .count(
        "How many entries does the list `\(field.name)` of \(table.reference(index)) have?",
        value.arrayValue?.count ?? 0)
    }
  }

  // MARK: Aggregation

  mutating func aggregation() -> [Draft] {
    var drafts: [Draft] = []
    for field in table.fields where field.isMeasure && field.isWhole { drafts += amounts(field) }
    for condition in conditions(quantiles: [0.2, 0.5, 0.8]) where condition.isTelling {
      drafts.append(.count("How many \(words.plural) have \(condition.words)?", condition.count))
    }
    for field in table.fields where field.kind == .category && field.isWhole {
      let distinct = Set(field.values.compactMap { $0?.stringValue }).count
      drafts.append(
        .count("How many different values of the \(field.label) occur among the \(words.plural)?", distinct))
    }
    generator.shuffle(&drafts)
    return drafts
  }

  private func amounts(_ field: RecordField) -> [Draft] {
    let numbers = field.numbers.compactMap { $0 }
    guard numbers.count >= 2, let most = numbers.max(), let least = numbers.min() else { return [] }
    let total = Self.sum(numbers)
    let all = "over all \(words.plural)"
    var drafts = [
      number("What is the sum of the \(field.label) \(all)?", total, field),
      number("What is the highest \(field.label) \(all)?", most, field),
      number("What is the lowest \(field.label) \(all)?", least, field),
      Draft(
        text: "What is the average \(field.label) \(all), rounded to 2 decimal places?",
        expected: .double((total / Double(numbers.count) * 100).rounded() / 100), kind: .number,
        options: AnswerOptions(decimalPlaces: 2)),
    ]
    for (word, extreme) in [("highest", most), ("lowest", least)] {
      let winners = numbers.indices.filter { numbers[$0] == extreme }
      guard winners.count == 1, let winner = winners.first, let draft = winnerQuestion(word, field, winner) else {
        continue
      }
      drafts.append(draft)
    }
    return drafts
  }

  private func winnerQuestion(_ word: String, _ field: RecordField, _ winner: Int) -> Draft? {
    guard let keys = table.keys else { return nil }
    let key = table.isKeyed ? "name" : table.keyField?.label ?? "name"
    let text =
      key == words.singular || table.keyField?.kind == .date
      ? "Which \(words.singular) has the \(word) \(field.label)? Give its \(key)."
      : "Which \(words.singular) has the \(word) \(field.label)? Give the \(key)."
    return Draft(
      text: text, expected: table.keyField?.values[winner] ?? .string(keys[winner]),
      kind: table.keyField.map { $0.kind == .integer ? .integer : $0.kind == .date ? .date : .string } ?? .string)
  }

  private func number(_ text: String, _ value: Double, _ field: RecordField) -> Draft {
    guard case .number(let places) = field.kind else {
      return Draft(text: text, expected: JSONValue.double(value).asIntegerIfWhole, kind: .integer)
    }
    let scale = (0..<min(places, 9)).reduce(1.0) { product, _ in product * 10 }
    return Draft(
      text: text, expected: JSONValue.double((value * scale).rounded() / scale).asIntegerIfWhole, kind: .number,
      options: AnswerOptions(decimalPlaces: min(places, 9)))
  }

  /// Neumaier's sum: decimal places of amounts do not get lost.
  private static func sum(_ numbers: [Double]) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for number in numbers {
      let next = sum + number
      lost += sum.magnitude >= number.magnitude ? (sum - next) + number : (number - next) + sum
      sum = next
    }
    return sum + lost
  }

  // MARK: Filtering

  mutating func filtering() -> [Draft] {
    let conditions = conditions(quantiles: [0.3, 0.6]).filter(\.isTelling)
    var drafts: [Draft] = []
    for (index, left) in conditions.enumerated() {
      for right in conditions[(index + 1)...] where left.field != right.field {
        let both = left.and(right)
        // What holds wherever the other does is one condition, not two.
        guard both.isTelling, both.count < min(left.count, right.count) else { continue }
        drafts.append(.count("How many \(words.plural) have \(both.words)?", both.count))
        if (2...6).contains(both.count), let list = listQuestion(both) { drafts.append(list) }
      }
      if drafts.count > 20 * Self.mostDrafts { break }
    }
    generator.shuffle(&drafts)
    return drafts
  }

  private func listQuestion(_ condition: Condition) -> Draft? {
    guard let keys = table.keys, table.isKeyed || table.keyField?.kind == .text else { return nil }
    let found = condition.holds.indices.filter { condition.holds[$0] }.map { keys[$0] }
    guard found.allSatisfy({ !$0.contains(",") && !$0.contains(" and ") }) else { return nil }
    let key = table.isKeyed ? "names" : "values of `\(table.keyField?.name ?? "")`"
    return Draft(
      text: "Which \(words.plural) have \(condition.words)? List their \(key), separated by commas, in any order.",
      expected: .array(found.map { .string($0) }), kind: .listUnordered)
  }

  private mutating func conditions(quantiles: [Double]) -> [Condition] {
    var conditions: [Condition] = []
    for field in table.fields {
      switch field.kind {
      case .category:
        var values = Set(field.values.compactMap { $0?.stringValue }).sorted()
        generator.shuffle(&values)
        conditions += values.prefix(4).map { .equal(field, $0) }
      case .boolean: conditions.append(.isTrue(field, generator.chance(70)))
      case .integer, .number, .list:
        guard field.isMeasure else { continue }
        for threshold in Threshold.of(field, quantiles: quantiles) {
          conditions.append(generator.chance(70) ? .above(field, threshold) : .below(field, threshold))
        }
      case .date, .text: continue
      }
    }
    for name in Self.optionalFields(table.records) { conditions.append(.exists(name, table.records)) }
    return conditions
  }

  private static func optionalFields(_ records: [JSONObject]) -> [String] {
    var counts: [(name: String, count: Int)] = []
    for record in records {
      for member in record {
        if let index = counts.firstIndex(where: { $0.name == member.key }) {
          counts[index].count += 1
        } else if counts.count < 64 {
          counts.append((member.key, 1))
        }
      }
    }
    return counts.filter { $0.count < records.count }.map(\.name)
  }

  // MARK: Structure

  mutating func structureAwareness() -> [Draft] {
    let (singular, plural) = (words.singular, words.plural)
    var drafts: [Draft] = [.count("How many \(plural) are in the data?", table.records.count)]
    if let names = table.commonFieldNames {
      drafts.append(.count("How many fields does the record of each \(singular) have, at its top level?", names.count))
      drafts.append(
        Draft(
          text:
            "List the field names in the record of each \(singular), at its top level, in their order, separated by commas.",
          expected: .array(names.map { .string($0) }), kind: .listOrdered))
      let position = generator.next(in: 0...names.count - 1)
      drafts.append(
        Draft(
          text:
            "What is the name of field number \(position + 1) in the record of each \(singular), at its top level, counted from 1?",
          expected: .string(names[position]), kind: .string))
      drafts += groupFields(names)
    }
    drafts += ends()
    if let keys = table.keys, let first = keys.first, keys.count > 1 {
      let key = table.isKeyed ? "name" : table.keyField?.label ?? "name"
      let middle = generator.next(in: 1...keys.count - 1)
      let kind: AnswerKind =
        table.keyField?.kind == .integer ? .integer : table.keyField?.kind == .date ? .date : .string
      drafts.append(
        Draft(text: "What is the \(key) of the first \(singular) in the data?", expected: .string(first), kind: kind))
      drafts.append(
        Draft(
          text: "What is the \(key) of \(singular) number \(middle + 1) in the data, counted from 1?",
          expected: .string(keys[middle]), kind: kind))
    }
    return drafts
  }

  /// Names of the fields of groups and of the records in lists.
  private func groupFields(_ names: [String]) -> [Draft] {
    names.compactMap { name in
      let groups = table.records.compactMap { record in
        record[name]?.objectValue ?? record[name]?.arrayValue?.first?.objectValue
      }
      guard let keys = groups.first?.keys, keys.count > 1, groups.count == table.records.count,
        groups.allSatisfy({ $0.keys == keys })
      else { return nil }
      return Draft(
        text: "List the field names inside `\(name)` of each \(words.singular), in their order, separated by commas.",
        expected: .array(keys.map { .string($0) }), kind: .listOrdered)
    }
  }

  private mutating func ends() -> [Draft] {
    guard let last = table.records.indices.last, last > 0 else { return [] }
    var fields = table.fields.filter { $0.values[last] != nil && $0.kind != .list && $0.kind != .boolean }
    generator.shuffle(&fields)
    return fields.prefix(2).compactMap { field in
      guard let value = field.values[last] else { return nil }
      return retrieval(field, value, last).map { draft in
        Draft(
          text: "What is the \(field.label) of the last \(words.singular) in the data?", expected: draft.expected,
          kind: draft.kind, options: draft.options)
      }
    }
  }
}

extension JSONValue {
  /// A double without a fraction as an integer.
  var asIntegerIfWhole: JSONValue {
    guard case .double(let value) = self, let whole = Int64(exactly: value) else { return self }
    return .integer(whole)
  }
}
