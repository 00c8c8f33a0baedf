import Contract
import JSON
import Statistics

/// Says in blocks which data format was read best, what it cost, and which differences are real.
struct FormatBuilder {
  typealias Span = Document.Span
  typealias Block = Document.Block

  let digest: FormatDigest
  let level: Int

  /// nothing for runs that compared no formats.
  func blocks() -> [Block] {
    guard !digest.isEmpty else { return [] }
    return ranking() + flatTrack() + differences() + byModel() + byType() + byDataset() + damage() + catalogue()
  }

  private func heading(_ title: String) -> Block { .heading(level, [.text(title)]) }

  static func name(_ format: String) -> String {
    switch format {
    case "toon": "TOON"
    case "json": "JSON"
    case "json-compact": "JSON compact"
    case "yaml": "YAML"
    case "xml": "XML"
    case "csv": "CSV"
    default: VisibleText.shortened(format, to: 40)
    }
  }

  private func name(_ format: Int) -> String { Self.name(digest.formats.all[format]) }

  private func isFlat(_ answer: FormatDigest.Answer) -> Bool { digest.facts[answer.dataset].isFlat }

  // MARK: Ranking

  /// Formats that were asked every question; others would be compared on easier data.
  private var wholeTrack: [Int] {
    var questions: [Int: Set<Int>] = [:]
    for answer in digest.answers { questions[answer.format, default: []].insert(answer.dataset) }
    let all = digest.datasets.all.count
    return digest.formats.all.indices.filter { questions[$0]?.count == all }
  }

  private func standings(_ answers: [FormatDigest.Answer], _ formats: [Int]) -> [FormatStanding] {
    formats.compactMap { FormatStanding($0, answers) }
      .sorted { ($0.efficiency ?? 0, $0.accuracy) > ($1.efficiency ?? 0, $1.accuracy) }
  }

  private func ranking() -> [Block] {
    let standings = standings(digest.answers, wholeTrack)
    guard !standings.isEmpty else { return [] }
    var blocks = [heading("Formats: percent right for each 1,000 tokens")] + track(standings)
    let left = digest.formats.all.indices.filter { !wholeTrack.contains($0) }.map(name)
    if !left.isEmpty {
      blocks.append(
        .paragraph([
          "\(left.joined(separator: " and ")) cannot hold all of these data and stands with the others under flat data."
        ]))
    }
    blocks.append(
      .paragraph([
        "Tokens are those of a prompt, as the model's server counts them: the mean over the datasets of the mean of each. ",
        "Right is what the strict judge accepts; lenient is what the reference benchmark would. Intervals are Wilson's.",
      ]))
    return blocks
  }

  private func flatTrack() -> [Block] {
    let flat = digest.answers.filter(isFlat)
    // With flat data alone it would be the same table again.
    guard flat.count < digest.answers.count else { return [] }
    let standings = standings(flat, Array(digest.formats.all.indices))
    guard standings.count > 1 else { return [] }
    return [heading("On flat data, which CSV can hold too")] + track(standings)
  }

  private func track(_ standings: [FormatStanding]) -> [Block] {
    var table = Document.Table(columns: [
      .init(title: "Format", isNumeric: false), .init(title: "Right (95 % interval)"), .init(title: "Lenient"),
      .init(title: "n"), .init(title: "Tokens"), .init(title: "Against JSON"), .init(title: "% right per 1,000 tokens"),
    ])
    let json = standings.first { digest.formats.all[$0.format] == "json" }?.tokens
    for standing in standings {
      let saving = json.flatMap { json in standing.tokens.map { ($0 - json) / json } }
      table.rows.append([
        .text(name(standing.format)),
        .text(Figure.percent(standing.accuracy, standing.interval?.low, standing.interval?.high)),
        .text(Figure.percent(Double(standing.lenient) / Double(standing.n))), "\(Figure.count(standing.n))",
        .text(Figure.mean(standing.tokens)), .text(Self.signed(saving)), .text(Figure.mean(standing.efficiency)),
      ])
    }
    table.removeColumns { $0 == 5 && json == nil }
    var blocks: [Block] = []
    if standings.count > 1, standings.allSatisfy({ $0.efficiency != nil }) { blocks += charts(standings) }
    return blocks + [.table(table)]
  }

