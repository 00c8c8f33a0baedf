import JSON

/// Files with one JSON list, as if each element stood on a line.
enum JSONListLines {
  /// Larger lists are better written as lines, which are not held in memory.
  private static let largest = 256 << 20

  /// nil for a file that is no list.
  ///
  /// - Throws: ``DatasetError`` for a list that is no JSON.
  static func lines(of bytes: DatasetBytes, _ path: String) throws(DatasetError) -> [UInt8]? {
    guard try bytes.read(0..<64).first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else { return nil }
    guard bytes.count <= largest else {
      throw DatasetError("is a list of more than \(largest >> 20) MiB: write one object a line instead", path: path)
    }
    let content = try bytes.read(0..<bytes.count)
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONParser().parse(content)
    } catch {
      throw DatasetError("is no JSON: \(error.message)", path: path, line: error.line)
    }
    return (value.arrayValue ?? []).reduce(into: []) { $0 += JSONWriter.data($1) + [0x0A] }
  }
}
