package import JSON

/// One JSON-RPC method: its name, parameters and result. Every method is declared once, here, and used by the
/// server, the client and the protocol document.
package protocol Method: Sendable {
  associatedtype Params: Codable & Sendable
  associatedtype Result: Codable & Sendable
  static var name: String { get }
  /// One sentence for `rpc.discover` and `Protocol/`.
  static var summary: String { get }
}

/// Parameters or a result without content.
package struct Empty: Codable, Sendable, Equatable {
  package init() {}
}

/// A method whose parameters may have members that are not known here, as editors send them.
package protocol OpenParams {}

/// Parameters that may ask for progress. Both tokens are a string or an integer that the client chooses.
package protocol ProgressParams {
  /// Where `$/progress` with `begin`, `report` and `end` goes.
  var workDoneToken: JSONValue? { get set }
  /// Where each finished sample goes as a partial result.
  var partialResultToken: JSONValue? { get set }
}
