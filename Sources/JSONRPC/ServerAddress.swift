/// Where a server listens.
package enum ServerAddress: Sendable, Hashable {
  /// - Parameter port: 0 lets the system choose when listening.
  case tcp(host: String, port: UInt16)
  case unix(path: String)
}

/// An address that can not be read.
package struct ServerAddressError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
}

extension ServerAddress {
  /// Reads `tcp://HOST:PORT`, `HOST:PORT`, `[V6]:PORT` or `unix://PATH`. Without a host, as in `:7077`, it is
  /// 127.0.0.1.
  package init(_ text: String) throws(ServerAddressError) {
    if let path = text.dropping(prefix: "unix://") ?? text.dropping(prefix: "unix:") {
      guard !path.isEmpty else { throw Self.fault(text, "the path is missing") }
      self = .unix(path: path)
      return
    }
    let place = text.dropping(prefix: "tcp://") ?? text
    if place.contains("://") { throw Self.fault(text, "only tcp:// and unix:// are known") }
    guard let colon = place.lastIndex(of: ":") else { throw Self.fault(text, "the port is missing") }
    guard let port = UInt16(place[place.index(after: colon)...]) else {
      throw Self.fault(text, "the port must be a number from 0 to 65535")
    }
    self = .tcp(host: try Self.host(String(place[..<colon]), text), port: port)
  }

  private static func host(_ host: String, _ text: String) throws(ServerAddressError) -> String {
    if host.isEmpty { return "127.0.0.1" }
    if host.hasPrefix("["), host.hasSuffix("]"), host.count > 2 { return String(host.dropFirst().dropLast()) }
    guard !host.contains(where: { ":[]/ ".contains($0) }) else {
      throw fault(text, "an IPv6 host stands in brackets, as in [::1]:7077")
    }
    return host
  }

  private static func fault(_ text: String, _ detail: String) -> ServerAddressError {
    ServerAddressError(description: "\"\(text)\" is no address (tcp://HOST:PORT or unix://PATH): \(detail)")
  }
}

extension ServerAddress: CustomStringConvertible {
  /// The address as it is read: `tcp://127.0.0.1:7077`, `tcp://[::1]:7077`, `unix:///run/user/1000/llmbench.sock`.
  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
    case .unix(let path): "unix://\(path)"
    }
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
