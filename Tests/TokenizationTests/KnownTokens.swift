import JSON
import Tokenization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A text and what tiktoken makes of it, from the file that scripts/make-token-fixtures wrote.
struct KnownTokens {
  let text: String
  let special: SpecialTokens
  let tokens: [TokenEncoding: [UInt32]]

  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fixtures/tokens/tiktoken.jsonl"

  /// - Throws: when the file is missing or a line of it is not what it should be.
  static func all() throws -> [KnownTokens] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try KnownTokens(JSONParser().parse($0)) }
  }

  private init(_ value: JSONValue) throws {
    guard let text = value["text"]?.stringValue else { throw NotKnown() }
    self.text = text
    special = value["special"]?.boolValue == true ? .recognized : .asText
    var tokens: [TokenEncoding: [UInt32]] = [:]
    for encoding in TokenEncoding.allCases {
      guard let list = value[encoding.rawValue]?.arrayValue else { throw NotKnown() }
      tokens[encoding] = list.compactMap { $0.intValue.map(UInt32.init) }
    }
    self.tokens = tokens
  }

  struct NotKnown: Error {}
}
