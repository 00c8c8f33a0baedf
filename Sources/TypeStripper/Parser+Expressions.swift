// Precedence of operators does not matter here: only where an expression starts and ends, and which signs are types.
extension Parser {
  mutating func parseExpression(allowsIn: Bool = true) throws {
    repeat { try parseAssignment(allowsIn: allowsIn) } while try eat(",")
  }

  mutating func parseAssignment(allowsIn: Bool = true, isBranch: Bool = false) throws {
    try nested { parser throws in
      if parser.at("yield") { return try parser.parseYield(allowsIn: allowsIn) }
      if try parser.parseArrowFunction(isBranch: isBranch, allowsIn: allowsIn) { return }
      try parser.parseOperands(allowsIn: allowsIn)
      if try parser.eat("?") {
        try parser.parseAssignment(isBranch: true)
        try parser.expect(":")
        return try parser.parseAssignment(allowsIn: allowsIn)
      }
      parser.rescanGreater()
      if parser.atAssignmentSign {
        try parser.next()
        try parser.parseAssignment(allowsIn: allowsIn)
      }
    }
  }

  private mutating func parseYield(allowsIn: Bool) throws {
    try next()
    if token.startsLine || token.kind == .end || at(anyOf: ")", "]", "}", ",", ";", ":") { return }
    _ = try eat("*")
    try parseAssignment(allowsIn: allowsIn)
  }

  private var atAssignmentSign: Bool {
    at(anyOf: "=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=")
  }

  private var atBinarySign: Bool {
    at(
      anyOf: "+", "-", "*", "/", "%", "**", "<<", ">>", ">>>", "<", ">", "<=", ">=", "==", "!=", "===", "!==", "&", "|",
      "^", "&&", "||", "??", "instanceof")
  }

  /// Operands with the operators between them.
  private mutating func parseOperands(allowsIn: Bool) throws {
    try parseUnary()
    while true {
      if at(anyOf: "as", "satisfies"), !token.startsLine {
        try blankTypeOperator()
        continue
      }
      rescanGreater()
      guard atBinarySign || (allowsIn && at("in")) else { return }
      try next()
      try parseUnary()
    }
  }

  /// `as T`, `satisfies T`, `as const`.
  private mutating func blankTypeOperator() throws {
    let start = token.range.lowerBound
    try next()
    try parseType()
    blank(from: start)
    // The type has ended the statement at the end of its line; the value before it would not.
    if token.startsLine, at("(") || at("[") || token.kind == .template || token.kind == .templateHead {
      add(.put(start, UInt8(ascii: ";")))
    }
  }

  private mutating func parseUnary() throws {
    while true {
      if at(anyOf: "+", "-", "!", "~", "++", "--") {
        try next()
      } else if at(anyOf: "typeof", "void", "delete", "await"), try operandFollows() {
        try next()
      } else if at("<") {
        try blankTypeAssertion()
      } else {
        return try parsePostfix()
      }
    }
  }

  /// Not so where the word is a name, as `await` may be.
  private func operandFollows() throws -> Bool {
    let after = try peek()
    if after.kind == .end { return false }
    return try after.kind != .sign || peekIs("(", "[", "{", "+", "-", "!", "~", "++", "--", "/", "<", "/=")
  }

  /// `<T>value`.
  private mutating func blankTypeAssertion() throws {
    let start = token.range.lowerBound
    try parseTypeArguments()
    guard !hasLineEnd(start..<token.range.lowerBound) else {
      throw unsupported("write the type after the value, as in 'value as T'", at: start)
    }
    blank(from: start)
  }

  // MARK: - Postfix

  private mutating func parsePostfix() throws {
    try parseCallOrMember()
    if at(anyOf: "++", "--"), !token.startsLine { try next() }
  }

  /// A value with what is called on it, as also after `extends`.
  mutating func parseCallOrMember(allowsCalls: Bool = true) throws {
    try parsePrimary()
    while try parseSuffix(allowsCalls: allowsCalls) {}
  }

  private mutating func parseSuffix(allowsCalls: Bool) throws -> Bool {
    switch token.kind {
    case .template, .templateHead:
      try parseTemplate()
      return true
    case .sign: break
    default: return false
    }
    if try eat(".") {
      guard token.kind == .identifier || token.kind == .privateName else { throw unexpected("expected a name") }
      try next()
    } else if at("?."), allowsCalls {
      try next()
      if token.kind == .identifier || token.kind == .privateName { try next() }
    } else if try eat("[") {
      try parseExpression()
      try expect("]")
    } else if at("("), allowsCalls {
      try parseArguments()
    } else if at("!"), !token.startsLine {
      let start = token.range.lowerBound
      try next()
      blank(from: start)
    } else if at("<") {
      return blankTypeArgumentsOfCall()
    } else {
      return false
    }
    return true
  }

