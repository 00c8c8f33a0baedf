import JSON

extension ModelFacts {
  /// Asks Ollama what a model is.
  ///
  /// Source: github.com/ollama/ollama, docs/api.md ("Show Model Information", "List Local Models", "List Running
  /// Models", "Version") and api/types.go, as of 2026-08-21.
  static func ofOllama(_ context: ModelContext) async throws(ModelError) -> ModelFacts {
    let exchange = try InspectionExchange(context, OllamaDialect(), hintWhenDown: OllamaDialect.hintWhenDown)
    let name = context.reference.name
    guard let shown = try await exchange.post("/api/show", ["model": .string(name)]) else {
      throw ModelError(
        .unsupported, "\(exchange.endpoint.url) does not answer /api/show as Ollama does; look at the base URL")
    }
    var facts = ModelFacts(server: "ollama")
    facts.takeShown(shown)
    facts.serverVersion = try await exchange.get("/api/version")?["version"]?.stringValue
    let listed = entry(try await exchange.get("/api/tags"), name)
    facts.fileBytes = PartialUsage.count(listed?["size"])
    facts.digest = listed?["digest"]?.stringValue
    if let running = try await exchange.get("/api/ps"), running["models"] != nil {
      let entry = entry(running, name)
      facts.isLoaded = entry != nil
      facts.loadedContextLength = entry?["context_length"]?.intValue.flatMap { $0 > 0 ? $0 : nil }
      facts.gpuMemoryBytes = PartialUsage.count(entry?["size_vram"])
    }
    return facts
  }

  private mutating func takeShown(_ shown: JSONValue) {
    let details = shown["details"]
    quantization = details?["quantization_level"]?.stringValue.flatMap { $0.isEmpty || $0 == "unknown" ? nil : $0 }
    capabilities = shown["capabilities"]?.arrayValue?.compactMap(\.stringValue)
    var metadata = ModelMetadata()
    let info = shown["model_info"]?.objectValue ?? JSONObject()
    metadata.architecture = info["general.architecture"]?.stringValue
    metadata.parameters = PartialUsage.count(info["general.parameter_count"])
    let prefix = (metadata.architecture ?? "") + "."
    for (key, value) in info where key.hasPrefix(prefix) {
      metadata.numbers[String(key.dropFirst(prefix.count))] = value.intValue
    }
    take(metadata)
    architecture = architecture ?? details?["family"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    parameters = parameters ?? details?["parameter_size"]?.stringValue.flatMap(Self.count)
  }

  /// The entry of a model in a list; a name without a tag means `latest`.
  private static func entry(_ list: JSONValue?, _ name: String) -> JSONValue? {
    let full = name.split(separator: "/").last?.contains(":") == true ? name : name + ":latest"
    return list?["models"]?.arrayValue?.first { entry in
      let names = [entry["model"], entry["name"]].compactMap { $0?.stringValue }
      return names.contains(full) || names.contains(name)
    }
  }

  /// "7.6B" and "135.00M" as numbers.
  private static func count(_ text: String) -> Int? {
    let factors: [Character: Double] = ["K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12]
    guard let last = text.last, let factor = factors[last], let number = Double(text.dropLast()), number > 0,
      number < 1e6
    else { return nil }
    return Int((number * factor).rounded())
  }
}
