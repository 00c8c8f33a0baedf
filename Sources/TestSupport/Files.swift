#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder of the package that the tests belong to.
package let packageFolder = String(#filePath.dropLast("/Sources/TestSupport/Files.swift".count))

/// Runs a body with a new folder, which is removed with all that is in it.
package func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  var template = Array("/tmp/llmbench-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw TestServerError("mkdtemp", errno) }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { removeTree(path) }
  return try await body(path)
}

/// Links are removed, not followed.
private func removeTree(_ path: String) {
  if unlink(path) == 0 { return }
  if let folder = opendir(path) {
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { removeTree(path + "/" + name) }
    }
    closedir(folder)
  }
  rmdir(path)
}

/// - Throws: `TestServerError` where the file cannot be read.
package func readFile(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw TestServerError("fopen", errno) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes.append(contentsOf: buffer[..<count]) }
  return bytes
}

/// - Throws: `TestServerError` where the file cannot be written.
package func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  guard let file = fopen(path, "wb") else { throw TestServerError("fopen", errno) }
  defer { fclose(file) }
  guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw TestServerError("fwrite", errno) }
}
