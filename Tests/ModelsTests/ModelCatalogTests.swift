import HTTP
import Models
import Testing

@Suite struct ModelCatalogTests {
  private func error(
    _ reference: String, _ environment: [String: String] = [:], baseURL: String? = nil
  ) throws -> ModelError? {
    let reference = try ModelReference(parsing: reference)
    do throws(ModelError) {
      _ = try ModelCatalog.standard.client(
        for: reference, options: ModelOptions(baseURL: baseURL), environment: environment)
      return nil
    } catch {
      return error
    }
  }

  @Test func `an unknown provider is answered with the known ones`() throws {
    let error = try error("nobody/x")
    #expect(error?.kind == .unknownProvider)
    for name in ["openai", "local", "replay"] { #expect(error?.message.contains(name) == true) }
  }

  @Test func `a missing key names its variable`() throws {
    for environment in [[:], ["OPENAI_API_KEY": ""], ["OPENAI_API_KEY": " \n"]] {
      let error = try error("openai/gpt-5.1", environment)
      #expect(error?.kind == .missingAPIKey && error?.variable == "OPENAI_API_KEY")
      #expect(error?.message.contains("OPENAI_API_KEY") == true)
    }
    #expect(try error("openai/gpt-5.1", ["OPENAI_API_KEY": "key-123456"]) == nil)
    #expect(try error("local/x") == nil)
  }

  @Test func `a key that no header can hold is refused without being shown`() throws {
    let error = try error("openai/x", ["OPENAI_API_KEY": "sk-marker\nX-Other: 1"])
    #expect(error?.kind == .authentication && error?.message.contains("marker") == false)
  }

  @Test(arguments: ["ftp://x", "no url", "http://", "http://x:99999"])
  func `a base URL that is none is refused`(_ url: String) throws {
    #expect(try error("local/x", baseURL: url)?.kind == .badRequest)
  }

  @Test func `an address must be given where there is no usual one`() throws {
    let error = try error("openai-compatible/x")
    #expect(error?.message.contains("--base-url") == true)
    #expect(try self.error("openai-compatible/x", ["OPENAI_COMPATIBLE_BASE_URL": "http://127.0.0.1:1"]) == nil)
  }

  @Test func `local means this machine`() throws {
    let reference = try ModelReference(parsing: "local/x")
    let here = try ModelCatalog.standard.client(for: reference, environment: [:])
    #expect(here.isLocal && here.defaultConcurrency == 1)
    let there = try ModelCatalog.standard.client(
      for: reference, environment: ["LLMBENCH_LOCAL_BASE_URL": "http://10.1.1.1:8000/v1"])
    #expect(!there.isLocal)
  }

  @Test func `the list of models tells whether a key is set`() throws {
    let listings = ModelCatalog.standard.listings(environment: ["OPENAI_API_KEY": "key-123456"])
    let openAI = try #require(listings.first { $0.reference.description == "openai/gpt-5.1" })
    #expect(openAI.isKeySet && openAI.isUsable && !openAI.isLocal && openAI.keyVariable == "OPENAI_API_KEY")
    let without = ModelCatalog.standard.listings(environment: [:])
    #expect(without.contains { $0.reference.provider == "openai" && !$0.isUsable })
    #expect(without.contains { $0.reference.provider == "local" && $0.isUsable && $0.isLocal })
    #expect(!"\(listings)".contains("key-123456"))
  }
}

@Suite struct RetryAfterTests {
  @Test func `seconds, dates and milliseconds are read`() {
    #expect(RetryAfter.seconds(HTTPHeaders(["Retry-After": "120"])) == 120)
    #expect(RetryAfter.seconds(HTTPHeaders(["Retry-After": "1.5"])) == 1.5)
    #expect(RetryAfter.seconds(HTTPHeaders(["retry-after-ms": "1500", "Retry-After": "9"])) == 1.5)
    let date = HTTPHeaders(["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"])
    #expect(RetryAfter.seconds(date) == 30)
    #expect(RetryAfter.seconds(HTTPHeaders(["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"])) == 0)
    for text in ["", "soon", "-1", "nan", "inf"] {
      #expect(RetryAfter.seconds(HTTPHeaders(["Retry-After": text])) == nil)
    }
    #expect(RetryAfter.seconds(HTTPHeaders()) == nil)
  }

  @Test(arguments: [
    ("1s", 1.0), ("6m0s", 360), ("120ms", 0.12), ("1h2m3.5s", 3723.5), ("17", 17), ("", nil), ("x", nil), ("5", 5),
    ("1x", nil), ("-1", nil), ("s", nil),
  ])
  func `lengths of time in rate limit headers are read`(_ text: String, _ seconds: Double?) {
    #expect(RateLimitStatus.seconds(text) == seconds)
  }
}
