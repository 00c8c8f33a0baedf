import Files
import Inflate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a dataset file: read where they are needed, or unpacked into memory where the file is packed.
enum DatasetBytes: Sendable {
  case file(FileDescriptor, path: String)
  case memory([UInt8])

  /// What unpacks to more is better unpacked on disk, where it need not lie in memory.
  private static let mostUnpacked = 512 << 20

  /// - Throws: ``DatasetError`` for a file that cannot be opened or unpacked.
  static func open(_ path: String) throws(DatasetError) -> DatasetBytes {
    let file: FileDescriptor
    let head: [UInt8]
    do throws(FileFailure) {
      file = try FileDescriptor(path, .read)
      head = try file.read(at: 0, count: 2)
    } catch {
      throw DatasetError(error, path: path)
    }
    let bytes = DatasetBytes.file(file, path: path)
    guard Inflater.isGzip(head) else { return bytes }
    guard file.size <= mostUnpacked else { throw tooLarge(path) }
    let packed = try bytes.read(0..<file.size)
    do throws(InflateError) {
      return .memory(try Inflater.inflate(packed, limit: mostUnpacked))
    } catch {
      throw DatasetError("cannot be unpacked: \(error); with gunzip it would be read from the disk", path: path)
    }
  }

  private static func tooLarge(_ path: String) -> DatasetError {
    DatasetError("is too large to be read packed: unpack it with gunzip first", path: path)
  }

  var count: Int {
    switch self {
    case .file(let file, _): file.size
    case .memory(let bytes): bytes.count
    }
  }

  /// Fewer bytes than asked for at the end only.
  ///
  /// - Throws: ``DatasetError`` when the disk fails.
  func read(_ range: Range<Int>) throws(DatasetError) -> [UInt8] {
    switch self {
    case .memory(let bytes): return Array(bytes[range.clamped(to: 0..<bytes.count)])
    case .file(let file, let path):
      do throws(FileFailure) {
        return try file.read(at: range.lowerBound, count: range.count)
      } catch {
        throw DatasetError(error, path: path)
      }
    }
  }
}

extension DatasetError {
  init(_ failure: FileFailure, path: String) {
    let isMissing = failure.code == ENOENT || failure.code == ENOTDIR
    self.init(
      isMissing ? "is not there" : "cannot be read: \(failure.text)",
      code: isMissing ? .fileNotFound : .fileUnreadable, path: path)
  }
}
