/// What the dashboard listens on, and whom it trusts.
package struct DashboardConfiguration: Sendable {
  package var host: String
  /// 0 lets the system choose.
  package var port: Int
  /// What `Authorization: Bearer` has to carry to add results or cancel a run; nil refuses both.
  package var adminKey: String?
  /// Origins of other sites whose scripts may read the API, as `https://example.org`.
  package var allowedOrigins: [String]
  /// US dollars a month above which the pages warn; nil for no limit.
  package var monthlyLimitUSD: Double?
  /// The largest body of a request.
  package var maximumBodyBytes: Int
  /// The longest that a body may take to arrive, and an idle connection may stay.
  package var bodySeconds: Double
  package var idleSeconds: Double
  /// Clients that may listen to events at once.
  package var maximumListeners: Int

  package init(host: String, port: Int, adminKey: String? = nil) {
    self.host = host
    self.port = port
    self.adminKey = adminKey
    allowedOrigins = []
    monthlyLimitUSD = nil
    maximumBodyBytes = 32 << 20
    bodySeconds = 20
    idleSeconds = 60
    maximumListeners = 500
  }

  /// Whether other machines can reach the address.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}
