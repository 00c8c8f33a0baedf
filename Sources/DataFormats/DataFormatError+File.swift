import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension DataFormatError {
  init(reading failure: FileFailure) {
    let isMissing = failure.code == ENOENT || failure.code == ENOTDIR
    self.init(isMissing ? .missingFile : .file, "The file cannot be read: \(failure.text).")
  }

  init(writing failure: FileFailure) {
    let isFull = failure.code == ENOSPC || failure.code == EDQUOT
    self.init(isFull ? .diskFull : .unwritableFile, "The file cannot be written: \(failure.text).")
  }

  /// The same with the file named.
  func inFile(_ path: String) -> DataFormatError {
    DataFormatError(code, message, line: line, column: column, pointer: pointer, path: self.path ?? path)
  }
}
