/// The parts in which LiveCodeBench's problems came out, and the releases made of them.
///
/// A release is no span of dates: later parts brought problems from before earlier ones.
package enum Release {
  /// Problems of each part (`test.jsonl`, `test2.jsonl`…).
  package static let partSizes = [400, 111, 101, 101, 167, 175]
  package static var parts: ClosedRange<Int> { 1...partSizes.count }

  /// The file's name of a part, 1…6.
  package static func fileName(ofPart part: Int) -> String { part == 1 ? "test.jsonl" : "test\(part).jsonl" }

  /// The part that a file holds, by its name; nil for another name.
  package static func part(ofFile name: Substring) -> Int? { parts.first { fileName(ofPart: $0) == name } }

  /// The part that a problem of a file with all of a release belongs to, by its position; nil where the count is that of
  /// no release.
  static func part(atIndex index: Int, of count: Int) -> Int? {
    var end = 0
    var found: Int?
    for (offset, size) in partSizes.enumerated() {
      end += size
      if found == nil, index < end { found = offset + 1 }
      if end == count { return found }
    }
    return nil
  }

  /// Reads `v6` or `release_v6` (parts 1 to 6), `v4_v5` (parts 4 and 5), `part3` and `latest`; the official loader means
  /// part 3 by `v3` and all up to it by `release_v3`.
  ///
  /// - Throws: ``DatasetError`` that says what there is.
  package static func parts(_ text: String) throws(DatasetError) -> ClosedRange<Int> {
    func number(_ name: Substring) -> Int? {
      guard name.first == "v", let value = Int(name.dropFirst()), parts.contains(value) else { return nil }
      return value
    }
    let name = text.lowercased()
    if name == "latest" || name == "release_latest" { return parts }
    if name.hasPrefix("part"), let part = Int(name.dropFirst(4)), parts.contains(part) { return part...part }
    let bounds = (name.hasPrefix("release_") ? name.dropFirst(8) : name[...]).split(separator: "_")
    if bounds.count == 1, let last = number(bounds[0]) { return 1...last }
    if bounds.count == 2, !name.hasPrefix("release_"), let first = number(bounds[0]), let last = number(bounds[1]),
      first <= last
    {
      return first...last
    }
    throw DatasetError(
      "there is no release \"\(text)\": v1 to v\(partSizes.count) hold all up to then, v4_v5 two parts, part3 one, "
        + "latest all", code: .invalidChoice)
  }
}
