/// What holds for every request of a client.
package struct HTTPConfiguration: Sendable {
  /// A file of certificates to trust instead of the system's; libcurl itself does not look at any variable.
  package var certificateFile: String?
  /// A folder of certificates to trust, named by their hashes.
  package var certificateFolder: String?
  package var userAgent: String
  /// How many idle connections are kept.
  package var maximumIdleConnections: Int

  /// Takes the certificates from `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`.
  package init(
    environment: [String: String] = [:], userAgent: String = "llmbench", maximumIdleConnections: Int = 128
  ) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    certificateFile = value("CURL_CA_BUNDLE") ?? value("SSL_CERT_FILE")
    certificateFolder = value("SSL_CERT_DIR")
    self.userAgent = userAgent
    self.maximumIdleConnections = maximumIdleConnections
  }
}
