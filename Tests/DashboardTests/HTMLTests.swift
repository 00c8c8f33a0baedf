import Testing

@testable import Dashboard

@Suite struct HTMLTests {
  @Test func `what is interpolated cannot become markup`() {
    let hostile = "<script>alert('x')</script>\" onload=\"y&"
    let html: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
    #expect(
      html.text
        == "<p title=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y&amp;\">"
        + "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y&amp;</p>")
  }

  @Test func `pieces of a page stay pieces of a page`() {
    let inner: HTML = "<b>\("a<b")</b>"
    #expect(("<p>\(inner)\([inner, inner])</p>" as HTML).text == "<p><b>a&lt;b</b><b>a&lt;b</b><b>a&lt;b</b></p>")
  }

  @Test func `what hides or turns text is shown`() {
    let html: HTML = "<p>\("a\u{202E}b\u{0}c\u{200B}d")</p>"
    #expect(html.text == "<p>a\\u{202E}b\u{2400}c\\u{200B}d</p>")
    #expect(("<pre>\(block: "a\r\nb\u{1B}[2J")</pre>" as HTML).text == "<pre>a\nb\u{241B}[2J</pre>")
  }

  @Test(arguments: [(1.0, "1"), (0.126, "0.13"), (-2.5, "-2.5"), (.nan, "0"), (.infinity, "0")])
  func `numbers of a drawing are short and never broken`(_ value: Double, _ text: String) {
    #expect(HTML.number(value) == text)
  }
}

@Suite struct RequestParametersTests {
  private func problem(_ query: String, _ body: (RequestParameters) throws -> Void = { _ in }) -> HTTPProblem? {
    do {
      try body(RequestParameters(query, known: ["a", "b"]))
      return nil
    } catch {
      return error as? HTTPProblem
    }
  }

  @Test func `values are decoded`() throws {
    let parameters = try RequestParameters("a=x%20y+z%2B%C3%BC&b=", known: ["a", "b"])
    #expect(parameters.text("a") == "x y z+ü" && parameters.text("b") == "" && parameters.text("c") == nil)
    #expect(try RequestParameters("b=", known: ["b"], isForm: true).text("b") == nil)
  }

  @Test(arguments: ["c=1", "a=1&a=2", "a=%", "a=%zz", "a=%FF", "%E2%82=1"])
  func `what is unknown, doubled or broken is refused`(_ query: String) {
    #expect(problem(query)?.status == 400)
  }

  @Test(arguments: ["0", "1001", "-1", "x", "", "1.5", "9223372036854775808"])
  func `numbers out of range name the parameter`(_ text: String) {
    let problem = problem("a=\(text)") { _ = try $0.integer("a", in: 1...1000) }
    #expect(problem?.parameter == "a" && problem?.message.contains("from 1 to 1000") == true)
  }

  @Test(arguments: ["nan", "inf", "0", "-1", "100001", "1e999", ""])
  func `fractions out of range are refused`(_ text: String) {
    #expect(problem("a=\(text)") { _ = try $0.number("a", above: 0, atMost: 100_000) }?.parameter == "a")
  }

  @Test func `what is written for an address is read back`() {
    let text = "a/b?c=d&e%f+g ü\u{0}🤖"
    #expect(RequestParameters.decoded(RequestParameters.encoded(text)) == text)
    #expect(!RequestParameters.encoded(text).contains { "/?&=+ %".contains($0) && $0 != "%" })
  }
}

@Suite struct RateLimiterTests {
  @Test func `the eleventh request of a minute waits, and of each client its own`() {
    let limiter = RateLimiter()
    let start = ContinuousClock.now
    for _ in 0..<10 { #expect(limiter.admit("a", now: start) == nil) }
    #expect(limiter.admit("a", now: start + .seconds(1)) == 60)
    #expect(limiter.admit("b", now: start + .seconds(1)) == nil)
    #expect(limiter.admit("a", now: start + .seconds(59)) == 2)
    #expect(limiter.admit("a", now: start + .seconds(60)) == nil)
  }
}

@Suite struct HeaderTests {
  @Test(arguments: [
    ("gzip", true), ("deflate, gzip;q=1.0, *;q=0.5", true), ("*", true), ("GZIP", true), ("gzip;q=0", false),
    ("br", false), ("", false), ("gzip; q=0.000", false),
  ])
  func `gzip goes to those who take it`(_ header: String, _ isAccepted: Bool) {
    #expect(Headers.acceptsGzip(header) == isAccepted)
  }

  @Test(arguments: [("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("a", false)])
  func `tags are compared weakly`(_ header: String, _ isSame: Bool) {
    #expect(Headers.matches(header, "\"a\"") == isSame)
  }
}

@Suite struct LinksTests {
  @Test(arguments: ["../../etc/passwd", "..", ".", "a/b", "a\\b", "%2e%2e", "/x", "ü"])
  func `a run's id leads to no other folder`(_ id: String) {
    let segment = Links.segment(id, .files)
    #expect(!segment.contains("/") && !segment.contains("\\") && !segment.hasPrefix(".") && !segment.isEmpty)
    #expect(!Links.segment(id, .server).contains("/"))
  }
}