  private func charts(_ standings: [FormatStanding]) -> [Block] {
    let efficiency = standings.map { standing in
      TextBars.Bar(
        label: name(standing.format), value: standing.efficiency ?? 0,
        words: "\(Figure.mean(standing.efficiency))  (\(Figure.percent(standing.accuracy)) right, "
          + "\(Figure.mean(standing.tokens)) tokens)")
    }
    let tokens = standings.sorted { ($0.tokens ?? 0) < ($1.tokens ?? 0) }.map { standing in
      TextBars.Bar(
        label: name(standing.format), value: standing.tokens ?? 0, words: Figure.mean(standing.tokens))
    }
    let top = max(standings.compactMap(\.efficiency).max() ?? 0, 0.1)
    let points = standings.enumerated().map { index, standing in
      Chart.Point(x: Double(index), label: name(standing.format), value: standing.efficiency ?? 0)
    }
    return [
      .textChart(TextBars.horizontal(efficiency)),
      .chart(
        Chart(
          title: "Percent right for each 1,000 tokens", kind: .bars, series: [Chart.Series(name: "", points: points)],
          axis: 0...top, reference: nil, format: { Figure.mean($0) })),
      .paragraph(["Tokens of a prompt, fewest first:"]),
      .textChart(TextBars.vertical(tokens) { Figure.mean($0) }),
    ]
  }

  private static func signed(_ share: Double?) -> String {
    guard let share else { return Figure.unknown }
    return (share > 0 ? "+" : share < 0 ? "−" : "") + Figure.percent(share.magnitude)
  }

  // MARK: Differences

  private func differences() -> [Block] {
    let formats = Array(digest.formats.all.indices)
    var pairs: [FormatPair] = []
    for (index, first) in formats.enumerated() {
      for second in formats[(index + 1)...] {
        if let pair = FormatPair(first, second, digest.answers) { pairs.append(pair) }
      }
    }
    guard !pairs.isEmpty else { return [] }
    let adjusted = Holm.adjusted(pairs.map(\.pValue))
    var table = Document.Table(columns: [
      .init(title: "Formats", isNumeric: false), .init(title: "Questions"), .init(title: "Only the first right"),
      .init(title: "Only the second"), .init(title: "Difference (95 % interval)"), .init(title: "p"),
      .init(title: "p, corrected"), .init(title: "", isNumeric: false),
    ])
    for (pair, corrected) in zip(pairs, adjusted) {
      table.rows.append([
        .text("\(name(pair.first)) − \(name(pair.second))"), "\(Figure.count(pair.questions))",
        "\(Figure.count(pair.firstOnly))", "\(Figure.count(pair.secondOnly))", .text(Self.difference(pair)),
        .text(Self.probability(pair.pValue)), .text(Self.probability(corrected)), .text(Self.verdict(pair, corrected)),
      ])
    }
    let real = zip(pairs, adjusted).filter { Self.isReal($0, $1) }.map(\.0).map { pair in
      let (better, worse) = pair.difference > 0 ? (pair.first, pair.second) : (pair.second, pair.first)
      return "\(name(better)) was read better than \(name(worse))"
    }
    let conclusion =
      real.isEmpty
      ? "No difference between formats is larger than chance would explain."
      : "Larger than chance would explain: \(real.joined(separator: "; "))."
    return [
      heading("Which differences are real"), .paragraph([.text(conclusion)]), .table(table),
      .paragraph([
        "Each pair is compared on the questions that were asked in both formats, of the same models. p is McNemar's exact ",
        "test, corrected by Holm's method for \(Figure.count(pairs.count)) pairs; intervals are a bootstrap that draws whole ",
        "questions. A difference is called real when the corrected p is below 5 % and the interval does not hold 0.",
      ]),
    ]
  }

  private static func difference(_ pair: FormatPair) -> String {
    let points = { (value: Double) in (value > 0 ? "+" : value < 0 ? "−" : "") + Figure.fixed(value.magnitude * 100, 1)
    }
    guard let interval = pair.interval else { return "\(points(pair.difference)) points" }
    return "\(points(pair.difference)) points (\(points(interval.low)) to \(points(interval.high)))"
  }

  private static func probability(_ value: Double) -> String {
    value < 0.0001 ? "< 0.0001" : Figure.fixed(value, value < 0.1 ? 4 : 2)
  }

  private static func isReal(_ pair: FormatPair, _ corrected: Double) -> Bool {
    guard let interval = pair.interval else { return false }
    return corrected < 0.05 && (interval.low > 0 || interval.high < 0)
  }

