import Glibc

/// The names in a folder.
func folderEntries(_ path: String) throws -> [String] {
  guard let folder = opendir(path) else { throw Unexpected("\(path) cannot be read") }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// Every file below a folder.
func filesBelow(_ path: String) throws -> [String] {
  try folderEntries(path).flatMap { name -> [String] in
    var status = stat()
    let entry = "\(path)/\(name)"
    guard lstat(entry, &status) == 0 else { return [] }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return try filesBelow(entry)
    case S_IFREG: return [entry]
    default: return []
    }
  }
}
