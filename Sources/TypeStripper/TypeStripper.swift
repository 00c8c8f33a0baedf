/// Turns TypeScript into JavaScript by putting spaces where types stand, so that every line and column stays.
///
/// What only describes types goes: annotations, interfaces, type aliases, generics, `as`, `satisfies`, `!`, type
/// imports, `declare`, overloads, abstract members, access modifiers. Parameter properties become assignments at the
/// start of the constructor. What would need more than that is an error: enums, namespaces, decorators and
/// `import x = require()`.
package enum TypeStripper {
  /// - Throws: ``TypeStripperError`` for text that is not TypeScript or uses what is named above.
  package static func strip(_ source: String) throws(TypeStripperError) -> String {
    var parser = Parser(bytes: Array(source.utf8))
    do {
      try parser.parseProgram()
    } catch {
      let failure = error as? Parser.Failure ?? Parser.Failure(offset: parser.previousEnd, message: "\(error)")
      let (line, column) = position(of: failure.offset, in: parser.bytes)
      throw TypeStripperError(
        message: failure.message, isUnsupported: failure.isUnsupported, line: line, column: column)
    }
    return Edit.apply(parser.edits, to: parser.bytes)
  }

  private static func position(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    let before = bytes.prefix(offset)
    let line = before.count { $0 == 0x0a } + 1
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return (line, String(decoding: before[lineStart...], as: UTF8.self).utf16.count + 1)
  }
}
