package import JSON
import Synchronization
import Threads

/// Standard output for results, standard error for everything else.
///
/// When nobody reads standard output any more, what is written there is dropped silently: `outputIsClosed` tells
/// whoever produces a lot. Any other failure to write is kept for ``failure``.
package final class Console: Sendable {
  package let output: any TextSink
  package let errorOutput: any TextSink
  /// Whether results go to a terminal, and whether they may have colour.
  package let outputIsTerminal: Bool
  package let outputHasColor: Bool
  package let errorIsTerminal: Bool
  package let errorHasColor: Bool
  /// Columns of the terminal behind standard error at this moment.
  package let columns: @Sendable () -> Int
  /// Reads a line that a person types; nil where there is nobody.
  private let input: (@Sendable () -> String?)?

  private let outputError = Mutex<SinkError?>(nil)

  /// - Parameter allowsColor: false for `NO_COLOR`; colour still needs a terminal.
  package init(
    output: any TextSink, errorOutput: any TextSink, outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    allowsColor: Bool = true, columns: @escaping @Sendable () -> Int = { 80 },
    input: (@Sendable () -> String?)? = nil
  ) {
    self.output = output
    self.errorOutput = errorOutput
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    outputHasColor = outputIsTerminal && allowsColor
    errorHasColor = errorIsTerminal && allowsColor
    self.columns = columns
    self.input = input
  }

  /// Whether further results would reach nobody.
  package var outputIsClosed: Bool { outputError.withLock { $0 != nil } }

  /// What went wrong with standard output, in the system's words; nil for a pipe that its reader closed.
  package var failure: String? {
    outputError.withLock { $0 == .brokenPipe ? nil : $0?.reason }
  }

  /// Prints one line of a result.
  package func print(_ line: StyledText = "") { write(line.rendered(inColor: outputHasColor) + "\n") }

  package func print(_ lines: [StyledText]) {
    guard !lines.isEmpty else { return }
    write(lines.map { $0.rendered(inColor: outputHasColor) + "\n" }.joined())
  }

  /// Prints a JSON value on one line, or indented for people.
  package func printJSON(_ value: JSONValue, indentation: Int? = nil) {
    write(Self.harmless(JSONWriter.string(value, indentation: indentation)) + "\n")
  }

  /// Prints JSON values, one a line.
  package func printJSONLines(_ values: [JSONValue]) {
    guard !values.isEmpty else { return }
    write(values.map { Self.harmless(JSONWriter.string($0)) + "\n" }.joined())
  }

  /// Prints a document as it is; on a terminal its control characters are made visible. It ends with a line break.
  package func printDocument(_ text: String) {
    let safe = outputIsTerminal ? TerminalText.multiLine(text) : text
    // By scalar: to `hasSuffix` the line end of CSV is one character, which is not a line feed.
    write(safe.unicodeScalars.last == "\n" ? safe : safe + "\n")
  }

  /// Prints a line for the person at the keyboard on standard error.
  package func note(_ line: StyledText) { writeError(line.rendered(inColor: errorHasColor) + "\n") }

  /// Whether a person can be asked, and sees the question.
  package var canAsk: Bool { input != nil && errorIsTerminal }

  /// Waits for a line that a person types.
  ///
  /// - Returns: the line; nil at the end of the input, and when the task is cancelled.
  package func ask() async -> String? {
    guard let input else { return nil }
    let answers = AsyncStream<String?> { continuation in
      // Ends with the line, which may be later than this is waited for: nothing takes back a read from a terminal.
      Task.detached {
        continuation.yield(try? await BlockingWork.run { _ in input() })
        continuation.finish()
      }
    }
    for await answer in answers { return answer }
    return nil
  }

  /// Writes text to standard error as it is, control sequences included.
  package func writeError(_ text: String) {
    // When this fails there is nowhere left to say so.
    do { try errorOutput.write(text) } catch {}
  }

  /// Prints a text as it is.
  package func write(_ text: String) {
    outputError.withLock { error in
      guard error == nil else { return }
      do throws(SinkError) { try output.write(text) } catch let failure { error = failure }
    }
  }

  /// Escapes, inside JSON strings, the control characters that JSON allows and a terminal might act on.
  private static func harmless(_ json: String) -> String {
    if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
    guard json.unicodeScalars.contains(where: { $0 != "\n" && TerminalText.isUnsafe($0) }) else { return json }
    var result = ""
    for scalar in json.unicodeScalars {
      if scalar == "\n" || !TerminalText.isUnsafe(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }
}
