package import ArgumentParser
package import Dashboard
import JSONRPC

/// How the dashboard is served.
package struct DashboardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Other sites whose scripts may read the API, as https://example.org.", discussion: "None by default.",
      valueName: "origin"))
  package var allowOrigin: [String] = []

  @Option(help: ArgumentHelp("Warn on the pages when a month costs more.", valueName: "usd"))
  package var costLimit: Double?

  package init() {}

  package func validate() throws {
    if let costLimit, !(costLimit >= 0 && costLimit.isFinite) { throw ValidationError("--cost-limit must be 0 or more.") }
    for origin in allowOrigin where !origin.hasPrefix("http://") && !origin.hasPrefix("https://") {
      throw ValidationError("--allow-origin: '\(origin)' is no origin such as https://example.org.")
    }
  }

  /// - Parameters:
  ///   - address: `HOST:PORT`.
  ///   - environment: where the key is.
  package func configuration(_ address: String, _ environment: [String: String]) throws -> DashboardConfiguration {
    let parsed: ServerAddress
    do { parsed = try ServerAddress(address) } catch { throw ValidationError("--http: \(error)") }
    guard case .tcp(let host, let port) = parsed else {
      throw ValidationError("--http takes HOST:PORT, such as 127.0.0.1:8080.")
    }
    let key = environment["LLMBENCH_ADMIN_KEY"].flatMap { $0.isEmpty ? nil : $0 }
    if let key, key.utf8.count < 16 {
      throw ValidationError("LLMBENCH_ADMIN_KEY is too short: give it at least 16 characters (openssl rand -hex 32).")
    }
    var configuration = DashboardConfiguration(host: host, port: Int(port), adminKey: key)
    configuration.allowedOrigins = allowOrigin
    configuration.monthlyLimitUSD = costLimit
    return configuration
  }
}
