/// What a person may choose about the service as a whole.
package struct ServiceConfiguration: Sendable {
  /// The results store; nil for the default place.
  package var databasePath: String?
  /// Where keys, addresses and folders are looked up.
  package var environment: [String: String]

  package init(databasePath: String? = nil, environment: [String: String]) {
    self.databasePath = databasePath
    self.environment = environment
  }
}
