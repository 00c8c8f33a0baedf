package import Contract

extension ReportFormat {
  /// The format that the ending of a file name stands for; nil for any other ending.
  package init?(pathExtensionOf path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    case "csv": self = .csv
    case "xml": self = .junit
    case "json": self = .json
    case "jsonl": self = .jsonl
    default: return nil
    }
  }
}
