import Contract

/// The size at which a model breaks, in sentences.
enum CliffView {
  static func lines(_ cliff: CliffFit) -> [StyledText] {
    var lines: [StyledText] = []
    if let size = cliff.sizeAt95 {
      lines.append("95 % pass up to size \(text(size, cliff.sizeAt95Low, cliff.sizeAt95High)).")
    }
    if let size = cliff.sizeAt50 {
      lines.append("Half of the samples pass at size \(text(size, cliff.sizeAt50Low, cliff.sizeAt50High)).")
    }
    if let note = cliff.note, !note.isEmpty { lines.append(StyledText(note)) }
    return lines
  }

  private static func text(_ size: Double, _ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return NumberText.mean(size) }
    return "\(NumberText.mean(size)) (95 % interval \(NumberText.mean(low))–\(NumberText.mean(high)))"
  }
}
