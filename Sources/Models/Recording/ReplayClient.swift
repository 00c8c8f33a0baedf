import Files
import JSON
import Synchronization

/// Answers from a recording, at once and as recorded: text, usage and timings, whatever model was asked then.
///
/// A request is found by its hash, which takes in messages and parameters but no model. Among the answers to one
/// request the one recorded for the same sample and epoch comes first; otherwise the n-th use of a request gets the
/// n-th answer that is left. No answer is given twice: where none is left, the recording does not cover the run, and
/// the error says so.
package final class ReplayClient: ModelClient {
  package let reference: ModelReference
  package let isLocal = false
  package let defaultConcurrency = 8
  package let takesMoreConcurrency = false
  /// The model that was recorded, as its reference.
  package let recordedModel: String

  private let file: FileDescriptor
  private let path: String
  private let index: RecordingIndex
  private let state: Mutex<State>

  private struct State {
    /// By the number of the place.
    var isUsed: [Bool]
    /// How many of a request's places are known to be used, from the first on; by the start of its range.
    var usedPrefix: [Int: Int] = [:]
  }

  /// Reads the recording's keys; the answers stay in the file until they are asked for.
  ///
  /// - Throws: ``ModelError`` of kind `recordingUnusable`.
  package init(path: String) throws(ModelError) {
    reference = ModelReference(provider: "replay", name: path)
    self.path = path
    do throws(FileFailure) {
      file = try FileDescriptor(path, .read)
    } catch {
      throw ModelError(
        .recordingUnusable, "the recording \(path) cannot be opened: \(error.text); --record PATH makes one")
    }
    index = try RecordingIndex(file, path: path)
    recordedModel = index.header?.model ?? ""
    state = Mutex(State(isUsed: Array(repeating: false, count: index.places.count)))
  }

  /// How many answers and errors the recording holds.
  package var count: Int { index.places.count }

  package func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    let range = index.range(of: request.requestHash)
    guard let place = take(range, CallKey(call)) else { throw miss(call, range.count) }
    return try entry(index.places[place]).outcome.get()
  }

  /// The number of the place whose answer is to be given, marked as used.
  private func take(_ range: Range<Int>, _ call: CallKey) -> Int? {
    state.withLock { state in
      var prefix = state.usedPrefix[range.lowerBound, default: 0]
      while prefix < range.count, state.isUsed[index[range.lowerBound + prefix]] { prefix += 1 }
      if prefix > 0 { state.usedPrefix[range.lowerBound] = prefix }
      let left = range.dropFirst(prefix)
      let own = left.first { !state.isUsed[index[$0]] && index.places[index[$0]].call == call }
      guard let position = own ?? left.first else { return nil }
      let place = index[position]
      state.isUsed[place] = true
      return place
    }
  }

  private func entry(_ place: RecordingIndex.Place) throws(ModelError) -> RecordingEntry {
    do {
      return try RecordingEntry(JSONParser().parse(file.read(at: place.offset, count: place.length)))
    } catch {
      let reason = (error as? FileFailure)?.text ?? "\(error)"
      throw ModelError(
        .recordingUnusable, "line \(lineNumber(place.offset)) of the recording \(path) is not usable: \(reason)")
    }
  }

  /// 1-based; 0 where the file can no longer be read.
  private func lineNumber(_ offset: Int) -> Int {
    var lines = LineScanner(file)
    var number = 0
    while let line = try? lines.next() {
      number += 1
      if line.offset == offset { return number }
    }
    return 0
  }

  private func miss(_ call: CallIdentity, _ count: Int) -> ModelError {
    let who = "sample \(call.sampleID), epoch \(call.epoch)"
    let key = CallKey(call)
    let reason =
      if count > 0 {
        "holds \(count) \(count == 1 ? "answer" : "answers") to the request of \(who), and all are used"
      } else if index.places.contains(where: { $0.call == key }) {
        "has an answer for \(who), but to another prompt or other parameters"
      } else {
        "has no answer for \(who)"
      }
    return ModelError(
      .recordingMiss, "the recording \(path) \(reason); run the same benchmark against a model with --record PATH")
  }
}
