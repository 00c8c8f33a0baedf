/// The program around a snippet.
struct SnippetProgram {
  let snippet: String
  /// The prefix of the lines that carry the report and the result.
  let prefix: String
  /// The longest result, in UTF-16 code units of JSON text.
  let mostCharacters: Int

  /// The whole source text. The snippet keeps its line numbers: what stands before it is one line.
  ///
  /// `events` and `result` are variables of the module, so that a snippet may declare its own of the same name
  /// inside the function; the line after the snippet then finds those.
  var source: String {
    let function = SnippetFunctions.lastDefined(in: snippet)
    let called = function.map { "typeof \($0) === \"function\" ? \($0) : undefined" } ?? "undefined"
    return """
      import { run as __run } from "\(EventHarness.path)"; let events; let result; \
      const __snippet = async (__Outcome) => { \(SnippetFunctions.withoutExports(snippet))
      ;return new __Outcome(typeof result === "undefined" ? undefined : result, \(called)); };
      await __run("\(prefix)", \(mostCharacters), (value) => { events = value; }, __snippet);

      """
  }
}

/// What a snippet says at the start of its lines, where models put what they mean for the whole program.
enum SnippetFunctions {
  /// The name of the last function that is defined at the outermost level, so that it can be called where the snippet
  /// itself does not.
  static func lastDefined(in snippet: String) -> String? {
    lines(snippet).compactMap { line in
      let line = withoutExport(line)
      if let rest = dropping(["async function ", "function "], from: line) { return name(rest) }
      guard let rest = dropping(["const ", "let ", "var "], from: line) else { return nil }
      guard line.contains("=>") || line.contains("= function") || line.contains("= async") else { return nil }
      let name = name(rest)
      let after = rest.dropFirst(name?.utf16.count ?? 0).drop { $0 == " " }
      // Not a value that is made with a function: an arrow function starts right after the sign.
      guard name != "result", after.hasPrefix("=") || after.hasPrefix(":") else { return nil }
      let value = after.drop { $0 != "=" }.dropFirst().drop { $0 == " " }
      return value.hasPrefix("(") || value.hasPrefix("async") || value.hasPrefix("function") ? name : nil
    }.last
  }

  /// The snippet with `export` taken away at the start of lines, where a function cannot have it.
  static func withoutExports(_ snippet: String) -> String {
    guard snippet.contains("export ") else { return snippet }
    return lines(snippet).map { String(withoutExport($0)) }.joined(separator: "\n")
  }

  private static func lines(_ snippet: String) -> [Substring] {
    snippet.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private static func withoutExport(_ line: Substring) -> Substring {
    let named = ["async function ", "function ", "const ", "let ", "var ", "class ", "interface ", "type "]
    if let rest = dropping(["export default "], from: line) {
      return named.contains { rest.hasPrefix($0) } && !isAnonymous(rest) ? rest : "result = " + rest
    }
    if let rest = dropping(["export "], from: line), named.contains(where: { rest.hasPrefix($0) }) { return rest }
    return line
  }

  private static func isAnonymous(_ rest: Substring) -> Bool {
    guard let after = dropping(["async function", "function"], from: rest) else { return false }
    return after.drop { $0 == " " || $0 == "*" }.hasPrefix("(")
  }

  private static func dropping(_ prefixes: [String], from line: Substring) -> Substring? {
    for prefix in prefixes where line.hasPrefix(prefix) { return line.dropFirst(prefix.count) }
    return nil
  }

  private static func name(_ text: Substring) -> String? {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }
    return name.isEmpty || name.first?.isNumber == true ? nil : String(name)
  }
}
