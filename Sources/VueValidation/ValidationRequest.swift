import Contract
import JSON

/// The parameters of a check, read and put right.
struct ValidationRequest {
  let component: Result<AnswerComponent, MissingComponent>
  /// The component's path in its project.
  let name: String
  let root: String?
  let timeoutSeconds: Double?
  private let params: ValidateVue.Params

  private static let largestBytes = 16 << 20

  /// - Throws: ``ServiceError``.
  init(_ params: ValidateVue.Params) throws(ServiceError) {
    self.params = params
    let (text, path) = try Self.text(params)
    component = path?.hasSuffix(".vue") == true ? .success(Self.whole(text)) : AnswerComponent.find(in: text)
    if let seconds = params.timeoutSeconds, !(seconds > 0 && seconds <= 3600) {
      throw ServiceError.invalidParameter("/timeoutSeconds", "A time limit is above 0 and at most 3600 seconds.")
    }
    timeoutSeconds = params.timeoutSeconds
    try Self.check(params)
    var root: String?
    if let given = params.root {
      guard FileSystem.isFolder(given), let real = FileSystem.realPath(given) else {
        throw ServiceError(
          .fileNotFound, "There is no folder '\(given)': root is a project's folder.", details: ["path": .string(given)]
        )
      }
      root = real
    } else if let path {
      root = Self.project(of: path)
    }
    self.root = root
    name = params.name ?? Self.relative(path, to: root)
    guard name.hasSuffix(".vue"), !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw ServiceError.invalidParameter(
        "/name", "The name is a path inside the project that ends in .vue, not '\(name)'.")
    }
  }

  /// The request as the worker reads it.
  func line(_ component: AnswerComponent, operation: String = "check") -> [UInt8] {
    var request: JSONObject = [
      "id": 1, "op": .string(operation), "name": .string(name), "source": .string(component.source),
      "files": .array((params.files ?? []).map { ["path": .string($0.path), "source": .string($0.source)] }),
      "root": root.map(JSONValue.string) ?? .null,
      "checks": params.checks ?? .null, "autoImports": params.autoImports ?? .null,
      "stubModules": params.stubModules.map { .array($0.map(JSONValue.string)) } ?? .null,
    ]
    if let original = params.original { request["original"] = .string(original) }
    return JSONWriter.data(.object(request))
  }

  // MARK: - Parts

  private static func whole(_ text: String) -> AnswerComponent {
    AnswerComponent(source: text, origin: .whole, line: 1)
  }

  private static func text(_ params: ValidateVue.Params) throws(ServiceError) -> (String, path: String?) {
    switch (params.source, params.path) {
    case (let source?, nil): return (source, nil)
    case (nil, let path?):
      guard FileSystem.isFile(path) else {
        throw ServiceError(.fileNotFound, "There is no file '\(path)'.", details: ["path": .string(path)])
      }
      guard let bytes = FileSystem.read(path, largest: largestBytes) else {
        throw ServiceError(
          .fileUnreadable, "'\(path)' cannot be read, or has more than \(largestBytes >> 20) MB.",
          details: ["path": .string(path)])
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ServiceError(.invalidData, "'\(path)' is not UTF-8 text.", details: ["path": .string(path)])
      }
      return (text, path)
    case (nil, nil): throw ServiceError.invalidParameter("/source", "Give the component as source, or as path.")
    case (_?, _?): throw ServiceError.invalidParameter("/source", "Give source or path, not both.")
    }
  }

  private static func check(_ params: ValidateVue.Params) throws(ServiceError) {
    for (index, file) in (params.files ?? []).enumerated() {
      guard !file.path.isEmpty, !file.path.hasPrefix("/"), !file.path.split(separator: "/").contains("..") else {
        throw ServiceError.invalidParameter(
          "/files/\(index)/path", "A file's path is inside the project, such as types/user.ts, not '\(file.path)'.")
      }
    }
    switch params.autoImports {
    case nil, .null?, .string("vue")?, .string("nuxt")?: break
    case .array(let names)? where names.allSatisfy({ $0.stringValue != nil }): break
    default: throw ServiceError.invalidParameter("/autoImports", "autoImports is \"vue\", \"nuxt\" or a list of names.")
    }
  }

  /// The nearest folder above a file that holds a package; else its own.
  private static func project(of path: String) -> String? {
    guard let real = FileSystem.realPath(path), let slash = real.lastIndex(of: "/") else { return nil }
    let folder = slash == real.startIndex ? "/" : String(real[..<slash])
    return FileSystem.ancestors(of: folder).first { FileSystem.isFile("\($0)/package.json") } ?? folder
  }

  private static func relative(_ path: String?, to root: String?) -> String {
    guard let path, let root, let real = FileSystem.realPath(path) else { return "Component.vue" }
    let prefix = root == "/" ? "/" : "\(root)/"
    let name = real.hasPrefix(prefix) ? String(real.dropFirst(prefix.count)) : "Component.vue"
    return name.hasSuffix(".vue") ? name : "\(name).vue"
  }
}
