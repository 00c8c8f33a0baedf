import HTTPTypes
import Hummingbird

/// The headers of responses.
enum Headers {
  /// Nothing comes from elsewhere, nothing runs that stands in a page, and no other site shows it in a frame.
  private static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    + "base-uri 'none'; frame-ancestors 'none'"

  private static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")
  private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")
  private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
  private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
  private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")
  private static let accelBuffering = HTTPField.Name("X-Accel-Buffering")

  static func of(_ reply: Reply) -> HTTPFields {
    var headers: HTTPFields = [.contentType: reply.mediaType, .vary: "Accept-Encoding"]
    switch reply.caching {
    case .revalidated: headers[.cacheControl] = "no-cache"
    case .hour: headers[.cacheControl] = "public, max-age=3600"
    case .never: headers[.cacheControl] = "no-store"
    }
    for (name, value) in reply.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
    return headers
  }

  static func addCommon(to headers: inout HTTPFields, origin: String?, _ configuration: DashboardConfiguration) {
    headers[.contentSecurityPolicy] = policy
    if let contentTypeOptions { headers[contentTypeOptions] = "nosniff" }
    if let referrerPolicy { headers[referrerPolicy] = "no-referrer" }
    if let openerPolicy { headers[openerPolicy] = "same-origin" }
    if let permissionsPolicy { headers[permissionsPolicy] = "camera=(), microphone=(), geolocation=()" }
    let allowed = configuration.allowedOrigins
    if let resourcePolicy, allowed.isEmpty { headers[resourcePolicy] = "same-origin" }
    guard !allowed.isEmpty else { return }
    headers[.vary] = "Accept-Encoding, Origin"
    if let origin, allowed.contains(origin) { headers[.accessControlAllowOrigin] = origin }
  }

  static func preflight() -> Response {
    Response(
      status: .noContent,
      headers: [
        .accessControlAllowMethods: "GET, HEAD, POST", .accessControlAllowHeaders: "Authorization, Content-Type",
        .accessControlMaxAge: "600",
      ])
  }

  static func eventStream(body: ResponseBody) -> Response {
    var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
    // Proxies of the nginx family hold a stream back otherwise.
    if let accelBuffering { headers[accelBuffering] = "no" }
    return Response(status: .ok, headers: headers, body: body)
  }

  /// Whether a list of tags names this one (RFC 9110 §13.1.2: weak comparison).
  static func matches(_ list: String?, _ tag: String) -> Bool {
    guard let list else { return false }
    return list.split(separator: ",").contains { entry in
      let entry = entry.filter { $0 != " " && $0 != "\t" }
      return entry == "*" || entry == tag || entry == "W/" + tag
    }
  }

  /// Whether gzip is accepted (RFC 9110 §12.5.3).
  static func acceptsGzip(_ list: String?) -> Bool {
    guard let list else { return false }
    for entry in list.lowercased().split(separator: ",") {
      let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let coding = parts.first, coding == "gzip" || coding == "*" else { continue }
      return !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" || $0 == "q=0.00" || $0 == "q=0.000" }
    }
    return false
  }
}
