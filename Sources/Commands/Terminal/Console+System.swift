#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Console {
  /// The console of this process. Colour is off when `NO_COLOR` is set to anything (no-color.org) or `TERM` is
  /// `dumb`.
  package static func system(environment: [String: String]) -> Console {
    let isDumb = environment["TERM"] == "dumb"
    var input: (@Sendable () -> String?)?
    if isatty(STDIN_FILENO) == 1 { input = { readTypedLine(STDIN_FILENO) } }
    return Console(
      output: FileDescriptorSink(STDOUT_FILENO), errorOutput: FileDescriptorSink(STDERR_FILENO),
      outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1 && !isDumb,
      allowsColor: (environment["NO_COLOR"] ?? "").isEmpty && !isDumb, columns: { terminalColumns(STDERR_FILENO) },
      input: input)
  }
}

/// A line that a person types, without its end; nil at the end of the input.
///
/// Not by the C library's streams: the end of the process would wait for the lock of one that is being read.
private func readTypedLine(_ descriptor: Int32) -> String? {
  var bytes: [UInt8] = []
  var byte: UInt8 = 0
  // A terminal takes no longer lines.
  while bytes.count < 4096 {
    let count = read(descriptor, &byte, 1)
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
    if byte == UInt8(ascii: "\n") { break }
    bytes.append(byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The width that the terminal reports with `TIOCGWINSZ`; 80 when it does not say.
private func terminalColumns(_ descriptor: Int32) -> Int {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
  return Int(size.ws_col)
}
