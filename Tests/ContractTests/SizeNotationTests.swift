import Contract
import Testing

@Suite struct SizeNotationTests {
  @Test(arguments: [
    ("1", 1), ("100", 100), ("1k", 1000), ("10K", 10_000), ("1m", 1_000_000), ("2b", 2_000_000_000),
    ("1g", 1_000_000_000), ("1_000", 1000), ("1.5k", 1500), ("0.001m", 1000), ("1000b", 1_000_000_000_000),
  ])
  func `sizes are read`(_ text: String, _ size: Int) {
    #expect(SizeNotation.parse(text) == size)
  }

  @Test(arguments: [
    "", "0", "0k", "k", "k1", "-5", "+5", "1.5", "1.0001k", "1e6", "1kk", "1t", "0x10", "٣", "1 k", "_",
    "99999999999999999999", "9999999999999g", "1..5k", ".5k", "1.k", "1,5k", " ",
  ])
  func `other text is refused`(_ text: String) {
    #expect(SizeNotation.parse(text) == nil)
  }

  @Test(arguments: [
    (1, "1"), (999, "999"), (1000, "1k"), (1500, "1500"), (1_001_000, "1001k"), (12_000_000_000, "12b"),
  ])
  func `sizes are written exactly`(_ size: Int, _ text: String) {
    #expect(SizeNotation.text(size) == text)
    #expect(SizeNotation.parse(text) == size)
  }
}
