import JSON
package import Models
import Tokenization

/// The most tokens that a model can count in a prompt.
///
/// The vocabularies of today's models are made of bytes, or fall back to them: no text has more tokens than bytes. Of
/// OpenAI's own models the encoding is public, and the tokens themselves are the bound, with an eighth for what may be
/// counted otherwise. To either comes what a chat format puts around each message, a system prompt of its own that some
/// models have, and what the request has beside its messages, such as the schema of the answer.
package struct PromptBound: Sendable {
  /// nil where bytes are counted.
  private let encoding: TokenEncoding?

  private static let messageOverhead = 16
  private static let requestOverhead = 256

  /// For any model.
  package init() { encoding = nil }

  package init(_ client: any ModelClient) {
    // Behind another address there may be another model of the same name.
    let isOpenAIs = client.reference.provider == "openai" && client.address?.hasPrefix(Self.openAIsAddress) == true
    encoding = isOpenAIs ? Self.surely(client.reference.name) : nil
  }

  private static let openAIsAddress = "https://api.openai.com/"

  /// The encoding of a model about which tiktoken does not merely suppose it.
  private static func surely(_ model: String) -> TokenEncoding? {
    model.lowercased().hasPrefix("gpt-5.") ? nil : TokenEncoding.ofOpenAIModel(model)
  }

  package func tokens(_ request: ModelRequest) -> Int {
    let parameters = request.additionalParameters
    let beside = parameters.isEmpty ? 0 : JSONWriter.string(.object(parameters)).utf8.count
    return request.messages.reduce(Self.requestOverhead + beside) { $0 + Self.messageOverhead + tokens($1.content) }
  }

  private func tokens(_ text: String) -> Int {
    let bytes = text.utf8.count
    guard let encoding else { return bytes }
    let tokens = Tokenizer.shared(encoding).count(text)
    return min(bytes, tokens + (tokens + 7) / 8)
  }
}
