import EventData
import Testing

@Suite struct SizeNotationTests {
  @Test(arguments: [
    ("1", 1), ("100", 100), ("1k", 1000), ("10K", 10_000), ("1m", 1_000_000), ("2b", 2_000_000_000),
    ("1g", 1_000_000_000), ("1_000", 1000), ("1.5k", 1500), ("0.5m", 500_000), ("1000b", 1_000_000_000_000),
  ])
  func `sizes are read`(text: String, size: Int) throws {
    #expect(try SizeNotation.parse(text) == size)
  }

  @Test(arguments: [
    "", "k", "-1", "1kk", "k1", "1.2345k", "1.5", "1.", ".5k", "1 k", "١k", "0", "0k", "1001b", "9223372036854775808",
    "99999999999999999999b", "1e3", "0x10", "_", "1.0000000001k",
  ])
  func `what is no size is an error that shows it`(text: String) throws {
    let error = #expect(throws: EventDataError.self) { try SizeNotation.parse(text) }
    #expect(error?.code == .invalidOption)
    #expect(error?.message.contains(text) == true)
  }

  @Test(arguments: [
    (0, "0"), (1, "1"), (999, "999"), (1000, "1k"), (1500, "1500"), (100_000, "100k"), (1_000_000, "1m"),
    (1_001_000, "1001k"), (1_000_000_000, "1b"), (12_000_000_000, "12b"),
  ])
  func `sizes are written exactly`(size: Int, text: String) throws {
    #expect(SizeNotation.format(size) == text)
    if size > 0 { #expect(try SizeNotation.parse(text) == size) }
  }
}
