/// The error that a JavaScript runtime has printed before it ended: what the program itself could have printed as well.
struct PrintedError {
  let error: RaisedException

  /// Looks for the first line that names an error: `TypeError: x is null`, `error: Uncaught (in promise) TypeError: …`.
  init?(standardError: [UInt8]) {
    for line in String(decoding: standardError, as: UTF8.self).split(whereSeparator: \.isNewline) {
      var rest = line[...]
      for prefix in ["error: ", "Uncaught ", "(in promise) "] where rest.hasPrefix(prefix) {
        rest = rest.dropFirst(prefix.count)
      }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let after = rest.dropFirst(name.count)
      guard name.hasSuffix("Error"), name.count <= 200, after.isEmpty || after.hasPrefix(":") || after.hasPrefix(" [")
      else { continue }
      let message = after.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
      error = RaisedException(
        className: String(name), message: String(message.prefix(1000)), stage: name == "SyntaxError" ? .load : .run)
      return
    }
    return nil
  }
}
