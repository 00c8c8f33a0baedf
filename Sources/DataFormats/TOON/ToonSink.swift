import JSON

/// Takes the parts of a value in the order in which a decoder meets them.
protocol ToonSink: ~Copyable {
  mutating func beginObject()
  mutating func endObject()
  mutating func beginArray()
  mutating func endArray()
  /// Names the next value. False if the object has that key already.
  mutating func key(_ key: String) -> Bool
  mutating func append(_ value: JSONValue)

  /// How many values there are, where `endRow` needs to know.
  var valueCount: Int { get }
  /// Begins a row of a table: one value for each leaf follows.
  mutating func beginRow(_ fields: FieldGroup)
  /// Makes an object of the values since `first`, one for each leaf of the fields.
  mutating func endRow(_ fields: FieldGroup, from first: Int)
  /// What could not be passed on, if anything.
  mutating func check() throws(DataFormatError)
}

extension ValueBuilder: ToonSink {
  mutating func beginRow(_ fields: FieldGroup) {}
  mutating func check() {}
}
