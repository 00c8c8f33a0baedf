import Files
package import JSON

/// Where data comes from.
package enum DataSource: Sendable {
  case value(JSONValue)
  case text(String)
  case file(String)

  /// A larger file is not read into memory whole; a value takes several times the room of its text.
  package static let largestFile = 512 << 20

  /// - Returns: the value, and the seconds that it took to read it.
  /// - Throws: ``DataFormatError``, with the file's name where there is one.
  package func read(_ format: DataFormat, _ options: DecodingOptions) throws -> (JSONValue, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value: JSONValue
    switch self {
    case .value(let given): value = given
    case .text(let text): value = try format.decode(text, options)
    case .file(let path):
      do {
        value = try format.decode(Self.bytes(of: path), options)
      } catch {
        throw error.inFile(path)
      }
    }
    return (value, (clock.now - start).inSeconds)
  }

  private static func bytes(of path: String) throws(DataFormatError) -> [UInt8] {
    let file: FileDescriptor
    do { file = try FileDescriptor(path, .read) } catch { throw DataFormatError(reading: error) }
    guard file.size <= largestFile else {
      throw DataFormatError(
        .limit,
        "The file is larger than \(largestFile >> 20) MiB. Any size goes from JSON to TOON, and strictly from TOON to JSON, where the text goes to a file."
      )
    }
    do { return try file.read(at: 0, count: file.size) } catch { throw DataFormatError(reading: error) }
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
