import Contract
import JSON
import Testing
import VueValidation

@Suite(.serialized, .timeLimit(.minutes(5)))
struct RequestTests {
  private func validate(_ source: String, _ change: (inout ValidateVue.Params) -> Void = { _ in }) async throws
    -> ValidateVue.Result
  {
    var params = ValidateVue.Params(source: source)
    change(&params)
    return try await sharedValidator.validate(params)
  }

  private static let component = """
    <script setup lang="ts">
    interface Props {
      items: Array<string>
    }

    const props = defineProps<Props>()
    </script>

    <template>
      <p :class="{ on: true }" @click="console.log(props.items)">{{ items.length }}</p>
    </template>

    """

  @Test func `comments, quotes and space make no difference to checks`() async throws {
    let checks: JSONValue = [
      "interfaces": [["name": "Props", "members": ["items": "string[]"]]],
      "type_annotations": ["defineProps< Props >()"], "script_lang": ["<script lang='ts' setup>"],
      "checks": [
        ["id": "type", "kind": "resolved_type", "of": "props.items", "equals": "string[]"],
        ["id": "none", "kind": "forbids", "pattern": "any"],
        ["id": "click", "kind": "template", "element": "p", "directive": "@click"],
      ],
    ]
    let right = try await validate(Self.component) { $0.checks = checks }
    #expect(right.checkScore == 10 && right.score == 10, "\(right.checks)")
    let commented =
      "<script setup lang=\"ts\">\n// interface Props { items: string[] }\n"
      + "const text = 'defineProps<Props>()'\n</script>\n\n<template>{{ text }}</template>\n"
    let wrong = try await validate(commented) { $0.checks = checks }
    #expect(wrong.checks.filter(\.passed).map(\.id) == ["script_lang", "none"])
    #expect(abs(right.checks.reduce(0) { $0 + $1.weight } - 10) < 1e-9)
  }

  private static let badChecks: [(String, JSONValue)] = [
    ("/checks/checks/0/kind", ["checks": [["kind": "regex", "pattern": "a"]]]),
    ("/checks/checks/0/pattern", ["checks": [["kind": "forbids", "pattern": "a b c("]]]),
    ("/checks/checks/0/name", ["checks": [["kind": "interface"]]]),
    ("/checks/interfaces", ["interfaces": "Props"]),
    ("/checks/other", ["other": 1]),
    ("/checks/checks/0/weight", ["checks": [["kind": "forbids", "pattern": "any", "weight": -1]]]),
    ("/checks", []),
  ]

