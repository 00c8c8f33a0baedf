import ArgumentParser
package import Contract

extension SizeNotation {
  /// Reads a list such as `100,1k,10k` for an option.
  @Sendable package static func parseList(_ text: String) throws -> [Int] {
    let sizes = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let part = String(part.drop { $0 == " " })
      guard let size = parse(part) else {
        throw ValidationError("'\(part)' is not a size such as 100, 1k or 1m")
      }
      return size
    }
    return sizes
  }
}
