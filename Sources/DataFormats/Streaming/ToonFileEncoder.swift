import JSON

/// Writes a JSON file as TOON without having it in memory: every list and object that is too large is looked through
/// first, for its length and whether it makes a table, and then written piece by piece. Only strictly: a key that stands
/// twice cannot take back what was written.
struct ToonFileEncoder: ~Copyable {
  private var cursor: JSONFileCursor
  private var encoder: ToonEncoder
  private let maximumDepth: Int
  /// Larger values are not taken into memory.
  private let largestPart: Int
  /// Where the key of the member that is looked at begins.
  private var keyOffset = 0

  init(_ cursor: consuming JSONFileCursor, _ encoder: consuming ToonEncoder, maximumDepth: Int, largestPart: Int) {
    self.cursor = cursor
    self.encoder = encoder
    self.maximumDepth = maximumDepth
    self.largestPart = largestPart
  }

  mutating func run() throws {
    let start = try cursor.skipSpace(cursor.start())
    guard try cursor.byte(at: start) != nil else {
      throw try cursor.error(.syntax, "The text ends where a value should stand.", at: start)
    }
    let end = try cursor.end(ofValueAt: start)
    let rest = try cursor.skipSpace(end)
    guard try cursor.byte(at: rest) == nil else {
      throw try cursor.error(.syntax, "Here should stand the end of the text.", at: rest)
    }
    switch try largeContainer(start, end) {
    case .list: try writeList(start, level: 0, place: .root)
    case .object: try writeObject(start, level: 0, place: .root)
    case nil: try encoder.write(cursor.value(start, end, level: 0))
    }
    try encoder.finish()
  }

  private enum Place { case root, member, item }

  private func checkDepth(_ level: Int, at offset: Int) throws(DataFormatError) {
    guard level >= maximumDepth else { return }
    throw DataFormatError(.limit, "The text nests deeper than \(maximumDepth) levels, which is not read.")
  }

  // MARK: - Going through

