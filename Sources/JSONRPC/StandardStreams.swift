#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard input and output as the wire of a server.
package enum StandardStreams {
  /// Takes standard input and output for the protocol alone. From then on descriptor 0 is empty and descriptor 1
  /// is standard error, for this process and the children it starts, so that a stray `print` harms nothing.
  ///
  /// - Throws: ``ByteStreamError`` when one of them is closed or no descriptor is left.
  package static func claim() throws(ByteStreamError) -> FileDescriptorStream {
    try claim(input: STDIN_FILENO, output: STDOUT_FILENO, diagnostics: STDERR_FILENO)
  }

  /// The same for any three descriptors.
  package static func claim(
    input: Int32, output: Int32, diagnostics: Int32
  ) throws(ByteStreamError) -> FileDescriptorStream {
    let wireIn = try Descriptors.duplicate(input)
    let wireOut = try Descriptors.duplicate(output)
    let empty = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard empty >= 0 else { throw .last("cannot open /dev/null") }
    let null = Descriptor(empty)
    guard dup2(null.number, input) >= 0 else { throw .last("cannot replace standard input") }
    guard dup2(diagnostics, output) >= 0 else { throw .last("cannot replace standard output") }
    return try FileDescriptorStream(input: wireIn, output: wireOut, peer: "stdio")
  }
}
