#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The fields of the last few headers: a list of objects with a table in each has the same ones again and again.
struct ToonFieldCache {
  private struct Entry {
    let text: [UInt8]
    let delimiter: UInt8
    let fields: FieldGroup
  }

  private var entries: [Entry] = []
  private var next = 0

  private static let size = 4
  /// Longer ones are not worth the memory.
  private static let longestText = 4096

  /// Reads the fields at an opening brace, and puts the position behind them.
  mutating func fields(
    _ line: ToonLine, at position: inout Int, delimiter: UInt8, maximumDepth: Int
  ) throws(DataFormatError) -> FieldGroup {
    let start = position
    for entry in entries
    where entry.delimiter == delimiter && entry.text.count <= line.end - start
      && memcmp(entry.text, line.text + start, entry.text.count) == 0
    {
      position += entry.text.count
      return entry.fields
    }
    var parser = ToonFieldParser(line, delimiter: delimiter, maximumDepth: maximumDepth)
    let fields = try parser.parse(&position)
    if position - start <= Self.longestText {
      let entry = Entry(text: Array(line.text.bytes(start, position)), delimiter: delimiter, fields: fields)
      if entries.count < Self.size {
        entries.append(entry)
      } else {
        entries[next] = entry
        next = (next + 1) % Self.size
      }
    }
    return fields
  }
}
