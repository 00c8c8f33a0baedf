import Contract
import JSON
import Reporting
import Testing

let htmlTags: Set = [
  "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "ul", "li", "div", "table",
  "thead", "tbody", "tr", "th", "td", "code", "pre", "figure", "figcaption", "svg", "g", "line", "circle", "text",
  "polyline",
]
private let junitTags: Set = [
  "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped",
]

/// Checks that every tag is one of those allowed and closes what was opened last.
func expectNested(_ text: String, allowing names: Set<String>) throws {
  var open: [String] = []
  var rest = Substring(text.split(separator: "\n").dropFirst().joined(separator: "\n"))
  while let start = rest.firstIndex(of: "<") {
    let end = try #require(rest[start...].firstIndex(of: ">"), "a tag does not end")
    let tag = rest[rest.index(after: start)..<end]
    let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
    try #require(names.contains(name), "\(tag) is not ours")
    if tag.hasPrefix("/") {
      try #require(open.popLast() == name, "\(tag) closes another")
    } else if !tag.hasSuffix("/"), name != "meta" {
      open.append(name)
    }
    rest = rest[rest.index(after: end)...]
  }
  #expect(open.isEmpty)
}

/// Answers that try to be more than text.
@Suite struct HostileTextTests {
  /// A run in which every text that comes from elsewhere is hostile.
  private func run() -> RunSummary {
    var model = Fixtures.model()
    model.model = Fixtures.hostile
    model.metrics = [Fixtures.hostileKey: 1]
    model.reasons = [ReasonCount(reason: Fixtures.hostile, count: 2)]
    model.groups[0].value = .string(Fixtures.hostile)
    model.cliff?.note = Fixtures.hostile
    var run = Fixtures.run(Fixtures.hostile, Fixtures.hostile, models: [model], planned: 3)
    run.message = Fixtures.hostile
    run.suiteVersion = Fixtures.hostile
    run.request.options = [Fixtures.hostileKey: .string(Fixtures.hostile)]
    run.machine = [Fixtures.hostileKey: .string(Fixtures.hostile)]
    return run
  }

  private func samples() -> [SampleRecord] {
    [Outcome.failed, .infrastructureError, .partial].map { outcome in
      var sample = Fixtures.sample(Fixtures.hostile, outcome, run: Fixtures.hostile)
      sample.model = Fixtures.hostile
      sample.prompt = Fixtures.hostile
      sample.response = Fixtures.hostile
      sample.reason = Fixtures.hostile
      sample.detail = Fixtures.hostile
      sample.expected = .string(Fixtures.hostile)
      sample.extracted = .string(Fixtures.hostile)
      sample.stopReason = Fixtures.hostile
      sample.metadata = [Fixtures.hostileKey: .string(Fixtures.hostile)]
      return sample
    }
  }

  private func text(_ format: ReportFormat, runs: Int = 1) async throws -> String {
    try await render(Array(repeating: run(), count: runs), format, samples())
  }

  @Test func `XML stays well-formed and holds only characters of XML`() async throws {
    let text = try await text(.junit)
    try expectNested(text, allowing: junitTags)
    #expect(
      text.unicodeScalars.allSatisfy { scalar in
        switch scalar.value {
        case 0x9, 0xA, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
      })
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;]]&gt;[31m"))
    #expect(text.contains("tests=\"3\" failures=\"2\" errors=\"1\" skipped=\"0\""))
  }

  @Test(arguments: [1, 2]) func `HTML holds no tag but its own`(runs: Int) async throws {
    let text = try await text(.html, runs: runs)
    try expectNested(text, allowing: htmlTags)
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"))
    #expect(text.contains("\\u{202E}") && !text.contains("\u{202E}"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test(arguments: [1, 2]) func `Markdown keeps its tables, headings and fences`(runs: Int) async throws {
    let text = try await text(.markdown, runs: runs)
    var fence: Substring?
    var columns: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if ticks.count >= 3, line.dropFirst(ticks.count) == "text" {
        fence = ticks
        continue
      }
      if line.hasPrefix("|") {
        let pipes = unescapedPipes(line)
        #expect(columns == nil || columns == pipes, "\(line)")
        columns = pipes
      } else {
        columns = nil
        #expect(line.isEmpty || line.first.map { "#-".contains($0) || $0.isLetter || $0 == "`" } == true, "\(line)")
      }
      #expect(!line.hasPrefix("# Heading"))
    }
    #expect(fence == nil)
    #expect(!text.contains("\u{202E}") && !text.contains("\u{0}") && !text.contains("\u{1B}"))
  }

  /// Pipes that end a cell, by scalars: one with a combining mark is a pipe to a Markdown parser.
  private func unescapedPipes(_ line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "|", !isEscaped { count += 1 }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return count
  }

  @Test func `CSV cells stay cells, and none is a formula`() async throws {
    let text = try await text(.csv)
    let rows = try parseCSV(text)
    #expect(rows.count == 4)
    for row in rows {
      #expect(row.count == 38)
      for cell in row {
        let isNumber = Double(cell) != nil
        #expect(isNumber || !"=+-@\t\r\n".contains(cell.first ?? " "), "\(cell)")
        #expect(!cell.contains("\u{0}"))
      }
    }
    #expect(rows[1][11].hasPrefix("'=HYPERLINK(\"http://x\")|a\\|b`c``d```\n# Heading\r\n<script>"))
  }

  /// RFC 4180: a quoted cell ends at a quote that is not doubled.
  private func parseCSV(_ text: String) throws -> [[String]] {
    var rows: [[String]] = [[]]
    var scalars = text.unicodeScalars[...]
    while !scalars.isEmpty {
      var cell = String.UnicodeScalarView()
      if scalars.first == "\"" {
        scalars.removeFirst()
        while let scalar = scalars.popFirst() {
          if scalar != "\"" {
            cell.append(scalar)
          } else if scalars.first == "\"" {
            cell.append("\"")
            scalars.removeFirst()
          } else {
            break
          }
        }
      } else {
        while let scalar = scalars.first, scalar != ",", scalar != "\r" {
          cell.append(scalar)
          scalars.removeFirst()
        }
      }
      rows[rows.count - 1].append(String(cell))
      switch scalars.popFirst() {
      case ",": continue
      case "\r":
        try #require(scalars.popFirst() == "\n")
        if !scalars.isEmpty { rows.append([]) }
      case let other: Issue.record("\(String(describing: other)) after a cell")
      }
    }
    return rows
  }

  @Test func `JSON takes every text as it is`() async throws {
    let value = try JSONParser().parse(try await text(.json))
    #expect(value["samples"]?[0]?["response"]?.stringValue.map { Array($0.utf8) } == Array(Fixtures.hostile.utf8))
  }

  @Test func `long texts are shortened, however their characters are made`() async throws {
    var sample = Fixtures.sample("s", .failed)
    sample.prompt = String(repeating: "x", count: 100_000)
    sample.response = "e" + String(repeating: "\u{301}", count: 100_000)
    sample.detail = String(repeating: "`", count: 5000)
    let run = Fixtures.run("run-1", "sorting", models: [Fixtures.model()], planned: 1)
    let text = try await render([run], .markdown, [sample])
    #expect(text.unicodeScalars.count < 8000)
    #expect(text.contains("x … (99,600 more)"))
  }
}
