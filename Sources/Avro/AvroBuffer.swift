/// Raw memory that is used again from block to block.
package final class AvroBuffer {
  package private(set) var bytes: UnsafeMutableRawBufferPointer

  package init(capacity: Int = 0) {
    bytes = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { bytes.deallocate() }

  /// Grows to at least `capacity` bytes and keeps the first `count`.
  package func reserve(_ capacity: Int, keeping count: Int = 0) {
    guard capacity > bytes.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<min(count, bytes.count)]))
    bytes.deallocate()
    bytes = larger
  }

  package func prefix(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[..<count])
  }
}
