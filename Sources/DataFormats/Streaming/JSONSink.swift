import JSON

/// Writes the parts of a value as JSON as they come, and hands the text on piece by piece.
struct JSONSink: ToonSink, ~Copyable {
  private struct Frame {
    let isObject: Bool
    var count = 0
    var seen: Set<JSONKey> = []
  }

  /// What stands around the values of a row, made once for a table.
  private struct RowPlan {
    let fields: FieldGroup
    let level: Int
    /// Before each value.
    var before: [[UInt8]] = []
    /// After the last.
    var after: [UInt8] = []
  }

  private var text: JSONTextWriter
  private let drain: (Bytes) throws(DataFormatError) -> Void
  private var frames: [Frame] = []
  private var plan: RowPlan?
  /// The value of a row that comes next; nil outside of rows.
  private var rowPosition: Int?
  private var failure: DataFormatError?

  private static let drainSize = 1 << 20
  /// Keys of one object are kept until it ends, to find one that comes twice.
  static let mostKeys = 4_000_000

  init(indentation: Int?, drain: @escaping (Bytes) throws(DataFormatError) -> Void) {
    text = JSONTextWriter(indentation: indentation, maximumDepth: EncodingOptions.depthRange.upperBound)
    self.drain = drain
  }

  var valueCount: Int { 0 }

  mutating func beginObject() {
    startValue()
    text.writer.append(Ascii.openBrace)
    frames.append(Frame(isObject: true))
  }

  mutating func beginArray() {
    startValue()
    text.writer.append(Ascii.openBracket)
    frames.append(Frame(isObject: false))
  }

  mutating func endObject() { end(Ascii.closeBrace) }

  mutating func endArray() { end(Ascii.closeBracket) }

  private mutating func end(_ closing: UInt8) {
    guard let frame = frames.popLast() else { return }
    if frame.count > 0 { text.breakLine(frames.count) }
    text.writer.append(closing)
  }

  /// Separates the value from the one before it in a list; in an object its key did.
  private mutating func startValue() {
    guard let top = frames.indices.last, !frames[top].isObject else { return }
    if frames[top].count > 0 { text.writer.append(Ascii.comma) }
    frames[top].count += 1
    text.breakLine(frames.count)
  }

  mutating func key(_ key: String) -> Bool {
    guard let top = frames.indices.last else { return true }
    if frames[top].count > 0 { text.writer.append(Ascii.comma) }
    frames[top].count += 1
    text.breakLine(frames.count)
    text.writeKey(key)
    if frames[top].count > Self.mostKeys, failure == nil {
      failure = DataFormatError(
        .limit, "An object has more than \(Self.mostKeys) keys, too many to look for one that comes twice.")
    }
    return frames[top].seen.insert(JSONKey(key)).inserted
  }

  mutating func append(_ value: JSONValue) {
    if let position = rowPosition, let plan, position < plan.before.count {
      text.writer.append(plan.before[position])
      rowPosition = position + 1
    } else {
      startValue()
    }
    text.writePrimitive(value)
  }

  // MARK: Rows

  mutating func beginRow(_ fields: FieldGroup) {
    startValue()
    if plan?.fields !== fields || plan?.level != frames.count { makePlan(fields) }
    rowPosition = 0
  }

  mutating func endRow(_ fields: FieldGroup, from first: Int) {
    if let plan { text.writer.append(plan.after) }
    rowPosition = nil
  }

  private mutating func makePlan(_ fields: FieldGroup) {
    var plan = RowPlan(fields: fields, level: frames.count)
    var writer = text.empty()
    Self.lay(fields, level: frames.count, &writer, &plan)
    plan.after = Array(writer.writer.bytes)
    self.plan = plan
  }

  /// Writes what stands around the leaves, and takes it away before each of them.
  private static func lay(_ fields: FieldGroup, level: Int, _ writer: inout JSONTextWriter, _ plan: inout RowPlan) {
    writer.writer.append(Ascii.openBrace)
    for (index, entry) in fields.entries.enumerated() {
      if index > 0 { writer.writer.append(Ascii.comma) }
      writer.breakLine(level + 1)
      writer.writeKey(entry.key)
      if let group = entry.group {
        lay(group, level: level + 1, &writer, &plan)
      } else {
        plan.before.append(Array(writer.writer.bytes))
        writer.writer.removeAll()
      }
    }
    writer.breakLine(level)
    writer.writer.append(Ascii.closeBrace)
  }

  // MARK: Handing on

  mutating func check() throws(DataFormatError) {
    if let failure { throw failure }
    guard text.writer.count >= Self.drainSize else { return }
    try drain(text.writer.bytes)
    text.writer.removeAll()
  }

  mutating func finish() throws(DataFormatError) {
    if let failure { throw failure }
    text.writer.append(Ascii.lineFeed)
    try drain(text.writer.bytes)
    text.writer.removeAll()
  }
}
