import Contract
import JSON
import Reporting

/// One run: its figures, how they split up, and its samples.
struct RunPage: Sendable {
  let run: RunSummary
  let samples: ResultsSamples.Result
  let asked: ResultsSamples.Params
  /// The completed run of the same suite and first model before this one.
  let previous: RunSummary?
  /// Whether somebody with the key can stop the run here.
  let canCancel: Bool
  let layout: Layout

  var html: HTML {
    layout.page(
      "\(run.suite) \(run.runId)", .elsewhere, watches: asked.cursor == nil ? run.runId : nil,
      """
      <h1>\(run.suite) <span class="id">\(run.runId)</span></h1>
      <p class="facts">\(HTML.status(run.status)) · begun \(HTML.time(run.startedAt)) · \
      \(Figure.time(milliseconds: run.durationSeconds * 1000)) at work · version \(run.suiteVersion) of the suite</p>
      \(message)\(progress)
      \(cards)
      \(comparison)
      \(reasons)
      \(groups)
      \(samplesSection)
      \(request)
      """)
  }

  private var message: HTML {
    guard let message = run.message, !message.isEmpty else { return "" }
    return "<p class=\"alert\">\(message)</p>"
  }

  // MARK: Under way

  private var progress: HTML {
    guard run.status == .running else { return "" }
    let done = run.completedSamples
    let rate = run.durationSeconds > 0 ? Double(done) / run.durationSeconds : 0
    let left: HTML? =
      rate > 0 && done < run.plannedSamples
      ? " · about \(Figure.time(milliseconds: Double(run.plannedSamples - done) / rate * 1000)) left" : nil
    let cancel: HTML? =
      canCancel
      ? """
        <form class="cancel" data-cancel="\(run.runId)"><label>Key <input type="password" name="key" required \
        autocomplete="current-password"></label><button type="submit">Cancel the run</button><span role="status"></span></form>
        """ : nil
    return """
      <section class="progress" aria-label="Progress">
      <progress max="\(String(run.plannedSamples))" value="\(String(done))">\(done) of \(run.plannedSamples)</progress>
      <p>\(done) of \(run.plannedSamples) samples · \(Figure.measure(rate)) a second\(left)</p>\(cancel)
      </section>
      """
  }

  // MARK: Figures

  private var cards: HTML {
    let cards = run.models.map { model -> HTML in
      let interval: HTML? = model.low.flatMap { low in
        model.high.map { "<p class=\"interval\">\(Figure.fixed(low * 100, 1))–\(Figure.fixed($0 * 100, 1)) %</p>" }
      }
      var facts = ["\(Figure.count(model.n)) scored", "\(Figure.count(model.passed)) passed"]
      if model.partial > 0 { facts.append("\(Figure.count(model.partial)) partial") }
      if model.truncated > 0 { facts.append("\(Figure.count(model.truncated)) truncated") }
      if model.modelErrors > 0 { facts.append("\(Figure.count(model.modelErrors)) malformed") }
      if model.errors > 0 { facts.append("\(Figure.count(model.errors)) errors") }
      if model.cached > 0 { facts.append("\(Figure.count(model.cached)) from the cache") }
      let bounds: HTML? = model.scoreIfUnknownWrong.flatMap { wrong in
        model.scoreIfUnknownRight.map {
          "<p class=\"facts\">\(Figure.percent(wrong)) if all truncated answers were wrong, \(Figure.percent($0)) if all were right</p>"
        }
      }
      return """
        <article class="card">
        <h2>\(model.model)</h2>
        <p class="score">\(Figure.percent(model.score))</p>\(interval)\(HTML.bar(model.score))
        <p class="facts">\(facts.joined(separator: " · "))</p>\(bounds)
        <p class="facts">\(Figure.count(model.promptTokens)) tokens in, \(Figure.count(model.completionTokens)) out · \
        \(Figure.time(milliseconds: model.medianLatencyMilliseconds)) median · \(Figure.dollars(model.costUSD))</p>
        </article>
        """
    }
    return "<section class=\"cards\" aria-label=\"Scores\">\(cards)</section>"
  }

  private var comparison: HTML {
    guard let previous, let address = layout.links.compare([previous.runId, run.runId]) else { return "" }
    return "<p><a href=\"\(address)\">Compare with the run before, of \(HTML.time(previous.startedAt))</a></p>"
  }

  private var reasons: HTML {
    let lists = run.models.filter { !$0.reasons.isEmpty }.map { model -> HTML in
      let items = model.reasons.map { reason -> HTML in "<li>\(reason.reason): \(reason.count)</li>" }
      return "<h3>\(model.model)</h3><ul class=\"reasons\">\(items)</ul>"
    }
    return lists.isEmpty ? "" : "<section aria-labelledby=\"why\"><h2 id=\"why\">Why answers were not right</h2>\(lists)</section>"
  }

  private var groups: HTML {
    let tables = run.models.filter { !$0.groups.isEmpty }.map { model -> HTML in
      let dimension = model.groups.first?.dimension ?? "group"
      let rows = model.groups.map { group -> HTML in
        let interval = group.low.flatMap { low in
          group.high.map { "\(Figure.fixed(low * 100, 1))–\(Figure.fixed($0 * 100, 1))" }
        }
        return """
          <tr><th scope="row">\(Self.text(group.value))</th><td class="wide">\(HTML.bar(group.score))</td>\
          \(HTML.number(cell: Figure.percent(group.score)))\(HTML.number(cell: interval ?? Figure.unknown))\
          \(HTML.number(cell: Figure.count(group.n)))\(HTML.number(cell: Figure.count(group.passed)))\
          \(HTML.number(cell: Figure.time(milliseconds: group.meanLatencyMilliseconds)))</tr>
          """
      }
      let columns: [(name: String, isNumber: Bool)] = [
        (dimension, false), ("", false), ("Score", true), ("Interval", true), ("Samples", true), ("Passed", true),
        ("Latency", true),
      ]
      return "<h3>\(model.model)</h3>\(HTML.table("\(model.model) by \(dimension)", columns, rows))"
    }
    guard !tables.isEmpty else { return "" }
    let dimension = run.models.lazy.compactMap { $0.groups.first?.dimension }.first ?? "group"
    return "<section aria-labelledby=\"groups\"><h2 id=\"groups\">By \(dimension)</h2>\(tables)</section>"
  }

