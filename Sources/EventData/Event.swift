package import Avro
import JSON

/// One event of the benchmark: a user was busy for so long.
package struct Event: Sendable, Hashable {
  package let userId: String
  /// In milliseconds.
  package let duration: Int

  package init(userId: String, duration: Int) {
    self.userId = userId
    self.duration = duration
  }
}

extension Event {
  /// The schema of event files, `com.example.events.Event`.
  package static func schema() throws(AvroError) -> AvroSchema { try AvroSchema(schemaJSON) }

  static let schemaJSON: JSONValue = [
    "type": "record",
    "name": "Event",
    "namespace": "com.example.events",
    "fields": [
      ["name": "userId", "type": "string"],
      ["name": "duration", "type": "int"],
    ],
  ]
}
