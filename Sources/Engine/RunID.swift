import Contract

/// Makes run ids: the UTC time to the second and six random characters, so that they sort by age and can be typed
/// by their ending part (`20260131-080910-k3f9x2`).
enum RunID {
  static func make(at time: Timestamp = .now()) -> String {
    let digits = time.description.prefix(19).filter(\.isNumber)
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let suffix = String((0..<6).compactMap { _ in alphabet.randomElement() })
    return "\(digits.prefix(8))-\(digits.dropFirst(8))-\(suffix)"
  }
}
