#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What lies in a folder.
enum FolderNames {
  /// The names in order, hidden ones left out; nil for what is no folder.
  ///
  /// - Throws: ``DatasetError`` for what is not there or cannot be read.
  static func all(in path: String) throws(DatasetError) -> [String]? {
    guard let folder = opendir(path) else {
      switch errno {
      case ENOTDIR: return nil
      case ENOENT: throw DatasetError("is not there: name a dataset's file or folder", code: .fileNotFound, path: path)
      default:
        throw DatasetError("cannot be read: \(String(cString: strerror(errno)))", code: .fileUnreadable, path: path)
      }
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
