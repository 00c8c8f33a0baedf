/// What came of an answer, or of one test of it.
package enum GradeVerdict: String, Codable, Sendable, CaseIterable {
  case accepted
  case wrongAnswer
  /// The answer is no valid program.
  case compileError
  /// The program has no function of the name that the tests call.
  case noFunction
  /// It raised an exception, was ended by a signal, or ended with another exit code than 0.
  case runtimeError
  case cpuTimeLimit
  case wallTimeLimit
  case memoryLimit
  case outputLimit
  /// The answer holds no program.
  case noCode
  /// The answer could not be judged here; says nothing about it.
  case engineError

  /// The name that trackers of LiveCodeBench scores use: `syntax`, `runtime`, `wrong_answer` or `timeout`; nil for an
  /// answer that passed or could not be judged.
  package var errorType: String? {
    switch self {
    case .accepted, .engineError: nil
    case .wrongAnswer: "wrong_answer"
    case .compileError, .noCode: "syntax"
    case .noFunction, .runtimeError, .memoryLimit, .outputLimit: "runtime"
    case .cpuTimeLimit, .wallTimeLimit: "timeout"
    }
  }

  /// LiveCodeBench's code (testing_util.py): nil stands for `true`.
  package var officialCode: Int? {
    switch self {
    case .accepted: nil
    case .wrongAnswer: -2
    case .cpuTimeLimit, .wallTimeLimit: -3
    case .compileError, .noFunction, .runtimeError, .memoryLimit, .outputLimit, .noCode: -4
    case .engineError: -5
    }
  }

  /// LiveCodeBench's words for it.
  package var officialMessage: String? {
    switch self {
    case .accepted: nil
    case .wrongAnswer: "Wrong Answer"
    case .cpuTimeLimit, .wallTimeLimit: "Time Limit Exceeded"
    case .compileError, .noFunction, .noCode: "Error during testing"
    case .runtimeError, .memoryLimit, .outputLimit: "Runtime Error"
    case .engineError: "TestRunnerError"
    }
  }
}
