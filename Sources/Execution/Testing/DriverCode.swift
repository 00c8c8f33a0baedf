#if os(Linux)
  import Synchronization

  /// The driver as the interpreter wants it: compiled once for all sessions, which would each spend a fifth of their
  /// start on it.
  final class DriverCode: Sendable {
    private let compiled = Mutex<[String: [UInt8]]>([:])

    /// What the interpreter is told to run, with the path of the driver as its only argument: source text or code.
    static let loader = """
      import marshal, sys
      __file__ = "/program/driver.py"
      with open(sys.argv[1], "rb") as file: code = file.read()
      exec(compile(code, __file__, "exec") if code.startswith(b'"') else marshal.loads(code))
      """

    /// The interpreter's own format (`marshal`), or the source text where it cannot be had.
    func bytes(for python: LanguageRuntime) async -> [UInt8] {
      if let known = compiled.withLock({ $0[python.executable] }) { return known }
      let source = String(decoding: PackageResources.driver_py, as: UTF8.self)
      let question = """
        import marshal, sys
        code = compile(sys.argv[1], "/program/driver.py", "exec", optimize=2)
        sys.stdout.write(marshal.dumps(code).hex())
        """
      let answer = try? await RunThread.run { () -> Result<String, ExecutionError> in
        do throws(ExecutionError) {
          return .success(
            try HostCommand.run(
              python.executable, ["-I", "-S", "-c", question, source], environment: [:], outputBytes: 1 << 20))
        } catch {
          return .failure(error)
        }
      }
      let code = answer.flatMap { Self.bytes(hexadecimal: $0) } ?? PackageResources.driver_py
      compiled.withLock { $0[python.executable] = code }
      return code
    }

    private static func bytes(hexadecimal text: String) -> [UInt8]? {
      let digits = text.utf8.map { digit -> UInt8? in
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
      }
      guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(digits.count / 2)
      for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = digits[index], let low = digits[index + 1] else { return nil }
        bytes.append(high << 4 | low)
      }
      return bytes
    }
  }
#endif
