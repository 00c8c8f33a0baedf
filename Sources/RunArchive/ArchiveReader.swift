import Contract
import Files
import JSON
import Synchronization

/// Reads the lines of an archive one after another, from a file or a text. Handed to the store's writer, which takes
/// the samples of a run from it while it stores them.
final class ArchiveReader: Sendable {
  private enum Source {
    case file(LineScanner)
    case text(lines: [Substring.UTF8View], next: Int)
  }

  private struct State {
    var source: Source
    var lineNumber = 0
  }

  private let state: Mutex<State>
  /// What the document is called in errors.
  let name: String

  private static let parser = JSONParser(maximumDepth: 2000)

  init(file: FileDescriptor, name: String) {
    state = Mutex(State(source: .file(LineScanner(file))))
    self.name = name
  }

  init(text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Substring($0).utf8
    }
    state = Mutex(State(source: .text(lines: lines, next: 0)))
    name = "the text"
  }

  /// The next line that is not empty; nil at the end.
  ///
  /// - Throws: ``ServiceError`` of kind `invalidData` that names the line.
  func next() throws -> ArchiveLine? {
    try state.withLock { state in
      do {
        while let bytes = try Self.nextLine(&state) {
          if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
          guard let line = try ArchiveLine(try Self.parser.parse(bytes)) else {
            throw ArchiveFault("it is no line of an export")
          }
          return line
        }
        return nil
      } catch {
        throw fault(error, line: state.lineNumber)
      }
    }
  }

  private static func nextLine(_ state: inout State) throws -> ArraySlice<UInt8>? {
    state.lineNumber += 1
    switch state.source {
    case .file(var scanner):
      let line = try scanner.next()
      state.source = .file(scanner)
      return line?.bytes
    case .text(let lines, let next):
      guard next < lines.count else { return nil }
      state.source = .text(lines: lines, next: next + 1)
      return Array(lines[next])[...]
    }
  }

  /// What is wrong with the document at the line that was read last.
  func fault(_ problem: String) -> ServiceError { fault(ArchiveFault(problem), line: state.withLock(\.lineNumber)) }

  private func fault(_ error: any Error, line: Int) -> ServiceError {
    if let error = error as? ServiceError { return error }
    let problem =
      JSONDecodingProblem(error)?.message ?? (error as? JSONParseError)?.message ?? (error as? FileFailure)?.text
      ?? "\(error)"
    return ServiceError(
      .invalidData, "Line \(line) of \(name) cannot be imported: \(problem).", details: ["line": .integer(Int64(line))])
  }
}
