#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file of a Unix socket that listens: who may reach it, and when it may be replaced and removed.
struct UnixSocketFile: Sendable {
  private let path: String
  /// Which file it is, so that a file that took its place is left alone.
  private let device: dev_t
  private let node: ino_t

  /// Makes the socket with mode 0600 in a folder that only its owner can change, which is made when missing.
  static func open(_ path: String) throws(ByteStreamError) -> (Descriptor, UnixSocketFile) {
    let address = try Sockets.unixAddress(path)
    try prepareFolder(folder(of: path))
    try removeStale(path, address)
    let socket = try Sockets.open(AF_UNIX)
    // On Linux the file gets the mode that the socket has, so it is never open to others, not even for a moment.
    _ = fchmod(socket.number, 0o600)
    guard address.with({ bind(socket.number, $0, $1) }) == 0 else { throw .last("cannot bind") }
    guard chmod(path, 0o600) == 0, let status = status(path) else { throw .last("cannot protect the socket") }
    try Listener.listen(socket)
    return (socket, UnixSocketFile(path: path, device: status.st_dev, node: status.st_ino))
  }

  /// Removes the file, unless another has taken its place.
  func remove() {
    guard let status = Self.status(path), status.st_dev == device, status.st_ino == node else { return }
    unlink(path)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Who can write into the folder could put a socket of their own in the place of ours.
  private static func prepareFolder(_ folder: String) throws(ByteStreamError) {
    if mkdir(folder, 0o700) == 0 { return }
    guard errno == EEXIST else { throw .last("cannot make the folder \(folder)") }
    var status = stat()
    guard stat(folder, &status) == 0 else { throw .last("cannot look at the folder \(folder)") }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw ByteStreamError("\(folder) is no folder") }
    let isOurs = status.st_uid == geteuid() && status.st_mode & 0o022 == 0
    let isShared = (status.st_uid == 0 || status.st_uid == geteuid()) && status.st_mode & S_ISVTX != 0
    guard isOurs || isShared else {
      throw ByteStreamError("others can write into \(folder); use a folder of your own with mode 0700")
    }
  }

  /// Removes what a server that died left behind. One that answers, or a file that is no socket, stays.
  private static func removeStale(_ path: String, _ address: Sockets.Address) throws(ByteStreamError) {
    guard let status = status(path) else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw ByteStreamError("\(path) exists and is no socket") }
    let probe = try Sockets.open(AF_UNIX)
    if address.with({ connect(probe.number, $0, $1) }) == 0 {
      throw ByteStreamError("another server listens there")
    }
    guard errno == ECONNREFUSED else { throw .last("another server may listen there") }
    unlink(path)
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }
}
