extension ModelsList.Result: Described {
  package static let notes = Notes("The providers.", ["providers": "Every provider of models."])
}

extension ModelsList.Provider: Described {
  package static let notes = Notes(
    "One provider of models.",
    [
      "name": "What stands before the slash of a model's reference.",
      "summary": "What it is, in a sentence.",
      "keyVariable": "Environment variable that holds its key; null when none is needed.",
      "keyIsSet": "Whether that variable is set on the server; null when none is needed.",
      "baseURLVariable": "Environment variable that moves its address; null when it has none.",
      "baseURL": "Its address as it stands, without password; null when it has none.",
    ])
}

extension SystemDoctor.Result: Described {
  package static let notes = Notes("The checks.", ["checks": "Every check, in order."])
}

extension SystemDoctor.Check: Described {
  package static let notes = Notes(
    "One thing that was looked at.",
    [
      "name": "What was looked at.",
      "status": "How it stands.",
      "detail": "What was found, in a sentence.",
      "remedy": "The command or step that mends it; null when nothing is wrong.",
    ])
}

extension SystemDoctor.Check.Status: Described {
  package static let notes = Notes(
    "How a check ended.",
    [
      "ok": "Nothing is wrong.", "missing": "Something needed is not there.",
      "warning": "Something that some benchmarks need is not there.",
    ])
}
