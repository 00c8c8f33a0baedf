/// Works out the steps of an ``AvroResolver``: one for each pair of types that meet.
struct AvroResolverBuilder {
  let writer: AvroSchema
  let reader: AvroSchema
  private(set) var steps: [AvroResolver.Step] = []
  private var places: [Pair: Int] = [:]
  private var failures: [Pair: AvroError] = [:]

  private struct Pair: Hashable {
    let writer: Int
    let reader: Int
  }

  /// Chains of types longer than this are refused: no schema in use comes near.
  private static let maximumDepth = 256

  init(writer: AvroSchema, reader: AvroSchema) {
    self.writer = writer
    self.reader = reader
  }

  mutating func step(_ writerID: Int, _ readerID: Int, depth: Int) throws(AvroError) -> Int {
    let pair = Pair(writer: writerID, reader: readerID)
    if let failure = failures[pair] { throw failure }
    if let place = places[pair] { return place }
    guard depth < Self.maximumDepth else {
      throw AvroError(.limitExceeded, "the schemas are nested deeper than \(Self.maximumDepth) levels")
    }
    let place = steps.count
    places[pair] = place
    steps.append(.mismatch("types that do not match"))
    do {
      steps[place] = try resolve(writerID, readerID, depth: depth)
    } catch {
      // What already refers to this step must fail in the same way.
      steps[place] = .mismatch(error.message)
      failures[pair] = error
      throw error
    }
    return place
  }

  private mutating func resolve(
    _ writerID: Int, _ readerID: Int, depth: Int
  ) throws(AvroError) -> AvroResolver.Step {
    let from = writer.types[writerID]
    let to = reader.types[readerID]
    if case .union(let branches) = from.shape { return try writerUnion(branches, readerID, depth: depth) }
    if case .union(let branches) = to.shape { return try readerUnion(writerID, branches, to, depth: depth) }
    switch (from.shape, to.shape) {
    case (.null, .null), (.boolean, .boolean), (.int, .int), (.long, .long), (.float, .float), (.double, .double),
      (.bytes, .bytes), (.string, .string):
      return .same(readerID)
    case (.int, .long), (.int, .float), (.int, .double), (.long, .float), (.long, .double), (.float, .double),
      (.string, .bytes), (.bytes, .string):
      return .widen(from.shape, to: to.shape)
    case (.array(let items), .array(let others)):
      return .array(try step(items, others, depth: depth + 1), minimumSize: writer.types[items].minimumSize)
    case (.map(let values), .map(let others)): return .map(try step(values, others, depth: depth + 1))
    case (.fixed(let size), .fixed(let other)) where size == other && Self.namesMatch(from, to):
      return .same(readerID)
    case (.enumeration(let symbols, _), .enumeration(let others, let fallback)) where Self.namesMatch(from, to):
      let known = Set(others)
      return .enumeration(symbols.map { known.contains($0) ? $0 : fallback }, writerSymbols: symbols)
    case (.record(let fields), .record(let others)) where Self.namesMatch(from, to):
      return try record(fields, others, from, to, depth: depth)
    default:
      throw AvroError(.schemaMismatch, "\(from.description) cannot be read as \(to.description)")
    }
  }

  /// By the unqualified name, or by an alias of the reader's.
  private static func namesMatch(_ writer: AvroType, _ reader: AvroType) -> Bool {
    guard let written = writer.name, let wanted = reader.name else { return false }
    return written.simple == wanted.simple || reader.aliases.contains(written)
  }

  // MARK: Unions

  /// A branch that cannot be read is an error only for data that have it, unless no branch can be read.
  private mutating func writerUnion(
    _ branches: [Int], _ readerID: Int, depth: Int
  ) throws(AvroError) -> AvroResolver.Step {
    var ids: [Int] = []
    var failures: [String] = []
    for branch in branches {
      do {
        ids.append(try step(branch, readerID, depth: depth + 1))
      } catch {
        if error.code == .limitExceeded { throw error }
        failures.append(error.message)
        steps.append(.mismatch(error.message))
        ids.append(steps.count - 1)
      }
    }
    if let first = failures.first, failures.count == branches.count {
      throw AvroError(.schemaMismatch, first)
    }
    return .writerUnion(ids)
  }

  /// The reader's first branch that is the very type, else the first that matches.
  private mutating func readerUnion(
    _ writerID: Int, _ branches: [Int], _ union: AvroType, depth: Int
  ) throws(AvroError) -> AvroResolver.Step {
    let written = writer.types[writerID].branchName
    let exact = branches.indices.filter { reader.types[branches[$0]].branchName == written }
    for branch in exact + branches.indices.filter({ !exact.contains($0) }) {
      do {
        return .readerUnion(branch: branch, try step(writerID, branches[branch], depth: depth + 1))
      } catch {
        if error.code == .limitExceeded { throw error }
      }
    }
    let names = branches.map { reader.types[$0].branchName }.joined(separator: ", ")
    throw AvroError(
      .schemaMismatch, "\(writer.types[writerID].description) matches no branch of the union [\(names)]")
  }

  // MARK: Records

  private mutating func record(
    _ fields: [AvroField], _ others: [AvroField], _ from: AvroType, _ to: AvroType, depth: Int
  ) throws(AvroError) -> AvroResolver.Step {
    let targets = Self.targets(of: fields, among: others)
    var plan: [AvroResolver.FieldStep] = []
    var filled = Set<Int>()
    for (field, target) in zip(fields, targets) {
      if let target {
        plan.append(.read(step: try step(field.type, others[target].type, depth: depth + 1), field: target))
        filled.insert(target)
      } else {
        plan.append(.skip(field.type))
      }
    }
    var template = [AvroValue](repeating: .null, count: others.count)
    for (index, other) in others.enumerated() where !filled.contains(index) {
      guard let json = other.defaultValue else {
        throw AvroError(
          .schemaMismatch,
          "field \"\(other.name)\" of \(to.description) is not in the data and has no default")
      }
      template[index] = try AvroValue(default: json, type: other.type, schema: reader)
    }
    return .record(plan, template: template, names: to.fieldNames)
  }

  /// For each writer's field the reader's: the one of its name, else the one with its name as an alias.
  private static func targets(
    of fields: [AvroField], among others: [AvroField]
  ) -> [Int?] {
    let names = Set(fields.map(\.name))
    var targets: [String: Int] = [:]
    for (index, other) in others.enumerated() where !names.contains(other.name) {
      for alias in other.aliases where targets[alias] == nil { targets[alias] = index }
    }
    for (index, other) in others.enumerated() { targets[other.name] = index }
    return fields.map { targets[$0.name] }
  }
}
