#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// NVIDIA's devices, read from `nvidia-smi`, for where the library cannot be loaded.
///
/// The command is started once and prints at the interval by itself (`--loop-ms`): to start it costs more processor time
/// than all of its readings. One that says nothing for too long is ended and started again, less and less often.
final class SMISource: GPUSource {
  let isInstant = false
  private(set) var driver: String?
  private let executable: String
  private let environment: [String]
  private let silentSeconds: Double
  private var process: SMIProcess?
  private var startedInterval = 0.0
  /// The devices that came since the last whole reading.
  private var partial: [GPUReading] = []
  private var failures = 0
  private var notBefore = 0.0
  private var lastProblem = GPUProblem("nvidia-smi was not asked yet")
  private var garbage: String?
  private var hasAnswered = false

  /// So many lines that are no readings end it: something else is printing.
  private static let mostGarbage = 200

  /// - Throws: ``GPUProblem``, not broken, where there is no such command.
  init(_ configuration: GPUConfiguration) throws(GPUProblem) {
    guard let path = Self.find(configuration) else {
      throw GPUProblem("no nvidia-smi", isBroken: false)
    }
    executable = path
    environment =
      ["PATH=\(configuration.searchPath ?? "/usr/bin:/bin")"]
      + (configuration.libraryPath.map { ["LD_LIBRARY_PATH=\($0)"] } ?? [])
    silentSeconds = configuration.commandSeconds
  }

  private static func find(_ configuration: GPUConfiguration) -> String? {
    if let path = configuration.nvidiaSMI { return path }
    let folders = (configuration.searchPath ?? "").split(separator: ":").map(String.init) + ["/usr/lib/wsl/lib"]
    return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/nvidia-smi" }.first { access($0, X_OK) == 0 }
  }

  func read(interval: Double) throws(GPUProblem) -> [GPUReading] {
    if process == nil || abs(startedInterval - interval) > 0.001 { try start(interval) }
    let patience = max(silentSeconds, hasAnswered ? 3 * interval : 0)
    guard let readings = try newestReadings(until: MonotonicClock.seconds + patience) else {
      throw fail("\(executable) said nothing for \(Int(patience.rounded(.up))) seconds and was ended")
    }
    failures = 0
    hasAnswered = true
    return readings
  }

  func pause() {
    process?.kill()
    process = nil
    partial = []
  }

  private func start(_ interval: Double) throws(GPUProblem) {
    pause()
    guard MonotonicClock.seconds >= notBefore else { throw lastProblem }
    let milliseconds = Int((min(max(interval, 0.05), 3600) * 1000).rounded())
    let arguments = [
      "--query-gpu=\(SMILine.query.joined(separator: ","))", "--format=csv,noheader,nounits",
      "--loop-ms=\(milliseconds)",
    ]
    garbage = nil
    startedInterval = interval
    do throws(GPUProblem) {
      process = try SMIProcess(executable, arguments, environment: environment)
    } catch {
      throw fail(error.description)
    }
  }

  /// Ends it, to be started again after a pause that doubles from a second to a minute.
  private func fail(_ problem: String) -> GPUProblem {
    pause()
    failures += 1
    notBefore = MonotonicClock.seconds + min(60, Double(1 << min(failures - 1, 6)))
    let said = garbage.map { ": “\($0)”" } ?? ""
    lastProblem = GPUProblem(problem + said)
    return lastProblem
  }

  /// The newest whole reading that has not been told yet; nil where none came in time. Older ones that lie in the pipe are
  /// dropped.
  private func newestReadings(until deadline: Double) throws(GPUProblem) -> [GPUReading]? {
    var whole: [GPUReading]?
    var unreadable = 0
    while let process {
      switch process.next(deadline: whole == nil ? deadline : 0) {
      case .line(let line):
        if let parsed = SMILine(line) {
          driver = parsed.driver ?? driver
          if let readings = take(parsed) { whole = readings }
        } else if line.contains(where: { !$0.isWhitespace }) {
          garbage = garbage ?? Self.printable(line)
          unreadable += 1
          if unreadable >= Self.mostGarbage { throw fail("\(executable) prints what is no reading") }
        }
        // A command that never stops printing.
        if MonotonicClock.seconds > deadline + 1 { return whole }
      case .timeout:
        return whole
      case .end:
        if let whole { return whole }
        throw fail("\(executable) ended\(garbage == nil ? " without a word" : "")")
      }
    }
    return whole
  }

  /// Adds a device; gives all of them where it was the last.
  private func take(_ line: SMILine) -> [GPUReading]? {
    var before: [GPUReading]?
    if let last = partial.last, line.reading.index <= last.index {
      // The next round has begun: the count was not told, or a device was left out.
      before = partial
      partial = []
    }
    partial.append(line.reading)
    guard let count = line.count, partial.count >= count else { return before }
    defer { partial = [] }
    return partial
  }

  private static func printable(_ line: String) -> String {
    String(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(160).map(Character.init))
  }
}
