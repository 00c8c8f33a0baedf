import Foundation
import Testing

/// The hand-made components of `Fixtures/vue-cases.txt`, each with what has to be said about it.
struct ComponentCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// `CODE@LINE`, in order; empty for a component that compiles.
  let diagnostics: [String]
  let source: String

  var testDescription: String { name }

  static let all: [ComponentCase] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/vue-cases.txt").standardizedFileURL
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n=== ").compactMap { section in
      let section = section.hasPrefix("=== ") ? String(section.dropFirst(4)) : section
      guard let end = section.firstIndex(of: "\n"), let colon = section.firstIndex(of: ":") else { return nil }
      let verdict = section[section.index(after: colon)..<end].split(separator: " ").map(String.init)
      return ComponentCase(
        name: String(section[..<colon]), diagnostics: verdict == ["compiles"] ? [] : verdict,
        source: String(section[section.index(after: end)...]) + "\n")
    }
  }()
}
