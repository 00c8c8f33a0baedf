import EventPrograms
import Execution
import Testing

@Suite struct CodeExtractorTests {
  private func code(_ answer: String) -> String? {
    try? CodeExtractor(language: .typescript).extract(from: answer).get()
  }

  @Test func `the last block of the language is taken`() {
    let answer = """
      First try:
      ```js
      result = 1
      ```
      Better:
      ```TypeScript title="x.ts"
      result = 2;

      result = 3
      ```
      It prints:
      ```json
      [3]
      ```
      ```python
      result = 4
      ```
      """
    #expect(code(answer) == "result = 2;\n\nresult = 3")
  }

  @Test func `a block without a tag is taken before one of another language`() {
    #expect(code("```\nresult = 1\n```\n\n```ruby\nx\n```\n```text\nout\n```") == "result = 1")
    #expect(code("```ruby\nx\n```\n```json\n{}\n```") == "x")
  }

  @Test func `blocks of data alone are no code`() {
    #expect(code("Here you are:\n```json\n[1, 2]\n```\n") == nil)
    #expect(code("```js\n\n```") == nil)
  }

  @Test func `fences may be longer, tildes, indented or left open`() {
    #expect(code("````ts\nconst a = `\n```\n`\n````") == "const a = `\n```\n`")
    #expect(code("~~~js\nresult = 1\n~~~") == "result = 1")
    #expect(code("1. So:\n   ```js\n   result = {\n     a: 1\n   }\n   ```") == "result = {\n  a: 1\n}")
    #expect(code("```js\nresult = 1\nresult += 1") == "result = 1\nresult += 1")
    #expect(code("```js\r\nresult = 1\r\n```\r\n") == "result = 1")
  }

  @Test func `thoughts are no answer`() {
    #expect(code("<think>\n```js\nwrong\n```\n</think>\n```js\nright()\n```") == "right()")
    #expect(code("<think>\n```js\nwrong\n```\n") == nil)
    #expect(code("wrong()\n</think>right = 1;") == "right = 1;")
  }

  @Test func `bare code is taken as it is`() {
    let bare = """
      const groups = {};
      for (const e of events) {
        if (e.duration < 50) continue;
        (groups[e.userId] ??= []).push(e.duration);
      }

      result = Object.entries(groups)
        .map(([id, list]) => ({
          id,
          avg: list[0],
        }))
      """
    #expect(code(bare) == bare)
    #expect(code("result = 1") == "result = 1")
    #expect(
      code("Here is the code:\n\nresult = events\n  .filter(e => e)\n\nThis filters the events.")
        == "result = events\n  .filter(e => e)")
  }

  @Test(arguments: [
    "", "   \n", "I cannot do that.", "The answer is 42.", "Sure! For each user, compute the mean. Let me know.",
    "Note: this needs data.\nFrom the events one can see\nthat users differ.",
  ])
  func `prose is no code`(answer: String) {
    #expect(CodeExtractor(language: .typescript).extract(from: answer) == .failure(.noCode))
  }
}
