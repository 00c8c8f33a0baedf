import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written under another name beside its own, and takes its place only when it is whole.
struct OutputFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let file: FileDescriptor
  private var isDone = false
  private(set) var count = 0

  init(_ path: String) throws(DataFormatError) {
    self.path = path
    temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw DataFormatError(.unwritableFile, "It is no file that could be replaced.", path: path)
    }
    do { file = try FileDescriptor(temporary, .create) } catch {
      throw DataFormatError(writing: error).inFile(path)
    }
  }

  deinit { if !isDone { unlink(temporary) } }

  mutating func append(_ bytes: Bytes) throws(DataFormatError) {
    do { try file.append(Array(bytes)) } catch { throw DataFormatError(writing: error).inFile(path) }
    count += bytes.count
  }

  mutating func finish() throws(DataFormatError) {
    guard rename(temporary, path) == 0 else { throw DataFormatError(writing: FileFailure()).inFile(path) }
    isDone = true
  }
}
