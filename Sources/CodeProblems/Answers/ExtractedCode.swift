package import JSON

/// The program in a model's answer, and where in it that stood.
package struct ExtractedCode: Sendable, Equatable {
  package var code: String
  /// The block that was taken, from 1, of how many; nil where the whole answer was.
  package var block: Int?
  package var blocks: Int
  /// The lines of the answer that the code stands in, from 1.
  package var lines: ClosedRange<Int>

  package init(code: String, block: Int?, blocks: Int, lines: ClosedRange<Int>) {
    self.code = code
    self.block = block
    self.blocks = blocks
    self.lines = lines
  }

  /// `{"code", "block", "blocks", "firstLine", "lastLine"}`.
  package var json: JSONValue {
    [
      "code": .string(code), "block": block.map { .integer(Int64($0)) } ?? .null, "blocks": .integer(Int64(blocks)),
      "firstLine": .integer(Int64(lines.lowerBound)), "lastLine": .integer(Int64(lines.upperBound)),
    ]
  }
}
