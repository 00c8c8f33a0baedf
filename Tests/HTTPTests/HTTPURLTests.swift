import HTTP
import Testing

@Suite struct HTTPURLTests {
  @Test func `the parts of a URL`() throws {
    let url = try HTTPURL("https://user:secret@Example.com/v1/x?key=secret#f")
    #expect(url.scheme == "https" && url.port == 443 && url.path == "/v1/x")
    #expect(!url.displayText.contains("secret") && url.displayText.hasSuffix("/v1/x"))
    #expect(try HTTPURL("http://[::1]:8089/v1").hostAndPort == "[::1]:8089")
    #expect(try HTTPURL("http://127.0.0.1:8089/v1").displayText == "http://127.0.0.1:8089/v1")
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://127.8.9.1:1", true), ("http://[::1]", true), ("http://a.localhost", true),
    ("http://127.0.0.1.example.com", false), ("http://example.com", false), ("http://10.0.0.1", false),
  ])
  func `loopback is told by the name`(_ text: String, _ isLoopback: Bool) throws {
    #expect(try HTTPURL(text).isLoopback == isLoopback)
  }

  @Test func `the three date forms of HTTP`() {
    for text in [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ] {
      #expect(HTTPDate.secondsSince1970(text) == 784_111_777)
    }
    for text in ["", "120", "soon", "20400101", "::::::::::::::::::"] {
      #expect(HTTPDate.secondsSince1970(text) == nil)
    }
  }
}
