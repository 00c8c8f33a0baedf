import Glibc

/// A model's server that takes connections and never answers: a socket that listens, and nobody who accepts.
final class SilentServer: Sendable {
  private let descriptor: Int32
  let baseURL: String

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isReady = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, pointer, &length) == 0
      }
    }
    baseURL = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
    guard isReady else { throw Unexpected("no socket can be opened") }
  }

  deinit { close(descriptor) }
}
