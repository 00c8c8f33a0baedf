import AnswerValidation
import JSON
import SeededRandom

/// What can be asked about a tree of settings by the paths in it.
struct TreeQuestions {
  private var leaves: [(path: String, value: JSONValue)] = []
  private var lists: [(path: String, items: [JSONValue])] = []
  private var objects: [(path: String, keys: [String])] = []
  private var generator: SeededGenerator

  private static let mostPaths = 20_000
  private static let deepest = 64

  init(_ value: JSONValue, _ generator: SeededGenerator) {
    self.generator = generator
    visit(value, "", 0)
  }

  private mutating func visit(_ value: JSONValue, _ path: String, _ depth: Int) {
    guard depth < Self.deepest, leaves.count + lists.count + objects.count < Self.mostPaths else { return }
    switch value {
    case .object(let object):
      // A name with a point in it would make paths that mean two things.
      let keys = object.keys.filter { !$0.contains(".") && !$0.isEmpty }
      guard keys.count == object.count else { return }
      if !path.isEmpty, keys.count > 1 { objects.append((path, keys)) }
      for (key, member) in object { visit(member, path.isEmpty ? key : "\(path).\(key)", depth + 1) }
    case .array(let items):
      if !path.isEmpty { lists.append((path, items)) }
    default: leaves.append((path, value))
    }
  }

  mutating func fieldRetrieval() -> [Draft] {
    generator.shuffle(&leaves)
    return leaves.compactMap { leaf in
      let text = "What is the value of `\(leaf.path)`?"
      switch leaf.value {
      case .integer: return Draft(text: text, expected: leaf.value, kind: .integer)
      case .double: return Draft(text: text, expected: leaf.value, kind: .number)
      case .bool: return Draft(text: "Is `\(leaf.path)` true? Answer yes or no.", expected: leaf.value, kind: .boolean)
      case .string(let value):
        guard !value.isEmpty, value.utf8.count <= 120, !value.contains(where: \.isNewline) else { return nil }
        return Draft(text: text, expected: leaf.value, kind: .string)
      default: return nil
      }
    }
  }

  mutating func aggregation() -> [Draft] {
    generator.shuffle(&lists)
    var drafts = lists.filter { !$0.items.isEmpty }.map { list in
      Draft.count("How many entries does the list `\(list.path)` have?", list.items.count)
    }
    for (name, paths) in Dictionary(grouping: lists, by: { $0.path.split(separator: ".").last ?? "" }).sorted(by: {
      $0.key < $1.key
    })
    where paths.count > 1 && !name.isEmpty {
      let items = paths.flatMap(\.items)
      drafts.append(.count("How many entries do all lists named `\(name)` have together?", items.count))
      let texts = items.compactMap(\.stringValue)
      if texts.count == items.count, Set(texts).count < texts.count {
        drafts.append(.count("How many different entries occur in all lists named `\(name)`?", Set(texts).count))
      }
    }
    generator.shuffle(&drafts)
    return drafts
  }

  mutating func structureAwareness() -> [Draft] {
    generator.shuffle(&objects)
    var drafts = objects.flatMap { object in
      [
        Draft.count("How many members does the object `\(object.path)` have?", object.keys.count),
        Draft(
          text: "List the names of the members of `\(object.path)`, in their order, separated by commas.",
          expected: .array(object.keys.map { .string($0) }), kind: .listOrdered),
      ]
    }
    for list in lists {
      let texts = list.items.compactMap(\.stringValue)
      guard texts.count == list.items.count, (2...6).contains(texts.count), texts.allSatisfy({ !$0.contains(",") })
      else {
        continue
      }
      drafts.append(
        Draft(
          text: "List the entries of `\(list.path)` in their order, separated by commas.",
          expected: .array(list.items), kind: .listOrdered))
    }
    generator.shuffle(&drafts)
    return drafts
  }
}
