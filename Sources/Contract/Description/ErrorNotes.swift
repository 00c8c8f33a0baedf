/// What a kind of failure means and what a client does about it.
package struct ErrorNotes: Sendable {
  /// What happened, in a sentence; the message of an error that happens says it exactly.
  package let meaning: String
  package let whatToDo: String
  /// The members of the error's `data` beside `kind`, each there where it is known.
  package let data: [(name: String, type: String, meaning: String)]

  package init(
    _ meaning: String, _ whatToDo: String, data: [(name: String, type: String, meaning: String)] = []
  ) {
    self.meaning = meaning
    self.whatToDo = whatToDo
    self.data = data
  }
}

extension ServiceError.Kind {
  /// What a request for a run can meet before a model is called.
  static let ofRequest: [ServiceError.Kind] = [
    .unknownSuite, .unknownModel, .priceUnknown, .invalidOption, .unsupported, .invalidData, .sandboxUnavailable,
    .runtimeMissing,
  ]

  /// What whatever touches the results store can meet.
  static let ofStore: [ServiceError.Kind] = [.storeUnavailable, .storeTooNew, .diskFull]

  package var notes: ErrorNotes {
    switch self {
    case .invalidParams:
      ErrorNotes(
        "A parameter is missing, misspelled, of the wrong kind or out of range.",
        "Mend the parameter that the message names.",
        data: [
          ("pointer", "string", "JSON Pointer (RFC 6901) of the parameter, as in `/sample/count`."), Self.reason,
          Self.model, ("path", "string", "The file or folder that the parameter does not fit."),
        ])
    case .requestFailed:
      ErrorNotes("The request was in order, and its work failed.", "Read the message.", data: [Self.path])
    case .cancelled:
      ErrorNotes(
        "The request was cancelled.", "Of a run: `benchmark.resume` goes on with it.",
        data: [
          ("runId", "string", "The run that was ended."),
          ("completedSamples", "integer", "Its samples that are stored."),
          ("plannedSamples", "integer", "Its samples in all."),
        ])
    case .serverBusy:
      ErrorNotes(
        "Too many requests of the connection are unanswered, or the run is under way already.",
        "Try again later: after `retryAfterMilliseconds`, or when the run has ended.",
        data: [
          ("retryAfterMilliseconds", "integer", "How long to wait, in milliseconds."),
          ("running", "integer", "Requests that are unanswered."),
          ("limit", "integer", "The most requests that may be unanswered."),
          ("runId", "string", "The run that is under way."),
          ("pid", "integer", "The process that runs it."),
        ])
    case .unknownSuite:
      ErrorNotes(
        "There is no suite of that name.", "Take a name of `benchmark.list`.",
        data: [("suite", "string", "The name that was given.")])
    case .unknownModel:
      ErrorNotes(
        "There is no provider of that name, or the reference has not the form `PROVIDER/MODEL`.",
        "Take a provider of `models.list`.", data: [Self.model])
    case .invalidOption:
      ErrorNotes(
        "The suite has no option of that name, or its value does not fit.",
        "Look at the suite's options in `benchmark.list`.",
        data: [("option", "string", "The option's name.")])
    case .runNotFound:
      ErrorNotes(
        "No stored run has that id, or several begin so.", "Take an id of `results.query`.",
        data: [
          ("runId", "string", "What was given."),
          ("candidates", "array", "Ids that begin so, at most ten."),
        ])
    case .missingAPIKey:
      ErrorNotes(
        "The provider's key is not set, or refused.", "Set the variable that `variable` names, where the server runs.",
        data: [Self.model, ("variable", "string", "The environment variable.")])
    case .modelUnavailable:
      ErrorNotes(
        "The model's server cannot be reached or does not have it.", "Start the server, or give its address.",
        data: [Self.model])
    case .priceUnknown:
      ErrorNotes(
        "The run has a budget in US dollars, and the price of a model is not known.",
        "Give its price in `prices`, or set `allowUnknownPrice`; the budget does not hold its calls then.",
        data: [Self.model])
    case .runNotActive:
      ErrorNotes(
        "The run is not at work in this server.",
        "Nothing, if `status` says that it has ended; else ask the server that runs it.",
        data: [
          ("runId", "string", "The run."), ("status", "string", "Where it stands."),
          ("pid", "integer", "The process that runs it."),
        ])
    case .fileNotFound:
      ErrorNotes(
        "There is no such file.", "Mind that relative paths start at the server's folder.",
        data: [Self.path, Self.reason])
    case .fileUnreadable:
      ErrorNotes("The file cannot be read.", "Look at its permissions.", data: [Self.path, Self.reason])
    case .fileUnwritable:
      ErrorNotes(
        "The file or folder cannot be written.", "Look at its permissions, or choose another.",
        data: [Self.path, Self.reason])
    case .diskFull:
      ErrorNotes(
        "No space is left.", "Make room; nothing that was stored is lost.", data: [Self.path, Self.reason])
    case .invalidData:
      ErrorNotes(
        "The data is damaged, of another kind, or has no form in the format that it was to be written in.",
        "Mend it where the message says, or take other data.",
        data: [
          Self.path, Self.reason, ("offset", "integer", "Byte at which that shows."),
          ("line", "integer", "Line of the text at which that shows, from 1."),
          ("column", "integer", "Column there in characters, from 1."),
          ("pointer", "string", "JSON Pointer (RFC 6901) of the value that cannot be written."), Self.model,
        ])
    case .storeUnavailable:
      ErrorNotes(
        "The results database cannot be used.",
        "Start the server with another, with `--database` or `LLMBENCH_DATABASE`.", data: [Self.path])
    case .storeTooNew:
      ErrorNotes(
        "The results database was made by a newer version.", "Update llmbench, or choose another database.",
        data: [
          Self.path, ("schemaVersion", "integer", "The database's version."),
          ("supportedVersion", "integer", "The newest version that is known here."),
        ])
    case .sandboxUnavailable:
      ErrorNotes("Generated code cannot be confined on the server's machine.", "Install bubblewrap there.")
    case .runtimeMissing:
      ErrorNotes("Nothing there runs programs of that language.", "Install what the message names.")
    case .graderUnsound:
      ErrorNotes(
        "The suite's grader refuses a right answer of the suite's own, or accepts a wrong one: its scores would mean nothing.",
        "Run `benchmark.check`; mend the suite, or the machine where programs cannot be run.",
        data: [
          ("suite", "string", "The suite."), ("reference", "string", "What the answer is, in words."),
          ("sampleId", "string", "The sample that it answers."),
          ("expected", "string", "What its verdict must be: `passed` or `failed`."),
          ("outcome", "string", "What its verdict is."),
        ])
    case .unsupported:
      ErrorNotes("This version cannot do that.", "Do without.")
    }
  }

  private static let path = ("path", "string", "The file or folder.")
  private static let model = ("model", "string", "The model's reference.")
  private static let reason = ("reason", "string", "A word for programs that says more than the kind.")
}
