#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that a test starts, with its output thrown away. It is killed when nobody holds it any more.
package final class ChildProcess: Sendable {
  private let identifier: pid_t

  /// - Throws: `TestServerError` where the program does not start.
  package init(_ arguments: [String]) throws {
    var identifier = pid_t()
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in 0...2 {
      posix_spawn_file_actions_addopen(&actions, Int32(descriptor), "/dev/null", O_RDWR, 0)
    }
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    let code = posix_spawnp(&identifier, arguments.first ?? "", &actions, nil, &pointers, environ)
    guard code == 0 else { throw TestServerError("posix_spawn", code) }
    self.identifier = identifier
  }

  /// Waits for the program's end; its exit code, or nil where a signal ended it.
  package func wait() -> Int32? {
    var status: Int32 = 0
    guard waitpid(identifier, &status, 0) == identifier else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  deinit {
    if waitpid(identifier, nil, WNOHANG) == 0 {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
  }
}
