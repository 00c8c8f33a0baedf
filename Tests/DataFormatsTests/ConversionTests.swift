import DataFormats
import Foundation
import JSON
import Testing

/// Files, whole and piece by piece.
@Suite struct ConversionTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "llmbench-formats-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, _ name: String) throws -> String {
      try Data(text.utf8).write(to: url.appending(path: name))
      return path(name)
    }

    func read(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }
  }

  @Test(arguments: 0..<6) func `a file written piece by piece is what it is at once`(seed: Int) throws {
    let folder = try Folder()
    var random = RandomValues(seed: UInt64(seed) + 100)
    for round in 0..<60 {
      let value = random.value(depth: 5)
      let indentation = round % 2 == 0 ? 2 : 3
      let encoding = EncodingOptions(indentation: indentation, delimiter: Delimiter.allCases[round % 3])
      let json = try DataFormat.json.encode(value)
      let toon = try DataFormat.toon.encode(value, encoding)
      // So small that nearly every list and object counts as large.
      let limit = [1, 20, 60, 200][round % 4]
      let source = DataSource.file(try folder.write("\u{FEFF}" + json + " \n", "in.json"))
      let output = folder.path("out.toon")
      _ = try DataConversion(source: source, from: nil, to: .toon, encoding: encoding, output: output)
        .run(streamingAbove: limit)
      #expect(try folder.read("out.toon") == toon + "\n", "\(json)")
      let back = DataSource.file(output)
      let decoding = DecodingOptions(indentation: indentation)
      _ = try DataConversion(
        source: back, from: nil, to: .jsonCompact, decoding: decoding, output: folder.path("o.json")
      )
      .run(streamingAbove: 1)
      let read = try DataFormat.json.decode(folder.read("o.json"))
      #expect(ModelEquality.areSame(read, value), "\(toon)")
      _ = try DataConversion(source: back, from: nil, to: .json, decoding: decoding, output: folder.path("p.json"))
        .run(streamingAbove: 1)
      #expect(try folder.read("p.json") == DataFormat.json.encode(read) + "\n")
    }
  }

  @Test(arguments: [
    ("{\"a\":[1,2,{\"b\":tru}]}", DataFormatError.Code.syntax, 1, 16),
    ("{\"a\":1,\n\"bb\":[1,2],\"a\":2}", .duplicateKey, 2, 12),
    ("[1,2,3", .syntax, 1, 7), ("[1,2,3]]", .syntax, 1, 8), ("[1,\n 2 3]", .syntax, 2, 4), ("[1,,2]", .syntax, 1, 4),
    ("{\"a\" 1, \"bb\": 2}", .syntax, 1, 6), ("{a: 1, \"bb\": 2}", .syntax, 1, 2), ("[\"a\u{1}b\", 2]", .syntax, 1, 4),
  ]) func `errors of a file in pieces have their place`(
    json: String, code: DataFormatError.Code, line: Int, column: Int
  ) throws {
    let folder = try Folder()
    let path = try folder.write(json, "in.json")
    let conversion = DataConversion(source: .file(path), from: nil, to: .toon, output: folder.path("out.toon"))
    for limit in [1, 1 << 20] {
      let error = #expect(throws: DataFormatError.self) { try conversion.run(streamingAbove: limit) }
      #expect(error?.code == code, "\(error?.description ?? "")")
      #expect(error?.line == line)
      #expect(error?.column == column)
      #expect(error?.path == path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["in.json"])
  }

  @Test func `a long table goes through in pieces`() throws {
    let folder = try Folder()
    let rows = (0..<60_000).map { "{\"id\":\($0),\"name\":\"n\($0)\",\"geo\":{\"x\":1.5,\"y\":null}}" }
    let path = try folder.write("{\"rows\":[\(rows.joined(separator: ","))],\"end\":true}", "in.json")
    let output = folder.path("out.toon")
    _ = try DataConversion(source: .file(path), from: nil, to: .toon, output: output).run(streamingAbove: 1 << 16)
    let text = try folder.read("out.toon")
    #expect(text.hasPrefix("rows[60000]{id,name,geo{x,y}}:\n  0,n0,1.5,null\n"))
    #expect(text.hasSuffix("\n  59999,n59999,1.5,null\nend: true\n"))
    _ = try DataConversion(source: .file(output), from: nil, to: .jsonCompact, output: folder.path("back.json"))
      .run(streamingAbove: 1 << 16)
    #expect(try folder.read("back.json") == folder.read("in.json") + "\n")
  }

  @Test func `files that are not there or cannot be written are told apart`() throws {
    let folder = try Folder()
    let missing = DataConversion(source: .file(folder.path("no.json")), from: nil, to: .toon)
    #expect(#expect(throws: DataFormatError.self) { try missing.run() }?.code == .missingFile)
    let path = try folder.write("1", "in.json")
    let nowhere = DataConversion(source: .file(path), from: nil, to: .toon, output: folder.path("no/out.toon"))
    #expect(#expect(throws: DataFormatError.self) { try nowhere.run() }?.code == .unwritableFile)
    let device = DataConversion(source: .file("/dev/null"), from: .json, to: .toon)
    #expect(#expect(throws: DataFormatError.self) { try device.run() }?.code == .file)
  }
}
