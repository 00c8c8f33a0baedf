import JSON
import Synchronization

/// Where an answer goes: to the peer at once, or into the array that answers a batch.
enum ReplyTarget: Sendable {
  case direct
  case batch(BatchReplies)
}

/// What is remembered of the message that brought a request.
struct Origin: Sendable {
  let reply: ReplyTarget
  /// Of the message without its framing; of the whole array for one of a batch.
  let byteCount: Int
}

/// Collects the answers of one batch until none is missing.
final class BatchReplies: Sendable {
  private struct State {
    var bodies: [[UInt8]] = []
    var byteCount = 0
    var missing: Int
  }

  private let state: Mutex<State>
  private let maximumBytes: Int

  /// - Parameter missing: answers that will come.
  init(missing: Int, maximumBytes: Int) {
    state = Mutex(State(missing: missing))
    self.maximumBytes = maximumBytes
  }

  /// Takes one answer; gives the body of the whole when it was the last.
  func add(id: RequestID, _ body: [UInt8]) -> [UInt8]? {
    state.withLock { state in
      state.missing -= 1
      state.byteCount += body.count + 1
      let fits = state.byteCount <= maximumBytes
      if !fits { state.byteCount -= body.count + 1 }
      state.bodies.append(fits ? body : Message.tooLarge(id: id, byteCount: body.count, limit: maximumBytes))
      return state.missing == 0 ? Self.array(state.bodies) : nil
    }
  }

  private static func array(_ bodies: [[UInt8]]) -> [UInt8] {
    var array: [UInt8] = [UInt8(ascii: "[")]
    array.reserveCapacity(bodies.reduce(2) { $0 + $1.count + 1 })
    for (index, body) in bodies.enumerated() {
      if index > 0 { array.append(UInt8(ascii: ",")) }
      array.append(contentsOf: body)
    }
    array.append(UInt8(ascii: "]"))
    return array
  }
}

extension Message {
  /// The answer in place of one that is too long to send.
  static func tooLarge(id: RequestID, byteCount: Int, limit: Int) -> [UInt8] {
    let error = RPCError(
      .responseTooLarge, "The result is too large to send; ask for less, for instance with a limit.",
      data: ["bytes": .integer(Int64(byteCount)), "limitBytes": .integer(Int64(limit))])
    return encode(id: id, result: .failure(error))
  }
}
