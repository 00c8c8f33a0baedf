/// The stable ids of a plan's samples, in order. Millions of them need not lie in memory: they may be made when they are
/// asked for.
package protocol SampleIDs: Sendable {
  var count: Int { get }
  subscript(index: Int) -> String { get }
  /// The first sample of an id; nil for an id that no sample has.
  func index(of id: String) -> Int?
  /// The same for look-ups without number.
  func indexed() -> any SampleIDs
}

extension SampleIDs {
  package func indexed() -> any SampleIDs { self }
  /// All of them, for plans that are known to be small.
  package var list: [String] { (0..<count).map { self[$0] } }
}

/// A plan of few samples lists them.
extension Array: SampleIDs where Element == String {
  package func index(of id: String) -> Int? { firstIndex(of: id) }
  package func indexed() -> any SampleIDs { IndexedIDs(self) }
}

private struct IndexedIDs: SampleIDs {
  private let ids: [String]
  private let positions: [String: Int]

  init(_ ids: [String]) {
    self.ids = ids
    positions = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
  }

  var count: Int { ids.count }
  subscript(index: Int) -> String { ids[index] }
  func index(of id: String) -> Int? { positions[id] }
}
