package import Client
import Contract

/// What is printed, written and returned when a run has ended.
package struct RunConclusion: Sendable {
  private let context: CommandContext
  private let gate: ScoreGate
  private let report: String?
  private let printsRun: Bool

  /// - Parameters:
  ///   - report: the file for a report.
  ///   - printsRun: whether the run's figures go to standard output; not where something else does.
  package init(_ context: CommandContext, gate: ScoreGate, report: String?, printsRun: Bool = true) {
    self.context = context
    self.gate = gate
    self.report = report
    self.printsRun = printsRun
  }

  package func conclude(_ ending: RunEnding, _ client: ServiceClient) async throws -> ExitStatus {
    switch ending {
    case .finished(let run):
      if printsRun {
        try context.render(run) { RunView.lines($0, resumeCommand: context.resumeCommand($0.runId)) }
      }
      let reportProblem = await reportProblem(run, client)
      let problems = await problems(run, client) + [reportProblem].compactMap(\.self)
      return judge(run, problems, evidence: await evidence(run, client))
    case .stopped(let run):
      return try stop(run)
    case .left(let run):
      return try leave(run)
    }
  }

  private func leave(_ run: RunSummary?) throws -> ExitStatus {
    guard let run else { throw ServiceError(.cancelled, "Stopped watching.") }
    if context.options.json { try context.render(run) { _ in [] } }
    let isOver = run.status != .running
    context.console.note(
      "Stopped watching. The run \(run.runId) \(isOver ? "is \(RunView.status(run.status).plain)" : "goes on"). "
        + "Watch it again with: \(context.attachCommand(run.runId))")
    return .interrupted
  }

  private func stop(_ run: RunSummary?) throws -> ExitStatus {
    guard let run else {
      throw ServiceError(.cancelled, "Stopped before the first sample was asked: nothing was stored.")
    }
    if context.options.json { try context.render(run) { _ in [] } }
    context.console.note(
      "Stopped. \(NumberText.count(run.completedSamples)) of \(NumberText.count(run.plannedSamples)) samples are stored. "
        + "Go on with: \(context.resumeCommand(run.runId))")
    return .interrupted
  }

  /// Writes the report, if one is wanted.
  ///
  /// - Returns: why it could not be written. No error is thrown, because the run itself has already been printed, and
  ///   an error would be a second JSON value.
  private func reportProblem(_ run: RunSummary, _ client: ServiceClient) async -> String? {
    guard let report else { return nil }
    do throws(ServiceError) {
      let format = ReportFormat(pathExtensionOf: report)
      let path = context.options.connect == nil && !LocalFile.isSpecial(report) ? LocalFile.absolute(report) : nil
      let document = try await client.call(ReportRender.self, .init(runIds: [run.runId], format: format, path: path))
      if let text = document.text { try LocalFile.write(text, to: report) }
      context.hint("Report: \(report)")
      return nil
    } catch {
      return "The report is missing: \(error.message)"
    }
  }

  /// The run beside its baseline, sample by sample, where the gate asks for it.
  private func evidence(_ run: RunSummary, _ client: ServiceClient) async -> Result<RunComparison?, ServiceError> {
    guard let params = gate.evidence(for: run) else { return .success(nil) }
    do throws(ServiceError) {
      return .success(try await client.call(ResultsCompare.self, params))
    } catch {
      guard error.kind == .invalidParams else { return .failure(error) }
      context.hint(
        "\("warning:", .yellow) The run and its baseline \(params.runs[0]) have no samples in common, as after a change of "
          + "options: they are compared as wholes, which shows less.")
      return .success(nil)
    }
  }

  private func judge(
    _ run: RunSummary, _ problems: [String], evidence: Result<RunComparison?, ServiceError>
  ) -> ExitStatus {
    let samples = "llmbench results samples \(ShellText.quoted(run.runId))\(context.locationOptions)"
    context.hint("Answers: \(samples)")
    var problems = problems
    let isCut = run.status == .budgetExhausted
    if isCut {
      context.console.note("\("stopped:", .yellow) \(run.message ?? "The run's budget ran out.")")
      context.hint("Go on with a larger budget, for the run as a whole: \(context.resumeCommand(run.runId)) --budget…")
    }
    var violations: [String] = []
    do throws(ServiceError) {
      violations = try gate.violations(of: run, evidence: try evidence.get())
    } catch {
      problems.append(error.message)
    }
    for problem in problems { context.console.note("\("error:", .red) \(problem)") }
    for remark in gate.remarks(on: run) { context.hint("\("warning:", .yellow) \(remark)") }
    for violation in violations { context.console.note("\("below:", .red) \(violation)") }
    if context.environment["GITHUB_ACTIONS"] == "true" {
      for problem in problems { context.console.note(StyledText(GitHubAnnotation.error("llmbench", problem))) }
      for violation in violations { context.console.note(StyledText(GitHubAnnotation.error("llmbench", violation))) }
    }
    if !problems.isEmpty { return .failure }
    if violations.isEmpty, !isCut, let approval = gate.approval(of: run) { context.hint(StyledText(approval)) }
    if !violations.isEmpty { return .belowThreshold }
    return isCut ? .budgetExhausted : .success
  }

  /// Why a run that ended is nevertheless a failure.
  private func problems(_ run: RunSummary, _ client: ServiceClient) async -> [String] {
    switch run.status {
    case .failed, .cancelled, .interrupted:
      return [run.message ?? "The run is \(RunView.status(run.status).plain)."]
    case .completed, .running, .budgetExhausted:
      var problems: [String] = []
      for model in run.models where model.n == 0 && model.errors > 0 {
        let reason = model.reasons.first.map { " (\($0.reason))" } ?? ""
        let detail =
          await firstError(of: model.model, in: run, client).map { ": \($0)\($0.hasSuffix(".") ? "" : ".")" } ?? "."
        problems.append("\(model.model) answered none of \(NumberText.count(model.errors)) samples\(reason)\(detail)")
      }
      return problems
    }
  }

  /// What the provider or this machine said when the first sample went unanswered.
  private func firstError(of model: String, in run: RunSummary, _ client: ServiceClient) async -> String? {
    var params = ResultsSamples.Params(runId: run.runId)
    params.model = model
    params.outcome = .infrastructureError
    params.limit = 1
    return try? await client.call(ResultsSamples.self, params).samples.first?.detail
  }
}
