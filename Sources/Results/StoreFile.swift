import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file of a store, looked at before SQLite touches it.
enum StoreFile {
  /// The fields of SQLite's file header that tell whose file it is (sqlite.org/fileformat2.html §1.3).
  struct Header {
    var userVersion: Int
    var applicationID: Int32
  }

  /// How to go on when a file cannot be used: the end of every message about it.
  static let advice = "choose another file with --database PATH or the variable LLMBENCH_DATABASE"

  static func unavailable(_ path: String, _ problem: String) -> ServiceError {
    ServiceError(
      .storeUnavailable, "The results database \(path) \(problem): \(advice).", details: ["path": .string(path)])
  }

  static func full(_ path: String) -> ServiceError {
    ServiceError(
      .diskFull,
      "No space is left for the results database \(path): free some, or \(advice). What was stored before is kept.",
      details: ["path": .string(path)])
  }

  enum State {
    /// There is no file, or it is empty.
    case missing
    /// A store, as far as its header tells.
    case store
    /// A database that says not whose it is.
    case unmarked
  }

  /// Makes the folder and looks at the header of a file that is there. Writes nothing to the file itself.
  static func prepare(_ path: String) throws(ServiceError) -> State {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw unavailable("\"\"", "has no usable name") }
    try makeFolder(of: path)
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return .missing }
      throw unavailable(path, "cannot be reached (\(errorText(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw unavailable(path, status.st_mode & S_IFMT == S_IFDIR ? "is a folder" : "is not a plain file")
    }
    if status.st_size == 0 { return .missing }
    let header = try readHeader(path)
    if header.applicationID == 0 { return .unmarked }
    try checkHeader(header, isEmpty: false, path: path)
    return .store
  }

  /// - Parameter isEmpty: whether the database holds nothing yet, so that it may become a store.
  static func checkHeader(_ header: Header, isEmpty: Bool, path: String) throws(ServiceError) {
    if isEmpty, header.applicationID == 0 { return }
    guard header.applicationID == Schema.applicationID else {
      throw unavailable(path, "belongs to another program")
    }
    guard header.userVersion <= Schema.version else {
      throw ServiceError(
        .storeTooNew,
        """
        The results database \(path) has schema version \(header.userVersion); this llmbench \
        (\(ProgramVersion.current)) knows versions up to \(Schema.version). It was left as it is: \
        update llmbench, or \(advice).
        """,
        details: [
          "path": .string(path), "schemaVersion": .integer(Int64(header.userVersion)),
          "supportedVersion": .integer(Int64(Schema.version)),
        ])
    }
  }

  private static func readHeader(_ path: String) throws(ServiceError) -> Header {
    guard let bytes = readFile(path, limit: 100) else {
      throw unavailable(path, "cannot be read (\(errorText(errno)))")
    }
    guard bytes.count == 100, bytes.starts(with: Array("SQLite format 3".utf8) + [0]) else {
      throw unavailable(path, "is not a database")
    }
    func word(at offset: Int) -> UInt32 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    return Header(userVersion: Int(Int32(bitPattern: word(at: 60))), applicationID: Int32(bitPattern: word(at: 68)))
  }

  private static func makeFolder(of path: String) throws(ServiceError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    var status = stat()
    if stat(folder, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { return }
      throw unavailable(path, "cannot be made: \(folder) is not a folder")
    }
    if errno == ENOENT { try makeFolder(of: folder) }
    // 0700: prompts and answers are nobody else's business.
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOSPC || errno == EDQUOT { throw full(path) }
    throw unavailable(path, "cannot be made: the folder \(folder) cannot be made (\(errorText(errno)))")
  }

  /// Whether the disk that holds the file has no space left for this user.
  static func isDiskFull(_ path: String) -> Bool {
    var status = statvfs()
    return statvfs(path, &status) == 0 && status.f_bavail == 0
  }
}

/// The first bytes of a file; nil, with `errno` set, when it cannot be read.
func readFile(_ path: String, limit: Int) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: limit)
  var filled = 0
  while filled < limit {
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: filled), limit - filled) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return nil }
    if count == 0 { break }
    filled += count
  }
  return Array(bytes.prefix(filled))
}

func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
