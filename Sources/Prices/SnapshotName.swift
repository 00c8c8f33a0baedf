/// Names of dated versions of a model, as the providers form them.
enum SnapshotName {
  /// The name without `-2026-01-31` (OpenAI), `-20260131` or `@20260131` (Anthropic), `-001` (Google) or `-latest` at
  /// its end.
  static func undated(_ name: String) -> String {
    for suffix in ["-0000-00-00", "-00000000", "@00000000", "-000"] where matches(name, suffix) {
      return String(name.dropLast(suffix.count))
    }
    return name.hasSuffix("-latest") ? String(name.dropLast("-latest".count)) : name
  }

  /// Whether a name ends in this pattern, where `0` stands for any digit.
  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let end = name.utf8.suffix(pattern.utf8.count)
    return end.count == pattern.utf8.count
      && zip(end, pattern.utf8).allSatisfy { byte, model in
        model == UInt8(ascii: "0") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == model
      }
  }
}
