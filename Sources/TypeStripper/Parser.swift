/// Follows the grammar of TypeScript and notes what to take out. Builds no tree.
struct Parser {
  typealias Failure = Lexer.Failure

  private(set) var edits: [Edit] = []
  /// The token that comes next.
  private(set) var token = Token(kind: .end, range: 0..<0, startsLine: false)
  /// Where the token before it ends.
  private(set) var previousEnd = 0
  private let lexer: Lexer
  private var depth = 0
  /// Places where an arrow function was looked for in vain: looking twice would take exponential time.
  var failedArrows: Set<Int> = []

  /// Deeper nesting is refused rather than risk the stack.
  private static let greatestDepth = 200

  init(bytes: [UInt8]) { lexer = Lexer(bytes: bytes) }

  var bytes: [UInt8] { lexer.bytes }

  mutating func parseProgram() throws {
    token = try lexer.token(after: 0)
    while token.kind != .end { try parseStatement() }
  }

  // MARK: - Tokens

  mutating func next() throws {
    previousEnd = token.range.upperBound
    token = try lexer.token(after: previousEnd)
  }

  /// Whether the next token is this word or sign. A string never is.
  func at(_ text: StaticString) -> Bool { isText(token, text) }

  func at(anyOf texts: StaticString...) -> Bool { texts.contains { at($0) } }

  private func isText(_ token: Token, _ text: StaticString) -> Bool {
    guard token.kind == .identifier || token.kind == .sign, token.range.count == text.utf8CodeUnitCount else {
      return false
    }
    var index = 0
    while index < text.utf8CodeUnitCount {
      if bytes[token.range.lowerBound + index] != (text.utf8Start + index).pointee { return false }
      index += 1
    }
    return true
  }

  mutating func eat(_ text: StaticString) throws -> Bool {
    guard at(text) else { return false }
    try next()
    return true
  }

  mutating func expect(_ text: StaticString) throws {
    guard try eat(text) else { throw unexpected("expected '\(text)'") }
  }

  mutating func expectIdentifier() throws {
    guard token.kind == .identifier else { throw unexpected("expected a name") }
    try next()
  }

  /// The token after the next one.
  func peek() throws -> Token { try lexer.token(after: token.range.upperBound) }

  func peekIs(_ texts: StaticString...) throws -> Bool {
    let token = try peek()
    return texts.contains { isText(token, $0) }
  }

  /// Whether a name follows the next token on the same line, as it does after a word that starts a declaration.
  func peekIsNameOnLine() throws -> Bool {
    let token = try peek()
    return token.kind == .identifier && !token.startsLine
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func rescanAsRegularExpression() throws { token = try lexer.regularExpression(token) }

  mutating func rescanAsTemplateContinuation() throws { token = try lexer.templateContinuation(token) }

  mutating func rescanGreater() { if at(">") { token = lexer.greaterSign(token) } }

  /// The end of a statement: a semicolon, or where one may be left out.
  mutating func endStatement() throws {
    if try eat(";") { return }
    guard at("}") || token.kind == .end || token.startsLine else { throw unexpected("expected ';'") }
  }

  func unexpected(_ expectation: String) -> Failure {
    let found = token.kind == .end ? "the end of the text" : "'\(text(token.range).prefix(40))'"
    return Failure(offset: token.range.lowerBound, message: "\(expectation), found \(found)")
  }

  func unsupported(_ what: String, at offset: Int? = nil) -> Failure {
    Failure(offset: offset ?? token.range.lowerBound, message: what, isUnsupported: true)
  }

  // MARK: - Edits

  /// Blanks from an offset to the end of the token before the next.
  mutating func blank(from start: Int) { edits.append(.blank(start..<previousEnd)) }

  mutating func add(_ edit: Edit) { edits.append(edit) }

  /// Blanks a whole statement or member with all that was noted inside. A semicolon stays in its place, so that the
  /// statement before does not run into the one after.
  mutating func erase(from start: Int, mark: Int) {
    edits.removeSubrange(mark...)
    blank(from: start)
    edits.append(.put(start, UInt8(ascii: ";")))
  }

  func hasLineEnd(_ range: Range<Int>) -> Bool { bytes[range].contains { $0 == 0x0a || $0 == 0x0d } }

  // MARK: - Control

  /// Tries to read something; goes back to where it was when that throws or returns nil.
  mutating func attempt<Value>(_ body: (inout Parser) throws -> Value?) -> Value? {
    let before = (token, previousEnd, edits.count, depth)
    if let value = try? body(&self) { return value }
    (token, previousEnd, _, depth) = before
    edits.removeSubrange(before.2...)
    return nil
  }

  /// Goes one level deeper.
  mutating func nested(_ body: (inout Parser) throws -> Void) throws {
    guard depth < Self.greatestDepth else {
      throw unsupported("nested more than \(Self.greatestDepth) levels deep")
    }
    depth += 1
    try body(&self)
    depth -= 1
  }
}
