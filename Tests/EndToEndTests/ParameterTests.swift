import JSON
import TestSupport
import Testing

/// Parameters that do not fit are refused by name, and none of them ends the program.
@Suite(.timeLimit(.minutes(2))) struct ParameterTests {
  private static let run = #""suite":"sorting","models":["local/x"]"#

  @Test(arguments: [
    ("results.get", #"{"runId":"latest","x":1}"#, "/x"),
    ("benchmark.plan", "{\(run),\"maxTokens\":5}", "/maxTokens"),
    ("benchmark.plan", "{\(run),\"sample\":{\"count\":1,\"sed\":3}}", "/sample/sed"),
    ("results.query", #"{"status":"bogus"}"#, "/status"),
    ("data.process", "{}", "/path"),
  ])
  func `what is misspelled or missing is named`(_ method: String, _ params: String, _ pointer: String) async throws {
    try await Workplace.with { place in
      let error = try await place.run(["call", method, params, "--json"]).json(code: 2)["error"]
      #expect(error?["pointer"] == .string(pointer), "\(String(describing: error))")
    }
  }

  @Test func `a place where no event file can be made is named`() async throws {
    try await Workplace.with { place in
      for folder in ["/proc", "/dev/null"] {
        let params = #"{"sizes":[10],"output":"\#(folder)"}"#
        let error = try await place.run(["call", "data.generate", params, "--json"]).json(code: 1)["error"]
        #expect(error?["kind"] == "fileUnwritable", "\(String(describing: error))")
      }
    }
  }

  @Test(arguments: [
    #""maximumOutputTokens":9223372036854775807"#, #""budget":{"seconds":1e30}"#, #""sample":{"count":1,"seed":1e19}"#,
    #""options":{"sizes":[3],"samples":1000001}"#, #""epochs":9223372036854775807"#, #""temperature":1e300"#,
    #""baseURL":"http://user:secret@127.0.0.1/v1""#, #""retries":-1"#,
  ])
  func `numbers and addresses beyond reason are refused`(_ member: String) async throws {
    try await Workplace.with { place in
      for method in ["benchmark.plan", "benchmark.run"] {
        let error = try await place.run(["call", method, "{\(Self.run),\(member)}", "--json"]).json(code: 2)["error"]
        #expect(
          ["invalidParams", "invalidOption"].contains(error?["kind"]?.stringValue), "\(String(describing: error))")
      }
    }
  }
}
