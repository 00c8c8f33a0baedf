import JSON

extension ModelFacts {
  /// Asks a server of the chat completions API what its model is; llama.cpp's says most, others little.
  ///
  /// Sources: github.com/ggml-org/llama.cpp, tools/server/README.md (`GET /props`, `GET /v1/models` with `meta`), as of
  /// 2026-11; docs.vllm.ai for `max_model_len`. Neither says whether the model is a mixture of experts: where the server
  /// runs on this machine, the head of the model's own file does.
  static func ofCompatibleServer(_ context: ModelContext) async throws(ModelError) -> ModelFacts {
    let exchange = try InspectionExchange(context, ChatDialect.compatible, hintWhenDown: "start one or give --base-url")
    let listed = entry(try await exchange.get("/models"), context.reference.name)
    let beside = try InspectionExchange(context, BesideVersion(), hintWhenDown: "start one or give --base-url")
    let props = try await beside.get("/props")
    let isLlamaServer = props?["default_generation_settings"] != nil
    guard isLlamaServer || listed != nil else {
      throw ModelError(
        .unsupported,
        "\(exchange.endpoint.url) tells nothing about “\(context.reference.name)”: it has neither /props nor the model "
          + "in /models")
    }
    var facts = ModelFacts(server: isLlamaServer ? "llama.cpp" : "unknown")
    let meta = listed?["meta"]
    facts.parameters = PartialUsage.count(meta?["n_params"])
    facts.fileBytes = PartialUsage.count(meta?["size"])
    facts.contextLength = PartialUsage.count(meta?["n_ctx_train"])
    facts.loadedContextLength = PartialUsage.count(listed?["max_model_len"])
    if let props, isLlamaServer { facts.take(props: props, meta: meta, isHere: exchange.endpoint.isLoopback) }
    return facts
  }

  private mutating func take(props: JSONValue, meta: JSONValue?, isHere: Bool) {
    serverVersion = props["build_info"]?.stringValue
    loadedContextLength = PartialUsage.count(props["default_generation_settings"]?["n_ctx"])
    slots = PartialUsage.count(props["total_slots"])
    quantization = (props["model_ftype"] ?? meta?["ftype"])?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    isLoaded = props["is_sleeping"]?.boolValue.map { !$0 } ?? true
    var capabilities = ["completion"]
    for (name, value) in props["modalities"]?.objectValue ?? JSONObject() where value.boolValue == true {
      capabilities.append(name)
    }
    self.capabilities = capabilities
    guard isHere, let path = props["model_path"]?.stringValue, path.hasPrefix("/") else { return }
    // Another user's file, or one of another machine behind a tunnel, stays unknown.
    guard let header = try? GGUFHeader(path: path) else { return }
    take(header.metadata)
  }

  /// The entry of a model in a list; the only one where a server has but one, as llama.cpp's answers to any name.
  private static func entry(_ list: JSONValue?, _ name: String) -> JSONValue? {
    let entries = list?["data"]?.arrayValue ?? []
    return entries.first { $0["id"]?.stringValue == name } ?? (entries.count == 1 ? entries.first : nil)
  }
}

/// Paths of llama.cpp's server that stand beside `/v1`, not under it.
private struct BesideVersion: ModelDialect {
  var redundantBaseEnds: [String] { ["/chat/completions", "/v1"] }
  func path(for model: String) -> String { "" }
  func body(_ request: ModelRequest, model: String) -> RequestBody { RequestBody(object: [:]) }
  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {}
}
