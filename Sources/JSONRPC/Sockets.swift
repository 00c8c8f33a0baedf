#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The socket calls of this module.
enum Sockets {
  #if os(Linux)
    static let streamType = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    static let sendFlags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
  #else
    static let streamType = SOCK_STREAM
    static let sendFlags = Int32(MSG_DONTWAIT)
  #endif

  /// An address as the system wants it.
  struct Address {
    var storage = sockaddr_storage()
    var length: socklen_t = 0

    var family: Int32 { Int32(storage.ss_family) }

    /// Lends the address to a system call.
    func with<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
      withUnsafePointer(to: storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
      }
    }

    /// Lets a system call fill in an address; an empty one when that fails.
    init(filledBy body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) {
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let result = withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
      }
      length = result == 0 ? size : 0
    }

    init() {}
  }

  static func open(_ family: Int32) throws(ByteStreamError) -> Descriptor {
    let number = socket(family, streamType, 0)
    guard number >= 0 else { throw .last("cannot make a socket") }
    #if !os(Linux)
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    #endif
    return Descriptor(number)
  }

  /// Sends small messages at once instead of waiting to join them: worth 40 ms a round trip.
  static func disableDelay(_ socket: Descriptor) { setOption(socket, Int32(IPPROTO_TCP), TCP_NODELAY) }

  static func setOption(_ socket: Descriptor, _ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    _ = setsockopt(socket.number, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// - Throws: when the path is too long for a socket.
  static func unixAddress(_ path: String) throws(ByteStreamError) -> Address {
    var address = Address()
    var unix = sockaddr_un()
    unix.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: unix.sun_path) - 1
    guard !bytes.isEmpty, bytes.count <= capacity, !bytes.contains(0) else {
      throw ByteStreamError("the path of a Unix socket must have 1 to \(capacity) bytes, this has \(bytes.count)")
    }
    withUnsafeMutableBytes(of: &unix.sun_path) { $0.copyBytes(from: bytes) }
    withUnsafeMutableBytes(of: &address.storage) { target in
      withUnsafeBytes(of: unix) { target.copyMemory(from: $0) }
    }
    address.length = socklen_t(MemoryLayout<sockaddr_un>.size)
    return address
  }

  /// The addresses of a host, numeric or by name.
  static func resolve(_ host: String, _ port: UInt16, forListening: Bool) throws(ByteStreamError) -> [Address] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(streamTypeForResolving)
    hints.ai_flags = AI_NUMERICSERV | (forListening ? AI_PASSIVE : 0)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else {
      throw ByteStreamError("cannot find the host \"\(host)\": \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(list) }
    var addresses: [Address] = []
    var next = list
    while let entry = next {
      if let pointer = entry.pointee.ai_addr { addresses.append(Address(pointer, entry.pointee.ai_addrlen)) }
      next = entry.pointee.ai_next
    }
    return addresses
  }

  #if os(Linux)
    private static let streamTypeForResolving = SOCK_STREAM.rawValue
  #else
    private static let streamTypeForResolving = SOCK_STREAM
  #endif

  /// Host and port in numbers.
  static func describe(_ address: Address) -> (host: String, port: UInt16)? {
    var host = [CChar](repeating: 0, count: 256)
    var service = [CChar](repeating: 0, count: 32)
    let code = address.with { pointer, length in
      getnameinfo(
        pointer, length, &host, socklen_t(host.count), &service, socklen_t(service.count),
        NI_NUMERICHOST | NI_NUMERICSERV)
    }
    guard code == 0, let port = UInt16(text(service)) else { return nil }
    return (text(host), port)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether only this machine can reach an address.
  static func isLoopback(_ address: Address) -> Bool {
    guard let host = describe(address)?.host else { return false }
    return host == "::1" || host.hasPrefix("127.") || host.hasPrefix("::ffff:127.")
  }

  /// The user at the other end of a Unix socket; nil when the system does not tell.
  static func peerUser(_ socket: Descriptor) -> uid_t? {
    #if os(Linux)
      // struct ucred: process, user, group.
      var credentials: (pid: Int32, user: uid_t, group: gid_t) = (0, 0, 0)
      var length = socklen_t(MemoryLayout.size(ofValue: credentials))
      guard getsockopt(socket.number, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return nil }
      return credentials.user
    #else
      var user = uid_t()
      var group = gid_t()
      return getpeereid(socket.number, &user, &group) == 0 ? user : nil
    #endif
  }
}

extension Sockets.Address {
  fileprivate init(_ pointer: UnsafePointer<sockaddr>, _ length: socklen_t) {
    self.length = min(length, socklen_t(MemoryLayout<sockaddr_storage>.size))
    withUnsafeMutableBytes(of: &storage) { [size = Int(self.length)] target in
      target.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: size))
    }
  }
}
