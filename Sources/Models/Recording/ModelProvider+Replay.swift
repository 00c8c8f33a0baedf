extension ModelProvider {
  /// Answers recorded earlier; the model's name is the path of the recording.
  static let replay = ModelProvider(
    name: "replay", summary: "answers recorded earlier with --record PATH", keyVariable: nil, isKeyRequired: false,
    baseURLVariable: nil, defaultBaseURL: nil, isLocal: false, exampleModels: [], inspect: ModelFacts.ofRecording
  ) { context throws(ModelError) in
    try ReplayClient(path: context.reference.name)
  }
}

extension ModelFacts {
  /// Whose answers a recording holds.
  fileprivate static func ofRecording(_ context: ModelContext) async throws(ModelError) -> ModelFacts {
    var facts = ModelFacts(server: "recording")
    let model = try ReplayClient(path: context.reference.name).recordedModel
    facts.recordedModel = model.isEmpty ? nil : model
    return facts
  }
}
