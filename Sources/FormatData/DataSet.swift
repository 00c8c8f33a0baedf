package import JSON

/// Data to ask about, and what it is.
package struct DataSet: Sendable {
  package let name: String
  /// What it holds, for people: "Orders with customers and items".
  package let title: String
  package let value: JSONValue
  /// Records, or for a tree its largest collection.
  package let rows: Int
  package let shape: DataSetShape
  /// What it was made from; nil for data from a file.
  package let seed: UInt64?
  /// What is done to its text after it was encoded; nil for data that is shown as it is.
  package let corruption: Corruption?
  /// Words for its questions.
  let vocabulary: Vocabulary

  init(
    name: String, title: String, value: JSONValue, rows: Int, seed: UInt64?, corruption: Corruption? = nil,
    vocabulary: Vocabulary = Vocabulary()
  ) {
    self.name = name
    self.title = title
    self.value = value
    self.rows = rows
    shape = DataSetShape(value)
    self.seed = seed
    self.corruption = corruption
    self.vocabulary = vocabulary
  }
}
