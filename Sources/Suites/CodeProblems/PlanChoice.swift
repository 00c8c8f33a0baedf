import Benchmark
import CodeGrading
import CodeProblems
import Contract
import Execution
import Files
import JSON

/// The suite's options, checked.
struct PlanChoice: Sendable {
  let path: String
  let selection: ProblemSelection
  let extraction: ExtractionRule
  let grading: GradingOptions
  let prompt: ProblemPrompt
  let gateProblems: Int

  /// - Throws: ``ServiceError`` of kind `invalidOption`, and of what a prompt's file lacks.
  init(_ options: SuiteOptions) throws {
    func text(_ name: String) -> String? {
      options.values[name]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }
    func texts(_ name: String) -> [String] { (options.values[name]?.arrayValue ?? []).compactMap(\.stringValue) }
    func flag(_ name: String) -> Bool { options.values[name]?.boolValue ?? false }
    guard let path = text("dataset") else {
      throw options.error(
        "dataset", "name the problems' file or folder (llmbench data fetch livecodebench downloads some)")
    }
    self.path = path
    let mode = try options.string("mode", oneOf: GradingMode.allCases.map(\.rawValue))
    let rule = try options.string("extraction", oneOf: ExtractionRule.allCases.map(\.rawValue))
    extraction = ExtractionRule(rawValue: rule) ?? .standard
    var choice = ProblemChoice()
    choice.release = text("release")
    choice.from = text("from")
    choice.to = text("to")
    choice.dateRule = try options.string("dateRule", oneOf: ProblemSelection.DateRule.allCases.map(\.rawValue))
    choice.platforms = texts("platforms")
    choice.difficulties = texts("difficulties")
    choice.includeErrata = flag("includeErrata")
    do throws(DatasetError) {
      selection = try ProblemSelection(choice)
      if let path = text("prompt") {
        prompt = try ProblemPrompt(template: try Self.read(path))
      } else {
        prompt = ProblemPrompt()
      }
    } catch {
      throw ServiceError(error)
    }
    let seconds = try options.number("cpuSeconds", in: 0.1...3600)
    var grading = GradingOptions(
      limits: ExecutionLimits(
        cpuSeconds: seconds, wallSeconds: max(30, 5 * seconds),
        memoryBytes: try options.integer("memoryMegabytes", in: 16...1 << 20) << 20))
    grading.mode = GradingMode(rawValue: mode) ?? .strict
    grading.runsAllTests = flag("allTests")
    self.grading = grading
    gateProblems = try options.integer("gateProblems", in: 0...10_000)
  }

  private static func read(_ path: String) throws(DatasetError) -> String {
    do throws(FileFailure) {
      let file = try FileDescriptor(path, .read)
      return String(decoding: try file.read(at: 0, count: min(file.size, 2 << 20)), as: UTF8.self)
    } catch {
      throw DatasetError("the prompt cannot be read: \(error.text)", code: .fileUnreadable, path: path)
    }
  }
}
