import Contract
import JSON
import Testing
import VueValidation

/// One validator for all tests, so that the compiler is started once.
let sharedValidator = VueValidator(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])

@Suite(.serialized, .timeLimit(.minutes(5)))
struct VueValidatorTests {
  @Test func `there are at least sixty cases`() {
    #expect(ComponentCase.all.count >= 90)
    #expect(Set(ComponentCase.all.map(\.name)).count == ComponentCase.all.count)
  }

  @Test(arguments: ComponentCase.all)
  func `a component gets the codes of TypeScript and of Vue`(_ given: ComponentCase) async throws {
    var params = ValidateVue.Params(source: given.source)
    params.name = "\(given.name).vue"
    let result = try await sharedValidator.validate(params)
    try #require(result.status != .unavailable, "\(result.reason ?? "")")
    #expect(result.diagnostics.map { "\($0.code)@\($0.line)" } == given.diagnostics)
    #expect(result.compiles == given.diagnostics.isEmpty)
  }
}