  private static func verdict(_ pair: FormatPair, _ corrected: Double) -> String {
    isReal(pair, corrected) ? "real" : "not shown"
  }

  // MARK: Tables

  private func byModel() -> [Block] {
    guard digest.models.all.count > 1 else { return [] }
    return grid("Right, by model", digest.models.all, isCode: true) { $0.model }
  }

  private func byType() -> [Block] {
    let titles = digest.types.all.map { type in
      let words = type.replacing("-", with: " ")
      return words.prefix(1).uppercased() + words.dropFirst()
    }
    return grid("Right, by type of question", titles, isCode: false) { $0.type }
  }

  private func byDataset() -> [Block] {
    guard digest.datasets.all.count > 1 else { return [] }
    return grid("Right, by dataset", digest.datasets.all, isCode: true) { $0.dataset }
  }

  /// A row for each value of a property, a column for each format.
  private func grid(
    _ title: String, _ names: [String], isCode: Bool, _ property: (FormatDigest.Answer) -> Int
  ) -> [Block] {
    let formats = digest.formats.all.indices
    var counts = [[(right: Int, n: Int)]](repeating: .init(repeating: (0, 0), count: formats.count), count: names.count)
    for answer in digest.answers {
      counts[property(answer)][answer.format].n += 1
      if answer.isRight { counts[property(answer)][answer.format].right += 1 }
    }
    var table = Document.Table(
      columns: [.init(title: "", isNumeric: false)] + formats.map { .init(title: name($0)) } + [.init(title: "n each")])
    for (name, row) in zip(names, counts) {
      let shown = VisibleText.shortened(name, to: 60)
      let cells = row.map { cell -> Span in
        .text(cell.n == 0 ? Figure.unknown : Figure.percent(Double(cell.right) / Double(cell.n)))
      }
      table.rows.append([isCode ? .code(shown) : .text(shown)] + cells + ["\(Figure.count(row.map(\.n).max() ?? 0))"])
    }
    return [heading(title), .table(table)]
  }

  // MARK: Damaged texts

  private func damage() -> [Block] {
    let asked = digest.answers.compactMap { answer in answer.damage.map { (format: answer.format, damage: $0) } }
    guard !asked.isEmpty else { return [] }
    var table = Document.Table(columns: [
      .init(title: "Format", isNumeric: false), .init(title: "Valid data called damaged (95 % interval)"),
      .init(title: "Damage that shows was found"), .init(title: "Damage that cannot show was called damage"),
    ])
    func share(_ answers: [FormatDigest.DamageAnswer]) -> String {
      guard !answers.isEmpty else { return Figure.unknown }
      let damaged = answers.count { $0.saysDamaged }
      let interval = Wilson.interval(successes: damaged, trials: answers.count)
      return Figure.percent(Double(damaged) / Double(answers.count), interval?.low, interval?.high)
        + " of \(Figure.count(answers.count))"
    }
    for format in digest.formats.all.indices {
      let answers = asked.filter { $0.format == format }.map(\.damage)
      guard !answers.isEmpty else { continue }
      table.rows.append([
        .text(name(format)), .text(share(answers.filter(\.isValid))),
        .text(share(answers.filter { !$0.isValid && $0.isVisible })),
        .text(share(answers.filter { !$0.isValid && !$0.isVisible })),
      ])
    }
    return [
      heading("Damaged texts: what was seen, and what is habit"), .table(table),
      .paragraph([
        "Rows that are missing or too many show only where a format states their number. A model that calls valid data ",
        "damaged as often as damaged data sees nothing: it has a habit, and its score on these questions is chance.",
      ]),
    ]
  }

  // MARK: What was asked about

  private func catalogue() -> [Block] {
    var table = Document.Table(columns: [
      .init(title: "Dataset", isNumeric: false), .init(title: "Rows"), .init(title: "Structure", isNumeric: false),
      .init(title: "CSV", isNumeric: false), .init(title: "Questions"),
    ])
    for (name, facts) in zip(digest.datasets.all, digest.facts) {
      table.rows.append([
        .code(VisibleText.shortened(name, to: 60)), "\(Figure.count(facts.rows))", .text(facts.structure),
        .text(facts.isFlat ? "yes" : "no"), "\(Figure.count(facts.questions.count))",
      ])
    }
    return [heading("Datasets"), .table(table)]
  }
}
