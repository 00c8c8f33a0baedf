import CNVML

/// NVIDIA's management library, loaded while the program runs.
struct NVMLLibrary {
  let functions: llmbench_nvml

  /// Where it is: by its name, then where containers and Windows' subsystem for Linux have it.
  private static let usualPaths = [
    "libnvidia-ml.so.1", "libnvidia-ml.so", "/usr/local/nvidia/lib64/libnvidia-ml.so.1",
    "/usr/lib/wsl/lib/libnvidia-ml.so.1",
  ]

  /// - Parameter path: nil to look where it usually is.
  /// - Throws: ``GPUProblem``; not broken where there is no such library.
  init(path: String?) throws(GPUProblem) {
    var reason: String?
    for path in path.map({ [$0] }) ?? Self.usualPaths {
      var functions = llmbench_nvml()
      if let failure = llmbench_nvml_load(path, &functions) {
        reason = reason ?? String(cString: failure)
        continue
      }
      guard functions.initialize != nil, functions.device_count != nil, functions.device != nil else {
        throw GPUProblem("\(path) is not NVIDIA's management library: it lacks nvmlInit and its like")
      }
      self.functions = functions
      return
    }
    // A path that was given is meant to be there.
    guard path != nil else { throw GPUProblem("no libnvidia-ml.so.1", isBroken: false) }
    throw GPUProblem("NVIDIA's management library cannot be loaded (\(reason ?? ""))")
  }

  /// What a code means, in the library's own words.
  func text(of code: llmbench_nvml_result) -> String {
    functions.error_text?(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// The driver's version; nil where it does not tell.
  var driver: String? {
    functions.driver_version.flatMap { function in Self.text { function($0, $1) } }
  }

  /// A text that a function writes; nil where it fails or writes nothing.
  static func text(_ write: (UnsafeMutablePointer<CChar>, UInt32) -> llmbench_nvml_result) -> String? {
    var buffer = [CChar](repeating: 0, count: 128)
    let code = buffer.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { write($0, UInt32(buffer.count - 1)) } ?? -1
    }
    guard code == LLMBENCH_NVML_SUCCESS else { return nil }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.isEmpty ? nil : text
  }
}
