import Files
import JSON

/// Where the answers of a recording lie in its file, by request. Its own memory is small whatever the size of the recording:
/// places beyond some ten thousand are sorted in a temporary file.
///
/// Building it reads the file once in pieces and parses no line that ``RecordingClient`` wrote: such a line begins
/// with the request's hash and the call. Lines of another form are parsed.
struct RecordingIndex: Sendable {
  let header: RecordingHeader
  private let places: SortedPlaces

  /// - Parameter mostInMemory: places that are kept there.
  /// - Throws: ``ModelError`` of kind `recordingUnusable` that names the line at fault.
  init(_ file: FileDescriptor, path: String, mostInMemory: Int) throws(ModelError) {
    var lines = LineScanner(file)
    var number = 0
    var header: RecordingHeader?
    var sorter = PlaceSorter(mostInMemory: mostInMemory)
    do {
      while let line = try lines.next() {
        number += 1
        if line.bytes.allSatisfy({ $0 <= 0x20 }) { continue }
        if header == nil {
          header = try Self.header(line)
        } else if let (hash, call) = try Self.key(line) {
          try sorter.add(
            RecordedPlace(
              key: RequestKey(hash), call: call.map(CallKey.init), offset: line.offset, length: line.bytes.count))
        }
      }
      places = try sorter.sorted()
    } catch let failure as FileFailure {
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be read: \(failure.text)")
    } catch let failure as PlaceSorter.NoRoom {
      throw ModelError(
        .recordingUnusable,
        "the index of the large recording \(path) cannot be written: \(failure.text) in \(failure.folder); "
          + "set TMPDIR to a folder with more room")
    } catch {
      throw ModelError(.recordingUnusable, "line \(number) of the recording \(path) is not usable: \(error)")
    }
    guard let header else { throw ModelError(.recordingUnusable, "\(path) is not a recording: it is empty") }
    self.header = header
  }

  private static func header(_ line: LineScanner.Line) throws(RecordingFormatError) -> RecordingHeader {
    guard let value = try? JSONParser().parse(line.bytes) else {
      throw RecordingFormatError("the first line is not that of a recording")
    }
    return try RecordingHeader(value)
  }

  /// nil for a last line that was never finished: the program ended while it wrote it, and what came before stands.
  private static func key(_ line: LineScanner.Line) throws(RecordingFormatError) -> (String, CallIdentity?)? {
    if line.isComplete, let key = QuickKey.read(line.bytes) { return key }
    if let value = try? JSONParser().parse(line.bytes) { return try RecordingEntry.key(value) }
    if line.isComplete { throw RecordingFormatError("it is not JSON") }
    return nil
  }

  /// How many answers and errors there are.
  var count: Int { places.count }

  /// Goes through the places of one request, in the order of the recording.
  func places(of hash: String) throws(FileFailure) -> RequestPlaces { try RequestPlaces(places, RequestKey(hash)) }

  /// Whether there is an answer for a call, whatever the request; nil where looking would take long.
  func has(_ call: CallKey) -> Bool? { places.inMemory?.contains { $0.call == call } }
}

/// The places of one request, from the first on.
struct RequestPlaces {
  private let key: RequestKey
  private var reader: SortedPlaces.Reader
  /// Position of the first of them among all places.
  let start: Int

  init(_ places: SortedPlaces, _ key: RequestKey) throws(FileFailure) {
    self.key = key
    reader = SortedPlaces.Reader(places)
    start = try reader.firstPosition(of: key)
  }

  /// nil beyond the last of them.
  mutating func place(at position: Int) throws(FileFailure) -> RecordedPlace? {
    guard let place = try reader.place(at: position), place.key == key else { return nil }
    return place
  }
}

/// Where one answer lies.
struct RecordedPlace: Sendable {
  let key: RequestKey
  let call: CallKey?
  let offset: Int
  let length: Int

  /// By request, those of one request in the order of the recording.
  static func areInOrder(_ left: RecordedPlace, _ right: RecordedPlace) -> Bool {
    left.key == right.key ? left.offset < right.offset : left.key < right.key
  }
}

/// The first half of a request's hash: enough to tell any two requests apart.
struct RequestKey: Comparable, Sendable {
  let value: UInt128

  init(value: UInt128) { self.value = value }

  /// A text that is no hash gets a key as well, by which nothing will be found.
  init(_ hash: String) { value = UInt128(hash.prefix(32), radix: 16) ?? 0 }

  static func < (left: RequestKey, right: RequestKey) -> Bool { left.value < right.value }
}

/// A call in 8 bytes. Two calls may share a key; no more hangs on it than which of two answers to the same request
/// comes first.
struct CallKey: Equatable, Sendable {
  let value: UInt64

  init(value: UInt64) { self.value = value }

  /// FNV-1a over the sample's name and the epoch.
  init(_ call: CallIdentity) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in call.sampleID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value = (hash ^ UInt64(bitPattern: Int64(call.epoch))) &* 0x0000_0100_0000_01b3
  }
}
