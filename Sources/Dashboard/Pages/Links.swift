/// Where the pages are, seen from one of them: under a server's addresses, or as files that any web host serves.
struct Links: Sendable {
  enum Kind: Sendable {
    case server
    case files
  }

  let kind: Kind
  /// Leads from the page to the folder of the first one: empty, or `../` as often as needed. A server's is `/`.
  let root: String

  static let server = Links(kind: .server, root: "/")

  /// - Parameter depth: how many folders below the first page.
  static func files(depth: Int) -> Links { Links(kind: .files, root: String(repeating: "../", count: depth)) }

  var overview: String { kind == .server ? "/" : root + "index.html" }
  var runs: String { page("runs") }
  var costs: String { page("costs") }
  func run(_ id: String) -> String { page("runs/" + Self.segment(id, kind)) }

  /// nil where only a server can tell: a page for each pair of runs would be a great many.
  func compare(_ ids: [String]) -> String? {
    guard kind == .server else { return nil }
    return "/compare?runs=" + ids.map(RequestParameters.encoded).joined(separator: ",")
  }

  func asset(_ name: String) -> String { root + "assets/" + name }

  private func page(_ path: String) -> String { kind == .server ? root + path : root + path + "/index.html" }

  /// Ids are letters, digits and hyphens; those of an import may be anything, and a file name must not lead elsewhere.
  static func segment(_ id: String, _ kind: Kind) -> String {
    let encoded = RequestParameters.encoded(id)
    guard kind == .files else { return encoded }
    let name = encoded.replacing("%", with: "_")
    return name.hasPrefix(".") ? "_" + name : name
  }
}
