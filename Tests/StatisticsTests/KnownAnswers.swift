import JSON
import Statistics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The cases of a file that scripts/make-statistics-fixtures wrote.
enum KnownAnswers {
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fixtures/statistics"

  /// - Throws: when the file is missing, no JSON or without cases.
  static func cases(_ name: String) throws -> [JSONObject] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).json"))
    let document = try JSONParser().parse(String(decoding: bytes, as: UTF8.self))
    guard let cases = document.objectValue?["cases"]?.arrayValue?.compactMap(\.objectValue), !cases.isEmpty else {
      throw MissingCases(name: name)
    }
    return cases
  }

  struct MissingCases: Error { let name: String }
}

extension JSONObject {
  func number(_ name: String) -> Double { self[name]?.doubleValue ?? .nan }
  func count(_ name: String) -> Int { Int(number(name)) }
  func numbers(_ name: String) -> [Double] { self[name]?.arrayValue?.compactMap(\.doubleValue) ?? [] }
  func lists(_ name: String) -> [[Double]] {
    self[name]?.arrayValue?.map { $0.arrayValue?.compactMap(\.doubleValue) ?? [] } ?? []
  }
}

/// Whether a value is the one expected, to 1e-9 of it, or of 1 where it is smaller.
func isNear(_ value: Double?, _ expected: Double) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= 1e-9 * max(1, abs(expected))
}

/// Whether a probability is the one expected, to 1e-9 of it: also one that is nearly 0.
func isSameProbability(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) <= 1e-9 * expected }
