import Contract

/// A place among a run's samples in the order of ids, as SQLite compares them: by their bytes.
struct SampleCursor: Comparable {
  var sampleId: String
  var epoch: Int

  static func < (left: SampleCursor, right: SampleCursor) -> Bool {
    if left.sampleId.utf8.elementsEqual(right.sampleId.utf8) { return left.epoch < right.epoch }
    return left.sampleId.utf8.lexicographicallyPrecedes(right.sampleId.utf8)
  }

  var encoded: String { PageCursor.encode(.flips, "\(epoch) \(sampleId)") }

  init(sampleId: String, epoch: Int) {
    self.sampleId = sampleId
    self.epoch = epoch
  }

  /// - Throws: `invalidParams` for the cursor of another list.
  init(_ cursor: String) throws(ServiceError) {
    let parts = try PageCursor.decode(.flips, cursor).split(
      separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let epoch = Int(parts[0]) else { throw PageCursor.invalid(cursor) }
    self.init(sampleId: String(parts[1]), epoch: epoch)
  }
}
