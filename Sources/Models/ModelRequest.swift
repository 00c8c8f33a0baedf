import Hashing
package import JSON

/// One message of a conversation.
package struct ChatMessage: Sendable, Equatable {
  package enum Role: String, Sendable {
    case system
    case user
    case assistant
  }

  package var role: Role
  package var content: String

  package init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
  }
}

/// What a model is asked, without saying which model. What is nil is left to the provider's default.
package struct ModelRequest: Sendable, Equatable {
  package var messages: [ChatMessage]
  /// 0…2 with most providers.
  package var temperature: Double?
  /// 0…1.
  package var topP: Double?
  /// Including the tokens of reasoning, where a provider counts them as output.
  package var maximumOutputTokens: Int?
  package var seed: UInt64?
  /// Texts that end the answer; they are no part of it.
  package var stop: [String]
  /// How much a reasoning model reasons, in the provider's own word: "low", "high"…
  package var reasoningEffort: String?
  /// What only some providers know.
  package var settings: ProviderSettings
  /// Members for the provider's own request body, beyond or instead of what is above. The members of an object, such as
  /// Ollama's `options`, are added to those that are there.
  package var additionalParameters: JSONObject

  package init(
    messages: [ChatMessage], temperature: Double? = nil, topP: Double? = nil, maximumOutputTokens: Int? = nil,
    seed: UInt64? = nil, stop: [String] = [], reasoningEffort: String? = nil,
    settings: ProviderSettings = ProviderSettings(), additionalParameters: JSONObject = JSONObject()
  ) {
    self.messages = messages
    self.temperature = temperature
    self.topP = topP
    self.maximumOutputTokens = maximumOutputTokens
    self.seed = seed
    self.stop = stop
    self.reasoningEffort = reasoningEffort
    self.settings = settings
    self.additionalParameters = additionalParameters
  }
}

extension ModelRequest {
  /// The request as JSON text that is the same for equal requests in every version: members in a fixed order, what is
  /// nil or empty left out, additional parameters sorted by key.
  package var canonicalJSON: [UInt8] { JSONWriter.data(.object(canonicalObject)) }

  /// SHA-256 of ``canonicalJSON`` in hexadecimal: names the request, whichever model is asked.
  package var requestHash: String { SHA256.hex(canonicalJSON) }

  /// ``canonicalJSON`` as a value; a recording may hold it instead of the hash.
  package var canonicalObject: JSONObject {
    var object: JSONObject = [
      "messages": .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    ]
    object["temperature"] = temperature.map { .double($0) }
    object["topP"] = topP.map { .double($0) }
    object["maximumOutputTokens"] = maximumOutputTokens.map { .integer(Int64($0)) }
    // Beyond 2^63 a JSON integer cannot hold it here.
    object["seed"] = seed.map { seed in Int64(exactly: seed).map { .integer($0) } ?? .string(String(seed)) }
    if !stop.isEmpty { object["stop"] = .array(stop.map { .string($0) }) }
    object["reasoningEffort"] = reasoningEffort.map { .string($0) }
    if settings != ProviderSettings() { object["settings"] = .object(settings.canonicalObject) }
    if !additionalParameters.isEmpty {
      object["additionalParameters"] = Self.sorted(.object(additionalParameters))
    }
    return object
  }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      .object(JSONObject(distinct: object.sorted { $0.key < $1.key }.map { (key: $0.key, value: sorted($0.value)) }))
    case .array(let elements): .array(elements.map(sorted))
    default: value
    }
  }

  /// Reads ``canonicalObject`` back; nil where a member has the wrong type.
  package init?(canonical value: JSONValue) {
    guard let elements = value["messages"]?.arrayValue else { return nil }
    var messages: [ChatMessage] = []
    for element in elements {
      guard let role = element["role"]?.stringValue.flatMap(ChatMessage.Role.init),
        let content = element["content"]?.stringValue
      else { return nil }
      messages.append(ChatMessage(role, content))
    }
    self.init(
      messages: messages, temperature: value["temperature"]?.doubleValue, topP: value["topP"]?.doubleValue,
      maximumOutputTokens: value["maximumOutputTokens"]?.intValue, seed: value["seed"].flatMap(Self.seed),
      stop: value["stop"]?.arrayValue?.compactMap(\.stringValue) ?? [],
      reasoningEffort: value["reasoningEffort"]?.stringValue,
      settings: value["settings"].map(ProviderSettings.init(canonical:)) ?? ProviderSettings(),
      additionalParameters: value["additionalParameters"]?.objectValue ?? JSONObject())
  }

  private static func seed(_ value: JSONValue) -> UInt64? {
    value.stringValue.flatMap { UInt64($0) } ?? value.intValue.flatMap { UInt64(exactly: $0) }
  }
}
