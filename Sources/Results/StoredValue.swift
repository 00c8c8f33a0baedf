import Contract
import GRDB
import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How values stand in columns.
enum StoredValue {
  /// Text; as a blob of its UTF-8 when it holds a NUL character, where SQLite's functions would cut it.
  static func text(_ text: String) -> DatabaseValue {
    text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
  }

  static func text(_ text: String?) -> DatabaseValue { text.map(Self.text) ?? .null }

  /// NaN and the infinities are unknown, as in JSON.
  static func number(_ number: Double?) -> DatabaseValue {
    guard let number, number.isFinite else { return .null }
    return number.databaseValue
  }

  static func integer(_ number: Int?) -> DatabaseValue { number.map { Int64($0).databaseValue } ?? .null }

  /// A 64-bit seed as the signed integer of the same bits.
  static func seed(_ seed: UInt64?) -> DatabaseValue { seed.map { Int64(bitPattern: $0).databaseValue } ?? .null }

  /// Whether what ``json(_:)`` writes can be read again: the parser takes no NUL character in the name of a member.
  static func isReadable(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object): object.allSatisfy { !$0.key.utf8.contains(0) && isReadable($0.value) }
    case .array(let elements): elements.allSatisfy(isReadable)
    default: true
    }
  }

  static func telemetry(_ telemetry: CallTelemetry?) -> DatabaseValue {
    guard let telemetry, let value = try? JSONValueEncoder(omitsNil: true).encode(telemetry) else { return .null }
    return json(value)
  }

  static func json(_ value: JSONValue) -> DatabaseValue { JSONWriter.string(value).databaseValue }
}

extension Row {
  /// The text of a column, whichever way ``StoredValue`` wrote it.
  func text(_ column: String) -> String? {
    let value: DatabaseValue = self[column]
    switch value.storage {
    case .string(let text): return text
    // Not String(data:encoding:), which drops a byte order mark.
    case .blob(let data): return String(decoding: data, as: UTF8.self)
    default: return nil
    }
  }

  func seed(_ column: String) -> UInt64? {
    let value: Int64? = self[column]
    return value.map(UInt64.init(bitPattern:))
  }
}
