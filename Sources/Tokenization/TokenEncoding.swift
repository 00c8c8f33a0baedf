/// A way to cut text into tokens that tiktoken publishes.
package enum TokenEncoding: String, Sendable, CaseIterable {
  case o200kBase = "o200k_base"
  case cl100kBase = "cl100k_base"

  /// The tokens that text becomes; their ranks are 0 up to this.
  package var ordinaryTokenCount: Int {
    switch self {
    case .o200kBase: 199_998
    case .cl100kBase: 100_256
    }
  }

  /// Texts that stand for one token each where they are recognised, as in `tiktoken_ext/openai_public.py` of 0.14.0.
  package var specialTokens: [(text: String, token: UInt32)] {
    switch self {
    case .o200kBase: [("<|endoftext|>", 199_999), ("<|endofprompt|>", 200_018)]
    case .cl100kBase:
      [
        ("<|endoftext|>", 100_257), ("<|fim_prefix|>", 100_258), ("<|fim_middle|>", 100_259),
        ("<|fim_suffix|>", 100_260), ("<|endofprompt|>", 100_276),
      ]
    }
  }

  /// SHA-256 of the vocabulary as it is published, which tiktoken demands of the file too.
  package var publishedSHA256: String {
    switch self {
    case .o200kBase: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
    case .cl100kBase: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
    }
  }
}
