/// Reads `OLLAMA_HOST`, which Ollama's server and its command line share.
///
/// Source: github.com/ollama/ollama, envconfig/config.go (`Host`, `ConnectableHost`), as of 2026-08-21: scheme, port
/// and path may be missing; an address that a server listens on everywhere is this machine's for a client.
enum OllamaHost {
  static let defaultURL = "http://127.0.0.1:11434"

  /// The base URL that the environment gives; nil where it gives none.
  static func url(in environment: [String: String]) -> String? { environment["OLLAMA_HOST"].flatMap(url) }

  /// A base URL; nil for a blank text.
  static func url(_ text: String) -> String? {
    var rest = text.drop { $0.isWhitespace }[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    if rest.isEmpty { return nil }
    var scheme = "http"
    var defaultPort: String? = "11434"
    for known in ["http", "https"] where rest.hasPrefix("\(known)://") {
      scheme = known
      defaultPort = nil
      rest = rest.dropFirst(known.count + 3)
    }
    if rest == "ollama.com" { return "https://ollama.com" }
    let place = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(place.count)
    let (host, port) = Self.split(place)
    let end = (port ?? defaultPort).map { ":\($0)" } ?? ""
    return "\(scheme)://\(connectable(host))\(end)\(path)"
  }

  /// An IPv6 address holds colons itself, in brackets where a port follows.
  private static func split(_ place: Substring) -> (host: String, port: String?) {
    let colons = place.count { $0 == ":" }
    guard let last = place.lastIndex(of: ":"), colons == 1 || place[..<last].hasSuffix("]") else {
      return (colons > 1 && !place.hasPrefix("[") ? "[\(place)]" : String(place), nil)
    }
    return (String(place[..<last]), String(place[place.index(after: last)...]))
  }

  private static func connectable(_ host: String) -> String {
    switch host {
    case "", "0.0.0.0": "127.0.0.1"
    case "[::]": "[::1]"
    default: host
    }
  }
}
