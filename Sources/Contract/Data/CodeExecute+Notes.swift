import JSON

extension CodeExecute.Params: Described {
  package static let notes = Notes(
    "The program to run.",
    [
      "language": Note("What it is written in.", .oneOf(["python", "javascript", "typescript"])),
      "code": "Its source text.",
      "stdin": "What it reads from standard input; null for nothing.",
      "arguments": "Its arguments, without its name; null for none.",
      "limits": "What it may use; null for the defaults.",
    ])
}

extension CodeExecute.Limits: Described {
  package static let notes = Notes(
    "What a program may use. A value that makes no sense is brought to the nearest that does; none turns a limit off.",
    [
      "cpuSeconds": Note("Seconds of processor time; null for 10.", .above(0)),
      "wallSeconds": Note("Seconds on the clock; null for 30.", .above(0)),
      "memoryBytes": "Bytes of memory of all its processes; null for 536870912.",
      "outputBytes": "Bytes of each of the two output streams; null for 4194304.",
      "processes": "Processes and threads at one time; null for 64.",
    ])
}

extension CodeExecute.Result: Described {
  package static let notes = Notes(
    "How the program ended. One that fails is a result, not an error.",
    [
      "verdict": Note(
        "How it ended: `ok` with exit code 0, `nonZeroExit`, `signaled`, at one of the limits, or `sandboxFailure`.",
        .oneOf([
          "ok", "nonZeroExit", "signaled", "cpuTimeLimit", "wallTimeLimit", "memoryLimit", "outputLimit",
          "sandboxFailure",
        ])),
      "exitCode": "Its exit code; null when it did not exit by itself.",
      "signal": "Number of the signal that ended it; null when none did.",
      "standardOutput": "What it printed. Bytes that are not UTF-8 are replaced by U+FFFD.",
      "standardError": "What it printed to standard error, likewise.",
      "cpuSeconds": Note("Seconds of processor time it used.", .minimum(0)),
      "wallSeconds": Note("Seconds on the clock it took.", .minimum(0)),
      "peakMemoryBytes": Note("The most memory it used, in bytes; null when unknown.", .minimum(0)),
      "runtime": "What ran it, such as `node 20.20.2`.",
    ])
}
