import AnswerValidation
import JSON
import SeededRandom

extension RecordSource {
  private static let products = [
    "Desk Lamp", "Notebook", "Water Bottle", "Backpack", "Headset", "Keyboard", "Travel Mug", "Phone Stand",
  ]
  private static let statuses = ["pending", "processing", "shipped", "delivered", "cancelled"]

  /// Orders of 20 customers in turn, with one to four items each; statuses in turn. Amounts add up exactly.
  func orders(_ count: Int) -> [JSONValue] {
    var generator = generator("orders")
    var people = self.generator("customers")
    var names = PersonNames(self.generator("names"))
    let customers: [JSONValue] = (0..<min(20, count)).map { index in
      let (name, email) = names.next(domain: "example.com")
      let phone = "+1-555-\(CalendarDate.padded(people.next(in: 0...9999), 4))"
      return ["id": JSONValue(index + 1), "name": .string(name), "email": .string(email), "phone": .string(phone)]
    }
    return (0..<count).map { index in
      var subtotal = 0
      let items: [JSONValue] = (0..<generator.next(in: 1...4)).map { _ in
        let (quantity, price) = (generator.next(in: 1...5), generator.hundredths(999...19_999))
        subtotal += quantity * price
        return [
          "sku": .string("SKU-" + generator.token(6, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789")),
          "name": .string(generator.pick(Self.products)), "quantity": JSONValue(quantity),
          "price": JSONValue(hundredths: price),
        ]
      }
      let tax = (subtotal * 8 + 50) / 100
      return [
        "orderId": .string("ORD-\(CalendarDate.padded(index + 1, 4))"), "customer": customers[index % customers.count],
        "items": .array(items), "subtotal": JSONValue(hundredths: subtotal), "tax": JSONValue(hundredths: tax),
        "total": JSONValue(hundredths: subtotal + tax), "status": .string(Self.statuses[index % Self.statuses.count]),
        "orderDate": .string(Self.today.adding(days: -generator.next(in: 1...90)).text),
      ]
    }
  }

  private static let endpoints = ["/api/users", "/api/orders", "/api/products", "/api/auth", "/api/payments"]
  private static let failures = [
    "Database connection timeout", "Invalid authentication token", "Resource not found", "Internal server error",
    "Rate limit exceeded",
  ]

  /// Log entries in order of time, none at the same; about half of them with an error.
  func logs(_ count: Int) -> [JSONValue] {
    var generator = generator("logs")
    var milliseconds = 0
    return (0..<count).map { _ in
      milliseconds += generator.next(in: 1...8_000_000)
      let level = generator.pick(["info", "warn", "error"])
      let isFailure = level == "error" || level == "warn" && generator.chance(35)
      var entry: JSONObject = [
        "timestamp": .string(Self.moment(milliseconds)), "level": .string(level),
        "endpoint": .string(generator.pick(Self.endpoints)),
        "statusCode": JSONValue(
          isFailure
            ? generator.pick([400, 401, 403, 404, 429, 500, 502, 503], else: 500)
            : generator.pick([200, 201, 202, 204], else: 200)),
        "responseTime": JSONValue(generator.next(in: 10...5000)), "userId": JSONValue(generator.next(in: 1000...9999)),
      ]
      if isFailure {
        entry["error"] = [
          "message": .string(generator.pick(Self.failures)),
          "stack": .string(
            "Error: code \(generator.next(in: 100...999))\n  at handler\n  at \(generator.pick(["router", "server", "pool"]))"
          ),
          "retryable": .bool(generator.chance(60)),
        ]
      }
      return .object(entry)
    }
  }

  /// - Parameter milliseconds: since a week before ``today``.
  private static func moment(_ milliseconds: Int) -> String {
    let day = 86_400_000
    let date = today.adding(days: milliseconds / day - 7)
    let rest = milliseconds % day
    let parts = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { CalendarDate.padded($0, 2) }
    return "\(date.text)T\(parts.joined(separator: ":")).\(CalendarDate.padded(rest % 1000, 3))Z"
  }

  private static let flagWords = [
    "anchor", "beacon", "canyon", "dynamo", "engine", "forest", "galaxy", "hammer", "island", "jungle", "kettle",
    "lantern", "meadow", "needle", "orchid", "pebble", "rocket", "saddle", "temple", "valley", "window", "yellow",
  ]
  private static let owners = [
    "Amara", "Bastian", "Carmen", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
  ]

  /// Flags by name, all with the same plain fields.
  func flags(_ count: Int) -> JSONValue {
    var generator = generator("flags")
    return .object(
      JSONObject(
        distinct: (0..<count).map { index in
          let flag: JSONValue = [
            "enabled": .bool(generator.chance(60)), "rollout": JSONValue(generator.next(in: 0...100)),
            "owner": .string(generator.pick(Self.owners)),
            "updatedAt": .string(Self.today.adding(days: -generator.next(in: 1...90)).text),
          ]
          return (key: "flag_\(index)_\(generator.pick(Self.flagWords))", value: flag)
        }))
  }

  private static let places = [
    ("Lisbon", "Portugal"), ("Porto", "Portugal"), ("Vienna", "Austria"), ("Graz", "Austria"), ("Oslo", "Norway"),
    ("Bergen", "Norway"), ("Nairobi", "Kenya"), ("Mombasa", "Kenya"), ("Lima", "Peru"), ("Cusco", "Peru"),
    ("Hanoi", "Vietnam"), ("Hue", "Vietnam"), ("Turku", "Finland"), ("Tampere", "Finland"), ("Cork", "Ireland"),
  ]
  private static let plans = [("free", 0), ("starter", 15), ("pro", 40), ("enterprise", 120)]

  /// Contacts whose address and plan are groups of the same fields in all of them.
  func contacts(_ count: Int) -> [JSONValue] {
    var generator = generator("contacts")
    var names = PersonNames(self.generator("names"))
    return (0..<count).map { _ in
      let (name, email) = names.next(domain: generator.pick(Self.domainsOfContacts))
      let place = generator.pick(Self.places, else: ("Lima", "Peru"))
      let plan = generator.pick(Self.plans, else: ("free", 0))
      return [
        "name": .string(name), "age": JSONValue(generator.next(in: 18...80)), "email": .string(email),
        "address": ["city": .string(place.0), "country": .string(place.1)],
        "plan": ["name": .string(plan.0), "price": JSONValue(plan.1)],
      ]
    }
  }

  private static let domainsOfContacts = ["example.com", "example.org"]
}
