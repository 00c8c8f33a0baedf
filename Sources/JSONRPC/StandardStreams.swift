#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard input and output as the wire of a server.
package enum StandardStreams {
  /// Takes the two descriptors for the protocol alone. From then on descriptor 0 is empty and descriptor 1 is
  /// standard error, for this process and the children it starts, so that a stray `print` harms nothing.
  ///
  /// - Throws: ``ByteStreamError`` when one of them is closed or no descriptor is left.
  package static func claim() throws(ByteStreamError) -> FileDescriptorStream {
    let input = try Descriptors.duplicate(STDIN_FILENO)
    let output = try Descriptors.duplicate(STDOUT_FILENO)
    let empty = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard empty >= 0 else { throw .last("cannot open /dev/null") }
    let null = Descriptor(empty)
    guard dup2(null.number, STDIN_FILENO) >= 0 else { throw .last("cannot replace standard input") }
    guard dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { throw .last("cannot replace standard output") }
    return try FileDescriptorStream(input: input, output: output, peer: "stdio")
  }
}
