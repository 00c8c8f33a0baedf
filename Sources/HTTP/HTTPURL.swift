import CCurl

/// The parts of an absolute http or https URL that this program looks at. Wraps libcurl's `curl_url`.
package struct HTTPURL: Sendable, Equatable {
  /// "http" or "https".
  package let scheme: String
  /// A name or an address; an IPv6 address keeps its brackets.
  package let host: String
  package let port: Int
  package let path: String

  /// - Throws: ``HTTPError`` with code `invalidRequest` for anything else than an http or https URL with a host.
  package init(_ text: String) throws(HTTPError) {
    guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), let url = curl_url() else {
      throw HTTPError(code: .invalidRequest, message: "a URL holds no white space or control characters")
    }
    defer { curl_url_cleanup(url) }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var value: UnsafeMutablePointer<CChar>?
      guard curl_url_get(url, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
      defer { curl_free(value) }
      return String(cString: value)
    }
    guard curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), !host.isEmpty
    else { throw HTTPError(code: .invalidRequest, message: "not a URL such as http://127.0.0.1:8089/v1") }
    guard scheme == "http" || scheme == "https" else {
      throw HTTPError(code: .invalidRequest, message: "only http and https URLs are supported, not \(scheme)")
    }
    self.scheme = scheme
    self.host = host
    port = part(CURLUPART_PORT, Int32(CURLU_DEFAULT_PORT)).flatMap { Int($0) } ?? (scheme == "https" ? 443 : 80)
    path = part(CURLUPART_PATH) ?? "/"
  }

  package var hostAndPort: String { "\(host):\(port)" }

  /// The URL without user name, password, query and fragment, fit for messages.
  package var displayText: String {
    let isDefaultPort = port == (scheme == "https" ? 443 : 80)
    return "\(scheme)://\(isDefaultPort ? host : hostAndPort)\(path == "/" ? "" : path)"
  }

  /// Whether the host is this machine, judged by its name alone.
  package var isLoopback: Bool {
    let name = host.lowercased()
    return name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]"
      || (name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) })
  }
}
