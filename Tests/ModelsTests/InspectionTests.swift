import JSON
import Models
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite(.timeLimit(.minutes(1))) struct InspectionTests {
  /// Answers each path as told, and 404 as Ollama and llama.cpp do elsewhere.
  private func server(_ answers: [String: JSONValue]) throws -> TestHTTPServer {
    try TestHTTPServer { request in
      guard let answer = answers[request.path] else { return [.response("404 page not found", status: 404)] }
      return [.response("\(answer)")]
    }
  }

  private func inspect(
    _ reference: String, _ server: TestHTTPServer, path: String = ""
  ) async throws(ModelError) -> ModelFacts {
    try await ModelCatalog.standard.inspect(
      try ModelReference(parsing: reference), options: ModelOptions(baseURL: server.url + path), environment: [:])
  }

  private static func ollama(_ info: JSONValue, running: JSONValue = []) -> [String: JSONValue] {
    [
      "/api/show": [
        "details": ["family": "qwen3moe", "parameter_size": "30.5B", "quantization_level": "Q4_K_M"],
        "model_info": info, "capabilities": ["completion", "thinking"],
      ],
      "/api/tags": [
        "models": [
          ["name": "other:latest", "model": "other:latest", "size": 1, "digest": "00"],
          ["name": "qwen3:30b", "model": "qwen3:30b", "size": 18_556_700_761, "digest": "ad815644918f"],
        ]
      ],
      "/api/ps": ["models": running], "/api/version": ["version": "0.12.6"],
    ]
  }

  private static let moe: JSONValue = [
    "general.architecture": "qwen3moe", "general.parameter_count": 30_532_122_624, "general.file_type": 15,
    "qwen3moe.block_count": 48, "qwen3moe.context_length": 262_144, "qwen3moe.embedding_length": 2048,
    "qwen3moe.expert_count": 128, "qwen3moe.expert_used_count": 8, "qwen3moe.expert_feed_forward_length": 768,
    "qwen3moe.feed_forward_length": 6144, "tokenizer.ggml.tokens": nil,
  ]

  @Test func `Ollama tells that a model is a mixture of experts`() async throws {
    let running: JSONValue = [
      ["name": "qwen3:30b", "model": "qwen3:30b", "size_vram": 20_000_000_000, "context_length": 4096]
    ]
    let server = try server(Self.ollama(Self.moe, running: running))
    let facts = try await inspect("ollama/qwen3:30b", server)
    var expected = ModelFacts(server: "ollama")
    expected.serverVersion = "0.12.6"
    expected.architecture = "qwen3moe"
    expected.parameters = 30_532_122_624
    // 48 blocks of 120 idle experts of 3 matrices of 2048 by 768; the maker says 3.3 billion.
    expected.activeParameters = 3_353_032_704
    expected.quantization = "Q4_K_M"
    expected.contextLength = 262_144
    expected.loadedContextLength = 4096
    expected.isMixtureOfExperts = true
    expected.experts = 128
    expected.expertsUsed = 8
    expected.isLoaded = true
    expected.fileBytes = 18_556_700_761
    expected.gpuMemoryBytes = 20_000_000_000
    expected.capabilities = ["completion", "thinking"]
    expected.digest = "ad815644918f"
    #expect(facts == expected)
    let shown = try #require(server.requests.first)
    #expect(shown.method == "POST" && shown.bodyText == #"{"model":"qwen3:30b"}"#)
  }

  @Test func `Ollama tells that a model is dense`() async throws {
    let info: JSONValue = [
      "general.architecture": "llama", "general.parameter_count": 8_030_261_248, "llama.context_length": 8192,
      "llama.block_count": 32,
    ]
    let facts = try await inspect("ollama/qwen3:30b", server(Self.ollama(info)))
    #expect(facts.isMixtureOfExperts == false && facts.experts == nil)
    #expect(facts.activeParameters == 8_030_261_248 && facts.isLoaded == false && facts.loadedContextLength == nil)
  }

  /// The numbers are those of the models' published files; what their makers say stands beside them.
  @Test(
    arguments: [
      // Mixtral 8x7B: 12.9 billion. The experts' inner length is the plain one.
      (
        [
          "block_count": 32, "embedding_length": 4096, "expert_count": 8, "expert_used_count": 2,
          "feed_forward_length": 14336,
        ],
        46_702_792_704, 12_879_925_248
      ),
      // DeepSeek V3: 37 billion. The first 3 blocks are dense.
      (
        [
          "block_count": 61, "leading_dense_block_count": 3, "embedding_length": 7168, "expert_count": 256,
          "expert_used_count": 8, "feed_forward_length": 18432, "expert_feed_forward_length": 2048,
        ],
        671_026_419_200, 37_552_297_472
      ),
      // Llama 4 Maverick: 17 billion. Every other block has experts.
      (
        [
          "block_count": 48, "interleave_moe_layer_step": 2, "embedding_length": 5120, "expert_count": 128,
          "expert_used_count": 1, "feed_forward_length": 16384, "expert_feed_forward_length": 8192,
        ],
        400_711_848_960, 17_184_691_200
      ),
      // A number is missing, or the sum makes no sense.
      (["block_count": 48, "expert_count": 128, "expert_used_count": 8], 30_000_000_000, nil),
      (
        [
          "block_count": 48, "embedding_length": 4096, "expert_count": 8, "expert_used_count": 2,
          "feed_forward_length": 14336,
        ],
        1_000_000, nil
      ),
      (
        [
          "block_count": 9_000_000_000_000_000_000, "embedding_length": 9_000_000_000_000_000_000, "expert_count": 8,
          "expert_used_count": 2, "feed_forward_length": 14336,
        ], 1_000_000, nil
      ),
      (
        [
          "block_count": 4, "embedding_length": 4096, "expert_count": 8, "expert_used_count": 9,
          "feed_forward_length": 14,
        ],
        1_000_000, nil
      ),
    ] as [([String: Int], Int, Int?)])
  func `active parameters are reckoned from the shape`(
    _ shape: [String: Int], _ total: Int, _ active: Int?
  ) async throws {
    var info: JSONObject = ["general.architecture": "a", "general.parameter_count": .integer(Int64(total))]
    for (key, value) in shape { info["a." + key] = .integer(Int64(value)) }
    let facts = try await inspect("ollama/qwen3:30b", server(Self.ollama(.object(info))))
    #expect(facts.isMixtureOfExperts == true && facts.activeParameters == active)
  }

  @Test func `what Ollama does not tell is unknown`() async throws {
    let server = try server(["/api/show": ["details": ["family": "", "parameter_size": "7.6B"]]])
    var expected = ModelFacts(server: "ollama")
    expected.parameters = 7_600_000_000
    #expect(try await inspect("ollama/m", server) == expected)
  }

  @Test func `a model that Ollama does not have is named`() async throws {
    let server = try TestHTTPServer { _ in
      [.response(#"{"error":"model 'm' not found"}"#, status: 404)]
    }
    let error = await #expect(throws: ModelError.self) { try await inspect("ollama/m", server) }
    #expect(error?.kind == .modelNotFound && error?.message.contains("ollama pull m") == true)
  }

  private static func llama(path: String = "", arch: Bool = false) -> [String: JSONValue] {
    [
      "/props": [
        "default_generation_settings": ["n_ctx": 4096], "total_slots": 2, "model_ftype": "Q4_1",
        "model_path": .string(path), "modalities": ["vision": true, "audio": false], "build_info": "b6840-x",
      ],
      "/v1/models": [
        "object": "list",
        "data": [
          ["id": "m", "meta": ["n_ctx_train": 8192, "n_params": 134_515_008, "size": 96_576_768, "n_embd": 576]]
        ],
      ],
    ]
  }

  @Test func `llama.cpp's server tells what it knows`() async throws {
    let server = try server(Self.llama())
    var expected = ModelFacts(server: "llama.cpp")
    expected.serverVersion = "b6840-x"
    expected.parameters = 134_515_008
    expected.quantization = "Q4_1"
    expected.contextLength = 8192
    expected.loadedContextLength = 4096
    expected.isLoaded = true
    expected.fileBytes = 96_576_768
    expected.slots = 2
    expected.capabilities = ["completion", "vision"]
    #expect(try await inspect("local/m", server, path: "/v1") == expected)
    #expect(try await inspect("openai-compatible/m", server, path: "/v1/") == expected)
  }

  @Test func `another server of the same API tells little`() async throws {
    let answers: [String: JSONValue] = ["/v1/models": ["data": [["id": "m", "max_model_len": 32_768], ["id": "n"]]]]
    var expected = ModelFacts(server: "unknown")
    expected.loadedContextLength = 32_768
    #expect(try await inspect("local/m", server(answers), path: "/v1") == expected)
    let other = try server(answers)
    let error = await #expect(throws: ModelError.self) { try await inspect("local/x", other, path: "/v1") }
    #expect(error?.kind == .unsupported && error?.message.contains("“x”") == true)
  }

  @Test func `a server that is down, or of another kind, is told`() async throws {
    let url: String
    do { url = try TestHTTPServer { _ in [] }.url }
    for reference in ["local/m", "ollama/m"] {
      let error = await #expect(throws: ModelError.self) {
        try await ModelCatalog.standard.inspect(
          ModelReference(parsing: reference), options: ModelOptions(baseURL: url), environment: [:])
      }
      #expect(error?.kind == .network && error?.message.contains("no server answers") == true)
    }
    let empty = try server([:])
    let error = await #expect(throws: ModelError.self) { try await inspect("ollama/m", empty) }
    #expect(error?.kind == .unsupported)
  }

  @Test(arguments: ["openai/x", "anthropic/x", "google/x"])
  func `a hosted model cannot be inspected`(_ reference: String) async throws {
    let error = await #expect(throws: ModelError.self) {
      try await ModelCatalog.standard.inspect(ModelReference(parsing: reference), environment: [:])
    }
    #expect(error?.kind == .unsupported && error?.message.contains("ollama/") == true)
  }

  @Test func `a recording tells what it is of`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let server = try TestHTTPServer { _ in ChatServer.answer("x") }
      try RecordingClient(wrapping: ChatServer.client(server), path: path, programVersion: "test").close()
      let reference = ModelReference(provider: "replay", name: path)
      let facts = try await ModelCatalog.standard.inspect(reference, environment: [:])
      #expect(facts.server == "recording" && facts.recordedModel == "local/m" && facts.parameters == nil)
    }
    let error = await #expect(throws: ModelError.self) {
      try await ModelCatalog.standard.inspect(ModelReference(parsing: "replay/none"), environment: [:])
    }
    #expect(error?.kind == .recordingUnusable)
  }

  // MARK: - The head of a model file

  /// A file as llama.cpp reads it.
  private struct GGUF {
    var bytes: [UInt8] = Array("GGUF".utf8) + [3, 0, 0, 0] + number(0, 8)
    private var pairs: [[UInt8]] = []

    static func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func text(_ text: String) -> [UInt8] { number(text.utf8.count, 8) + Array(text.utf8) }

    mutating func add(_ key: String, _ type: Int, _ value: [UInt8]) {
      pairs.append(Self.text(key) + Self.number(type, 4) + value)
    }

    var file: [UInt8] { bytes + Self.number(pairs.count, 8) + pairs.flatMap(\.self) }
  }

  private func inspect(file: [UInt8]) async throws -> ModelFacts {
    try await withTemporaryFolder { folder in
      try Data(file).write(to: URL(filePath: folder + "/m.gguf"))
      return try await inspect("local/m", server(Self.llama(path: folder + "/m.gguf")), path: "/v1")
    }
  }

  private static func moeFile() -> GGUF {
    var gguf = GGUF()
    gguf.add("general.name", 8, GGUF.text("a model"))
    gguf.add("mixed.rope.freq_base", 6, [0, 0, 0, 0])
    gguf.add("mixed.flag", 7, [1])
    gguf.add("mixed.scale", 12, GGUF.number(0, 8))
    // A vocabulary longer than what is read at once.
    gguf.add(
      "tokenizer.ggml.tokens", 9,
      GGUF.number(8, 4) + GGUF.number(200_000, 8) + (0..<200_000).flatMap { GGUF.text("t\($0)") })
    gguf.add(
      "tokenizer.ggml.types", 9, GGUF.number(5, 4) + GGUF.number(300_000, 8) + Array(repeating: 0, count: 1_200_000))
    gguf.add("general.architecture", 8, GGUF.text("mixed"))
    gguf.add("mixed.expert_count", 4, GGUF.number(4, 4))
    gguf.add("mixed.expert_used_count", 5, GGUF.number(1, 4))
    gguf.add("mixed.block_count", 10, GGUF.number(2, 8))
    gguf.add("mixed.embedding_length", 2, GGUF.number(1000, 2))
    gguf.add("mixed.feed_forward_length", 11, GGUF.number(2000, 8))
    gguf.add("mixed.context_length", 4, GGUF.number(16_384, 4))
    return gguf
  }

  @Test func `where the server is on this machine the model's file tells the rest`() async throws {
    let facts = try await inspect(file: Self.moeFile().file)
    #expect(facts.architecture == "mixed" && facts.isMixtureOfExperts == true && facts.experts == 4)
    #expect(facts.expertsUsed == 1 && facts.contextLength == 16_384)
    #expect(facts.activeParameters == 134_515_008 - 2 * 3 * 3 * 1000 * 2000)
  }

  @Test func `a damaged model file is passed over`() async throws {
    let file = Self.moeFile().file
    var endless = GGUF()
    endless.add("a", 9, GGUF.number(9, 4) + Array(repeating: 0xFF, count: 7) + [0x7F])
    var negative = GGUF()
    negative.add("a", 8, Array(repeating: 0xFF, count: 8))
    var nested = GGUF()
    nested.add("a", 9, (0..<50).flatMap { _ in GGUF.number(9, 4) + GGUF.number(1, 8) })
    var unknown = GGUF()
    unknown.add("a", 77, [])
    let damaged = [
      [], Array("GGUF".utf8), Array("JUNK".utf8) + file.dropFirst(4), Array(file.prefix(100)), endless.file,
      negative.file,
      nested.file, unknown.file,
    ]
    for bytes in damaged {
      let facts = try await inspect(file: bytes)
      #expect(facts.architecture == nil && facts.isMixtureOfExperts == nil && facts.parameters == 134_515_008)
    }
  }
}
