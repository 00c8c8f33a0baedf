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
  /// The model that was recorded, as its reference.
  package let recordedModel: String

  private let file: FileDescriptor
  private let path: String
  private let index: RecordingIndex
  private let state: Mutex<State>

  private struct State {
    var isUsed: [Bool]
    /// How many of a request's places are known to be used, from the first on.
    var usedPrefix: [String: Int] = [:]
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
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be opened: \(error.text); --record PATH makes one")
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
    let hash = request.requestHash
    guard let place = take(hash, call) else { throw miss(hash, call) }
    return try entry(index.places[place]).outcome.get()
  }

  /// The place of the answer to give, marked as used.
  private func take(_ hash: String, _ call: CallIdentity) -> Int? {
    guard let places = index.placesByHash[hash] else { return nil }
    return state.withLock { state in
      let own = index.placesByCall[call]?.first { !state.isUsed[$0] && isPlace($0, of: places) }
      var prefix = state.usedPrefix[hash, default: 0]
      while prefix < places.count, state.isUsed[places[prefix]] { prefix += 1 }
      state.usedPrefix[hash] = prefix
      guard let place = own ?? (prefix < places.count ? places[prefix] : nil) else { return nil }
      state.isUsed[place] = true
      return place
    }
  }

  /// Whether a place is in a sorted list.
  private func isPlace(_ place: Int, of places: [Int]) -> Bool {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low] == place
  }

  private func entry(_ place: RecordingIndex.Place) throws(ModelError) -> RecordingEntry {
    do {
      return try RecordingEntry(JSONParser().parse(file.read(at: place.offset, count: place.length)))
    } catch {
      let reason = (error as? FileFailure)?.text ?? "\(error)"
      throw ModelError(.recordingUnusable, "line \(place.line) of the recording \(path) is not usable: \(reason)")
    }
  }

  private func miss(_ hash: String, _ call: CallIdentity) -> ModelError {
    let who = "sample \(call.sampleID), epoch \(call.epoch)"
    let reason =
      if let count = index.placesByHash[hash]?.count {
        "holds \(count) \(count == 1 ? "answer" : "answers") to the request of \(who), and all are used"
      } else if index.placesByCall[call] != nil {
        "has an answer for \(who), but to another prompt or other parameters"
      } else {
        "has no answer for \(who)"
      }
    return ModelError(
      .recordingMiss, "the recording \(path) \(reason); run the same benchmark against a model with --record PATH")
  }
}
