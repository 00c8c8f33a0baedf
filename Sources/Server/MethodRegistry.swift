import Contract
import JSON
import JSONRPC
import Synchronization

/// An answer that is made once.
private final class ConstantAnswer: Sendable {
  private let made = Mutex<JSONValue?>(nil)

  func value(_ make: () throws -> JSONValue) rethrows -> JSONValue {
    try made.withLock { made in
      if let made { return made }
      let value = try make()
      made = value
      return value
    }
  }
}

/// The handlers of all methods, by name. Each is typed: parameters are decoded before it and results encoded after.
struct MethodRegistry: Sendable {
  typealias Handler = @Sendable (RequestContext) async throws -> JSONValue

  private(set) var handlers: [String: Handler] = [:]
  /// Those of the handlers that take microseconds and wait for nothing.
  private(set) var quickAnswers: [String: QuickAnswer] = [:]

  var names: [String] { handlers.keys.sorted() }

  mutating func register<M: Method>(
    _ method: M.Type, _ body: @escaping @Sendable (M.Params, RequestContext) async throws -> M.Result
  ) {
    handlers[M.name] = { request in
      let params = try Self.decode(M.self, request.params)
      return try JSONValueEncoder().encode(try await body(params, request))
    }
  }

  /// Registers a method whose answer is always the same: it is made for the first request.
  mutating func registerConstant<M: Method>(_ method: M.Type, _ make: @escaping @Sendable () throws -> M.Result) {
    let made = ConstantAnswer()
    let answer: QuickAnswer = { request in
      _ = try Self.decode(M.self, request.params)
      return try made.value { try JSONValueEncoder().encode(try make()) }
    }
    quickAnswers[M.name] = answer
    handlers[M.name] = answer
  }

  /// - Throws: ``RPCError`` with `invalidParams` that names the parameter.
  private static func decode<M: Method>(_ method: M.Type, _ given: JSONValue?) throws -> M.Params {
    let object = try object(given)
    do {
      let params = try JSONValueDecoder().decode(M.Params.self, from: object)
      // What cannot be encoded holds a number that the method itself will refuse.
      if !(method is any OpenParams.Type), let known = try? JSONValueEncoder().encode(params) {
        try refuseUnknown(object, known: known, at: "")
      }
      return params
    } catch {
      guard let problem = JSONDecodingProblem(error) else { throw error }
      throw RPCError.invalidParams(problem.message, pointer: problem.pointer)
    }
  }

  /// A misspelled parameter would be taken for its default, and a run paid for by mistake. What is known is what the
  /// decoded parameters are encoded with, nil ones included.
  private static func refuseUnknown(_ given: JSONValue, known: JSONValue, at pointer: String) throws {
    if case .array(let elements) = given, case .array(let counterparts) = known {
      for (index, (element, counterpart)) in zip(elements, counterparts).enumerated() {
        try refuseUnknown(element, known: counterpart, at: "\(pointer)/\(index)")
      }
    }
    guard case .object(let members) = given, case .object(let names) = known else { return }
    for (key, value) in members where !alwaysKnown.contains(key) || !pointer.isEmpty {
      guard let counterpart = names[key] else {
        let list = names.keys.sorted().joined(separator: ", ")
        throw RPCError.invalidParams(
          "there is no \"\(key)\"\(pointer.isEmpty ? "" : " in \(pointer)"); known are: \(list.isEmpty ? "none" : list)",
          pointer: "\(pointer)/\(key)")
      }
      try refuseUnknown(value, known: counterpart, at: "\(pointer)/\(key)")
    }
  }

  /// What a client may send with any request.
  private static let alwaysKnown: Set<String> = ["workDoneToken", "partialResultToken"]

  /// Parameters are by name; none at all means an empty object.
  private static func object(_ params: JSONValue?) throws -> JSONValue {
    switch params {
    case nil: .object([:])
    case .object(let object)?: .object(object)
    default:
      throw RPCError.invalidParams("parameters are given by name, as an object")
    }
  }
}
