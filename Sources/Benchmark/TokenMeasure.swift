package import JSON
import Models

/// How many bytes of a suite's text make a token of one model, so that a text can be made as long as is wanted in the
/// model's own tokens.
///
/// It is kept in whole numbers and stored with each sample: the same measure makes the same text again.
package struct TokenMeasure: Sendable, Equatable {
  package enum Source: String, Sendable {
    /// The model's server counted two texts.
    case server
    /// A rule of thumb, the same for every model.
    case estimate
  }

  package let source: Source
  /// Bytes of a thousand tokens.
  package let bytesPerThousandTokens: Int
  /// Tokens that the server adds to a message: its chat format and its own instructions.
  package let overheadTokens: Int

  package init(source: Source, bytesPerThousandTokens: Int, overheadTokens: Int) {
    self.source = source
    self.bytesPerThousandTokens = bytesPerThousandTokens
    self.overheadTokens = overheadTokens
  }

  /// What the rule of thumb says of a text.
  package init(estimating text: String) {
    let tokens = max(1, ModelTokenCounter().count(text))
    self.init(
      source: .estimate, bytesPerThousandTokens: max(1, text.utf8.count * 1000 / tokens),
      overheadTokens: ModelTokenCounter().count([ChatMessage(.user, "")]))
  }

  /// What a server counted for a short and a long text of the same kind; nil where the counts cannot be.
  package init?(short: String, tokens shortTokens: Int, long: String, tokens longTokens: Int) {
    let bytes = long.utf8.count - short.utf8.count
    let tokens = longTokens - shortTokens
    guard bytes > 0, tokens > 0, shortTokens > 0 else { return nil }
    let perThousand = bytes * 1000 / tokens
    // From a byte to 16: beyond it the server counted something else.
    guard (1000...16_000).contains(perThousand) else { return nil }
    let overhead = shortTokens - short.utf8.count * 1000 / perThousand
    self.init(source: .server, bytesPerThousandTokens: perThousand, overheadTokens: min(max(overhead, 0), 4096))
  }

  /// Bytes of text for a prompt of so many tokens.
  package func bytes(for tokens: Int) -> Int {
    let (product, overflow) = max(0, tokens - overheadTokens).multipliedReportingOverflow(by: bytesPerThousandTokens)
    return overflow ? .max : product / 1000
  }
}

// MARK: - In a sample's metadata

extension TokenMeasure {
  package var metadata: JSONObject {
    [
      "tokenSource": .string(source.rawValue),
      "bytesPerThousandTokens": .integer(Int64(bytesPerThousandTokens)),
      "overheadTokens": .integer(Int64(overheadTokens)),
    ]
  }

  /// Reads what ``metadata`` wrote; nil where it is not there.
  package init?(metadata: JSONObject) {
    guard let source = metadata["tokenSource"]?.stringValue.flatMap(Source.init),
      let bytes = metadata["bytesPerThousandTokens"]?.intValue, bytes > 0,
      let overhead = metadata["overheadTokens"]?.intValue
    else { return nil }
    self.init(source: source, bytesPerThousandTokens: bytes, overheadTokens: overhead)
  }
}
