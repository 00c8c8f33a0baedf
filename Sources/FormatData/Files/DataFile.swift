import Contract
import Files
import JSON

/// Reads JSON files that a person brings.
enum DataFile {
  /// Larger files are no data for a context window.
  static let mostBytes = 256 << 20

  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`, with the line of a mistake.
  static func json(_ path: String, whatFor purpose: String) throws(ServiceError) -> JSONValue {
    let bytes = try bytes(path)
    do {
      return try JSONParser(rejectsDuplicateKeys: true).parse(bytes)
    } catch {
      throw invalid(path, "is not the JSON of \(purpose): \(error)")
    }
  }

  /// One JSON value a line, or one array of them.
  static func jsonValues(_ path: String, whatFor purpose: String) throws(ServiceError) -> [JSONValue] {
    let bytes = try bytes(path)
    if let whole = try? JSONParser(rejectsDuplicateKeys: true).parse(bytes) { return whole.arrayValue ?? [whole] }
    var values: [JSONValue] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      do {
        values.append(try JSONParser(rejectsDuplicateKeys: true).parse(line))
      } catch {
        throw invalid(
          path, "holds neither a JSON array nor JSON lines of \(purpose): line \(index + 1): \(error.message)")
      }
    }
    return values
  }

  private static func bytes(_ path: String) throws(ServiceError) -> [UInt8] {
    do throws(FileFailure) {
      guard !path.utf8.contains(0) else { throw FileFailure("the path holds a zero byte") }
      let file = try FileDescriptor(path, .read)
      guard file.size <= mostBytes else {
        throw FileFailure("it has \(file.size >> 20) MiB, more than the \(mostBytes >> 20) that are read")
      }
      return try file.read(at: 0, count: file.size)
    } catch {
      // 2 is ENOENT and 20 ENOTDIR on every system that this runs on.
      throw ServiceError(
        error.code == 2 || error.code == 20 ? .fileNotFound : .fileUnreadable,
        "'\(path)' cannot be read: \(error.text).", details: ["path": .string(path)])
    }
  }

  static func invalid(_ path: String, _ problem: String) -> ServiceError {
    ServiceError(.invalidData, "'\(path)' \(problem).", details: ["path": .string(path)])
  }

  /// The name of a file without folders and ending.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? "data"
    return String(name.first == "." ? name : name.prefix { $0 != "." })
  }
}
