import CVueFixtures

/// The fixtures that come with the program.
package enum VueFixtures {
  /// In the order in which they are asked.
  package static let all: [VueFixture] = {
    var names: [String] = []
    var files: [String: [String: String]] = [:]
    for index in 0..<llmbench_vue_fixture_count() {
      let file = llmbench_vue_fixture(index)
      let path = String(cString: file.path)
      guard let slash = path.firstIndex(of: "/") else { continue }
      let name = String(path[..<slash])
      if files[name] == nil { names.append(name) }
      files[name, default: [:]][String(path[path.index(after: slash)...])] =
        String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }
    // A test reads the same bytes, and fails where one of them is no fixture.
    return names.compactMap { try? VueFixture(name: $0, files: files[$0] ?? [:]) }
  }()
}
