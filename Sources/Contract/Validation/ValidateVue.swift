package import JSON

package enum ValidateVue: Method {
  package static let name = "validate.vue"
  package static let summary = "Checks a Vue component: its syntax, its types, its syntax trees, its template."
  package static let details = """
    A component that is wrong is a result. Where nothing here can check types the status is `unavailable`, never a score \
    of 0. A `source` that is the answer of a model may hold sentences and fences: the component is taken out of it.
    """
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable {
    package var source: String?
    package var path: String?
    package var files: [File]?
    package var checks: JSONValue?
    package var original: String?
    package var autoImports: JSONValue?
    package var stubModules: [String]?
    package var root: String?
    package var name: String?
    package var timeoutSeconds: Double?

    package init(source: String? = nil, path: String? = nil) {
      self.source = source
      self.path = path
    }
  }

  /// A file beside the component.
  package struct File: Codable, Sendable, Equatable {
    package var path: String
    package var source: String

    package init(path: String, source: String) {
      self.path = path
      self.source = source
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var status: Status
    package var reason: String?
    package var compiles: Bool?
    package var diagnostics: [Diagnostic]
    package var diagnosticsTruncated: Bool
    package var checks: [Check]
    /// 0…10.
    package var checkScore: Double?
    /// 0…10.
    package var score: Double?
    package var template: Template?
    package var naming: Naming?
    package var stubbedModules: [String]
    package var extraction: Extraction?
    package var engine: Engine?
    package var durations: Durations?

    package init(status: Status, reason: String? = nil) {
      self.status = status
      self.reason = reason
      diagnostics = []
      diagnosticsTruncated = false
      checks = []
      stubbedModules = []
    }
  }

  package enum Status: String, Codable, Sendable, CaseIterable {
    case ok, failed, unavailable, timeout, crashed
  }

  package struct Diagnostic: Codable, Sendable, Equatable {
    package var stage: Stage
    package var code: String
    package var message: String
    package var file: String
    package var line: Int
    package var column: Int
    package var endLine: Int?
    package var endColumn: Int?
    package var severity: String
    package var own: Bool

    package init(
      stage: Stage, code: String, message: String, file: String, line: Int, column: Int, severity: String = "error",
      own: Bool = true
    ) {
      self.stage = stage
      self.code = code
      self.message = message
      self.file = file
      self.line = line
      self.column = column
      self.severity = severity
      self.own = own
    }
  }

  package enum Stage: String, Codable, Sendable, CaseIterable {
    case extraction, sfc, template, macro, syntax, type
  }

  package struct Check: Codable, Sendable, Equatable {
    package var id: String
    package var passed: Bool
    package var weight: Double
    package var line: Int?
    package var why: String?

    package init(id: String, passed: Bool, weight: Double, line: Int?, why: String?) {
      self.id = id
      self.passed = passed
      self.weight = weight
      self.line = line
      self.why = why
    }
  }

  package struct Template: Codable, Sendable, Equatable {
    package var unchanged: Bool
    package var differences: [Difference]

    package init(unchanged: Bool, differences: [Difference]) {
      self.unchanged = unchanged
      self.differences = differences
    }
  }

  package struct Difference: Codable, Sendable, Equatable {
    package var message: String
    package var line: Int?
    package var column: Int?

    package init(message: String, line: Int?, column: Int?) {
      self.message = message
      self.line = line
      self.column = column
    }
  }

  package struct Naming: Codable, Sendable, Equatable {
    package var names: Int
    package var violations: [Violation]

    package init(names: Int, violations: [Violation]) {
      self.names = names
      self.violations = violations
    }
  }

  package struct Violation: Codable, Sendable, Equatable {
    package var name: String
    package var kind: String
    package var expected: String
    package var line: Int
    package var column: Int

    package init(name: String, kind: String, expected: String, line: Int, column: Int) {
      self.name = name
      self.kind = kind
      self.expected = expected
      self.line = line
      self.column = column
    }
  }

  package struct Extraction: Codable, Sendable, Equatable {
    package var from: String
    package var line: Int

    package init(from: String, line: Int) {
      self.from = from
      self.line = line
    }
  }

  package struct Engine: Codable, Sendable, Equatable {
    package var backend: String
    package var typescript: String?
    package var typescriptPath: String?
    package var vueTypes: String?
    package var runtime: String?
    package var degraded: [String]

    package init(backend: String) {
      self.backend = backend
      degraded = []
    }
  }

  package struct Durations: Codable, Sendable, Equatable {
    package var queueSeconds: Double
    package var checkSeconds: Double
    package var totalSeconds: Double
    package var cold: Bool

    package init(queueSeconds: Double, checkSeconds: Double, totalSeconds: Double, cold: Bool) {
      self.queueSeconds = queueSeconds
      self.checkSeconds = checkSeconds
      self.totalSeconds = totalSeconds
      self.cold = cold
    }
  }
}
