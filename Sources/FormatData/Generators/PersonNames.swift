import SeededRandom

/// Names of people, none twice.
struct PersonNames {
  private var index: Int
  private let step: Int
  private var given = 0

  private static let first = [
    "Amara", "Bastian", "Carmen", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Leander",
    "Mila",
    "Nadia", "Oskar", "Paula", "Quentin", "Rosa", "Selma", "Tariq", "Ulla", "Viktor", "Wanda", "Xenia", "Yusuf", "Zora",
    "Anton", "Bianca", "Cedric", "Dunja", "Emil", "Frieda", "Gideon", "Hanna", "Ilja", "Jasmin", "Kofi", "Lotte",
    "Marek", "Nora", "Otis", "Petra", "Rafael", "Simone", "Theo", "Ursula", "Vera", "Willem", "Yara",
  ]
  private static let last = [
    "Abel", "Bauer", "Castillo", "Dahl", "Engel", "Farkas", "Grimm", "Haas", "Ivanov", "Jansen", "Kowalski",
    "Lindqvist",
    "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Sandoval", "Tanaka", "Ueda", "Vogel", "Weiss", "Xu",
    "Yilmaz", "Zimmer", "Adeyemi", "Brandt", "Correa", "Drummond", "Eriksen", "Fontaine", "Galvez", "Holm", "Ishikawa",
    "Juarez", "Keller", "Lombardi", "Mbeki", "Nilsson", "Ortega", "Pfeiffer", "Ramos", "Schwarz", "Thorne", "Urban",
    "Varga", "Winter", "Yamada", "Zeller", "Arslan", "Becker", "Conti",
  ]

  init(_ generator: SeededGenerator) {
    var generator = generator
    let count = Self.first.count * Self.last.count
    index = generator.next(in: 0...count - 1)
    // The number of names is 7² · 53: a step that neither divides reaches every name before one comes again.
    var step = generator.next(in: 200...count - 1)
    while step.isMultiple(of: 7) || step.isMultiple(of: 53) { step += 1 }
    self.step = step
  }

  /// A name, and the e-mail address that goes with it.
  mutating func next(domain: String) -> (name: String, email: String) {
    let count = Self.first.count * Self.last.count
    let (first, last) = (Self.first[index % Self.first.count], Self.last[index / Self.first.count % Self.last.count])
    index = (index + step) % count
    let round = given / count
    given += 1
    let middle = round == 0 ? "" : " " + Self.initials(round)
    let tail = round == 0 ? "" : String(round)
    return ("\(first)\(middle) \(last)", "\(first.lowercased()).\(last.lowercased())\(tail)@\(domain)")
  }

  /// `A.`, `B.` … `Z.`, `A.A.` …
  private static func initials(_ round: Int) -> String {
    var (rest, letters) = (round, "")
    while rest > 0 {
      rest -= 1
      letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + "." + letters
      rest /= 26
    }
    return letters
  }
}
