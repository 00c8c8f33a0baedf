import CodeProblems
import Testing

@Suite struct ExtractionTests {
  private func standard(_ answer: String, _ function: String? = nil) -> String? {
    ExtractionRule.standard.code(in: answer, function: function)?.code
  }

  @Test(arguments: [
    ("```python\nprint(1)\n```", "print(1)"), ("Text\n```\nprint(1)\n```\nmore", "print(1)"),
    ("```py\na = 1\n```\nBetter:\n```python3\na = 2\n```", "a = 2"),
    ("```python\nprint(1)\n```\nIt prints:\n```\n1\n```\n```text\n1\n```", "print(1)"),
    ("<think>\n```python\nwrong\n```\n</think>\n```python\nright = 1\n```", "right = 1"),
    ("```python\nprint(1)", "print(1)"), ("1. so:\n   ```python\n   if a:\n       b()\n   ```", "if a:\n    b()"),
    ("~~~python\nprint('```')\n~~~", "print('```')"),
    ("import sys\n\nprint(sys.stdin.read())", "import sys\n\nprint(sys.stdin.read())"),
    ("\r\n```python\r\nprint(1)\r\n```\r\n", "print(1)"), ("    return a + b", "    return a + b"),
    ("````python\nprint(\"\"\"\n```\n\"\"\")\n````", "print(\"\"\"\n```\n\"\"\")"),
  ])
  func `the program is found`(_ answer: String, _ code: String) {
    #expect(standard(answer) == code)
  }

  @Test(arguments: [
    "", "   ", "I cannot do that.", "```text\nprint\n```", "```python\n\n```", "<think>```python\nprint(1)\n```",
    "First, if the list is empty, return nothing.\nThen add the rest.", "```java\nclass A {}\n```",
  ])
  func `an answer without a program has none`(_ answer: String) {
    #expect(standard(answer) == nil)
  }

  @Test func `a block that defines the wanted function counts before a later one, and which it was is told`() throws {
    let answer = "```python\ndef f(x):\n    return x\n```\nUse:\n```python\nprint(f(1))\n```"
    let code = try #require(ExtractionRule.standard.code(in: answer, function: "f"))
    #expect(code.code == "def f(x):\n    return x" && code.block == 1 && code.blocks == 2 && code.lines == 2...3)
    #expect(standard(answer) == "print(f(1))")
    #expect(standard(answer, "ff") == "print(f(1))")
  }

  @Test(arguments: [
    ("```python\na\n```", "a"), ("```python\na\n```\n```text\nb\n```", "b"), ("```python\na\n```\ntail\n```", "tail"),
    ("x ``` y\ncode\nz```", "code"), ("```\na\r\n```", "a\r"),
  ])
  func `the official rule takes what stands between the last two fences`(_ answer: String, _ code: String) {
    #expect(ExtractionRule.official.code(in: answer, function: nil)?.code == code)
  }

  @Test(arguments: ["", "print(1)", "```python\nprint(1)", "```\n```"])
  func `the official rule needs two fences with something between`(_ answer: String) {
    #expect(ExtractionRule.official.code(in: answer, function: nil) == nil)
  }
}
