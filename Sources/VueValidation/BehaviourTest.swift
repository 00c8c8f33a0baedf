package import JSON

/// What a mounted component has to do: cases of steps, some of which look at something and know what must be seen.
package struct BehaviourTest: Sendable {
  package struct Case: Sendable {
    package let name: String
    /// The case without what is expected, which stays out of the sandbox.
    let job: JSONValue
    /// By the number of the step.
    let expected: [Int: JSONValue]
    let steps: [JSONValue]
  }

  package let cases: [Case]

  /// Reads a `behaviour.json`: `{"cases": [{"name", "props", "events", "steps": [{…, "expect"}]}]}`.
  ///
  /// - Returns: nil for anything else.
  package init?(_ value: JSONValue) {
    guard let list = value["cases"]?.arrayValue, !list.isEmpty else { return nil }
    var cases: [Case] = []
    for entry in list {
      guard let name = entry["name"]?.stringValue, var object = entry.objectValue,
        let steps = entry["steps"]?.arrayValue
      else { return nil }
      var expected: [Int: JSONValue] = [:]
      var bare: [JSONValue] = []
      for (index, step) in steps.enumerated() {
        guard var step = step.objectValue else { return nil }
        expected[index] = step["expect"]
        step["expect"] = nil
        bare.append(.object(step))
      }
      object["steps"] = .array(bare)
      cases.append(Case(name: name, job: .object(object), expected: expected, steps: bare))
    }
    self.cases = cases
  }
}

/// How a component behaved.
package struct BehaviourReport: Sendable, Equatable {
  package struct Verdict: Sendable, Equatable {
    package let name: String
    package let passed: Bool
    /// What was otherwise, in a sentence; nil when nothing was.
    package let why: String?
  }

  package let verdicts: [Verdict]

  /// The share of the cases that went as they should, 0…1.
  package var share: Double {
    verdicts.isEmpty ? 0 : Double(verdicts.count { $0.passed }) / Double(verdicts.count)
  }
}

/// Why a component was not mounted.
package enum BehaviourUnavailable: Error, Sendable, Equatable {
  /// Something is missing here; the text says what brings it.
  case missing(String)
  /// The mounting itself failed.
  case failed(String)
}
