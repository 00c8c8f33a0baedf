import Contract
import Testing

@Suite struct PriceFileTests {
  @Test(arguments: [
    #"{"prices": [{"model": "a/b", "inputUSDPerMillion": 1, "outputUSDPerMillion": 2.5}]}"#,
    #"[{"model": "a/b", "inputUSDPerMillion": 1, "outputUSDPerMillion": 2.5}]"#,
  ]) func `a file is an object with prices, or the list alone`(text: String) throws {
    #expect(try PriceFile.prices(text, name: "p.json") == [ModelPrice(model: "a/b", input: 1, output: 2.5)])
  }

  @Test(arguments: [
    ("{", "line 1"), ("{}", "\"prices\""), ("[{}]", "entry 1"),
    (#"[{"model": "a/b", "inputUSDPerMillion": 1}]"#, "outputUSDPerMillion"),
    (#"[{"model": "a/b", "inputUSDPerMillion": -1, "outputUSDPerMillion": 1}]"#, "inputUSDPerMillion of a/b"),
    (#"[{"model": "b", "inputUSDPerMillion": 1, "outputUSDPerMillion": 1}]"#, "PROVIDER/MODEL"),
    (#"[{"model": "*", "inputUSDPerMillion": 1, "outputUSDPerMillion": 1}]"#, "PROVIDER/MODEL"),
    (#"[{"model": "a/b", "inputUSDPerMillion": 1, "outputUSDPerMillion": 1, "cachedInput": 1}]"#, "cachedInput"),
    (
      #"[{"model": "a/b", "inputUSDPerMillion": 1, "outputUSDPerMillion": 1, "longPrompt": {"aboveTokens": 5, "#
        + #""inputUSDPerMillion": 1, "outputUSDPerMillion": 1, "cached": 1}}]"#, "longPrompt.cached"
    ),
  ]) func `what is wrong is named`(text: String, named: String) {
    let error = #expect(throws: ServiceError.self) { try PriceFile.prices(text, name: "p.json") }
    #expect(error?.kind == .invalidData)
    #expect(error?.message.contains(named) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("p.json") == true)
  }
}
