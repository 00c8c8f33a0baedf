/// What a model is, as the server that has it tells; nil means that it does not.
package struct ModelFacts: Sendable, Equatable {
  /// "ollama", "llama.cpp", "recording", or "unknown" for another server of the same API.
  package var server: String
  package var serverVersion: String?
  /// As the model's file has it: "llama", "qwen3moe"…
  package var architecture: String?
  /// All of them, also those of experts that a token does not meet.
  package var parameters: Int?
  /// Those that one token passes through.
  package var activeParameters: Int?
  /// "Q4_K_M", "F16"…
  package var quantization: String?
  /// The longest context that the model was trained for, in tokens.
  package var contextLength: Int?
  /// The context that it is loaded with, in tokens; nil also while it is not loaded.
  package var loadedContextLength: Int?
  /// Whether it is a mixture of experts; false for a dense model.
  package var isMixtureOfExperts: Bool?
  /// In each block of the model that has experts; nil for a dense one.
  package var experts: Int?
  /// How many of them a token meets.
  package var expertsUsed: Int?
  package var isLoaded: Bool?
  package var fileBytes: Int?
  /// Of GPUs, while it is loaded.
  package var gpuMemoryBytes: Int?
  /// Requests that the server answers at once.
  package var slots: Int?
  /// "completion", "vision", "thinking"… in the server's words.
  package var capabilities: [String]?
  /// What names exactly these weights: SHA-256 in hexadecimal.
  package var digest: String?
  /// Whose answers a recording holds, as a reference.
  package var recordedModel: String?

  package init(server: String) { self.server = server }
}

extension ModelFacts {
  /// Takes what a model's GGUF metadata says.
  ///
  /// Source: github.com/ggml-org/ggml, docs/gguf.md ("Standardized key-value pairs"), as of 2026-11: a dense model has
  /// no `expert_count`.
  mutating func take(_ metadata: ModelMetadata) {
    guard let architecture = metadata.architecture else { return }
    self.architecture = architecture
    contextLength = metadata["context_length"] ?? contextLength
    parameters = parameters ?? metadata.parameters
    let experts = metadata["expert_count"] ?? 0
    isMixtureOfExperts = experts > 0
    if experts > 0 {
      self.experts = experts
      expertsUsed = metadata["expert_used_count"]
      activeParameters = parameters.flatMap(metadata.activeParameters)
    } else {
      activeParameters = parameters
    }
  }
}

/// Numbers of a model's GGUF metadata.
struct ModelMetadata: Equatable {
  var architecture: String?
  /// `general.parameter_count`.
  var parameters: Int?
  /// The keys of the architecture, without its name: "block_count"…
  var numbers: [String: Int] = [:]

  subscript(key: String) -> Int? { numbers[key] }

  /// The parameters that one token passes through: all but those of the experts that it does not meet.
  ///
  /// An expert is a gated feed-forward net, three matrices of embedding length times its own inner length; the first
  /// blocks of some models and every other block of others have none. nil where a number is missing or the result
  /// makes no sense.
  func activeParameters(of total: Int) -> Int? {
    guard let experts = self["expert_count"], let used = self["expert_used_count"], used > 0, used <= experts,
      let blocks = self["block_count"], let width = self["embedding_length"],
      let inner = self["expert_feed_forward_length"] ?? self["feed_forward_length"]
    else { return nil }
    let candidates = blocks - (self["leading_dense_block_count"] ?? 0)
    let withExperts = candidates / max(1, self["interleave_moe_layer_step"] ?? 1)
    var idle = 3
    for factor in [withExperts, experts - used, width, inner] {
      let (product, overflow) = idle.multipliedReportingOverflow(by: factor)
      guard !overflow, product >= 0 else { return nil }
      idle = product
    }
    return idle < total ? total - idle : nil
  }
}
