extension Parser {
  mutating func parseStatement() throws {
    try nested { parser throws in
      if parser.at("{") {
        try parser.parseBlock()
      } else if parser.token.kind == .identifier {
        try parser.parseStatementWithWord()
      } else if try !parser.eat(";") {
        if parser.at("@") { throw parser.decorators }
        try parser.parseExpressionStatement()
      }
    }
  }

  mutating func parseBlock() throws {
    try expect("{")
    while !at("}") {
      if token.kind == .end { throw unexpected("expected '}'") }
      try parseStatement()
    }
    try expect("}")
  }

  private mutating func parseExpressionStatement() throws {
    try parseExpression()
    try endStatement()
  }

  private mutating func parseStatementWithWord() throws {
    if try parseTypeDeclaration(from: token.range.lowerBound) { return }
    if try parseDeclaration(from: token.range.lowerBound) { return }
    if try parseControl() { return }
    if try peekIs(":") {
      try next()
      try next()
      return try parseStatement()
    }
    try parseExpressionStatement()
  }

  // MARK: - Declarations

  /// Interfaces, type aliases, `declare …`, which go, and what is refused. Returns whether there was one.
  ///
  /// - Parameter start: where to blank from: an `export` before it goes too.
  mutating func parseTypeDeclaration(from start: Int) throws -> Bool {
    let mark = edits.count
    if at("interface"), try peekIsNameOnLine() {
      try skipInterface()
    } else if at("type"), try peekIsNameOnLine(), try aliasFollows() {
      try next()
      try next()
      if at("<") { try parseTypeParameters() }
      try expect("=")
      try parseType()
      try endStatement()
    } else if at("declare"), try ambientFollows() {
      try skipAmbient()
    } else if at("enum"), try peekIsNameOnLine() {
      throw unsupported("enums are not supported: use an object 'as const' or constants")
    } else if at("const"), try peekIs("enum") {
      throw unsupported("enums are not supported: use an object 'as const' or constants")
    } else if at(anyOf: "namespace", "module"), try namespaceFollows() {
      throw unsupported("namespaces are not supported: use functions or an object")
    } else {
      return false
    }
    erase(from: start, mark: mark)
    return true
  }

  private func aliasFollows() throws -> Bool {
    var ahead = self
    try ahead.next()
    try ahead.next()
    return ahead.at("=") || ahead.at("<")
  }

  private func namespaceFollows() throws -> Bool {
    var ahead = self
    try ahead.next()
    guard !ahead.token.startsLine, ahead.token.kind == .identifier || ahead.token.kind == .string else { return false }
    try ahead.next()
    return ahead.at("{") || ahead.at(".")
  }

  private func ambientFollows() throws -> Bool {
    try !peek().startsLine
      && peekIs(
        "const", "let", "var", "function", "class", "interface", "type", "enum", "namespace", "module", "global",
        "abstract", "async")
  }

  private mutating func skipInterface() throws {
    try next()
    try next()
    if at("<") { try parseTypeParameters() }
    if try eat("extends") { try parseTypeList() }
    try skipBrackets()
  }

  mutating func parseTypeList() throws {
    repeat { try parseType() } while try eat(",")
  }

  /// What `declare` describes is made elsewhere.
  private mutating func skipAmbient() throws {
    try next()
    if at("const"), try peekIs("enum") { try next() }
    if at(anyOf: "enum", "namespace", "module", "global") {
      while token.kind != .end, !at("{"), !token.startsLine || at("enum") { try next() }
      if at("{") { try skipBrackets() } else { try endStatement() }
    } else if at("interface") {
      try skipInterface()
    } else if at("type") {
      let start = token.range.lowerBound
      guard try parseTypeDeclaration(from: start) else { throw unexpected("expected a declaration") }
    } else if at("class") || at("abstract") {
      _ = try eat("abstract")
      try parseClass()
    } else {
      let start = token.range.lowerBound
      guard try parseDeclaration(from: start) else { throw unexpected("expected a declaration") }
    }
  }

