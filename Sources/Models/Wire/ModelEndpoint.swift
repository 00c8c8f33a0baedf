import HTTP

/// Where a model is served, and how messages call it.
struct ModelEndpoint: Sendable {
  let reference: ModelReference
  /// What requests go to.
  let requestURL: String
  /// The same for messages: no user name, password, path of the call or query.
  let url: String
  let isLoopback: Bool
  let key: APIKey?
  /// The variable that holds the key, or would.
  let keyVariable: String
  /// Said when nothing answers: "start one or give --base-url".
  let hintWhenDown: String

  /// - Throws: ``ModelError`` for a base URL that is none and for a key that no header can hold.
  init(
    reference: ModelReference, baseURL: String, dialect: some ModelDialect, key: APIKey?, keyVariable: String,
    hintWhenDown: String
  ) throws(ModelError) {
    let base = Self.base(baseURL, dialect)
    do throws(HTTPError) {
      let parsed = try HTTPURL(base)
      url = parsed.displayText
      isLoopback = parsed.isLoopback
    } catch {
      throw ModelError(.badRequest, "the base URL for \(reference) is not usable: \(error.message)")
    }
    if let key, !key.isSendable {
      throw ModelError(
        .authentication, "the key in \(key.variable) holds spaces or characters that no key has",
        variable: key.variable)
    }
    self.reference = reference
    requestURL = base + dialect.path(for: reference.name)
    self.key = key
    self.keyVariable = key?.variable ?? keyVariable
    self.hintWhenDown = hintWhenDown
  }

  private static func base(_ text: String, _ dialect: some ModelDialect) -> String {
    var base = text[...]
    func cutSlashes() { while base.hasSuffix("/") { base.removeLast() } }
    cutSlashes()
    for end in dialect.redundantBaseEnds where base.hasSuffix(end) { base.removeLast(end.count) }
    cutSlashes()
    return String(base)
  }

  /// A server's text made fit for a message: one line, at most 300 characters, without the key.
  func shortened(_ text: String) -> String? {
    let visible = (key?.redacted(text) ?? text).split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    let printable = visible.filter { character in
      character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
    if printable.isEmpty { return nil }
    return printable.count > 300 ? printable.prefix(300) + "…" : printable
  }

  /// What to tell when there was no response, or only a part of one.
  func error(_ error: HTTPError) -> ModelError {
    switch error.code {
    case .cancelled: ModelError(.cancelled, "the call to \(reference) was cancelled")
    // On this machine nobody will have started one a few seconds later.
    case .connectionRefused:
      ModelError(
        .network, "no server answers at \(url); \(hintWhenDown)", isRetryable: !isLoopback, mayBeBilled: false)
    case .timeout(.connect): ModelError(.timeout, error.message, mayBeBilled: false)
    case .timeout: ModelError(.timeout, error.message)
    case .tls: ModelError(.network, error.message, isRetryable: false, mayBeBilled: false)
    case .nameNotResolved, .connectionFailed: ModelError(.network, error.message, mayBeBilled: false)
    case .bodyTooLarge: ModelError(.malformedResponse, error.message, isRetryable: false)
    case .invalidRequest: ModelError(.badRequest, "the request to \(url) cannot be sent: \(error.message)")
    case .malformedResponse: ModelError(.malformedResponse, error.message)
    case .connectionLost, .tooManyRedirects, .other:
      ModelError(.network, error.message)
    }
  }
}
