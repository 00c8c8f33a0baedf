/// What components are mounted with: Vue with its template compiler, and a DOM.
struct MountTools: Sendable, Equatable {
  /// `vue.esm-browser.js`: one file that needs no other.
  let vue: String
  /// The folder of jsdom.
  let jsdom: String
  /// Where jsdom's own packages are.
  let modules: String

  static let vueVariable = "LLMBENCH_VUE"
  static let remedy =
    "apt-get install node-jsdom, and pip install nicegui==3.18.0 (which carries Vue) or npm install vue"

  /// Those of a project, else those of this machine; nil where one of the two is missing.
  static func find(environment: [String: String], root: String?) -> MountTools? {
    guard let vue = vue(environment, root), let jsdom = jsdom(environment, root) else { return nil }
    return MountTools(vue: vue, jsdom: "\(jsdom)/jsdom", modules: jsdom)
  }

  private static func vue(_ environment: [String: String], _ root: String?) -> String? {
    let named = environment[vueVariable].map { [$0] } ?? []
    let builds = ["vue.esm-browser.prod.js", "vue.esm-browser.js"]
    let packages =
      (root.map(FileSystem.ancestors) ?? []).map { "\($0)/node_modules" }
      + (environment["NODE_PATH"] ?? "").split(separator: ":").map(String.init)
      + ["/usr/local/lib/node_modules", "/usr/lib/node_modules"]
    let own = packages.flatMap { folder in builds.map { "\(folder)/vue/dist/\($0)" } }
    let wheels = PythonPackages.folders(environment).flatMap { folder in
      ["vue.esm-browser.js", "vue.esm-browser.prod.js"].map { "\(folder)/nicegui/static/\($0)" }
    }
    return (named + own + wheels).first(where: FileSystem.isFile)
  }

  private static func jsdom(_ environment: [String: String], _ root: String?) -> String? {
    let projects = (root.map(FileSystem.ancestors) ?? []).map { "\($0)/node_modules" }
    let paths = (environment["NODE_PATH"] ?? "").split(separator: ":").map(String.init)
    return (projects + paths + ["/usr/local/lib/node_modules", "/usr/lib/node_modules", "/usr/share/nodejs"])
      .first { FileSystem.isFile("\($0)/jsdom/package.json") }
  }
}