  static func text(_ value: JSONValue) -> String { value.stringValue ?? JSONWriter.string(value, indentation: 2) }

  // MARK: Samples

  private var samplesSection: HTML {
    let list = samples.samples.map { SampleBlock(sample: $0, hasModels: run.models.count > 1).html }
    let content: HTML = list.isEmpty ? "<p>No sample fits.</p>" : "<div class=\"samples\">\(list)</div>"
    let more: HTML? = samples.nextCursor.map { cursor in
      layout.links.kind == .server
        ? "<p><a rel=\"next\" href=\"\(address(asked.outcome, cursor: cursor))\">More samples</a></p>"
        : "<p>Further samples are not part of this page.</p>"
    }
    return "<section aria-labelledby=\"samples\"><h2 id=\"samples\">Samples</h2>\(outcomes)\(content)\(more)</section>"
  }

  private var outcomes: HTML {
    guard layout.links.kind == .server else { return "" }
    let all: [Outcome?] = [nil, .failed, .passed, .partial, .truncated, .modelError, .infrastructureError]
    let items = all.map { outcome -> HTML in
      let current: HTML = asked.outcome == outcome ? " aria-current=\"true\"" : ""
      let name: HTML = outcome.map { HTML.outcome($0) } ?? "all"
      return "<li><a href=\"\(address(outcome))#samples\"\(current)>\(name)</a></li>"
    }
    return "<ul class=\"choices\" aria-label=\"Samples that ended as\">\(items)</ul>"
  }

  private func address(_ outcome: Outcome?, cursor: String? = nil) -> String {
    let parts = [("outcome", outcome?.rawValue), ("model", asked.model), ("cursor", cursor)]
    let query = parts.compactMap { name, value in value.map { "\(name)=\(RequestParameters.encoded($0))" } }
    return layout.links.run(run.runId) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private var request: HTML {
    let text = (try? JSONValueEncoder(omitsNil: true).encode(run.request)).map { JSONWriter.string($0, indentation: 2) }
    let machine = JSONWriter.string(.object(run.machine), indentation: 2)
    return """
      <details><summary>What was asked, and where</summary><pre>\(block: text ?? "")</pre><pre>\(block: machine)</pre>
      <p>llmbench \(run.programVersion)</p></details>
      """
  }
}

/// One sample: a line, and behind it the prompt, the answer and what was wrong with it.
struct SampleBlock: Sendable {
  let sample: SampleRecord
  let hasModels: Bool

  /// Of one text; the rest is in the store.
  private static let longest = 20_000

  var html: HTML {
    let model: HTML? = hasModels ? "<span class=\"model\">\(sample.model)</span>" : nil
    let epoch: HTML? = sample.epoch > 1 ? "<span class=\"epoch\">epoch \(sample.epoch)</span>" : nil
    return """
      <details class="sample" id="s\(String(sample.sequence))"><summary>\(HTML.outcome(sample.outcome)) \
      <span class="name">\(sample.sampleId)</span> \(model)\(epoch)\(reason)\
      <span class="score">\(Figure.percent(sample.score))</span></summary>
      <p class="facts">\(Figure.time(milliseconds: sample.latencyMilliseconds)) · \(tokens) · \(Figure.dollars(sample.costUSD))</p>
      \(detail)\(parts)
      \(text("Prompt", sample.prompt))\(text("Reasoning", sample.reasoning))\(text("Answer", sample.response))\
      \(text("Understood as", sample.extracted.map(RunPage.text)))\
      \(text("Expected", sample.expected.isNull ? nil : RunPage.text(sample.expected)))
      </details>
      """
  }

  private var reason: HTML? { sample.reason.map { "<span class=\"reason\">\($0)</span> " } }

  private var detail: HTML? {
    sample.detail.map { "<p class=\"detail\">\(VisibleText.shortened($0, to: 2000))</p>" }
  }

  private var tokens: String {
    guard let prompt = sample.promptTokens, let completion = sample.completionTokens else { return "tokens unknown" }
    return "\(Figure.count(prompt)) tokens in, \(Figure.count(completion)) out"
  }

  private var parts: HTML? {
    guard !sample.parts.isEmpty else { return nil }
    let rows = sample.parts.map { part -> HTML in
      """
      <tr><td>\(part.name)</td><td>\(HTML.outcome(part.outcome))</td>\(HTML.number(cell: Figure.percent(part.score)))\
      \(HTML.number(cell: Figure.time(milliseconds: part.executionMilliseconds)))<td>\(part.reason ?? "")</td>\
      <td>\(VisibleText.shortened(part.detail ?? "", to: 300))</td></tr>
      """
    }
    let columns: [(name: String, isNumber: Bool)] = [
      ("Test", false), ("Outcome", false), ("Score", true), ("Ran", true), ("Reason", false), ("Detail", false),
    ]
    return .table("Tests of \(sample.sampleId)", columns, rows)
  }

  private func text(_ title: String, _ text: String?) -> HTML {
    guard let text else { return "" }
    return "<h4>\(title)</h4><pre tabindex=\"0\">\(block: VisibleText.shortened(text, to: Self.longest))</pre>"
  }
}
