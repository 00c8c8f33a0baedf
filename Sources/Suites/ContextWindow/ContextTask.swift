import SeededRandom

/// What is asked about a text, and the facts in the text that matter. It does not depend on the text's length.
struct ContextTask {
  enum Kind: String, CaseIterable {
    case needle
    case aggregation
  }

  /// A sentence with its place in the text: 0 at the beginning, 1 at the end.
  struct Fact {
    let place: Double
    let sentence: String
  }

  let introduction: String
  let question: String
  let facts: [Fact]
  let expected: Int
  /// Numbers of facts about something else, none of them the right answer.
  let otherNumbers: [Int]

  init(_ kind: Kind, depth: Double, _ generator: inout SeededGenerator) {
    var names = Haystack.places
    generator.shuffle(&names)
    switch kind {
    case .needle: self.init(needleAt: depth, names, &generator)
    case .aggregation: self.init(sumOver: names, &generator)
    }
  }

  private static let introduction =
    "Below is a collection of notes. Read all of it; a question about it follows at the end."

  /// One code, and those of three other places.
  private init(needleAt depth: Double, _ names: [String], _ generator: inout SeededGenerator) {
    var codes: [Int] = []
    while codes.count < 4 {
      let code = generator.next(in: 10_000...99_999)
      if !codes.contains(code) { codes.append(code) }
    }
    func sentence(_ index: Int) -> String { "The door code of the archive in \(names[index]) is \(codes[index])." }
    introduction = Self.introduction
    question = "What is the door code of the archive in \(names[0])? Answer with the number alone."
    expected = codes[0]
    otherNumbers = Array(codes.dropFirst())
    facts =
      [Fact(place: depth, sentence: sentence(0))]
      + [0.15, 0.45, 0.85].enumerated().map { Fact(place: $0.element, sentence: sentence($0.offset + 1)) }
  }

  /// Eight amounts of one place, and four of another.
  private init(sumOver names: [String], _ generator: inout SeededGenerator) {
    let amounts = (0..<12).map { _ in generator.next(in: 3...40) }
    func sentence(_ index: Int) -> String {
      "The depot in \(names[index < 8 ? 0 : 1]) took in \(amounts[index]) crates that week."
    }
    let own = amounts.prefix(8).reduce(0, +)
    introduction = Self.introduction
    question =
      "How many crates did the depot in \(names[0]) take in over all weeks together? Answer with the total number alone."
    expected = own
    // Every amount, and everything together: what comes of leaving out or of taking in too much.
    otherNumbers = [own + amounts.suffix(4).reduce(0, +)]
    facts = amounts.indices.map { index in
      Fact(place: (Double(index * 5 % 12) + 0.5) / 12, sentence: sentence(index))
    }
  }
}
