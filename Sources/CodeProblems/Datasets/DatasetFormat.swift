/// What a dataset's files look like.
package enum DatasetFormat: String, Sendable, CaseIterable {
  /// LiveCodeBench's JSON lines: the pruned and the full set, any of their files, or several in a folder.
  case liveCodeBench = "livecodebench"
  case humanEval = "humaneval"
  case mbpp
  /// A folder of one's own, one folder a problem.
  case folder

  package var title: String {
    switch self {
    case .liveCodeBench: "LiveCodeBench"
    case .humanEval: "HumanEval"
    case .mbpp: "MBPP"
    case .folder: "a folder of problems"
    }
  }
}
