/// What a test's own process has said about its end: written where the program has run, and so as little to be
/// trusted as its output.
struct ChildReport {
  enum Content {
    case raised(RaisedException, inCompiler: Bool)
    case value(PlainValue)
    case noFunction(String)
    case exited(Int)
    case reachedEnd
    /// The program came to its end, and what it printed was caught and is the test's output.
    case printed
    case tooLarge
    /// The process was not made ready: nothing of the program has run.
    case unprepared(String)
  }

  let content: Content

  /// nil for anything that is not a whole report.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let kind = bytes.first else { return nil }
    var reader = PlainValueReader(bytes.dropFirst())
    switch kind {
    case UInt8(ascii: "F"): content = .reachedEnd
    case UInt8(ascii: "S"): content = .printed
    case UInt8(ascii: "O"): content = .tooLarge
    case UInt8(ascii: "P"): content = .unprepared(reader.text() ?? "")
    case UInt8(ascii: "N"): content = .noFunction(reader.text() ?? "")
    case UInt8(ascii: "X"):
      guard let code = reader.text().flatMap({ Int($0) }) else { return nil }
      content = .exited(code)
    case UInt8(ascii: "V"):
      guard let value = reader.value(), reader.isAtEnd else { return nil }
      content = .value(value)
    case UInt8(ascii: "E"):
      guard let stage = reader.text(), let name = reader.text(), let message = reader.text(), let line = reader.text()
      else { return nil }
      let error = RaisedException(
        className: String(name.prefix(200)), message: String(message.prefix(1000)), line: Int(line),
        stage: stage == "run" ? .run : .load)
      content = .raised(error, inCompiler: stage == "compile")
    default: return nil
    }
  }
}
