// Types are read only to find where they end: what stands between brackets inside one is skipped.
extension Parser {
  /// Blanks `: Type` if it is there.
  mutating func blankAnnotation() throws {
    let start = token.range.lowerBound
    guard try eat(":") else { return }
    try parseType()
    blank(from: start)
  }

  /// Blanks `: Type`, which may be a predicate, after the parameters of a function. Before an arrow no line may end,
  /// so there the parenthesis moves down to it.
  mutating func blankReturnType(beforeArrow: Bool = false) throws {
    let parenthesis = previousEnd - 1
    let start = token.range.lowerBound
    guard try eat(":") else { return }
    try parseReturnType()
    blank(from: start)
    if beforeArrow, hasLineEnd(parenthesis..<previousEnd) {
      add(.blank(parenthesis..<parenthesis + 1))
      add(.put(previousEnd - 1, UInt8(ascii: ")")))
    }
  }

  private mutating func parseReturnType() throws {
    if at("asserts"), try peekIsNameOnLine(), try !peekIs("is") {
      try next()
      try next()
      if try eat("is") { try parseType() }
    } else if token.kind == .identifier, try peekIs("is"), try peekIsNameOnLine() {
      try next()
      try next()
      try parseType()
    } else {
      try parseType()
    }
  }

  /// - Parameter isCondition: whether this is what stands between `extends` and `?`, where another `extends` would
  ///   need parentheses.
  mutating func parseType(isCondition: Bool = false) throws {
    try nested { parser throws in
      if try parser.parseFunctionType() { return }
      try parser.parseUnionType(isCondition: isCondition)
      guard !isCondition, parser.at("extends"), !parser.token.startsLine else { return }
      try parser.next()
      try parser.parseType(isCondition: true)
      try parser.expect("?")
      try parser.parseType()
      try parser.expect(":")
      try parser.parseType()
    }
  }

  /// `(…) => T`, `<T>(…) => U`, `new (…) => T`. Returns whether there was one.
  private mutating func parseFunctionType() throws -> Bool {
    if at("abstract"), try peekIs("new") { try next() }
    if at("new") || at("<") {
      _ = try eat("new")
      if at("<") { try parseTypeParameters() }
      guard at("(") else { throw unexpected("expected '('") }
    } else {
      guard at("("), try parametersFollow() else { return false }
    }
    try skipBrackets()
    try expect("=>")
    try parseReturnType()
    return true
  }

  /// Whether a parenthesis opens parameters rather than a type in parentheses: decided, as in the TypeScript compiler,
  /// by what the first parameter starts with.
  private func parametersFollow() throws -> Bool {
    var ahead = self
    try ahead.next()
    if ahead.at(")") || ahead.at("...") { return true }
    if ahead.at("[") || ahead.at("{") {
      try ahead.skipBrackets()
    } else {
      guard ahead.token.kind == .identifier else { return false }
      try ahead.next()
    }
    if ahead.at(anyOf: ":", ",", "?", "=") { return true }
    return try ahead.eat(")") && ahead.at("=>")
  }

  private mutating func parseUnionType(isCondition: Bool) throws {
    if at("|") || at("&") { try next() }
    repeat {
      // A function type may stand last in a union without parentheses.
      if try !parseFunctionType() { try parseOperatorType(isCondition: isCondition) }
    } while try eat("|") || eat("&")
  }

  private mutating func parseOperatorType(isCondition: Bool) throws {
    while at(anyOf: "keyof", "unique", "readonly"), try startsTypeAfterOperator() { try next() }
    if at("infer"), try peekIsNameOnLine() {
      try next()
      try next()
      if at("extends") {
        _ = attempt { parser throws -> Bool? in
          try parser.next()
          try parser.parseType(isCondition: true)
          // Outside a condition the question mark shows that this 'extends' starts one.
          return parser.at("?") && !isCondition ? nil : true
        }
      }
      return
    }
    try parsePrimaryType()
    while at("["), !token.startsLine { try skipBrackets() }
  }

  private func startsTypeAfterOperator() throws -> Bool {
    let after = try peek()
    switch after.kind {
    case .identifier, .string, .number, .template, .templateHead: return !after.startsLine
    default: return try peekIs("(", "[", "{")
    }
  }

  private mutating func parsePrimaryType() throws {
    switch token.kind {
    case .string, .number, .template: try next()
    case .templateHead: try skipTemplate()
    case .identifier: try parseNamedType()
    case .sign where at("-"):
      try next()
      guard token.kind == .number else { throw unexpected("expected a number") }
      try next()
    case .sign where at(anyOf: "(", "[", "{"): try skipBrackets()
    default: throw unexpected("expected a type")
    }
  }

  private mutating func parseNamedType() throws {
    if at("typeof") { try next() }
    if at("import") {
      try next()
      guard at("(") else { throw unexpected("expected '('") }
      try skipBrackets()
    } else {
      try expectIdentifier()
    }
    while at("."), try peek().kind == .identifier {
      try next()
      try next()
    }
    if at("<"), !token.startsLine { try parseTypeArguments() }
  }

  /// `<A, B>`.
  mutating func parseTypeArguments() throws {
    try expect("<")
    repeat {
      if at(">") { break }
      try parseType()
    } while try eat(",")
    try expect(">")
  }

  /// `<const T extends A = B, U>`.
  mutating func parseTypeParameters() throws {
    try expect("<")
    while !at(">") {
      while at(anyOf: "const", "in", "out"), try peekIsNameOnLine() { try next() }
      try expectIdentifier()
      if try eat("extends") { try parseType() }
      if try eat("=") { try parseType() }
      guard try eat(",") || at(">") else { throw unexpected("expected ',' or '>'") }
    }
    try expect(">")
  }

  mutating func blankTypeParameters() throws {
    guard at("<") else { return }
    let start = token.range.lowerBound
    try parseTypeParameters()
    blank(from: start)
  }

  /// Moves from an opening bracket past the one that closes it.
  mutating func skipBrackets() throws {
    var open: [UInt8] = []
    repeat {
      let byte = token.kind == .sign && token.range.count == 1 ? bytes[token.range.lowerBound] : 0
      switch byte {
      case UInt8(ascii: "("): open.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast() == byte else { throw unexpected("a bracket is not closed") }
      default:
        if token.kind == .end { throw unexpected("a bracket is not closed") }
      }
      if token.kind == .templateHead { try skipTemplate() } else { try next() }
    } while !open.isEmpty
  }

  /// Moves past a template of types.
  private mutating func skipTemplate() throws {
    while token.kind == .templateHead {
      try next()
      try parseType()
      guard at("}") else { throw unexpected("expected '}'") }
      try rescanAsTemplateContinuation()
    }
    try next()
  }
}
