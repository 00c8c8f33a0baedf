import JSON

extension ModelsInspect.Params: Described {
  package static let notes = Notes(
    "The model to look at.",
    [
      "model": Note("Its reference, `PROVIDER/MODEL`.", .notEmpty),
      "baseURL": "The server's base URL; null for the configured. Not of hosted providers.",
    ])
}

extension ModelsInspect.Result: Described {
  package static let notes = Notes(
    "What a server tells of a model; null is what it does not tell.",
    [
      "model": "The model's reference.",
      "server": "What answered: `ollama`, `llama.cpp`, `recording`, or `unknown` for another server.",
      "serverVersion": "Its version, in its own words.",
      "architecture": "As the model's file has it, such as `llama` or `qwen3moe`.",
      "parameters": Note("All parameters, also of experts that a token does not meet.", .minimum(0)),
      "activeParameters": Note(
        "Parameters that one token passes through: all of a dense model; of a mixture of experts reckoned from its "
          + "shape.", .minimum(0)),
      "quantization": "How the weights are stored, such as `Q4_K_M`.",
      "contextLength": Note("The longest context that it was trained for, in tokens.", .minimum(0)),
      "loadedContextLength": Note(
        "The context that it is loaded with, in tokens; null also while it is not.", .minimum(0)),
      "isMixtureOfExperts": "True for a mixture of experts, false for a dense model.",
      "experts": Note("Experts in each block that has some; null for a dense model.", .minimum(1)),
      "expertsUsed": Note("How many of them one token meets; null for a dense model.", .minimum(0)),
      "isLoaded": "Whether it is in memory.",
      "fileBytes": Note("Bytes of its weights.", .minimum(0)),
      "gpuMemoryBytes": Note("Bytes of it in GPU memory, while it is loaded.", .minimum(0)),
      "slots": Note("Requests that the server answers at once.", .minimum(0)),
      "capabilities": "What it can do, in the server's words: `completion`, `vision`, `thinking`…",
      "digest": "What names exactly these weights, in hexadecimal.",
      "recordedModel": "Whose answers a recording holds, as `PROVIDER/MODEL`; null for a model itself.",
    ])
}
