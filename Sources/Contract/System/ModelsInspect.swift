package enum ModelsInspect: Method {
  package static let name = "models.inspect"
  package static let summary =
    "Says what a model on a local server is: architecture, size, quantisation, context, experts."
  package static let details =
    "Of `ollama/` models Ollama's own API tells, of `local/` and `openai-compatible/` ones llama.cpp's server; other "
    + "servers tell less, and of `replay/` it is told whose answers it holds. What is not told is null. Hosted providers' models cannot be inspected (`unsupported`)."
  package static let errors: [ServiceError.Kind] = [
    .unknownModel, .modelUnavailable, .missingAPIKey, .unsupported, .invalidData,
  ]

  package struct Params: Codable, Sendable, Equatable {
    /// `PROVIDER/MODEL`.
    package var model: String
    /// Of the server; the configured one when absent.
    package var baseURL: String?

    package init(model: String, baseURL: String? = nil) {
      self.model = model
      self.baseURL = baseURL
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var model: String
    /// `ollama`, `llama.cpp`, `recording` or `unknown`.
    package var server: String
    package var serverVersion: String?
    package var architecture: String?
    package var parameters: Int?
    package var activeParameters: Int?
    package var quantization: String?
    package var contextLength: Int?
    package var loadedContextLength: Int?
    package var isMixtureOfExperts: Bool?
    package var experts: Int?
    package var expertsUsed: Int?
    package var isLoaded: Bool?
    package var fileBytes: Int?
    package var gpuMemoryBytes: Int?
    package var slots: Int?
    package var capabilities: [String]?
    package var digest: String?
    package var recordedModel: String?

    package init(model: String, server: String) {
      self.model = model
      self.server = server
    }
  }
}