  /// Goes through the values of a list, or the members of an object.
  private mutating func forEach(
    _ start: Int, isObject: Bool, level: Int,
    _ body: (_ self: inout ToonFileEncoder, _ key: String, _ start: Int, _ end: Int) throws(DataFormatError) -> Bool
  ) throws(DataFormatError) {
    let closing = isObject ? Ascii.closeBrace : Ascii.closeBracket
    var offset = try cursor.skipSpace(start + 1)
    if try cursor.byte(at: offset) == closing { return }
    while true {
      var key = ""
      if isObject {
        guard try cursor.byte(at: offset) == Ascii.quote else {
          throw try cursor.error(.syntax, "Here should stand a key in double quotes.", at: offset)
        }
        keyOffset = offset
        let end = try cursor.end(ofValueAt: offset)
        if case .string(let text) = try cursor.value(offset, end, level: 0) { key = text }
        offset = try cursor.skipSpace(end)
        guard try cursor.byte(at: offset) == Ascii.colon else {
          throw try cursor.error(.syntax, "Here should stand a colon.", at: offset)
        }
        offset = try cursor.skipSpace(offset + 1)
      }
      let end = try cursor.end(ofValueAt: offset)
      guard end > offset else { throw try cursor.error(.syntax, "Here should stand a value.", at: offset) }
      guard try body(&self, key, offset, end) else { return }
      offset = try cursor.skipSpace(end)
      switch try cursor.byte(at: offset) {
      case Ascii.comma: offset = try cursor.skipSpace(offset + 1)
      case closing: return
      default:
        throw try cursor.error(.syntax, "Here should stand a comma or \(isObject ? "}" : "]").", at: offset)
      }
    }
  }

  private func isLarge(_ start: Int, _ end: Int) -> Bool { end - start > largestPart }

  private enum Container { case list, object }

  /// What a value is that must be written piece by piece; nil for one that is taken into memory.
  private mutating func largeContainer(_ start: Int, _ end: Int) throws(DataFormatError) -> Container? {
    guard isLarge(start, end) else { return nil }
    let first = try cursor.byte(at: start)
    guard first == Ascii.openBracket || first == Ascii.openBrace else { return nil }
    let next = try cursor.byte(at: cursor.skipSpace(start + 1))
    if next == Ascii.closeBracket || next == Ascii.closeBrace { return nil }
    return first == Ascii.openBracket ? .list : .object
  }

  // MARK: - Looking

  /// What is to be known of a list before it can be written.
  private struct Survey {
    var count = 0
    var arePrimitive = true
    var fields: FieldGroup?
    var isTable = true
    var isInOrder = true

    /// Takes note of a value that is in memory.
    mutating func add(_ value: JSONValue) {
      count += 1
      if arePrimitive, !value.isPrimitive { arePrimitive = false }
      guard isTable else { return }
      guard case .object(let object) = value else {
        isTable = false
        return
      }
      if let fields {
        isTable = ToonTable.matches(object, fields, &isInOrder)
      } else {
        fields = ToonTable.fields(of: object)
        isTable = fields != nil
      }
    }

    mutating func addLargeList() {
      count += 1
      arePrimitive = false
      isTable = false
    }

    /// The rest changes nothing but the count.
    var isSettled: Bool { !arePrimitive && !isTable }

    var table: ToonTable? { isTable ? fields.map { ToonTable(fields: $0, isInOrder: isInOrder) } : nil }
  }

  private mutating func survey(_ start: Int, isObject: Bool, level: Int) throws(DataFormatError) -> Survey {
    var survey = Survey()
    var seen: Set<JSONKey> = []
    try forEach(start, isObject: isObject, level: level) { (self, key, start, end) throws(DataFormatError) in
      if isObject { try self.checkKey(key, &seen) }
      if survey.isSettled {
        survey.count += 1
      } else if self.isLarge(start, end), try self.isLargeList(start, end) {
        survey.addLargeList()
      } else {
        survey.add(try self.cursor.value(start, end, level: level + 1))
      }
      return true
    }
    return survey
  }

  private mutating func checkKey(_ key: String, _ seen: inout Set<JSONKey>) throws(DataFormatError) {
    guard seen.insert(JSONKey(key)).inserted else {
      throw try cursor.error(.duplicateKey, "The key \"\(key)\" stands twice in the same object.", at: keyOffset)
    }
    guard seen.count <= JSONSink.mostKeys else {
      throw try cursor.error(
        .limit, "An object has more than \(JSONSink.mostKeys) keys, too many to look for one that comes twice.",
        at: keyOffset)
    }
  }

  /// Whether a large value is a list or has one in it, and so is no row of a table.
  private mutating func isLargeList(_ start: Int, _ end: Int) throws(DataFormatError) -> Bool {
    switch try cursor.byte(at: start) {
    case Ascii.openBracket: return true
    case Ascii.openBrace: return try cursor.hasList(start, end)
    default: return false
    }
  }

  // MARK: - Writing

  private mutating func writeList(_ start: Int, level: Int, place: Place) throws(DataFormatError) {
    try checkDepth(level, at: start)
    let survey = try survey(start, isObject: false, level: level)
    if survey.arePrimitive {
      encoder.writeHeader(count: survey.count)
      encoder.writer.append(Ascii.space)
      var isFirst = true
      try forEach(start, isObject: false, level: level) { (self, _, start, end) throws(DataFormatError) in
        if !isFirst { self.encoder.writeDelimiter() }
        isFirst = false
        self.encoder.writePrimitive(try self.cursor.value(start, end, level: level + 1))
        self.encoder.drainIfFull()
        return true
      }
    } else if place != .item, let table = survey.table {
      encoder.writeHeader(count: survey.count, fields: table.fields)
      try forEach(start, isObject: false, level: level) { (self, _, start, end) throws(DataFormatError) in
        try self.writeRow(nil, start, end, table, level: level + 1)
        return true
      }
    } else {
      encoder.writeHeader(count: survey.count)
      try forEach(start, isObject: false, level: level) { (self, _, start, end) throws(DataFormatError) in
        self.encoder.startLine(level + 1)
        try self.writeItem(start, end, level: level + 1)
        self.encoder.drainIfFull()
        return true
      }
    }
  }

  private mutating func writeRow(
    _ key: String?, _ start: Int, _ end: Int, _ table: ToonTable, level: Int
  ) throws(DataFormatError) {
    var isInOrder = true
    guard case .object(let row) = try cursor.value(start, end, level: level),
      ToonTable.matches(row, table.fields, &isInOrder)
    else { throw try cursor.error(.file, "The file changed while it was read.", at: start) }
    encoder.startLine(level)
    if let key { encoder.writeRowKey(key) }
    encoder.writeRow(row, table)
    encoder.drainIfFull()
  }

  private mutating func writeItem(_ start: Int, _ end: Int, level: Int) throws(DataFormatError) {
    guard let container = try largeContainer(start, end) else {
      return try encoder.writeItem(cursor.value(start, end, level: level), level: level)
    }
    encoder.writer.append("- ")
    if container == .list { return try writeList(start, level: level, place: .item) }
    try writeMembers(start, level: level + 1, startsLine: false)
  }

  private mutating func writeObject(_ start: Int, level: Int, place: Place) throws(DataFormatError) {
    try checkDepth(level, at: start)
    let survey = try survey(start, isObject: true, level: level)
    if survey.count > 1, let table = survey.table {
      encoder.writeHeader(count: survey.count, fields: table.fields, isKeyed: true)
      try forEach(start, isObject: true, level: level) { (self, key, start, end) throws(DataFormatError) in
        try self.writeRow(key, start, end, table, level: level + 1)
        return true
      }
    } else if place == .root {
      try writeMembers(start, level: level, startsLine: true)
    } else {
      encoder.writer.append(Ascii.colon)
      try writeMembers(start, level: level + 1, startsLine: true)
    }
  }

  /// - Parameter startsLine: whether the first member begins a line of its own.
  private mutating func writeMembers(_ start: Int, level: Int, startsLine: Bool) throws(DataFormatError) {
    try checkDepth(level, at: start)
    var isFirst = !startsLine
    var seen: Set<JSONKey> = []
    try forEach(start, isObject: true, level: level) { (self, key, start, end) throws(DataFormatError) in
      try self.checkKey(key, &seen)
      if !isFirst { self.encoder.startLine(level) }
      isFirst = false
      switch try self.largeContainer(start, end) {
      case .list:
        self.encoder.writeKey(key)
        try self.writeList(start, level: level, place: .member)
      case .object:
        self.encoder.writeKey(key)
        try self.writeObject(start, level: level, place: .member)
      case nil: try self.encoder.writeMember(key, self.cursor.value(start, end, level: level), level: level)
      }
      self.encoder.drainIfFull()
      return true
    }
  }
}
