import SeededRandom

/// Text in which facts lie: invented sentences, each of which says nothing that is asked for, and none of which has a
/// number.
enum Haystack {
  /// Text of about so many bytes, whole sentences, with the facts at their places. Facts are in it however short it is.
  static func text(bytes: Int, facts: [ContextTask.Fact], _ generator: inout SeededGenerator) -> String {
    let facts = facts.sorted { $0.place < $1.place }
    let room = bytes - facts.reduce(0) { $0 + $1.sentence.utf8.count + 1 }
    var text = ""
    text.reserveCapacity(max(bytes, 0))
    var filled = 0
    var next = 0
    var sentences = 0
    func separator() -> String { text.isEmpty ? "" : sentences.isMultiple(of: 6) ? "\n" : " " }
    while true {
      let sentence = sentence(&generator)
      let isFull = filled + sentence.utf8.count + 1 > room
      let share = isFull ? 1 : Double(filled) / Double(max(room, 1))
      while next < facts.count, isFull || facts[next].place <= share {
        text += separator() + facts[next].sentence
        sentences += 1
        next += 1
      }
      if isFull { return text }
      text += separator() + sentence
      sentences += 1
      filled += sentence.utf8.count + 1
    }
  }

  private static func sentence(_ generator: inout SeededGenerator) -> String {
    func pick(_ words: [String]) -> String { words[generator.next(in: 0...(words.count - 1))] }
    switch generator.next(in: 0...4) {
    case 0:
      return "\(pick(people)) \(pick(verbs)) a \(pick(things)) on the way from \(pick(places)) to \(pick(places))."
    case 1: return "In \(pick(places)) the \(pick(things)) was \(pick(states)) before \(pick(times))."
    case 2:
      return "Nobody in \(pick(places)) knew why \(pick(people)) \(pick(verbs)) the \(pick(things)) \(pick(times))."
    case 3:
      return
        "\(pick(people)) and \(pick(people)) met near \(pick(places)), and the \(pick(things)) was \(pick(states))."
    default: return "A letter from \(pick(places)) says that the \(pick(things)) was \(pick(states)) \(pick(times))."
    }
  }

  // Invented, so that no model knows anything about them.
  static let places = [
    "Aldermoor", "Brackwell", "Cornhythe", "Dunmarsh", "Eastlow", "Fernholm", "Garrowby", "Hexcombe", "Inverlade",
    "Jarnwick", "Kelloway", "Lindrake", "Marlstead", "Northam Vale", "Ottercliff", "Pennyford", "Quarnbeck", "Rushmere",
    "Saltney Cross", "Thornhaven", "Uldale Ridge", "Vexborough", "Wendlebury", "Yarrowton",
  ]
  private static let people = [
    "the miller", "an old surveyor", "the harbour master", "a young botanist", "the clockmaker", "a travelling singer",
    "the night porter", "the librarian", "a retired pilot", "the beekeeper", "the ferryman", "a quiet apprentice",
  ]
  private static let verbs = [
    "carried", "repaired", "sold", "lost", "painted", "borrowed", "described", "weighed", "hid", "returned", "sketched",
    "cleaned",
  ]
  private static let things = [
    "lantern", "copper kettle", "rowing boat", "map of the coast", "wooden chair", "weather glass", "bundle of letters",
    "church bell", "bicycle", "basket of pears", "telescope", "stone bridge", "leather saddle", "ledger", "garden gate",
  ]
  private static let states = [
    "out of order", "freshly painted", "nowhere to be found", "covered with moss", "admired by everyone",
    "older than the town itself", "wrapped in oilcloth", "in need of repair", "kept under lock and key",
    "cheaper than expected",
  ]
  private static let times = [
    "after the harvest", "in the first frost", "at midsummer", "late in the evening", "when the river rose",
    "during the long strike", "on market days", "in early spring", "before the fair", "on a foggy morning",
  ]
}
