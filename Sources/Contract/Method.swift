package import JSON

/// One JSON-RPC method: its name, parameters and result. Every method is declared once, here, and used by the
/// server, the client and the protocol document.
package protocol Method: Sendable {
  associatedtype Params: Codable & Sendable
  associatedtype Result: Codable & Sendable
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  /// What else the author of a client has to know, as Markdown; empty when the summary says it all.
  static var details: String { get }
  /// What the result is, in a few words, where its type does not say.
  static var resultNote: Note { get }
  /// The failures that a client should be ready for, beside those of every method: `invalidParams` and `cancelled`.
  static var errors: [ServiceError.Kind] { get }
  /// Whether `$/cancelRequest` is of use.
  static var isCancellable: Bool { get }
}

extension Method {
  package static var details: String { "" }
  package static var resultNote: Note { "" }
  package static var errors: [ServiceError.Kind] { [] }
  package static var isCancellable: Bool { true }
}

/// Parameters or a result without content.
package struct Empty: Codable, Sendable, Equatable {
  package init() {}
}

/// A method whose parameters may have members that are not known here, as editors send them.
package protocol OpenParams {}

/// Parameters that may ask for progress.
package protocol ProgressParams {
  /// Where `$/progress` with `begin`, `report` and `end` goes: a string or an integer that the client chooses.
  var workDoneToken: JSONValue? { get set }
}

/// Parameters that may ask for parts of the result before it is whole.
package protocol PartialResultParams: ProgressParams {
  /// What each part is.
  associatedtype Part: Codable
  /// Where each part goes: a string or an integer that the client chooses.
  var partialResultToken: JSONValue? { get set }
}
