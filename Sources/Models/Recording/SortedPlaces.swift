import Files

/// Places in the order of their requests, in memory or in a file.
struct SortedPlaces: Sendable {
  private enum Source {
    case memory([RecordedPlace])
    /// With the key of the first place of each block.
    case file(FileDescriptor, fences: [RequestKey])
  }

  /// Places that are read from a file at once.
  static let blockSize = 64

  private let source: Source
  let count: Int

  init(_ places: [RecordedPlace]) {
    source = .memory(places)
    count = places.count
  }

  /// - Parameter file: with ``PlaceCoding`` of all places in order.
  init(_ file: FileDescriptor, fences: [RequestKey], count: Int) {
    source = .file(file, fences: fences)
    self.count = count
  }

  /// nil where they are in a file.
  var inMemory: [RecordedPlace]? {
    guard case .memory(let places) = source else { return nil }
    return places
  }

  /// Looks up places, the last block of them kept.
  struct Reader {
    private let all: SortedPlaces
    private var block: [RecordedPlace] = []
    private var blockStart = 0

    init(_ all: SortedPlaces) {
      self.all = all
      if case .memory(let places) = all.source { block = places }
    }

    /// nil beyond the last.
    mutating func place(at position: Int) throws(FileFailure) -> RecordedPlace? {
      guard position >= 0, position < all.count else { return nil }
      if !(blockStart..<blockStart + block.count).contains(position), case .file(let file, _) = all.source {
        blockStart = position / blockSize * blockSize
        let size = PlaceCoding.size
        block = PlaceCoding.places(
          try file.read(at: blockStart * size, count: min(blockSize, all.count - blockStart) * size))
      }
      let index = position - blockStart
      return block.indices.contains(index) ? block[index] : nil
    }

    /// The first position whose place is not before those of the key.
    mutating func firstPosition(of key: RequestKey) throws(FileFailure) -> Int {
      var (low, high) = (0, all.count)
      if case .file(_, let fences) = all.source {
        // The first block that begins at or after the key; the one before may hold its first place.
        let next = Self.partition(0, fences.count) { fences[$0] >= key }
        (low, high) = (max(0, next - 1) * blockSize, min(all.count, next * blockSize))
      }
      while low < high {
        let middle = (low + high) / 2
        guard let place = try place(at: middle) else { break }
        if place.key >= key { high = middle } else { low = middle + 1 }
      }
      return low
    }

    private static func partition(_ start: Int, _ end: Int, where isReached: (Int) -> Bool) -> Int {
      var (low, high) = (start, end)
      while low < high {
        let middle = (low + high) / 2
        if isReached(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}

/// A place as five numbers of 8 bytes, in this machine's order: the file lives no longer than the process.
enum PlaceCoding {
  static let size = 40

  static func append(_ place: RecordedPlace, to words: inout [UInt64]) {
    words.append(UInt64(truncatingIfNeeded: place.key.value >> 64))
    words.append(UInt64(truncatingIfNeeded: place.key.value))
    words.append(place.call?.value ?? 0)
    words.append(UInt64(bitPattern: Int64(place.offset)))
    words.append(UInt64(bitPattern: Int64(place.length)) << 1 | (place.call == nil ? 0 : 1))
  }

  static func bytes(_ words: [UInt64]) -> [UInt8] { words.withUnsafeBytes { Array($0) } }

  /// Bytes beyond the last whole place are passed over.
  static func places(_ bytes: [UInt8]) -> [RecordedPlace] {
    bytes.withUnsafeBytes { raw in
      (0..<bytes.count / size).map { index in
        func word(_ number: Int) -> UInt64 {
          raw.loadUnaligned(fromByteOffset: index * size + number * 8, as: UInt64.self)
        }
        return RecordedPlace(
          key: RequestKey(value: UInt128(word(0)) << 64 | UInt128(word(1))),
          call: word(4) & 1 == 1 ? CallKey(value: word(2)) : nil, offset: Int(truncatingIfNeeded: word(3)),
          length: Int(truncatingIfNeeded: word(4) >> 1))
      }
    }
  }
}
