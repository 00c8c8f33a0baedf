extension Parser {
  /// Names of parameters that are properties of the object as well.
  typealias ParameterProperties = [String]

  /// `<T>(a: A, b?: B): R`, with all types blanked.
  mutating func parseSignature() throws -> ParameterProperties {
    try blankTypeParameters()
    let properties = try parseParameters()
    try blankReturnType()
    return properties
  }

  /// A function from its name or its parameters on. Returns false when it has no body, as an overload.
  mutating func parseFunctionRest() throws -> Bool {
    if token.kind == .identifier { try next() }
    _ = try parseSignature()
    guard at("{") else { return false }
    try parseBlock()
    return true
  }

  mutating func parseParameters() throws -> ParameterProperties {
    var properties: ParameterProperties = []
    try expect("(")
    while !at(")") {
      if at("this") {
        try blankThisParameter()
        continue
      }
      if at("@") { throw decorators }
      if try blankModifiersOfParameter() {
        guard token.kind == .identifier else { throw unexpected("expected the name of a parameter property") }
        properties.append(text(token.range))
      }
      _ = try eat("...")
      try parseBinding()
      let mark = token.range.lowerBound
      if try eat("?") { blank(from: mark) }
      try blankAnnotation()
      if try eat("=") { try parseAssignment() }
      guard try eat(",") || at(")") else { throw unexpected("expected ',' or ')'") }
    }
    try expect(")")
    return properties
  }

  var decorators: Failure { unsupported("decorators are not supported: write the code without them") }

  private mutating func blankThisParameter() throws {
    let start = token.range.lowerBound
    try next()
    if try eat(":") { try parseType() }
    _ = try eat(",")
    blank(from: start)
  }

  private mutating func blankModifiersOfParameter() throws -> Bool {
    var found = false
    while at(anyOf: "public", "private", "protected", "readonly", "override") {
      let after = try peek()
      guard try after.kind == .identifier || peekIs("{", "[") else { break }
      let start = token.range.lowerBound
      try next()
      blank(from: start)
      found = true
    }
    return found
  }

  /// A name or a pattern, as after `let` and in parameters.
  mutating func parseBinding() throws {
    try nested { parser throws in
      if parser.at("[") {
        try parser.parseArrayBinding()
      } else if parser.at("{") {
        try parser.parseObjectBinding()
      } else {
        try parser.expectIdentifier()
      }
    }
  }

  private mutating func parseArrayBinding() throws {
    try expect("[")
    while !at("]") {
      if try eat(",") { continue }
      _ = try eat("...")
      try parseBinding()
      if try eat("=") { try parseAssignment() }
      guard try eat(",") || at("]") else { throw unexpected("expected ',' or ']'") }
    }
    try expect("]")
  }

  private mutating func parseObjectBinding() throws {
    try expect("{")
    while !at("}") {
      if try eat("...") {
        try parseBinding()
      } else {
        try parsePropertyName()
        if try eat(":") { try parseBinding() }
        if try eat("=") { try parseAssignment() }
      }
      guard try eat(",") || at("}") else { throw unexpected("expected ',' or '}'") }
    }
    try expect("}")
  }

  /// A name, text, number, private name or `[expression]`.
  mutating func parsePropertyName() throws {
    switch token.kind {
    case .identifier, .privateName, .string, .number: try next()
    case .sign where at("["):
      try next()
      try parseExpression()
      try expect("]")
    default: throw unexpected("expected the name of a property")
    }
  }

  // MARK: - Arrow functions

  /// Reads an arrow function if one starts here.
  ///
  /// - Parameter isBranch: whether this is what stands between `?` and `:`. In `a ? (b) : c => d` the colon is not
  ///   that of a return type, so an arrow function with one counts only if another colon comes after it.
  mutating func parseArrowFunction(isBranch: Bool, allowsIn: Bool) throws -> Bool {
    guard try mayStartArrow(), !failedArrows.contains(token.range.lowerBound) else { return false }
    let before = self
    let head = attempt { parser throws -> Bool? in try parser.parseArrowHead() }
    guard let hasReturnType = head else {
      failedArrows.insert(token.range.lowerBound)
      return false
    }
    guard isBranch, hasReturnType else {
      try parseArrowBody(allowsIn: allowsIn, isBranch: isBranch)
      return true
    }
    let body = attempt { parser throws -> Bool? in
      try parser.parseArrowBody(allowsIn: allowsIn, isBranch: true)
      return parser.at(":") ? true : nil
    }
    if body == nil { self = before }
    return body != nil
  }

  private func mayStartArrow() throws -> Bool {
    if at("(") || at("<") { return true }
    guard token.kind == .identifier else { return false }
    if try peekIs("=>") { return true }
    guard at("async") else { return false }
    let after = try peek()
    return try !after.startsLine && (after.kind == .identifier && !peekIs("function") || peekIs("(", "<"))
  }

  /// Everything up to and with the arrow. Returns whether there was a return type.
  private mutating func parseArrowHead() throws -> Bool {
    if at("async"), try !peekIs("=>") { try next() }
    var hasReturnType = false
    if token.kind == .identifier {
      try next()
    } else {
      try blankTypeParameters()
      _ = try parseParameters()
      hasReturnType = at(":")
      try blankReturnType(beforeArrow: true)
    }
    guard !token.startsLine || hasReturnType else { throw unexpected("expected '=>'") }
    try expect("=>")
    return hasReturnType
  }

  private mutating func parseArrowBody(allowsIn: Bool, isBranch: Bool) throws {
    if at("{") {
      try parseBlock()
    } else {
      if at("<"), try bodyIsAssertedObject() {
        throw unsupported("write the type after the object, as in '({ … }) as T'")
      }
      try parseAssignment(allowsIn: allowsIn, isBranch: isBranch)
    }
  }

  /// Whether `<T>{` follows: without the type the object would read as a block.
  private func bodyIsAssertedObject() throws -> Bool {
    var ahead = self
    guard (try? ahead.parseTypeArguments()) != nil else { return false }
    return ahead.at("{")
  }
}
