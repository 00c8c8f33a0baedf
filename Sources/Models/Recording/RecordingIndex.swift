import JSON

/// Where the answers of a recording lie in its file.
///
/// Building it reads the file once in pieces and parses no line that ``RecordingClient`` wrote: such a line begins
/// with the request's hash and the call. Lines of another form are parsed.
struct RecordingIndex {
  struct Place {
    let offset: Int
    let length: Int
    let line: Int
  }

  private(set) var header: RecordingHeader?
  private(set) var places: [Place] = []
  /// The places with a request's hash, in the order of the file.
  private(set) var placesByHash: [String: [Int]] = [:]
  private(set) var placesByCall: [CallIdentity: [Int]] = [:]
  private(set) var calls: [CallIdentity?] = []

  /// - Throws: ``ModelError`` of kind `recordingUnusable` that names the line at fault.
  init(_ file: FileDescriptor, path: String) throws(ModelError) {
    var lines = LineScanner(file)
    var number = 0
    do {
      while let line = try lines.next() {
        number += 1
        try take(line, number)
      }
    } catch let failure as FileFailure {
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be read: \(failure.text)")
    } catch {
      throw ModelError(.recordingUnusable, "line \(number) of the recording \(path) is not usable: \(error)")
    }
    if header == nil { throw ModelError(.recordingUnusable, "\(path) is not a recording: it is empty") }
  }

  private mutating func take(_ line: LineScanner.Line, _ number: Int) throws {
    if line.bytes.allSatisfy({ $0 <= 0x20 }) { return }
    if header == nil {
      header = try RecordingHeader(parse(line, orElse: "the first line is not that of a recording"))
      return
    }
    let key: (hash: String, call: CallIdentity?)
    if line.isComplete, let quick = QuickKey.read(line.bytes) {
      key = quick
    } else {
      guard let value = try? JSONParser().parse(line.bytes) else {
        // The program ended while it wrote this line: what came before stands.
        if !line.isComplete { return }
        throw RecordingFormatError("not JSON")
      }
      key = try RecordingEntry.key(value)
    }
    let place = places.count
    places.append(Place(offset: line.offset, length: line.bytes.count, line: number))
    placesByHash[key.hash, default: []].append(place)
    calls.append(key.call)
    if let call = key.call { placesByCall[call, default: []].append(place) }
  }

  private func parse(_ line: LineScanner.Line, orElse text: String) throws(RecordingFormatError) -> JSONValue {
    guard let value = try? JSONParser().parse(line.bytes) else { throw RecordingFormatError(text) }
    return value
  }
}

/// Reads hash and call from the start of a line as ``RecordingClient`` writes it.
enum QuickKey {
  private static let hashStart = Array(#"{"requestHash":""#.utf8)
  private static let sampleStart = Array(#"","sampleId":""#.utf8)
  private static let epochStart = Array(#"","epoch":"#.utf8)

  /// nil for a line of another form.
  static func read(_ line: ArraySlice<UInt8>) -> (String, CallIdentity?)? {
    var rest = line
    guard line.last == UInt8(ascii: "}"), skip(hashStart, &rest), let hash = text(&rest), skip(sampleStart, &rest),
      let sample = text(&rest), skip(epochStart, &rest)
    else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard rest.dropFirst(digits.count).first == UInt8(ascii: ","), let epoch = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    return (hash, CallIdentity(sampleID: sample, epoch: epoch))
  }

  private static func skip(_ prefix: [UInt8], _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: prefix) else { return false }
    rest = rest.dropFirst(prefix.count)
    return true
  }

  /// The text up to the next quotation mark, when nothing in it is escaped.
  private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    let bytes = rest[..<end]
    if bytes.contains(UInt8(ascii: "\\")) { return nil }
    rest = rest[end...]
    return String(decoding: bytes, as: UTF8.self)
  }
}
