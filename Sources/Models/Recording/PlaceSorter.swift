import Files

/// Sorts places, of which more than fit lie in a temporary file: sorted pieces of them first, merged in the end.
struct PlaceSorter {
  /// Why the temporary file cannot be used.
  struct NoRoom: Error {
    let folder: String
    let text: String
  }

  private let mostInMemory: Int
  private var places: [RecordedPlace] = []
  private var pieces: FileDescriptor?
  private var pieceCounts: [Int] = []

  init(mostInMemory: Int) { self.mostInMemory = max(1, mostInMemory) }

  mutating func add(_ place: RecordedPlace) throws(NoRoom) {
    if places.count == mostInMemory { try putAside() }
    places.append(place)
  }

  mutating func sorted() throws -> SortedPlaces {
    if pieces == nil {
      places.sort(by: RecordedPlace.areInOrder)
      return SortedPlaces(places)
    }
    if !places.isEmpty { try putAside() }
    places = []
    return try merged()
  }

  private mutating func putAside() throws(NoRoom) {
    places.sort(by: RecordedPlace.areInOrder)
    let file: FileDescriptor
    if let pieces { file = pieces } else { file = try Self.temporaryFile() }
    pieces = file
    var words: [UInt64] = []
    words.reserveCapacity(places.count * PlaceCoding.size / 8)
    for place in places { PlaceCoding.append(place, to: &words) }
    try Self.append(words, to: file)
    pieceCounts.append(places.count)
    places.removeAll(keepingCapacity: true)
  }

  // MARK: - Merging

  /// What is left of one sorted piece.
  private struct Piece {
    var next: Int
    let end: Int
    private var read: [RecordedPlace] = []
    private var position = 0

    init(_ range: Range<Int>) { (next, end) = (range.lowerBound, range.upperBound) }

    mutating func pop(_ file: FileDescriptor) throws(FileFailure) -> RecordedPlace? {
      if position == read.count {
        guard next < end else { return nil }
        let count = min(256, end - next)
        read = PlaceCoding.places(try file.read(at: next * PlaceCoding.size, count: count * PlaceCoding.size))
        (next, position) = (next + count, 0)
        if read.isEmpty { throw FileFailure("the temporary file has been cut short") }
      }
      defer { position += 1 }
      return read[position]
    }
  }

  private func merged() throws -> SortedPlaces {
    guard let pieces else { return SortedPlaces([]) }
    let file = try Self.temporaryFile()
    var start = 0
    var queue = PieceQueue()
    var open = pieceCounts.map { count in
      defer { start += count }
      return Piece(start..<start + count)
    }
    for index in open.indices { if let first = try open[index].pop(pieces) { queue.insert(first, of: index) } }
    var fences: [RequestKey] = []
    var words: [UInt64] = []
    var count = 0
    while let (place, index) = queue.first {
      if count.isMultiple(of: SortedPlaces.blockSize) { fences.append(place.key) }
      count += 1
      PlaceCoding.append(place, to: &words)
      if words.count >= 1 << 15 {
        try Self.append(words, to: file)
        words.removeAll(keepingCapacity: true)
      }
      queue.replaceFirst(with: try open[index].pop(pieces))
    }
    try Self.append(words, to: file)
    return SortedPlaces(file, fences: fences, count: count)
  }

  // MARK: - Files

  private static func temporaryFile() throws(NoRoom) -> FileDescriptor {
    do throws(FileFailure) {
      return try FileDescriptor.temporary()
    } catch {
      throw NoRoom(folder: FileDescriptor.temporaryFolder, text: error.text)
    }
  }

  private static func append(_ words: [UInt64], to file: FileDescriptor) throws(NoRoom) {
    do throws(FileFailure) {
      try file.append(PlaceCoding.bytes(words))
    } catch {
      throw NoRoom(folder: FileDescriptor.temporaryFolder, text: error.text)
    }
  }
}

/// The next place of each sorted piece, the first of all at the front: a binary heap.
private struct PieceQueue {
  private var heap: [(place: RecordedPlace, piece: Int)] = []

  var first: (place: RecordedPlace, piece: Int)? { heap.first }

  mutating func insert(_ place: RecordedPlace, of piece: Int) {
    heap.append((place, piece))
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// - Parameter place: the next one of the same piece; nil where it has none.
  mutating func replaceFirst(with place: RecordedPlace?) {
    guard let last = heap.last, let first = heap.first else { return }
    if let place {
      heap[0] = (place, first.piece)
    } else {
      heap[0] = last
      heap.removeLast()
    }
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    RecordedPlace.areInOrder(heap[left].place, heap[right].place)
  }
}
