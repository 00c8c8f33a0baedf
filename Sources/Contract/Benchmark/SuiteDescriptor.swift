package import JSON

/// What a suite measures and how it can be tuned.
package struct SuiteDescriptor: Codable, Sendable, Equatable {
  package var name: String
  /// Changes whenever prompts, data or scoring change, so that scores of different versions are not compared.
  package var version: String
  package var summary: String
  package var options: [OptionDescriptor]
  /// The metadata key that results are grouped by, such as `size`.
  package var dimension: String?
  /// Whether generated code is executed, which needs the sandbox.
  package var executesCode: Bool

  package init(
    name: String, version: String, summary: String, options: [OptionDescriptor], dimension: String? = nil,
    executesCode: Bool = false
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.options = options
    self.dimension = dimension
    self.executesCode = executesCode
  }
}

package struct OptionDescriptor: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case integer, number, boolean, string, integerList, stringList
  }

  package var name: String
  package var kind: Kind
  package var defaultValue: JSONValue
  package var summary: String

  package init(_ name: String, _ kind: Kind, default defaultValue: JSONValue, _ summary: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.summary = summary
  }
}
