import AnswerValidation
import JSON
import SeededRandom

extension RecordSource {
  private static let departments = ["Engineering", "Sales", "Marketing", "Support", "Operations", "Finance"]
  private static let domains = ["example.com", "example.org", "example.net"]

  /// Employees with plain fields; departments in turn, four of five active.
  ///
  /// No value holds a comma, a quotation mark or a line break: their cells can be cut out of encoded text.
  func employees(_ count: Int) -> [JSONValue] {
    var generator = generator("employees")
    var names = PersonNames(self.generator("names"))
    return (0..<count).map { index in
      let (name, email) = names.next(domain: generator.pick(Self.domains))
      return [
        "id": JSONValue(index + 1), "name": .string(name), "email": .string(email),
        "department": .string(Self.departments[index % Self.departments.count]),
        "salary": JSONValue(generator.next(in: 42_000...148_000)),
        "yearsExperience": JSONValue(generator.next(in: 1...25)), "active": .bool(generator.chance(80)),
      ]
    }
  }

  /// A day each from 2025-01-01 on; fewer visits at weekends.
  func metrics(_ count: Int) -> [JSONValue] {
    var generator = generator("metrics")
    let start = CalendarDate(dayNumber: 20_089)
    return (0..<count).map { index in
      let date = start.adding(days: index)
      let isWeekend = date.weekday == 0 || date.weekday == 6
      let views = (isWeekend ? 3500 : 5000) + generator.next(in: -1000...3000)
      let clicks = views * generator.next(in: 200...800) / 10_000
      let conversions = clicks * generator.next(in: 50...150) / 1000
      let revenue = conversions * generator.hundredths(4999...29_999)
      return [
        "date": .string(date.text), "views": JSONValue(views), "clicks": JSONValue(clicks),
        "conversions": JSONValue(conversions), "revenue": JSONValue(hundredths: revenue),
        "bounceRate": JSONValue(hundredths: generator.hundredths(30...70)),
      ]
    }
  }

  private static let projectWords = [
    "amber", "birch", "cobalt", "delta", "ember", "fjord", "garnet", "harbor", "indigo", "juniper", "kelp", "lumen",
    "maple", "nimbus", "onyx", "prism", "quartz", "raven", "sable", "tundra", "umber", "vertex", "willow", "zephyr",
  ]
  private static let projectKinds = [
    "a build tool", "a web framework", "a text editor", "a database", "a test runner", "a chart library",
    "a package manager", "a queue", "a game engine", "an HTTP client",
  ]

  /// Stand-ins for repositories, the most starred first: their names and descriptions say that they are not real.
  func repositories(_ count: Int) -> [JSONValue] {
    var generator = generator("repositories")
    var stars = 420_000
    return (0..<count).map { index in
      stars = max(100, stars - generator.next(in: 200...200 + stars / 40))
      let name = "stand-in-\(generator.pick(Self.projectWords))-\(CalendarDate.padded(index + 1, 3))"
      let created = Self.today.adding(days: -generator.next(in: 400...5400))
      let updated = Self.today.adding(days: -generator.next(in: 0...20))
      let pushed = Self.today.adding(days: -generator.next(in: 0...300))
      return [
        "id": JSONValue(9_000_000_000 + index * 977 + generator.next(in: 0...900)), "name": .string(name),
        "repo": .string("stand-in/\(name)"),
        "description": .string("Generated stand-in for \(generator.pick(Self.projectKinds))"),
        "stars": JSONValue(stars), "watchers": JSONValue(stars / 50 + generator.next(in: 0...900)),
        "forks": JSONValue(stars / 7 + generator.next(in: 0...9000)),
        "defaultBranch": .string(generator.pick(["main", "main", "main", "master", "master", "develop"])),
        "createdAt": .string(created.text + time(&generator)), "updatedAt": .string(updated.text + time(&generator)),
        "pushedAt": .string(pushed.text + time(&generator)),
      ]
    }
  }

  func time(_ generator: inout SeededGenerator) -> String {
    let parts = [generator.next(in: 0...23), generator.next(in: 0...59), generator.next(in: 0...59)]
    return "T" + parts.map { CalendarDate.padded($0, 2) }.joined(separator: ":") + "Z"
  }
}
