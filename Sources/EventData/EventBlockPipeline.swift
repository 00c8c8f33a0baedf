import Avro
import Dispatch
import Synchronization

/// Draws and encodes events on a thread of its own while the caller compresses and writes the blocks before them.
///
/// A few pieces go round between the two, so the memory in use does not depend on the number of rows.
final class EventBlockPipeline: Sendable {
  /// Some blocks in one buffer.
  ///
  /// Unchecked: the semaphores hand a piece from one side to the other, and only the side that has it looks at it.
  private final class Piece: @unchecked Sendable {
    var buffer = AvroBuffer()
    var blocks: [(rows: Int, range: Range<Int>)] = []
  }

  private let pieces = (0..<3).map { _ in Piece() }
  private let free = DispatchSemaphore(value: 0)
  private let full = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let rows: Int

  /// Bytes of a piece: enough blocks that handing it over costs nothing beside filling it.
  private static let pieceSize = 256 << 10

  /// Starts to encode at once.
  init(_ encoder: EventBlockEncoder, rows: Int) {
    self.rows = rows
    for _ in pieces { free.signal() }
    // A queue of its own has a thread of its own, however busy the shared ones are.
    DispatchQueue(label: "llmbench.events").async { self.produce(encoder) }
  }

  private func produce(_ start: EventBlockEncoder) {
    var encoder = start
    var left = rows
    var turn = 0
    while left > 0 {
      free.wait()
      if isStopped.load(ordering: .acquiring) { return }
      left -= fill(pieces[turn % pieces.count], &encoder, limit: left)
      turn += 1
      full.signal()
    }
  }

  private func fill(_ piece: Piece, _ encoder: inout EventBlockEncoder, limit: Int) -> Int {
    piece.blocks.removeAll(keepingCapacity: true)
    piece.buffer.reserve(max(Self.pieceSize, encoder.blockCapacity))
    var rows = 0
    var end = 0
    while rows < limit, end + encoder.blockCapacity <= piece.buffer.bytes.count {
      let target = UnsafeMutableRawBufferPointer(rebasing: piece.buffer.bytes[end...])
      let block = encoder.nextBlock(limit: limit - rows, into: target)
      piece.blocks.append((block.rows, end..<end + block.size))
      rows += block.rows
      end += block.size
    }
    return rows
  }

  /// Hands over all blocks in order; what `body` throws ends the work on both sides.
  func forEachBlock(_ body: (_ rows: Int, _ data: UnsafeRawBufferPointer) throws -> Void) throws {
    defer {
      isStopped.store(true, ordering: .releasing)
      free.signal()
    }
    var done = 0
    var turn = 0
    while done < rows {
      full.wait()
      let piece = pieces[turn % pieces.count]
      for block in piece.blocks {
        try body(block.rows, UnsafeRawBufferPointer(rebasing: piece.buffer.bytes[block.range]))
        done += block.rows
      }
      turn += 1
      free.signal()
    }
  }
}
