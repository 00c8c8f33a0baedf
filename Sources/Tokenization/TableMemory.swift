#if canImport(Glibc)
  import Glibc
#endif

/// Memory for tables that are read here and there.
enum TableMemory {
  private static let hugePageBytes = 2 << 20

  /// Memory for `count` elements, each of which is `value`. It is never freed.
  ///
  /// Tables of some megabytes lie in huge pages where the system has them to give: finding the address of a place takes
  /// longer than reading it otherwise.
  static func filled<Element: BitwiseCopyable>(with value: Element, count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    #if canImport(Glibc)
      let alignment = bytes >= hugePageBytes ? hugePageBytes : MemoryLayout<Element>.alignment
    #else
      let alignment = MemoryLayout<Element>.alignment
    #endif
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
    #if canImport(Glibc)
      if bytes >= hugePageBytes { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    #endif
    return memory.initializeMemory(as: Element.self, repeating: value, count: count)
  }
}
