extension Parser {
  mutating func parseImport() throws {
    let start = token.range.lowerBound
    let mark = edits.count
    try next()
    if at("type"), try importedNameFollowsType() {
      try next()
      try parseImportClause()
      erase(from: start, mark: mark)
    } else {
      try parseImportClause()
    }
  }

  /// Whether `type` says what is imported, rather than being a name itself.
  private func importedNameFollowsType() throws -> Bool {
    var ahead = self
    try ahead.next()
    if ahead.at("{") || ahead.at("*") { return true }
    guard ahead.token.kind == .identifier else { return false }
    guard ahead.at("from") else { return true }
    try ahead.next()
    return ahead.at("from")
  }

  private mutating func parseImportClause() throws {
    if token.kind != .string {
      if token.kind == .identifier {
        try next()
        if at("=") { throw unsupported("'import x =' is not supported: write 'import x from'") }
        _ = try eat(",")
      }
      if try eat("*") {
        try expect("as")
        try expectIdentifier()
      } else if at("{") {
        try parseSpecifiers()
      }
      try expect("from")
    }
    try parseModuleName()
  }

  private mutating func parseModuleName() throws {
    guard token.kind == .string else { throw unexpected("expected the name of a module") }
    try next()
    if at("with") || (at("assert") && !token.startsLine) {
      try next()
      try skipBrackets()
    }
    try endStatement()
  }

  /// `{ a, b as c, type D }`, from which types are blanked.
  private mutating func parseSpecifiers() throws {
    try expect("{")
    while !at("}") {
      let start = token.range.lowerBound
      let isType = try at("type") && (!peekIs(",", "}", "as"))
      if isType { try next() }
      try parseSpecifierName()
      if try eat("as") { try parseSpecifierName() }
      guard try eat(",") || at("}") else { throw unexpected("expected ',' or '}'") }
      if isType { blank(from: start) }
    }
    try expect("}")
  }

  private mutating func parseSpecifierName() throws {
    guard token.kind == .identifier || token.kind == .string else { throw unexpected("expected a name") }
    try next()
  }

  mutating func parseExport() throws {
    let start = token.range.lowerBound
    let mark = edits.count
    try next()
    if try parseTypeDeclaration(from: start) { return }
    if at("type"), try peekIs("{", "*") {
      try next()
      try parseExportClause()
      erase(from: start, mark: mark)
    } else if at("{") || at("*") {
      try parseExportClause()
    } else if try eat("default") {
      try parseDefaultExport(from: start)
    } else if at("as"), try peekIs("namespace") {
      try next()
      try next()
      try expectIdentifier()
      try endStatement()
      erase(from: start, mark: mark)
    } else if at("=") || at("import") {
      throw unsupported("'export =' and 'export import' are not supported: write 'export default'", at: start)
    } else if at("@") {
      throw decorators
    } else if try !parseDeclaration(from: start) {
      throw unexpected("expected a declaration")
    }
  }

  private mutating func parseExportClause() throws {
    if try eat("*") {
      if try eat("as") { try parseSpecifierName() }
      try expect("from")
      return try parseModuleName()
    }
    try parseSpecifiers()
    if try eat("from") { try parseModuleName() } else { try endStatement() }
  }

  private mutating func parseDefaultExport(from start: Int) throws {
    if try parseTypeDeclaration(from: start) { return }
    if try at("function") || at("class") || (at("abstract") && (peekIs("class")))
      || (at("async") && (functionFollowsOnLine()))
    {
      _ = try parseDeclaration(from: start)
    } else {
      try parseAssignment()
      try endStatement()
    }
  }
}
