import HTTP
import JSON

/// How one provider's API is spoken: what a request looks like, and what answers and errors mean. A value without
/// state; the exchange itself is ``HTTPModelClient``'s, the same for all.
protocol ModelDialect: Sendable {
  /// What follows the base URL: "/chat/completions".
  func path(for model: String) -> String
  /// Ends of a base URL that people give although ``path(for:)`` has them; they are cut off.
  var redundantBaseEnds: [String] { get }
  /// Said where nothing is at the address: "a base URL usually ends in /v1".
  var baseURLHint: String { get }
  var streamForm: StreamForm { get }
  /// What every request carries beside its content type.
  func headers(_ key: APIKey?) -> HTTPHeaders
  func body(_ request: ModelRequest, model: String) -> RequestBody

  /// Takes one event of a stream, or a whole answer.
  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer)
  /// What an error means that this provider documents; nil leaves it to the status and to words that all have in
  /// common.
  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind?
  /// What a user of this provider does about an error, as in "get it with 'ollama pull m'"; nil where its message says all.
  func remedy(for kind: ModelError.Kind, model: String) -> String?
  /// Seconds that an error's body asks to wait; headers are looked at by the caller.
  func retryAfterSeconds(_ details: FailureDetails) -> Double?
  func rateLimit(_ headers: HTTPHeaders) -> RateLimitStatus?

  /// What the server will not take, where leaving it out may help.
  func refusal(in details: FailureDetails) -> Refusal?
  /// The dialect after a refusal; nil where nothing is left to change.
  func accepting(_ refusal: Refusal) -> (any ModelDialect)?
}

/// How the pieces of an answer are told apart.
enum StreamForm: Sendable {
  /// Server-sent events.
  case events
  /// One JSON text a line.
  case lines
}

/// What a request body became.
struct RequestBody: Sendable {
  var object: JSONObject
  /// Parameters that the model does not take and that were left out, by their usual names: "temperature", "stop"…
  var omitted: [String] = []
  /// The most tokens that it asks for; nil where it names no limit.
  var outputLimit: Int?
}

/// Something in a request that a server refused by name.
enum Refusal: Hashable, Sendable {
  /// By its name in the body.
  case parameter(String)
  /// The most tokens that this model may be asked for.
  case outputLimit(Int)
}

extension ModelDialect {
  var redundantBaseEnds: [String] { [] }
  var streamForm: StreamForm { .events }
  var baseURLHint: String { "look at the base URL" }

  /// The key as RFC 6750 has it.
  func headers(_ key: APIKey?) -> HTTPHeaders {
    var headers = HTTPHeaders()
    if let key { headers.add("Authorization", "Bearer \(key.value)", isSensitive: true) }
    return headers
  }

  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind? { nil }
  func remedy(for kind: ModelError.Kind, model: String) -> String? { nil }
  func retryAfterSeconds(_ details: FailureDetails) -> Double? { nil }
  func rateLimit(_ headers: HTTPHeaders) -> RateLimitStatus? { nil }
  func refusal(in details: FailureDetails) -> Refusal? { nil }
  func accepting(_ refusal: Refusal) -> (any ModelDialect)? { nil }
}

extension RequestBody {
  /// Adds the user's own members. An object that is there already is completed, not replaced: `{"options": {"top_k":
  /// 3}}` leaves the other options as they are.
  mutating func add(_ parameters: JSONObject) {
    for (key, value) in parameters {
      if case .object(var members)? = object[key], case .object(let more) = value {
        for (name, member) in more { members[name] = member }
        object[key] = .object(members)
      } else {
        object[key] = value
      }
    }
  }
}