  @Test(arguments: badChecks)
  func `checks that make no sense are refused with their place`(_ pointer: String, _ checks: JSONValue) async throws {
    let error = await #expect(throws: ServiceError.self) { try await validate(Self.component) { $0.checks = checks } }
    #expect(
      error?.kind == .invalidParams && error?.details["pointer"]?.stringValue == pointer, "\(error?.message ?? "")")
  }

  @Test func `a template that says the same in other words is unchanged`() async throws {
    let original = "<template>\n  <p @click='go( \"a\" )'   class=\"b a\" :id=\"x\">Hi  <b/>{{ a+b }}</p></template>"
    let same = """
      <template>
        <!-- note -->
        <p v-bind:id="x" class="a b" v-on:click="go('a')">
          Hi
          <b></b>{{ a + b }}
        </p>
      </template>

      """
    #expect(try await validate(same) { $0.original = original }.template?.unchanged == true)
    let other = same.replacing("a + b", with: "b + a").replacing("<b></b>", with: "<i></i>")
    let result = try await validate(other) { $0.original = original }
    #expect(result.template?.unchanged == false && result.template?.differences.count == 2)
    #expect(result.template?.differences.first?.line == 5)
  }

  @Test func `files beside the component are found, and their faults are not its own`() async throws {
    let source = """
      <script setup lang="ts">
      import Child from './parts/Child.vue'
      import { twice } from './twice'
      </script>

      <template>
        <Child :count="twice(2)" @picked="(id) => id.toFixed()" />
        <Child count="x" />
        <Child />
      </template>

      """
    let child = """
      <script setup lang="ts">
      defineProps<{ count: number }>()
      const emit = defineEmits<{ picked: [id: number] }>()
      </script>

      <template><p @click="emit('picked', 1)">{{ count + nothing }}</p></template>

      """
    let result = try await validate(source) { params in
      params.files = [
        .init(path: "parts/Child.vue", source: child),
        .init(path: "twice.ts", source: "export const twice = (n: number): number => n * 2\n"),
      ]
    }
    #expect(result.diagnostics.filter(\.own).map { "\($0.code)@\($0.line)" } == ["TS2322@8", "TS2345@9"])
    #expect(result.diagnostics.filter { !$0.own }.map { "\($0.file) \($0.code)" } == ["parts/Child.vue TS2339"])
  }

  @Test func `modules that are not there are named, or refused`() async throws {
    let source =
      "<script setup lang=\"ts\">\nimport { useStore } from 'pinia'\nconst s = useStore()\n</script>\n"
      + "<template>{{ s.anything.at.all }}</template>\n"
    let lenient = try await validate(source)
    #expect(lenient.compiles == true && lenient.stubbedModules == ["pinia"])
    let strict = try await validate(source) { $0.stubModules = [] }
    #expect(strict.compiles == false && strict.diagnostics.first?.code == "TS2307")
    let named = try await validate(source) { $0.stubModules = ["pin*"] }
    #expect(named.compiles == true)
    let other = try await validate(source.replacing("'pinia'", with: "'@/stores/a'"))
    #expect(other.compiles == true && other.stubbedModules == ["@/stores/a"])
  }

  @Test func `names come without an import where they are said to`() async throws {
    let source =
      "<script setup lang=\"ts\">\nconst n = ref(1)\nuseFetch('/x')\n</script>\n<template>{{ n.toFixed() }}</template>\n"
    #expect(try await validate(source) { $0.autoImports = "nuxt" }.compiles == true)
    #expect(try await validate(source) { $0.autoImports = ["ref", "useFetch"] }.compiles == true)
    #expect(try await validate(source) { $0.autoImports = "vue" }.diagnostics.map(\.code) == ["TS2304"])
  }

  @Test func `a component is taken out of an answer`() async throws {
    let answer =
      "First try:\n```vue\n<template>{{ a }}</template>\n```\nBetter:\n~~~vue\n<template>{{ 1 }}</template>\n~~~\n"
    let result = try await validate(answer)
    #expect(result.compiles == true && result.extraction == .init(from: "fence", line: 7))
    let prose = try await validate("Here:\n\n<template>\n  <p>x</p>\n</template>\n\nThat is all.")
    #expect(prose.compiles == true && prose.extraction == .init(from: "text", line: 3))
    let none = try await validate("const a = 1")
    #expect(none.status == .failed && none.score == 0 && none.diagnostics.map(\.code) == ["NO_COMPONENT"])
  }

  @Test func `a component of five megabytes is refused by name`() async throws {
    let result = try await validate("<template>" + String(repeating: "<p>text</p>\n", count: 420_000) + "</template>")
    #expect(result.diagnostics.map(\.code) == ["FILE_TOO_LARGE"])
  }

  @Test func `what no compiler here knows is said, not failed`() async throws {
    let result = try await validate(
      "<script setup lang=\"ts\">\nconst a = 1\n</script>\n<template lang=\"pug\">\np= a\n</template>\n")
    #expect(result.status == .unavailable && result.score == nil && result.reason?.contains("pug") == true)
  }

  @Test func `bad parameters are refused`() async throws {
    for change: (inout ValidateVue.Params) -> Void in [
      { $0.path = "/x.vue" }, { $0.source = nil }, { $0.autoImports = 3 }, { $0.name = "../x.vue" },
      { $0.timeoutSeconds = 0 },
      { $0.files = [.init(path: "/etc/passwd", source: "")] }, { $0.root = "/no/such/folder" },
    ] {
      await #expect(throws: ServiceError.self) { try await validate(Self.component, change) }
    }
  }
}
