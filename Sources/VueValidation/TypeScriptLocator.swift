import JSON

/// Looks for TypeScript compilers on this machine.
struct TypeScriptLocator {
  let environment: [String: String]
  /// The project's folder; nil without one.
  let root: String?

  static let variable = "LLMBENCH_TYPESCRIPT"
  /// What to do where none is found.
  static let remedy = "pip install bokeh==3.9.2, or apt-get install node-typescript, or name one with \(variable)"

  /// Those that are there, the preferred one first: the project's, the one that is named, a wheel's, npm's, Debian's.
  func sources() -> [TypeScriptSource] {
    var found = project() + named() + wheels() + packages()
    var seen: Set<String> = []
    found.removeAll { !seen.insert($0.file).inserted }
    return found
  }

  // MARK: - Places

  private func project() -> [TypeScriptSource] {
    guard let root else { return [] }
    return FileSystem.ancestors(of: root).flatMap { folder in
      ["typescript", "@typescript/typescript6", "@typescript/old"].compactMap { name in
        package("\(folder)/node_modules/\(name)", origin: "the project")
      }
    }
  }

  private func named() -> [TypeScriptSource] {
    guard let path = environment[Self.variable], !path.isEmpty else { return [] }
    let origin = Self.variable
    if FileSystem.isFolder(path) {
      return [package(path, origin: origin), bokeh(path, origin: origin)].compactMap(\.self)
    }
    guard FileSystem.isFile(path) else { return [] }
    let folder = parent(path)
    if FileSystem.isFile("\(folder)/lib.dom.d.ts") {
      return [TypeScriptSource(form: .module, file: path, libraries: folder, origin: origin)]
    }
    return [bokeh(parent(folder), origin: origin)].compactMap(\.self)
  }

  /// Python's package bokeh carries the whole compiler.
  private func wheels() -> [TypeScriptSource] {
    PythonPackages.folders(environment).compactMap { bokeh("\($0)/bokeh/server/static", origin: "the wheel bokeh") }
  }

  private func packages() -> [TypeScriptSource] {
    let folders = (environment["NODE_PATH"] ?? "").split(separator: ":").map(String.init)
    let global = folders + ["/usr/local/lib/node_modules", "/usr/lib/node_modules"]
    return global.compactMap { package("\($0)/typescript", origin: "npm") }
      + [package("/usr/share/nodejs/typescript", origin: "Debian's node-typescript")].compactMap(\.self)
  }

  // MARK: - Forms

  private func package(_ folder: String, origin: String) -> TypeScriptSource? {
    let file = "\(folder)/lib/typescript.js"
    guard FileSystem.isFile(file), (majorVersion(folder) ?? 5) < 7 else { return nil }
    return TypeScriptSource(form: .module, file: file, libraries: "\(folder)/lib", origin: origin)
  }

  private func bokeh(_ folder: String, origin: String) -> TypeScriptSource? {
    let file = "\(folder)/js/compiler.js"
    guard FileSystem.isFile(file), FileSystem.isFile("\(folder)/lib/lib.dom.d.ts") else { return nil }
    return TypeScriptSource(form: .bundle, file: file, libraries: "\(folder)/lib", origin: origin)
  }

  /// From version 7 on the package holds a native program and no interface for JavaScript.
  private func majorVersion(_ folder: String) -> Int? {
    guard let bytes = FileSystem.read("\(folder)/package.json", largest: 1 << 20),
      let version = (try? JSONParser().parse(bytes))?["version"]?.stringValue
    else { return nil }
    return version.split(separator: ".").first.flatMap { Int($0) }
  }

  private func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }
}
