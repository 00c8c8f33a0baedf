import Contract
import JSON

/// Writes samples as JUnit XML, which continuous integration shows as tests: a suite for each model of a run, a case
/// for each sample. Wrong, partial and malformed answers are failures; cut-off answers, and what the provider or
/// this machine failed, are errors; cancelled samples are skipped.
///
/// Valid against the schema of Jenkins (xunit-plugin, `junit-10.xsd`), the strictest of those about.
struct JUnitWriter {
  /// The cases of one model of a run.
  struct Suite {
    var run: RunSummary
    var model: String
    /// The last sample that was counted: what is stored later is none of the document's.
    var lastSequence = 0
    var cases = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    var seconds = 0.0
  }

  private(set) var suites: [Suite] = []
  private var run: RunSummary?

  /// Samples that follow are of this run.
  mutating func begin(_ run: RunSummary) {
    self.run = run
    for model in run.models { suites.append(Suite(run: run, model: model.model)) }
  }

  /// The first pass over the samples: what the document says before the cases.
  mutating func count(_ sample: SampleRecord) {
    guard let run else { return }
    if !suites.contains(where: { $0.run.runId == run.runId && $0.model == sample.model }) {
      suites.append(Suite(run: run, model: sample.model))
    }
    guard let index = suites.lastIndex(where: { $0.run.runId == run.runId && $0.model == sample.model }) else { return }
    let seconds = sample.finishedAt.seconds(since: sample.startedAt)
    suites[index].seconds += max(0, seconds)
    switch sample.outcome {
    case .passed: break
    case .failed, .partial, .modelError: suites[index].failures += 1
    case .truncated, .infrastructureError: suites[index].errors += 1
    case .cancelled: suites[index].skipped += 1
    }
    suites[index].cases += 1
    suites[index].lastSequence = max(suites[index].lastSequence, sample.sequence)
  }

  /// The case of a sample; nil for one of another suite.
  static func testCase(_ sample: SampleRecord, in suite: Suite) -> String? {
    guard sample.model == suite.model, sample.sequence <= suite.lastSequence else { return nil }
    return testCase(
      sample, suite: suite.run.suite, seconds: sample.finishedAt.seconds(since: sample.startedAt))
  }

  private static func testCase(_ sample: SampleRecord, suite: String, seconds: Double) -> String {
    let name = sample.epoch == 1 ? sample.sampleId : "\(sample.sampleId) (epoch \(sample.epoch))"
    let attributes = attributes([
      ("classname", "\(suite).\(sample.model)"), ("name", name), ("time", time(seconds)),
    ])
    let content: String
    switch sample.outcome {
    case .passed: return "    <testcase\(attributes)/>\n"
    case .cancelled: content = "<skipped\(Self.attributes([("message", "cancelled")]))/>"
    // An error in JUnit's sense is a test without a verdict, as an answer that was cut off is; its type tells which.
    case .truncated, .infrastructureError: content = verdict("error", sample)
    case .failed, .partial, .modelError: content = verdict("failure", sample)
    }
    return "    <testcase\(attributes)>\n      \(content)\n    </testcase>\n"
  }

  private static func verdict(_ element: String, _ sample: SampleRecord) -> String {
    let message = [sample.reason, sample.detail].compactMap { $0 }.joined(separator: ": ")
    let shown = message.isEmpty ? sample.outcome.rawValue : VisibleText.shortened(message, to: 300)
    var lines = ["expected: \(VisibleText.shortened(JSONWriter.string(sample.expected), to: 2000))"]
    if let response = sample.response { lines.append("answer: \(VisibleText.shortened(response, to: 4000))") }
    let attributes = attributes([("type", sample.outcome.rawValue), ("message", shown)])
    return "<\(element)\(attributes)>\(escaped(lines.joined(separator: "\n")))</\(element)>"
  }

  /// What stands before the first suite.
  var head: String {
    let total = suites.reduce(into: (tests: 0, failures: 0, errors: 0, seconds: 0.0)) { sum, suite in
      sum.tests += suite.cases
      sum.failures += suite.failures
      sum.errors += suite.errors
      sum.seconds += suite.seconds
    }
    let attributes = Self.attributes([
      ("name", "llmbench"), ("tests", "\(total.tests)"), ("failures", "\(total.failures)"),
      ("errors", "\(total.errors)"), ("time", Self.time(total.seconds)),
    ])
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(attributes)>\n"
  }

  static let foot = "</testsuites>\n"

  /// What stands before the cases of a suite, and after them.
  static func head(of suite: Suite) -> String {
    let attributes = attributes([
      ("name", "\(suite.run.suite).\(suite.model)"), ("tests", "\(suite.cases)"),
      ("failures", "\(suite.failures)"), ("errors", "\(suite.errors)"), ("skipped", "\(suite.skipped)"),
      ("time", time(suite.seconds)), ("timestamp", String(suite.run.startedAt.description.prefix(19))),
    ])
    let properties = [
      ("runId", suite.run.runId), ("model", suite.model), ("suiteVersion", suite.run.suiteVersion),
      ("status", suite.run.status.rawValue), ("programVersion", suite.run.programVersion),
    ].map { "      <property\(Self.attributes([("name", $0.0), ("value", $0.1)]))/>\n" }
    return "  <testsuite\(attributes)>\n    <properties>\n\(properties.joined())    </properties>\n"
  }

  static let suiteFoot = "  </testsuite>\n"

  private static func time(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded().clamped(to: 0...1e15))
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }

  private static func attributes(_ pairs: [(String, String)]) -> String {
    pairs.map { " \($0.0)=\"\(escaped($0.1, inAttribute: true))\"" }.joined()
  }

  /// Only what XML 1.0 §2.2 calls a character comes through; the rest is left out, since XML cannot even name it.
  private static func escaped(_ text: String, inAttribute: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: result.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: result.append(contentsOf: "&gt;".unicodeScalars)
      case 0x22: result.append(contentsOf: "&quot;".unicodeScalars)
      case 0x0D: result.append(contentsOf: "&#13;".unicodeScalars)
      case 0x09 where inAttribute, 0x0A where inAttribute:
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case 0x09, 0x0A, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: result.append(scalar)
      default: break
      }
    }
    return String(result)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    isNaN ? range.lowerBound : min(max(self, range.lowerBound), range.upperBound)
  }
}
