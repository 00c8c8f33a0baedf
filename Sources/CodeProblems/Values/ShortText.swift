/// Texts cut to what people read.
package enum ShortText {
  /// The beginning and the end, with `…` for what was left out between.
  package static func middleCut(_ text: String, to count: Int) -> String {
    guard text.unicodeScalars.count > count else { return text }
    let scalars = text.unicodeScalars
    return String(scalars.prefix(count / 2)) + "…" + String(scalars.suffix(count - count / 2 - 1))
  }
}
