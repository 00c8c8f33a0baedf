import JSON

/// The value of the first `$/progress` under a `workDoneToken`. Of a run it has the members of ``RunProgress`` too.
package struct WorkDoneBegin: Sendable, Equatable, Described, OmitsNil {
  package enum Kind: String, Codable, Sendable, CaseIterable { case begin }

  package var kind: Kind
  package var title: String
  package var cancellable: Bool
  package var message: String?
  package var percentage: Int?

  package var runId: String?
  package var sequence: Int?
  package var completed: Int?
  package var total: Int?
  package var passed: Int?
  package var errors: Int?
  package var samplesPerSecond: Double?
  package var remainingSeconds: Double?
  package var waiting: String?

  package static let notes = Notes(
    "The first `$/progress` value under a `workDoneToken`. Of a run it has the run's members too.",
    [
      "kind": "Always `begin`.",
      "title": "What is done, for people: \"sorting on local/smollm2\".",
      "cancellable": "Whether `$/cancelRequest` ends it.",
      "message": "How far it is, for people: \"0 of 30\".",
      "percentage": Note("Share done, in percent; absent where it cannot be told.", .range(0, 100)),
    ]
  ).adding(RunProgress.notes)
}

/// The value of a `$/progress` between the first and the last. Of a run it has the members of ``RunProgress`` too.
package struct WorkDoneReport: Sendable, Equatable, Described, OmitsNil {
  package enum Kind: String, Codable, Sendable, CaseIterable { case report }

  package var kind: Kind
  package var message: String?
  package var percentage: Int?

  package var runId: String?
  package var sequence: Int?
  package var completed: Int?
  package var total: Int?
  package var passed: Int?
  package var errors: Int?
  package var samplesPerSecond: Double?
  package var remainingSeconds: Double?
  package var waiting: String?

  package static let notes = Notes(
    "A `$/progress` value between the first and the last. Of a run it has the run's members too.",
    [
      "kind": "Always `report`.",
      "message": "How far it is, for people: \"12 of 30\".",
      "percentage": Note(
        "Share done, in percent, never less than before; absent where it cannot be told.", .range(0, 100)),
    ]
  ).adding(RunProgress.notes)
}

/// The value of the last `$/progress` under a `workDoneToken`.
package struct WorkDoneEnd: Sendable, Equatable, Described, OmitsNil {
  package enum Kind: String, Codable, Sendable, CaseIterable { case end }

  package var kind: Kind
  package var message: String?

  package static let notes = Notes(
    "The last `$/progress` value under a `workDoneToken`; the answer follows.",
    ["kind": "Always `end`.", "message": "How it ended, for people."])
}
