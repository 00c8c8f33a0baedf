#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Questions about files of this machine.
enum HostFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isExecutable(_ path: String) -> Bool { isRegularFile(path) && access(path, X_OK) == 0 }

  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  static func isRegularFile(_ path: String) -> Bool {
    guard let facts = facts(path) else { return false }
    return facts.st_mode & S_IFMT == S_IFREG
  }

  /// The path with every symbolic link followed; nil when there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  static func symbolicLinkTarget(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &target, target.count)
    return count > 0 ? String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  /// Whether another user, who is in no group of note, may read the file or list the folder. Says no rather than yes
  /// when access lists or groups would decide.
  static func isReachable(_ path: String, by user: UInt32) -> Bool {
    var folder = path
    while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      folder = String(folder[..<slash])
      guard allows(folder, user, S_IXUSR, S_IXOTH) else { return false }
    }
    guard let facts = facts(path) else { return false }
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    return allows(path, user, S_IRUSR, S_IROTH) && (!isFolder || allows(path, user, S_IXUSR, S_IXOTH))
  }

  /// Whether the file starts as a compiled program of Linux does, rather than as a script.
  static func isCompiledProgram(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var start: [UInt8] = [0, 0, 0, 0]
    return read(file, &start, 4) == 4 && start == [0x7f, 0x45, 0x4c, 0x46]
  }

  /// The first file with that name that can be executed, in the order of a PATH variable.
  static func find(_ name: String, inPath path: String) -> [String] {
    path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.filter(isExecutable)
  }

  private static func allows(_ path: String, _ user: UInt32, _ own: mode_t, _ other: mode_t) -> Bool {
    guard let facts = facts(path) else { return false }
    return facts.st_mode & (facts.st_uid == user ? own : other) != 0
  }

  private static func facts(_ path: String) -> stat? {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts : nil
  }
}
