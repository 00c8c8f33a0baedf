/// Files of `Fixtures/code-problems`.
enum Fixture {
  static func path(_ name: String, file: StaticString = #filePath) -> String {
    let parts = "\(file)".split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/Fixtures/code-problems/" + name
  }
}
