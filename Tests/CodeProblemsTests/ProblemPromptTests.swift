import CodeProblems
import Testing

@Suite struct ProblemPromptTests {
  private func prompt(_ name: String, _ index: Int, _ prompt: ProblemPrompt = ProblemPrompt()) throws -> String {
    let dataset = try ProblemDataset.open(Fixture.path(name))
    return prompt.text(dataset.entries[index], try dataset.text(at: index))
  }

  @Test func `each kind of problem is asked for in its own way`() throws {
    #expect(try prompt("lcb.jsonl", 3).contains("standard input"))
    let method = try prompt("lcb.jsonl", 0)
    #expect(method.contains("```python\nclass Solution:\n    def runningTotal") && !method.contains("standard input"))
    #expect(try prompt("humaneval.jsonl.gz", 0).contains("def double_all("))
    #expect(try prompt("mbpp.jsonl", 0).contains("assert square(3) == 9"))
    for name in ["lcb.jsonl", "humaneval.jsonl.gz", "mbpp.jsonl", "folder"] {
      #expect(try !prompt(name, 0).contains("{{"))
    }
  }

  @Test func `a template of one's own is filled in one pass and has its own hash`() throws {
    let template = try ProblemPrompt(template: "{{ title }}|{{function}}|{{kind}}|{{statement}}|{{starter}}")
    #expect(try prompt("folder", 1, template).hasPrefix("Swap|swap|function|Return the pair"))
    #expect(template.hash != ProblemPrompt().hash && template.hash.utf8.count == 16)
    #expect(try ProblemPrompt(template: "{{statement}}").hash == ProblemPrompt(template: "{{statement}}").hash)
  }

  @Test(arguments: ["", "Solve it.", "{{statement}} {{answer}}", "{{statement}} {{title"])
  func `a template that hides the problem or has an unknown name is refused`(_ template: String) {
    #expect(throws: DatasetError.self) { try ProblemPrompt(template: template) }
  }
}
