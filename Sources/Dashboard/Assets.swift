/// The files that pages need beside themselves.
enum Assets {
  static let all: [(name: String, mediaType: String, body: [UInt8])] = [
    ("style.css", "text/css; charset=utf-8", PackageResources.style_css),
    ("app.js", "text/javascript; charset=utf-8", PackageResources.app_js),
    ("icon.svg", "image/svg+xml", PackageResources.icon_svg),
  ]

  static func reply(_ name: String) -> Reply? {
    all.first { $0.name == name }.map {
      Reply(status: 200, mediaType: $0.mediaType, body: $0.body, caching: .hour)
    }
  }
}
