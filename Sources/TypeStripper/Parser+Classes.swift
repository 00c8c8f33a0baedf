extension Parser {
  /// From `class` on, with or without a name.
  mutating func parseClass() throws {
    try expect("class")
    if token.kind == .identifier, !at("extends"), !at("implements") { try next() }
    try blankTypeParameters()
    var isDerived = false
    if try eat("extends") {
      isDerived = true
      try parseCallOrMember()
      if at("<") {
        let start = token.range.lowerBound
        try parseTypeArguments()
        blank(from: start)
      }
    }
    if at("implements") {
      let start = token.range.lowerBound
      try next()
      try parseTypeList()
      blank(from: start)
    }
    try expect("{")
    while !at("}") {
      if try eat(";") { continue }
      try parseMember(isDerived: isDerived)
    }
    try expect("}")
  }

  private mutating func parseMember(isDerived: Bool) throws {
    let start = token.range.lowerBound
    let mark = edits.count
    if at("@") { throw decorators }
    if at("static"), try peekIs("{") {
      try next()
      return try parseBlock()
    }
    let isErased = try parseModifiers()
    if at("["), try indexSignatureFollows() {
      try skipBrackets()
      try blankAnnotation()
      try endStatement()
      return erase(from: start, mark: mark)
    }
    _ = try eat("*")
    let isConstructor = at("constructor")
    try parsePropertyName()
    try blankMark("?")
    try blankMark("!")
    let isKept =
      at("(") || at("<") ? try parseMethod(isConstructor: isConstructor, isDerived: isDerived) : try parseField()
    if isErased || !isKept { erase(from: start, mark: mark) }
  }

  private mutating func blankMark(_ sign: StaticString) throws {
    let start = token.range.lowerBound
    if try eat(sign) { blank(from: start) }
  }

  private mutating func parseField() throws -> Bool {
    try blankAnnotation()
    if try eat("=") { try parseAssignment() }
    try endStatement()
    return true
  }

  /// Returns false when there is no body, as in an overload or an abstract method.
  private mutating func parseMethod(isConstructor: Bool, isDerived: Bool) throws -> Bool {
    let properties = try parseSignature()
    guard at("{") else {
      try endStatement()
      return false
    }
    if isConstructor, !properties.isEmpty {
      try parseConstructorBody(assigning: properties, isDerived: isDerived)
    } else {
      try parseBlock()
    }
    return true
  }

  /// Puts the assignments of parameter properties at the start or, in a derived class, after `super(…)`.
  private mutating func parseConstructorBody(
    assigning properties: ParameterProperties, isDerived: Bool
  ) throws {
    let start = token.range.lowerBound
    try expect("{")
    var place = isDerived ? nil : previousEnd
    while !at("}") {
      if token.kind == .end { throw unexpected("expected '}'") }
      let isSuperCall = try place == nil && at("super") && (peekIs("("))
      try parseStatement()
      if isSuperCall { place = previousEnd }
    }
    guard let place else {
      throw unsupported(
        "a constructor with parameter properties must call super(…) in a statement of its own", at: start)
    }
    let lead = isDerived ? ";" : ""
    add(.insert(place, lead + properties.map { " this.\($0) = \($0);" }.joined()))
    try expect("}")
  }

  /// Blanks what JavaScript does not have. Returns whether the whole member goes.
  private mutating func parseModifiers() throws -> Bool {
    var isErased = false
    var isFirst = true
    while token.kind == .identifier, try isModifier() {
      let start = token.range.lowerBound
      let isOfTypes = at(anyOf: "public", "private", "protected", "readonly", "abstract", "override", "declare")
      if at("abstract") || at("declare") { isErased = true }
      try next()
      if isOfTypes {
        blank(from: start)
        // Without the word a name in brackets would belong to the field before.
        if isFirst { add(.put(start, UInt8(ascii: ";"))) }
      }
      isFirst = false
    }
    return isErased
  }

  private func isModifier() throws -> Bool {
    guard
      at(
        anyOf: "public", "private", "protected", "readonly", "abstract", "override", "declare", "static", "async",
        "get",
        "set", "accessor")
    else { return false }
    let after = try peek()
    if after.startsLine, !at(anyOf: "static", "get", "set") { return false }
    return try after.kind != .end && !peekIs("(", "=", ";", "}", ":", "?", "!", "<", ",")
  }

  private func indexSignatureFollows() throws -> Bool {
    var ahead = self
    try ahead.next()
    guard ahead.token.kind == .identifier else { return false }
    try ahead.next()
    return ahead.at(":")
  }
}
