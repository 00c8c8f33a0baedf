import Contract
import JSON

/// The answers of a run that asked the same questions in several data formats, as few numbers as a report needs of each.
///
/// A sample belongs here when its metadata name a `format` and a `question`.
struct FormatDigest {
  struct Answer {
    let model: Int
    let format: Int
    let dataset: Int
    let type: Int
    let question: Int
    let epoch: Int
    let isRight: Bool
    /// The verdict of the lenient judge.
    let isLenientlyRight: Bool
    /// Of the prompt; nil where they are unknown.
    let tokens: Int?
    /// Of a question about damage: what the answer said.
    let damage: DamageAnswer?
  }

  /// What was said of a text that may be damaged.
  struct DamageAnswer {
    let isValid: Bool
    /// Whether the text itself shows the damage.
    let isVisible: Bool
    let saysDamaged: Bool
  }

  struct DatasetFacts {
    let structure: String
    let rows: Int
    let isFlat: Bool
    var questions: Set<Int> = []
  }

  private(set) var answers: [Answer] = []
  private(set) var models = Names()
  private(set) var formats = Names()
  private(set) var datasets = Names()
  private(set) var types = Names()
  private var questions = Names()
  private(set) var facts: [DatasetFacts] = []

  /// Names in the order they came, and their numbers.
  struct Names {
    private(set) var all: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func number(_ name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = all.count
      all.append(name)
      return all.count - 1
    }
  }

  var isEmpty: Bool { answers.isEmpty }

  mutating func add(_ sample: SampleRecord) {
    let facts = sample.metadata
    guard let format = facts["format"]?.stringValue, let question = facts["question"]?.stringValue,
      let dataset = facts["dataset"]?.stringValue, let type = facts["questionType"]?.stringValue,
      let score = sample.score
    else { return }
    let number = datasets.number(dataset)
    if number == self.facts.count {
      self.facts.append(
        DatasetFacts(
          structure: facts["structure"]?.stringValue ?? "", rows: facts["rows"]?.intValue ?? 0,
          isFlat: facts["flat"]?.boolValue ?? false))
    }
    let questionNumber = questions.number(question)
    self.facts[number].questions.insert(questionNumber)
    answers.append(
      Answer(
        model: models.number(sample.model), format: formats.number(format), dataset: number, type: types.number(type),
        question: questionNumber, epoch: sample.epoch, isRight: score >= 1,
        isLenientlyRight: (sample.metrics["lenient"] ?? score) >= 1,
        tokens: facts["dataTokens"]?.intValue ?? sample.promptTokens, damage: Self.damage(sample)))
  }

  private static func damage(_ sample: SampleRecord) -> DamageAnswer? {
    guard let isValid = sample.metadata["valid"]?.boolValue, let says = sample.extracted?.boolValue,
      let yesMeansValid = sample.metadata["yesMeansValid"]?.boolValue
    else { return nil }
    return DamageAnswer(
      isValid: isValid, isVisible: sample.metadata["damageVisible"]?.boolValue ?? false,
      saysDamaged: says != yesMeansValid)
  }
}
