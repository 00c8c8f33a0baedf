import Contract
package import JSON
package import VueValidation

/// A task: a component to rewrite, the rewritten one, what is checked, and what must not pass.
package struct VueFixture: Sendable {
  /// A known-wrong answer, made from the right one.
  package struct Mutant: Sendable {
    package let name: String
    package let source: String
    /// What must be wrong with it, any one of these: a diagnostic's code, `check:ID`, `template`, `behaviour`.
    package let failsBy: [String]
  }

  package let name: String
  package let title: String
  package let input: String
  package let expected: String
  package let prompt: String
  package let checks: JSONValue
  package let behaviour: BehaviourTest
  package let mutants: [Mutant]
  /// Files beside the component.
  let files: [ValidateVue.File]
  let autoImports: JSONValue?
  let stubModules: [String]?

  /// - Parameter files: its files by their names, such as `input.vue`.
  /// - Throws: ``FixtureError``.
  package init(name: String, files: [String: String]) throws(FixtureError) {
    func text(_ file: String) throws(FixtureError) -> String {
      guard let text = files[file] else { throw FixtureError(name, "there is no \(file)") }
      return text
    }
    func json(_ file: String) throws(FixtureError) -> JSONValue {
      let text = try text(file)
      do throws(JSONParseError) {
        return try JSONParser().parse(text)
      } catch {
        throw FixtureError(name, "\(file) is no JSON: \(error)")
      }
    }
    self.name = name
    input = try text("input.vue")
    let right = try text("expected.vue")
    expected = right
    checks = try json("ast_checks.json")
    let facts = try json("fixture.json")
    title = facts["title"]?.stringValue ?? name
    autoImports = facts["autoImports"].flatMap { $0.isNull ? nil : $0 }
    stubModules = facts["stubModules"]?.arrayValue?.compactMap(\.stringValue)
    var beside: [ValidateVue.File] = []
    for path in (facts["files"]?.arrayValue ?? []).compactMap(\.stringValue) {
      beside.append(ValidateVue.File(path: path, source: try text(path)))
    }
    self.files = beside
    guard let behaviour = BehaviourTest(try json("behaviour.json")) else {
      throw FixtureError(name, "behaviour.json holds no cases")
    }
    self.behaviour = behaviour
    mutants = try Self.mutants(try json("mutants.json"), of: right, fixture: name)
    prompt = beside.reduce(try text("prompt.md").replacing("{{input_code}}", with: input.trimmed)) { text, file in
      text.replacing("{{file:\(file.path)}}", with: file.source.trimmed)
    }
  }

  private static func mutants(
    _ value: JSONValue, of expected: String, fixture: String
  ) throws(FixtureError) -> [Mutant] {
    var mutants: [Mutant] = []
    for entry in value.arrayValue ?? [] {
      guard let name = entry["name"]?.stringValue, let fails = entry["fails"]?.stringValue,
        let edits = entry["replace"]?.arrayValue
      else { throw FixtureError(fixture, "a mutant has a name, what it fails by, and replacements") }
      var source = expected
      for edit in edits {
        guard let from = edit[0]?.stringValue, let to = edit[1]?.stringValue, source.contains(from) else {
          throw FixtureError(fixture, "the mutant \"\(name)\" replaces what is not there")
        }
        source = source.replacing(from, with: to)
      }
      mutants.append(Mutant(name: name, source: source, failsBy: fails.split(separator: "|").map(String.init)))
    }
    return mutants
  }

  /// The request that checks an answer.
  func request(_ answer: String) -> ValidateVue.Params {
    var params = ValidateVue.Params(source: answer)
    params.files = files.isEmpty ? nil : files
    params.checks = checks
    params.original = input
    params.autoImports = autoImports
    params.stubModules = stubModules
    return params
  }
}

/// A fixture that cannot be used.
package struct FixtureError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ fixture: String, _ problem: String) { description = "The fixture \(fixture) cannot be used: \(problem)." }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
