import Commands
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.00012, "0.12 ms"), (0.0123, "12.3 ms"), (0.45, "450 ms"), (1.234, "1.23 s"), (12.34, "12.3 s"),
    (65, "1 min 05 s"), (3599.6, "1 h 00 min"), (7380, "2 h 03 min"), (0, "0.00 ms"), (9.999, "10.0 s"),
    (59.97, "1 min 00 s"), (0.9999, "1.00 s"),
  ])
  func `seconds read in the unit that suits them`(_ value: Double, _ text: String) {
    #expect(NumberText.seconds(value) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `counts have their thousands set apart`(_ value: Int, _ text: String) {
    #expect(NumberText.count(value) == text)
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14_200_000, "14.2 MB"), (999_960, "1.0 MB"), (150_000, "150 kB"),
    (Int.max, "9.2 EB"),
  ])
  func `bytes read in decimal units`(_ value: Int, _ text: String) {
    #expect(NumberText.bytes(value) == text)
  }

  @Test func `what is unknown is a dash`() {
    #expect(NumberText.score(nil) == "–")
    #expect(NumberText.interval(nil, 1) == "–")
    #expect(NumberText.count(nil) == "–")
    #expect(NumberText.seconds(nil) == "–")
    #expect(NumberText.seconds(.nan) == "–")
    #expect(NumberText.dollars(nil) == "–")
    #expect(NumberText.fixed(.infinity, 2) == "–")
  }

  @Test func `decimals are rounded and never minus zero`() {
    #expect(NumberText.fixed(0.0005, 3) == "0.001" || NumberText.fixed(0.0005, 3) == "0.000")
    #expect(NumberText.fixed(2.0 / 3, 3) == "0.667")
    #expect(NumberText.fixed(-0.0001, 3) == "0.000")
    #expect(NumberText.fixed(-1.5, 0) == "-2")
    #expect(NumberText.fixed(1e300, 0).count == 301)
  }

  @Test func `money and clocks`() {
    #expect(NumberText.dollars(0) == "$0.00")
    #expect(NumberText.dollars(0.01234) == "$0.0123")
    #expect(NumberText.dollars(2.5) == "$2.50")
    #expect(NumberText.clock(4) == "0:04")
    #expect(NumberText.clock(3723) == "1:02:03")
    #expect(NumberText.clock(-5) == "0:00")
    #expect(NumberText.clock(.infinity) == "0:00")
  }
}

@Suite struct TerminalTextTests {
  @Test func `escape sequences become visible`() {
    #expect(TerminalText.singleLine("a\u{1B}[2Jb\u{9B}1mc\u{7F}") == #"a\u{1b}[2Jb\u{9b}1mc\u{7f}"#)
    #expect(TerminalText.singleLine("abc\u{202E}fdp.exe") == #"abc\u{202e}fdp.exe"#)
    #expect(TerminalText.singleLine("\u{E0041}") == #"\u{e0041}"#)
  }

  @Test func `lines fold to one or stay`() {
    #expect(TerminalText.singleLine("a\r\nb\nc\rd\te") == "a↵b↵c↵d e")
    #expect(TerminalText.multiLine("a\r\nb\n\nc\rd\te\u{7}") == "a\nb\n\nc\nd\te\\u{7}")
  }

  @Test func `ordinary text of any script stays as it is`() {
    for text in ["", "grüße", "日本語", "👩‍👩‍👧", "a\u{301}", "שלום"] {
      #expect(TerminalText.singleLine(text) == text)
    }
  }

  @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍", 2), ("–", 1), ("", 0)])
  func `widths are terminal columns`(_ text: String, _ columns: Int) {
    #expect(TerminalText.width(text) == columns)
  }

  @Test func `long text is cut with an ellipsis`() {
    #expect(TerminalText.truncated("abcdef", to: 6) == "abcdef")
    #expect(TerminalText.truncated("abcdef", to: 4) == "abc…")
    #expect(TerminalText.truncated("日本語", to: 4) == "日…")
    #expect(TerminalText.truncated("abc", to: 0) == "")
  }

  @Test func `colour is written only when asked for`() {
    let text: StyledText = "a \("b", .red) \("\u{1B}[31m", .bold)"
    #expect(text.rendered(inColor: false) == #"a b \u{1b}[31m"#)
    #expect(text.rendered(inColor: true) == "a \u{1B}[31mb\u{1B}[0m \u{1B}[1m\\u{1b}[31m\u{1B}[0m")
  }

  @Test(arguments: [
    ("01JD3Q8Z", "01JD3Q8Z"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("", "''"), ("$(x)", "'$(x)'"),
  ])
  func `words are quoted for a shell`(_ word: String, _ quoted: String) {
    #expect(ShellText.quoted(word) == quoted)
  }
}

@Suite struct TableTests {
  @Test func `columns are aligned and lines have no spaces at their end`() {
    var table = Table([.left("NAME"), .right("COUNT"), .left("NOTE")])
    table.add(["a", "1", ""])
    table.add(["long name", "1,000", "日本"])
    table.add(["x", "–"])
    #expect(
      table.lines().text == """
        NAME       COUNT  NOTE
        a              1
        long name  1,000  日本
        x              –
        """)
  }

  @Test func `a table without rows has no lines`() {
    #expect(Table([.left("A")]).lines().isEmpty)
  }

  @Test func `cells beyond the columns are dropped`() {
    var table = Table([.left("A")])
    table.add(["x", "y", "z"])
    #expect(table.lines().text == "A\nx")
  }
}
