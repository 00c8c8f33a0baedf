import Files
import JSON

/// Where the answers of a recording lie in its file. Takes about 45 bytes an answer, so that the size of a recording
/// is no matter.
///
/// Building it reads the file once in pieces and parses no line that ``RecordingClient`` wrote: such a line begins
/// with the request's hash and the call. Lines of another form are parsed.
struct RecordingIndex {
  struct Place {
    let key: RequestKey
    let call: CallKey?
    let offset: Int
    let length: Int
  }

  private(set) var header: RecordingHeader?
  private(set) var places: [Place] = []
  /// The places sorted by request, those of one request in the order of the file.
  private var order: [Int32] = []

  /// - Throws: ``ModelError`` of kind `recordingUnusable` that names the line at fault.
  init(_ file: FileDescriptor, path: String) throws(ModelError) {
    var lines = LineScanner(file)
    var number = 0
    do {
      while let line = try lines.next() {
        number += 1
        try take(line)
      }
    } catch let failure as FileFailure {
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be read: \(failure.text)")
    } catch {
      throw ModelError(.recordingUnusable, "line \(number) of the recording \(path) is not usable: \(error)")
    }
    if header == nil { throw ModelError(.recordingUnusable, "\(path) is not a recording: it is empty") }
    order = places.indices.map { Int32(truncatingIfNeeded: $0) }
    order.sort { left, right in
      let (leftKey, rightKey) = (places[Int(left)].key, places[Int(right)].key)
      return leftKey == rightKey ? left < right : leftKey < rightKey
    }
  }

  private mutating func take(_ line: LineScanner.Line) throws {
    if line.bytes.allSatisfy({ $0 <= 0x20 }) { return }
    if header == nil {
      guard let value = try? JSONParser().parse(line.bytes) else {
        throw RecordingFormatError("the first line is not that of a recording")
      }
      header = try RecordingHeader(value)
      return
    }
    guard places.count < Int32.max else { throw RecordingFormatError("there are too many lines") }
    guard let (hash, call) = try key(line) else { return }
    places.append(
      Place(key: RequestKey(hash), call: call.map(CallKey.init), offset: line.offset, length: line.bytes.count))
  }

  /// nil for a last line that was never finished: the program ended while it wrote it, and what came before stands.
  private func key(_ line: LineScanner.Line) throws(RecordingFormatError) -> (String, CallIdentity?)? {
    if line.isComplete, let key = QuickKey.read(line.bytes) { return key }
    if let value = try? JSONParser().parse(line.bytes) { return try RecordingEntry.key(value) }
    if line.isComplete { throw RecordingFormatError("it is not JSON") }
    return nil
  }

  /// The places with answers to a request, as a range of ``subscript(_:)``.
  func range(of hash: String) -> Range<Int> {
    let key = RequestKey(hash)
    let start = firstPosition { $0 >= key }
    return start..<max(start, firstPosition { $0 > key })
  }

  /// The number of the place at a position in the order of requests.
  subscript(position: Int) -> Int { Int(order[position]) }

  private func firstPosition(where isReached: (RequestKey) -> Bool) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if isReached(places[Int(order[middle])].key) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The first half of a request's hash: enough to tell any two requests apart.
struct RequestKey: Comparable {
  private let value: UInt128

  /// A text that is no hash gets a key as well, by which nothing will be found.
  init(_ hash: String) { value = UInt128(hash.prefix(32), radix: 16) ?? 0 }

  static func < (left: RequestKey, right: RequestKey) -> Bool { left.value < right.value }
}

/// A call in 8 bytes. Two calls may share a key; no more hangs on it than which of two answers to the same request
/// comes first.
struct CallKey: Equatable {
  private let value: UInt64

  /// FNV-1a over the sample's name and the epoch.
  init(_ call: CallIdentity) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in call.sampleID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value = (hash ^ UInt64(bitPattern: Int64(call.epoch))) &* 0x0000_0100_0000_01b3
  }
}
