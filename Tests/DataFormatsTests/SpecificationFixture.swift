import DataFormats
import Foundation
import JSON
import Testing

/// A case of the conformance fixtures of <https://github.com/toon-format/spec>, which are not part of this repository:
/// they are looked for in `../shared/toon-spec/tests` beside the checkout.
struct SpecificationFixture: CustomTestStringConvertible, Sendable {
  let file: String
  let test: JSONValue

  var testDescription: String { "\(file): \(test["name"]?.stringValue ?? "")" }
  var shouldFail: Bool { test["shouldError"]?.boolValue == true }

  var encodingOptions: EncodingOptions {
    var options = EncodingOptions(indentation: test["options"]?["indentSize"]?.intValue ?? 2)
    if let sign = test["options"]?["delimiter"]?.stringValue {
      options.delimiter = Delimiter.allCases.first { [$0.byte] == Array(sign.utf8) } ?? .comma
    }
    return options
  }

  var decodingOptions: DecodingOptions {
    DecodingOptions(
      indentation: test["options"]?["indentSize"]?.intValue ?? 2,
      isStrict: test["options"]?["strict"]?.boolValue ?? true)
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/toon-spec/tests/fixtures")

  static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func all(_ category: String) -> [SpecificationFixture] {
    let folder = folder.appending(path: category)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { $0.hasSuffix(".json") }.flatMap { name -> [SpecificationFixture] in
      guard let data = try? Data(contentsOf: folder.appending(path: name)),
        let file = try? DataFormat.json.decode(data), let tests = file["tests"]?.arrayValue
      else {
        Issue.record("\(name) cannot be read")
        return []
      }
      return tests.map { SpecificationFixture(file: "\(category)/\(name)", test: $0) }
    }
  }
}

@Suite(
  .enabled(
    if: SpecificationFixture.areThere,
    "The fixtures of the TOON specification are not beside the checkout, at ../shared/toon-spec/tests."))
struct SpecificationFixtureTests {
  @Test(arguments: SpecificationFixture.all("encode"))
  func `encodes as the specification has it`(_ fixture: SpecificationFixture) throws {
    let input = try #require(fixture.test["input"])
    let text = try DataFormat.toon.encode(input, fixture.encodingOptions)
    #expect(text == fixture.test["expected"]?.stringValue)
    let options = DecodingOptions(indentation: fixture.encodingOptions.indentation)
    #expect(try ModelEquality.areSame(DataFormat.toon.decode(text, options), input))
  }

  @Test(arguments: SpecificationFixture.all("decode"))
  func `decodes as the specification has it`(_ fixture: SpecificationFixture) throws {
    let input = try #require(fixture.test["input"]?.stringValue)
    if fixture.shouldFail {
      #expect(throws: DataFormatError.self) { try DataFormat.toon.decode(input, fixture.decodingOptions) }
    } else {
      let value = try DataFormat.toon.decode(input, fixture.decodingOptions)
      let expected = try #require(fixture.test["expected"])
      #expect(ModelEquality.areSame(value, expected, sameOrder: true), "\(value) is not \(expected)")
    }
  }

  @Test func `there are as many fixtures as version 4 had`() {
    #expect(SpecificationFixture.all("encode").count >= 173)
    #expect(SpecificationFixture.all("decode").count >= 343)
  }
}
