import JSON

/// Reads the bytes of one frame as JSON-RPC 2.0.
package struct MessageDecoder: Sendable {
  package var profile: Profile
  package var limits: ConnectionLimits

  package init(profile: Profile, limits: ConnectionLimits = ConnectionLimits()) {
    self.profile = profile
    self.limits = limits
  }

  /// - Throws: what the frame as a whole is answered with, under id null.
  package func decode(_ body: [UInt8]) throws(RPCError) -> MessageFrame {
    switch try EnvelopeScanner.scan(body, in: body.indices) {
    case .object(let members):
      return .single(try message(body, members, depth: 1))
    case .array(let elements):
      return .batch(try batch(body, elements))
    case .scalar:
      let value = try parse(body, body.indices, depth: 0)
      throw .invalidRequest("a message is an object, not \(value.kindDescription)")
    }
  }

  private func batch(_ body: [UInt8], _ elements: [Range<Int>]) throws(RPCError) -> [Message] {
    guard profile.allowsBatch else { throw .invalidRequest("batches are not supported here; send one message a frame") }
    guard !elements.isEmpty else { throw .invalidRequest("a batch must not be empty") }
    guard elements.count <= limits.maximumBatchItems else {
      throw RPCError(
        .invalidRequest, "Invalid request: batch too large",
        data: ["items": .integer(Int64(elements.count)), "limit": .integer(Int64(limits.maximumBatchItems))])
    }
    var messages: [Message] = []
    for range in elements {
      switch try EnvelopeScanner.scan(body, in: range) {
      case .object(let members): messages.append(try message(body, members, depth: 2))
      case .array, .scalar:
        let value = try parse(body, range, depth: 1)
        let error = RPCError.invalidRequest("a message is an object, not \(value.kindDescription)")
        messages.append(.invalid(id: .null, error: error))
      }
    }
    return messages
  }

  /// - Parameter depth: how deep the members stand in the frame.
  private func message(
    _ body: [UInt8], _ members: [EnvelopeScanner.Member], depth: Int
  ) throws(RPCError) -> Message {
    var envelope = Envelope()
    for member in members {
      if member.key == "id" {
        envelope.take(id: try identifier(body, member.value, depth: depth))
        continue
      }
      do {
        envelope.take(member.key, try value(body, member.value, depth: depth))
      } catch  where error.isNumberRange {
        // The text is JSON, its number is only too large for this program: the id is known, so it is answered.
        envelope.take(outOfRange: member.key)
      }
    }
    return envelope.message(profile)
  }

  private func value(_ body: [UInt8], _ range: Range<Int>, depth: Int) throws(RPCError) -> JSONValue {
    // The version and the method nearly always are such strings, which need no parser.
    if let text = EnvelopeScanner.plainString(body, range) { return .string(text) }
    return try parse(body, range, depth: depth)
  }

  private func identifier(
    _ body: [UInt8], _ range: Range<Int>, depth: Int
  ) throws(RPCError) -> RequestID? {
    let first = body[range.lowerBound]
    if first == UInt8(ascii: "\""), body[range].allSatisfy({ $0 < 0x80 }) {
      return .string(try EnvelopeScanner.string(body, range))
    }
    if let number = EnvelopeScanner.plainInteger(body, range) { return .integer(number) }
    do {
      let value = try parse(body, range, depth: depth)
      if case .double = value { return .other(raw: .init(String(decoding: body[range], as: UTF8.self))) }
      return RequestID(value)
    } catch  where error.isNumberRange {
      return .other(raw: .init(String(decoding: body[range], as: UTF8.self)))
    }
  }

  private func parse(_ body: [UInt8], _ range: Range<Int>, depth: Int) throws(RPCError) -> JSONValue {
    guard depth < limits.maximumDepth else { throw tooDeep }
    let parser = JSONParser(maximumDepth: limits.maximumDepth - depth)
    do {
      return try parser.parse(body[range])
    } catch {
      if error.message.hasPrefix("nesting deeper") { throw tooDeep }
      var failure = RPCError.parseError("at byte \(range.lowerBound + error.offset), \(error.message)")
      // The parser stops at the number: the rest has yet to prove that it is JSON.
      if error.message.hasPrefix("too big"), (try? parser.parse(Self.shorteningIntegers(body[range]))) != nil {
        failure.data = RPCError.numberRangeMark
      }
      throw failure
    }
  }

  /// The text with every integer of 19 digits or more cut to its first, outside of strings.
  private static func shorteningIntegers(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var isInString = false
    var isEscaped = false
    var digits = 0
    for byte in text {
      let isDigit = !isInString && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if !isDigit, digits >= 19 { result.removeLast(digits - 1) }
      digits = isDigit ? digits + 1 : 0
      result.append(byte)
      if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
      isEscaped = isInString && byte == UInt8(ascii: "\\") && !isEscaped
    }
    if digits >= 19 { result.removeLast(digits - 1) }
    return result
  }

  private var tooDeep: RPCError { .parseError("nesting deeper than \(limits.maximumDepth) levels") }
}

