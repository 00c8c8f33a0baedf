#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Questions about files of this machine.
enum FileSystem {
  static func isFile(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  static func isExecutable(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

  /// The path with every symbolic link followed; nil when there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Names of what lies in a folder, sorted; empty where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The content of a file of at most so many bytes; nil where it cannot be read or is larger.
  static func read(_ path: String, largest: Int) -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= largest {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return ferror(file) == 0 && bytes.count <= largest ? bytes : nil
  }

  /// A folder and those above it, up to the root.
  static func ancestors(of folder: String) -> [String] {
    var folders: [String] = []
    var current = folder
    while current.hasPrefix("/") {
      folders.append(current)
      guard current != "/", let slash = current.lastIndex(of: "/") else { break }
      current = slash == current.startIndex ? "/" : String(current[..<slash])
    }
    return folders
  }

  /// Programs with a name, in the order of the environment's PATH and the usual folders.
  static func programs(_ name: String, environment: [String: String]) -> [String] {
    let virtual = environment["VIRTUAL_ENV"].map { ["\($0)/bin"] } ?? []
    let local = realPath(".").map { ["\($0)/.venv/bin"] } ?? []
    let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let folders = path + virtual + local + ["/usr/local/bin", "/usr/bin"]
    return folders.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.filter(isExecutable)
  }
}