  /// Variables, functions, classes, imports and exports. Returns whether there was one.
  mutating func parseDeclaration(from start: Int) throws -> Bool {
    let mark = edits.count
    if try at("const") || at("var") || (at("let") && (bindingFollows())) {
      try next()
      try parseDeclarators(allowsIn: true)
      try endStatement()
    } else if try at("function") || (at("async") && (functionFollowsOnLine())) {
      if at("async") { try next() }
      try next()
      _ = try eat("*")
      if try !parseFunctionRest() {
        try endStatement()
        erase(from: start, mark: mark)
      }
    } else if at("abstract"), try peekIs("class") {
      let word = token.range.lowerBound
      try next()
      blank(from: word)
      add(.put(word, UInt8(ascii: " ")))
      try parseClass()
    } else if at("class") {
      try parseClass()
    } else if at("import"), try !peekIs("(", ".") {
      try parseImport()
    } else if at("export") {
      try parseExport()
    } else {
      return false
    }
    return true
  }

  private func bindingFollows() throws -> Bool {
    let after = try peek()
    return try after.kind == .identifier && !peekIs("in", "instanceof") || peekIs("[", "{")
  }

  mutating func parseDeclarators(allowsIn: Bool) throws {
    repeat {
      try parseBinding()
      let start = token.range.lowerBound
      if at("!"), try peekIs(":") {
        try next()
        blank(from: start)
      }
      try blankAnnotation()
      if try eat("=") { try parseAssignment(allowsIn: allowsIn) }
    } while try eat(",")
  }

  // MARK: - Control

  private mutating func parseControl() throws -> Bool {
    if at("if") {
      try parseIf()
    } else if at("for") {
      try parseFor()
    } else if at("while") || at("with") {
      try next()
      try parseParenthesized()
      try parseStatement()
    } else if at("do") {
      try next()
      try parseStatement()
      try expect("while")
      try parseParenthesized()
      _ = try eat(";")
    } else if at("switch") {
      try parseSwitch()
    } else if at("try") {
      try parseTry()
    } else if at("return") || at("throw") {
      try next()
      if !token.startsLine, !at(";"), !at("}"), token.kind != .end { try parseExpression() }
      try endStatement()
    } else if at(anyOf: "break", "continue", "debugger") {
      try next()
      if token.kind == .identifier, !token.startsLine { try next() }
      try endStatement()
    } else {
      return false
    }
    return true
  }

  private mutating func parseParenthesized() throws {
    try expect("(")
    try parseExpression()
    try expect(")")
  }

  private mutating func parseIf() throws {
    repeat {
      try expect("if")
      try parseParenthesized()
      try parseStatement()
      guard try eat("else") else { return }
      // A chain is read in one loop, for it may be long.
    } while at("if")
    try parseStatement()
  }

  private mutating func parseFor() throws {
    try next()
    _ = try eat("await")
    try expect("(")
    if try at("const") || at("var") || (at("let") && (bindingFollows())) {
      try next()
      try parseDeclarators(allowsIn: false)
    } else if !at(";") {
      try parseExpression(allowsIn: false)
    }
    if try eat("of") {
      try parseAssignment()
    } else if try eat("in") {
      try parseExpression()
    } else {
      try expect(";")
      if !at(";") { try parseExpression() }
      try expect(";")
      if !at(")") { try parseExpression() }
    }
    try expect(")")
    try parseStatement()
  }

  private mutating func parseSwitch() throws {
    try next()
    try parseParenthesized()
    try expect("{")
    while try !eat("}") {
      if try eat("case") { try parseExpression() } else { try expect("default") }
      try expect(":")
      while !at("case"), !at("default"), !at("}") {
        if token.kind == .end { throw unexpected("expected '}'") }
        try parseStatement()
      }
    }
  }

  private mutating func parseTry() throws {
    try next()
    try parseBlock()
    if try eat("catch") {
      if try eat("(") {
        try parseBinding()
        try blankAnnotation()
        try expect(")")
      }
      try parseBlock()
    }
    if try eat("finally") { try parseBlock() }
  }
}
