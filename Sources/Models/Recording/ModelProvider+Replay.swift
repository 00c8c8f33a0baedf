extension ModelProvider {
  /// Answers recorded earlier; the model's name is the path of the recording.
  static let replay = ModelProvider(
    name: "replay", summary: "answers recorded earlier with --record PATH", keyVariable: nil, isKeyRequired: false,
    baseURLVariable: nil, defaultBaseURL: nil, isLocal: false, exampleModels: []
  ) { context throws(ModelError) in
    try ReplayClient(path: context.reference.name)
  }
}
