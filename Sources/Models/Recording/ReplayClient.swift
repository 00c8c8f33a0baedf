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
    /// A bit for each place, by its position in the index.
    var used: [UInt64]
    /// How many of a request's places are known to be used, from the first on, by the position of that; of requests with
    /// few of them it is not kept.
    var usedPrefix: [Int: Int] = [:]
    static let shortestPrefix = 64

    func isUsed(_ position: Int) -> Bool { used[position / 64] & 1 << UInt64(position % 64) != 0 }

    mutating func use(_ position: Int) { used[position / 64] |= 1 << UInt64(position % 64) }
  }

  /// Reads the recording's keys; the answers stay in the file until they are asked for.
  ///
  /// - Parameter mostInMemory: places of answers that are kept there; where there are more they go to a temporary file.
  /// - Throws: ``ModelError`` of kind `recordingUnusable`.
  package init(path: String, mostInMemory: Int = 1 << 16) throws(ModelError) {
    reference = ModelReference(provider: "replay", name: path)
    self.path = path
    do throws(FileFailure) {
      file = try FileDescriptor(path, .read)
    } catch {
      throw ModelError(
        .recordingUnusable, "the recording \(path) cannot be opened: \(error.text); --record PATH makes one")
    }
    index = try RecordingIndex(file, path: path, mostInMemory: mostInMemory)
    recordedModel = index.header.model
    state = Mutex(State(used: Array(repeating: 0, count: (index.count + 63) / 64)))
  }

  /// How many answers and errors the recording holds.
  package var count: Int { index.count }

  package func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    let (place, count) = try taken(request.requestHash, CallKey(call))
    guard let place else { throw miss(call, count) }
    return try entry(place).outcome.get()
  }

  /// The place whose answer is to be given, marked as used, or how many there are, all used.
  private func taken(_ hash: String, _ call: CallKey) throws(ModelError) -> (place: RecordedPlace?, count: Int) {
    let result = Result { () throws(FileFailure) in
      var places = try index.places(of: hash)
      // Reads the first of them, before others have to wait.
      _ = try places.place(at: places.start)
      return try state.withLock { state throws(FileFailure) in try Self.take(&places, call, &state) }
    }
    do throws(FileFailure) {
      return try result.get()
    } catch {
      throw ModelError(.recordingUnusable, "the index of the recording \(path) cannot be read: \(error.text)")
    }
  }

  private static func take(
    _ places: inout RequestPlaces, _ call: CallKey, _ state: inout State
  ) throws(FileFailure) -> (place: RecordedPlace?, count: Int) {
    var prefix = state.usedPrefix[places.start, default: 0]
    var other: (position: Int, place: RecordedPlace)?
    var position = places.start + prefix
    while let place = try places.place(at: position) {
      if state.isUsed(position) {
        if other == nil { prefix += 1 }
      } else if place.call == call {
        other = (position, place)
        break
      } else if other == nil {
        other = (position, place)
      }
      position += 1
    }
    if prefix >= State.shortestPrefix { state.usedPrefix[places.start] = prefix }
    guard let other else { return (nil, position - places.start) }
    state.use(other.position)
    return (other.place, 0)
  }

  private func entry(_ place: RecordedPlace) throws(ModelError) -> RecordingEntry {
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
      } else if index.has(key) == true {
        "has an answer for \(who), but to another prompt or other parameters"
      } else {
        "has no answer for \(who)"
      }
    return ModelError(
      .recordingMiss, "the recording \(path) \(reason); run the same benchmark against a model with --record PATH")
  }
}
