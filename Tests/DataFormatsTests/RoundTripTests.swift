import DataFormats
import JSON
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: [DataFormat.toon, .json, .jsonCompact, .yaml], 0..<8)
  func `what is written is read back`(format: DataFormat, seed: Int) throws {
    var random = RandomValues(seed: UInt64(seed))
    random.hasByteOrderMarks = format != .yaml
    for _ in 0..<250 {
      let value = random.value(depth: 4)
      let text = try format.encode(value)
      let read: JSONValue
      do {
        read = try format.decode(text)
      } catch {
        Issue.record("\(error) in \(text.debugDescription) of \(value)")
        continue
      }
      guard ModelEquality.areSame(value, read) else {
        Issue.record("\(text.debugDescription) is not \(value) but \(read)")
        continue
      }
    }
  }

  @Test(arguments: Delimiter.allCases, [1, 2, 3, 8])
  func `TOON is read back with every delimiter and indentation`(delimiter: Delimiter, indentation: Int) throws {
    var random = RandomValues(seed: 77)
    for _ in 0..<200 {
      let value = random.value(depth: 4)
      let text = try DataFormat.toon.encode(value, EncodingOptions(indentation: indentation, delimiter: delimiter))
      let read = try DataFormat.toon.decode(text, DecodingOptions(indentation: indentation))
      #expect(ModelEquality.areSame(value, read), "\(text.debugDescription)")
    }
  }

  @Test(arguments: [DataFormat.toon, .yaml, .json], [2, 3, 5])
  func `every indentation of YAML and JSON is read back`(format: DataFormat, indentation: Int) throws {
    var random = RandomValues(seed: 5)
    random.hasByteOrderMarks = format != .yaml
    for _ in 0..<150 {
      let value = random.value(depth: 4)
      let text = try format.encode(value, EncodingOptions(indentation: indentation))
      let read = try format.decode(text, DecodingOptions(indentation: indentation))
      #expect(ModelEquality.areSame(value, read), "\(text.debugDescription) of \(value)")
    }
  }

  @Test(arguments: Delimiter.allCases) func `tables of CSV are read back`(delimiter: Delimiter) throws {
    var random = RandomValues(seed: 3)
    for _ in 0..<300 {
      let keys = random.keys() + ["id"]
      let rows = (0..<3).map { _ in random.object(keys: keys, depth: 0, isUniform: true) }
      let value: JSONValue = ["first": .array(rows), "second table": [["a": nil], ["a": 1]], "empty": []]
      let text = try DataFormat.csv.encode(value, EncodingOptions(delimiter: delimiter))
      let read = try DataFormat.csv.decode(text, DecodingOptions(delimiter: delimiter))
      #expect(ModelEquality.areSame(value, read), "\(text.debugDescription)")
      let table = try DataFormat.csv.encode(.array(rows), EncodingOptions(delimiter: delimiter))
      #expect(
        try ModelEquality.areSame(.array(rows), DataFormat.csv.decode(table, DecodingOptions(delimiter: delimiter))))
    }
  }

  @Test func `XML is read back where it loses nothing`() throws {
    let value: JSONValue = [
      "orders": [
        ["id": 1, "note": "a < b & \"c\" 'd'", "total": 9.5, "paid": true, "lines": ["x", "y  z"]],
        ["id": 2, "note": nil, "total": -3, "paid": false, "lines": ["\t", "a\r\nb"]],
      ],
      "größe": "  umlaut  ",
    ]
    #expect(try DataFormat.xml.decode(DataFormat.xml.encode(value)) == value)
  }
}
