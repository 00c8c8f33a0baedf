/// What the parts of a dataset are called in its questions. Without an entry a table is called by its name in the data.
struct Vocabulary: Sendable {
  var tables: [String: TableWords] = [:]
}

struct TableWords: Sendable {
  let singular: String
  let plural: String
  /// The field that tells records apart; nil to look for one.
  var key: String?
  /// How one record is referred to; `%` stands for its key.
  var reference: String
  /// Names of fields, by their path, where those in the data are not clear.
  var labels: [String: String] = [:]
  /// Numbers that are not added up or averaged.
  var identifiers: Set<String> = []

  init(
    _ singular: String, _ plural: String, key: String?, reference: String, labels: [String: String] = [:],
    identifiers: Set<String> = []
  ) {
    self.singular = singular
    self.plural = plural
    self.key = key
    self.reference = reference
    self.labels = labels
    self.identifiers = identifiers
  }

  /// Of a table with a name and nothing else known.
  init(name: String) {
    let words = RecordField.words(name)
    plural = words.isEmpty ? "records" : words
    singular =
      plural.hasSuffix("ies")
      ? plural.dropLast(3) + "y"
      : plural.hasSuffix("s") && !plural.hasSuffix("ss") ? String(plural.dropLast()) : "entry of \(plural)"
    reference = "\(singular) %"
  }
}

extension DataSetKind {
  var vocabulary: Vocabulary {
    switch self {
    case .tabular:
      Vocabulary(tables: [
        "employees": TableWords(
          "employee", "employees", key: "name", reference: "employee %",
          labels: ["yearsExperience": "number of years of experience"],
          identifiers: ["id"])
      ])
    case .nested:
      Vocabulary(tables: [
        "orders": TableWords(
          "order", "orders", key: "orderId", reference: "order %",
          labels: [
            "orderDate": "order date", "customer.name": "customer name", "customer.email": "customer e-mail address",
            "customer.phone": "customer phone number", "customer.id": "customer id", "items": "number of items",
          ], identifiers: ["customer.id"])
      ])
    case .analytics:
      Vocabulary(tables: [
        "metrics": TableWords(
          "day", "days", key: "date", reference: "the day %",
          labels: ["views": "number of views", "clicks": "number of clicks", "conversions": "number of conversions"])
      ])
    case .repositories:
      Vocabulary(tables: [
        "repositories": TableWords(
          "repository", "repositories", key: "repo", reference: "the repository %",
          labels: [
            "stars": "number of stars", "forks": "number of forks", "watchers": "number of watchers",
            "defaultBranch": "default branch", "createdAt": "time of creation", "updatedAt": "time of the last update",
            "pushedAt": "time of the last push",
          ], identifiers: ["id"])
      ])
    case .eventLogs:
      Vocabulary(tables: [
        "logs": TableWords(
          "log entry", "log entries", key: "timestamp", reference: "the log entry at %",
          labels: [
            "responseTime": "response time", "statusCode": "status code", "userId": "user id",
            "error.message": "error message", "error.retryable": "error marked as retryable",
          ], identifiers: ["statusCode", "userId"])
      ])
    case .featureFlags:
      Vocabulary(tables: [
        "flags": TableWords(
          "flag", "flags", key: nil, reference: "the flag %", labels: ["updatedAt": "date of the last update"])
      ])
    case .contacts:
      Vocabulary(tables: [
        "contacts": TableWords(
          "contact", "contacts", key: "name", reference: "%",
          labels: [
            "address.city": "city of the address", "address.country": "country of the address",
            "plan.name": "name of the plan", "plan.price": "price of the plan", "email": "e-mail address",
          ])
      ])
    default: Vocabulary()
    }
  }
}