extension RPCError {
  /// Marks the error of an integer beyond 64 bits, which is valid JSON all the same.
  fileprivate static let numberRangeMark: JSONValue = ["kind": "integerOutOfRange"]
  fileprivate var isNumberRange: Bool { data == Self.numberRangeMark }
}

/// The members of one message object, as far as they have been read.
private struct Envelope {
  private var version: JSONValue?
  private var hasID = false
  private var id: RequestID?
  private var method: JSONValue?
  private var params: JSONValue?
  private var result: JSONValue?
  private var error: JSONValue?
  private var repeated: Set<String> = []
  private var outOfRange: Set<String> = []

  mutating func take(id: RequestID?) {
    if hasID { repeated.insert("id") }
    hasID = true
    self.id = id
  }

  mutating func take(_ key: String, _ value: JSONValue) {
    switch key {
    case "jsonrpc": Self.set(&version, value, key, &repeated)
    case "method": Self.set(&method, value, key, &repeated)
    case "params": Self.set(&params, value, key, &repeated)
    case "result": Self.set(&result, value, key, &repeated)
    case "error": Self.set(&error, value, key, &repeated)
    default: break
    }
  }

  mutating func take(outOfRange key: String) {
    take(key, .null)
    outOfRange.insert(key)
  }

  private static func set(
    _ field: inout JSONValue?, _ value: JSONValue, _ key: String, _ repeated: inout Set<String>
  ) {
    if field != nil { repeated.insert(key) }
    field = value
  }

  func message(_ profile: Profile) -> Message {
    if method == nil, result != nil || error != nil { return response() }
    if let fault = fault(profile) { return .invalid(id: answerID(profile), error: fault) }
    guard case .string(let method) = method else {
      return .invalid(id: answerID(profile), error: .invalidRequest("\"method\" must be a string"))
    }
    return call(method)
  }

  private func call(_ method: String) -> Message {
    guard let params = usableParams else {
      guard hasID, let id else { return .unanswerable(id: nil, reason: "notification \(method) with unusable params") }
      let detail =
        outOfRange.contains("params")
        ? "an integer is beyond 64 bits" : "\"params\" must be an object or an array, not \(paramsKind)"
      return .invalid(id: id, error: .invalidParams(detail))
    }
    guard hasID, let id else { return .notification(method: method, params: params) }
    return .request(id: id, method: method, params: params)
  }

  /// Nil when the params can not be used; some nil when there are none.
  private var usableParams: JSONValue?? {
    if outOfRange.contains("params") { return nil }
    switch params {
    case nil, .null: return .some(nil)
    case .array(let elements): return .some(elements.isEmpty ? nil : params)
    case .object: return .some(params)
    default: return nil
    }
  }

  private var paramsKind: String { params?.kindDescription ?? "absent" }

  /// What is wrong with the envelope of a request or notification.
  private func fault(_ profile: Profile) -> RPCError? {
    if let key = repeated.min() { return .invalidRequest("the member \"\(key)\" is repeated") }
    guard version == .string("2.0") else { return .invalidRequest("\"jsonrpc\" must be \"2.0\"") }
    guard hasID else { return nil }
    switch id {
    case nil: return .invalidRequest("\"id\" must be a string or a number")
    case .null where !profile.allowsUnusualIDs: return .invalidRequest("\"id\" must not be null")
    case .other where !profile.allowsUnusualIDs:
      return .invalidRequest("\"id\" must be a string or an integer of at most 64 bits")
    default: return nil
    }
  }

  /// The id to answer a faulty message with: its own when that can be told for certain.
  private func answerID(_ profile: Profile) -> RequestID {
    guard let id, !repeated.contains("id") else { return .null }
    if case .other = id, !profile.allowsUnusualIDs { return .null }
    return id
  }

  private func response() -> Message {
    guard let id, version == .string("2.0"), repeated.isEmpty, outOfRange.isEmpty else {
      return .unanswerable(id: id, reason: "a response that is not JSON-RPC 2.0")
    }
    switch (result, error) {
    case (let result?, nil): return .response(id: id, result: .success(result))
    case (nil, let error?), (.null, let error?):
      guard let failure = RPCError(json: error) else {
        return .unanswerable(id: id, reason: "a response whose error has no code")
      }
      return .response(id: id, result: .failure(failure))
    default: return .unanswerable(id: id, reason: "a response with both result and error")
    }
  }
}
