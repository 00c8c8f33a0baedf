package enum ModelsList: Method {
  package static let name = "models.list"
  package static let summary = "Lists the providers, with the variables that hold their keys and addresses."
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var providers: [Provider]
    package init(providers: [Provider]) { self.providers = providers }
  }

  package struct Provider: Codable, Sendable, Equatable {
    package var name: String
    package var summary: String
    /// The variable that holds the key; nil when none is needed.
    package var keyVariable: String?
    /// Whether that variable is set; nil when none is needed.
    package var keyIsSet: Bool?
    package var baseURLVariable: String?
    package var baseURL: String?

    package init(
      name: String, summary: String, keyVariable: String?, keyIsSet: Bool?, baseURLVariable: String?,
      baseURL: String?
    ) {
      self.name = name
      self.summary = summary
      self.keyVariable = keyVariable
      self.keyIsSet = keyIsSet
      self.baseURLVariable = baseURLVariable
      self.baseURL = baseURL
    }
  }
}

package enum SystemDoctor: Method {
  package static let name = "system.doctor"
  package static let summary = "Says what is installed and what is missing, with the command that mends it."
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var checks: [Check]
    package init(checks: [Check]) { self.checks = checks }
  }

  package struct Check: Codable, Sendable, Equatable {
    package enum Status: String, Codable, Sendable, CaseIterable { case ok, missing, warning }

    package var name: String
    package var status: Status
    package var detail: String
    /// The command or step that mends it; nil when nothing is wrong.
    package var remedy: String?

    package init(name: String, status: Status, detail: String, remedy: String? = nil) {
      self.name = name
      self.status = status
      self.detail = detail
      self.remedy = remedy
    }
  }
}
