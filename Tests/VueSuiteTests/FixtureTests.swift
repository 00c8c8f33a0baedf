import Testing
import VueSuite

struct FixtureTests {
  @Test func `all fixtures are there and whole`() {
    #expect(
      VueFixtures.all.map(\.name) == [
        "simple-component", "typed-emits", "generic-list", "provide-inject", "validated-form", "async-data",
      ])
    for fixture in VueFixtures.all {
      #expect(fixture.mutants.count >= 5)
      #expect(fixture.mutants.contains { $0.failsBy == ["behaviour"] })
      #expect(!fixture.prompt.contains("{{input_code}}") && !fixture.prompt.contains("{{file:"))
      #expect(fixture.prompt.contains("<script setup>"))
    }
  }
}
