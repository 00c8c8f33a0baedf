import Contract
import Files
import JSON
import JSONRPC
import Threads
import Tokenization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct TokenHandlers: Sendable {
  /// Bytes that are read from a file at once.
  private static let pieceBytes = 1 << 20
  /// Bytes of text of which the tokens themselves are given.
  private static let maximumBytesWithIds = 4 << 20

  func register(in registry: inout MethodRegistry) { registry.register(TokensCount.self, count) }

  @Sendable private func count(
    _ params: TokensCount.Params, _ request: RequestContext
  ) async throws -> TokensCount.Result {
    guard [params.text != nil, params.path != nil, params.messages != nil].count(where: { $0 }) == 1 else {
      throw ServiceError(.invalidParams, "Give one of text, path and messages.")
    }
    if let path = params.path {
      request.progress.begin(title: "Counting the tokens of \(path)", percentage: 0)
    }
    let choice = try EncodingChoice(params)
    return try await BlockingWork.run { checkCancellation in
      if let messages = params.messages { return try Self.count(messages, choice) }
      if let text = params.text { return try Self.count(text, choice) }
      let bytes = { (share: Double) in request.progress.report(percentage: 100 * share) }
      return try Self.count(path: params.path ?? "", choice, progress: bytes, checkCancellation)
    }
  }

  private static func count(_ messages: [TokensCount.Message], _ choice: EncodingChoice) throws -> TokensCount.Result {
    for (index, message) in messages.enumerated() {
      try choice.refuseSpecialTokens(in: message.content, at: "/messages/\(index)/content")
    }
    let texts = messages.map { ChatText(role: $0.role, name: $0.name, content: $0.content) }
    let total = TokenTotal(
      tokens: choice.tokenizer.count(texts), bytes: messages.reduce(0) { $0 + $1.content.utf8.count }, replaced: 0)
    return choice.result(total)
  }

  private static func count(_ text: String, _ choice: EncodingChoice) throws -> TokensCount.Result {
    try choice.refuseSpecialTokens(in: text, at: "/text")
    let bytes = text.utf8.count
    guard choice.includesIds else {
      return choice.result(
        TokenTotal(tokens: choice.tokenizer.count(text, special: choice.special), bytes: bytes, replaced: 0))
    }
    guard bytes <= maximumBytesWithIds else { throw tooLongForIds(bytes) }
    let tokens = choice.tokenizer.encode(text, special: choice.special)
    return choice.result(TokenTotal(tokens: tokens.count, bytes: bytes, replaced: 0), ids: tokens)
  }

  private static func count(
    path: String, _ choice: EncodingChoice, progress: (Double) -> Void, _ checkCancellation: () throws -> Void
  ) throws -> TokensCount.Result {
    do {
      let file = try FileDescriptor(path, .read)
      if choice.readsWhole {
        let size = file.size
        guard size <= maximumBytesWithIds else { throw tooLongForIds(size) }
        let bytes = try file.read(at: 0, count: size)
        let total = choice.tokenizer.count(bytes, special: choice.special)
        var result = try count(String(decoding: bytes, as: UTF8.self), choice)
        (result.bytes, result.replacedParts) = (total.bytes, total.replaced)
        return result
      }
      return choice.result(try stream(file, choice, progress, checkCancellation))
    } catch let failure as FileFailure {
      throw ServiceError(
        failure.isMissing ? .fileNotFound : .fileUnreadable, "\(path) cannot be read: \(failure.text).",
        details: ["path": .string(path)])
    } catch is EndlessPiece {
      throw ServiceError(
        .invalidData,
        "\(path) has a run of letters, of white space or of punctuation marks of more than 64 MiB, which is one piece "
          + "to the tokenizer: is it text?", details: ["path": .string(path)])
    }
  }

  private static func stream(
    _ file: FileDescriptor, _ choice: EncodingChoice, _ progress: (Double) -> Void,
    _ checkCancellation: () throws -> Void
  ) throws -> TokenTotal {
    var stream = TokenStream(choice.tokenizer, special: choice.special)
    var offset = 0
    while true {
      try checkCancellation()
      let piece = try file.read(at: offset, count: pieceBytes)
      guard !piece.isEmpty else { return stream.finish() }
      try stream.append(piece)
      offset += piece.count
      progress(min(1, Double(offset) / Double(max(1, file.size))))
    }
  }

  private static func tooLongForIds(_ bytes: Int) -> ServiceError {
    ServiceError.invalidParameter(
      "/includeTokenIds",
      "\(bytes) bytes are too many to give their tokens or to look for special tokens in: at most \(maximumBytesWithIds)."
    )
  }
}

/// Which tokens are counted, and how sure the count is.
private struct EncodingChoice: Sendable {
  let encoding: TokenEncoding
  let special: SpecialTokens
  let includesIds: Bool
  private let refusesSpecial: Bool
  private let isEstimate: Bool

  init(_ params: TokensCount.Params) throws {
    let own = params.model.flatMap(TokenEncoding.ofModel)
    if let name = params.encoding {
      guard let encoding = TokenEncoding(rawValue: name) else {
        let known = TokenEncoding.allCases.map(\.rawValue).joined(separator: " or ")
        throw ServiceError.invalidParameter("/encoding", "There is no encoding \"\(name)\": choose \(known).")
      }
      self.encoding = encoding
    } else {
      encoding = own ?? .o200kBase
    }
    let specialTokens = params.specialTokens ?? "text"
    guard ["text", "recognized", "refused"].contains(specialTokens) else {
      throw ServiceError.invalidParameter(
        "/specialTokens", "Special tokens are \"text\", \"recognized\" or \"refused\", not \"\(specialTokens)\".")
    }
    special = specialTokens == "recognized" ? .recognized : .asText
    refusesSpecial = specialTokens == "refused"
    includesIds = params.includeTokenIds ?? false
    if params.messages != nil, includesIds || special == .recognized {
      throw ServiceError.invalidParameter(
        includesIds ? "/includeTokenIds" : "/specialTokens",
        "A conversation has only a number of tokens: what stands between its messages is not text.")
    }
    let isOtherRule = params.messages != nil && params.model.map(TokenEncoding.hasPublishedChatRule) == false
    isEstimate = params.model != nil && (own != encoding || isOtherRule)
  }

  var tokenizer: Tokenizer { Tokenizer.shared(encoding) }

  /// Whether a file has to be there as a whole.
  var readsWhole: Bool { includesIds || refusesSpecial }

  func refuseSpecialTokens(in text: String, at pointer: String) throws {
    guard refusesSpecial, let found = encoding.firstSpecialToken(in: text) else { return }
    throw ServiceError.invalidParameter(
      pointer, "The text has the special token \(found): take it as text, or recognize it, with specialTokens.")
  }

  func result(_ total: TokenTotal, ids: [UInt32]? = nil) -> TokensCount.Result {
    TokensCount.Result(
      tokens: total.tokens, encoding: encoding.rawValue, isEstimate: isEstimate, bytes: total.bytes,
      replacedParts: total.replaced, tokenIds: ids.map { $0.map(Int.init) })
  }
}

extension FileFailure {
  fileprivate var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}