  private mutating func parseArguments() throws {
    try expect("(")
    while !at(")") {
      _ = try eat("...")
      try parseAssignment()
      guard try eat(",") || at(")") else { throw unexpected("expected ',' or ')'") }
    }
    try expect(")")
  }

  /// `<T>` as in `f<T>(x)`, and not the comparison `f < T`.
  private mutating func blankTypeArgumentsOfCall() -> Bool {
    let start = token.range.lowerBound
    let found: Bool? = attempt { parser throws -> Bool? in
      try parser.parseTypeArguments()
      return try parser.mayFollowTypeArguments() ? true : nil
    }
    if found != nil { blank(from: start) }
    return found != nil
  }

  /// The rule of the TypeScript compiler: a call or a template, or something that no comparison goes on with.
  private func mayFollowTypeArguments() throws -> Bool {
    switch token.kind {
    case .template, .templateHead, .end: return true
    case .identifier: return token.startsLine || at(anyOf: "as", "satisfies", "in", "instanceof", "of")
    case .sign:
      if at("(") { return true }
      if at(anyOf: "<", ">", "+", "-") { return false }
      return token.startsLine || !at(anyOf: "[", "{", "!", "~", "++", "--", "/", "/=", "@")
    case .privateName, .number, .string, .regex: return token.startsLine
    }
  }

  // MARK: - Primary

  private mutating func parsePrimary() throws {
    switch token.kind {
    case .number, .string, .privateName: try next()
    case .template, .templateHead: try parseTemplate()
    case .identifier: try parseWord()
    case .sign: try parseSign()
    case .regex, .end: throw unexpected("expected an expression")
    }
  }

  private mutating func parseTemplate() throws {
    while token.kind == .templateHead {
      try next()
      try parseExpression()
      guard at("}") else { throw unexpected("expected '}'") }
      try rescanAsTemplateContinuation()
    }
    try next()
  }

  private mutating func parseSign() throws {
    if at("(") {
      try next()
      try parseExpression()
      try expect(")")
    } else if at("[") {
      try parseArray()
    } else if at("{") {
      try parseObject()
    } else if at("/") || at("/=") {
      try rescanAsRegularExpression()
      try next()
    } else if at("@") {
      throw decorators
    } else {
      throw unexpected("expected an expression")
    }
  }

  /// Words that no expression starts with.
  private var atReservedWord: Bool {
    at(
      anyOf: "break", "case", "catch", "const", "continue", "debugger", "default", "do", "else", "enum", "export",
      "extends", "finally", "for", "if", "in", "instanceof", "return", "switch", "throw", "try", "var", "while", "with")
  }

  private mutating func parseWord() throws {
    if try at("function") || (at("async") && (functionFollowsOnLine())) {
      if at("async") { try next() }
      try next()
      _ = try eat("*")
      guard try parseFunctionRest() else { throw unexpected("expected '{'") }
    } else if at("class") {
      try parseClass()
    } else if at("new") {
      try parseNew()
    } else if at("import") {
      try next()
      guard at("(") || at(".") else { throw unexpected("an import must stand outside of functions and expressions") }
    } else if atReservedWord {
      throw unexpected("expected an expression")
    } else {
      try next()
    }
  }

  func functionFollowsOnLine() throws -> Bool { try peekIs("function") && !peek().startsLine }

  private mutating func parseNew() throws {
    try next()
    if try eat(".") { return try expectIdentifier() }
    try nested { parser throws in try parser.parseCallOrMember(allowsCalls: false) }
    if at("(") { try parseArguments() }
  }

  private mutating func parseArray() throws {
    try expect("[")
    while !at("]") {
      if try eat(",") { continue }
      _ = try eat("...")
      try parseAssignment()
      guard at("]") || at(",") else { throw unexpected("expected ',' or ']'") }
    }
    try expect("]")
  }

  private mutating func parseObject() throws {
    try expect("{")
    while !at("}") {
      if try eat("...") {
        try parseAssignment()
      } else {
        try parseObjectMember()
      }
      guard try eat(",") || at("}") else { throw unexpected("expected ',' or '}'") }
    }
    try expect("}")
  }

  private mutating func parseObjectMember() throws {
    while at(anyOf: "get", "set", "async"), try !peekIs("(", ",", ":", "}", "<", "=") { try next() }
    _ = try eat("*")
    try parsePropertyName()
    if at("(") || at("<") {
      _ = try parseSignature()
      try parseBlock()
    } else if try eat(":") {
      try parseAssignment()
    } else if try eat("=") {
      // Only where the object turns out to be a pattern to assign to.
      try parseAssignment()
    }
  }
}
