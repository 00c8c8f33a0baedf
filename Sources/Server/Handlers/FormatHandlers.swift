import Contract
import DataFormats
import JSON
import JSONRPC
import Threads

/// `data.encode` and `data.decode`.
struct FormatHandlers: Sendable {
  /// More text than this does not go into a message.
  private static let longestText = 12 << 20
  /// Deeper values do not go into a message.
  private static let deepestValue = 100

  func register(in registry: inout MethodRegistry) {
    registry.register(DataEncode.self) { params, _ in try await encode(params) }
    registry.register(DataDecode.self) { params, _ in try await decode(params) }
  }

  private func encode(_ params: DataEncode.Params) async throws -> DataEncode.Result {
    let format = try format(params.format, "/format")
    let source = try source(value: params.value, text: params.text, path: params.path)
    let from = try params.from.map { try self.format($0, "/from") }
    var encoding = EncodingOptions()
    encoding.indentation = try indentation(params.indentation, "/indentation")
    encoding.delimiter = try delimiter(params.delimiter, "/delimiter")
    let decoding = DecodingOptions(
      indentation: try indentation(params.sourceIndentation, "/sourceIndentation"), isStrict: params.strict ?? true,
      delimiter: try delimiter(params.sourceDelimiter, "/sourceDelimiter"))
    let conversion = DataConversion(
      source: source, from: from, to: format, decoding: decoding, encoding: encoding, output: params.output)
    let outcome = try await BlockingWork.run { checkCancellation in
      try conversion.run(checkCancellation: checkCancellation)
    }
    if let text = outcome.text, text.utf8.count > Self.longestText {
      throw ServiceError(
        .invalidData, "The text has \(text.utf8.count) bytes, more than a message holds: have it written to a file.")
    }
    return DataEncode.Result(
      format: format.rawValue, bytes: outcome.bytes, text: outcome.text, path: params.output,
      readSeconds: outcome.readSeconds, writeSeconds: outcome.writeSeconds)
  }

  private func decode(_ params: DataDecode.Params) async throws -> DataDecode.Result {
    let source = try source(value: nil, text: params.text, path: params.path)
    let named = try params.format.map { try format($0, "/format") }
    guard let format = named ?? params.path.flatMap(DataFormat.init(fileName:)) else {
      throw ServiceError.invalidParameter("/format", "The name tells no format: choose \(DataFormat.names).")
    }
    let options = DecodingOptions(
      indentation: try indentation(params.indentation, "/indentation"), isStrict: params.strict ?? true,
      delimiter: try delimiter(params.delimiter, "/delimiter"), maximumDepth: Self.deepestValue)
    return try await BlockingWork.run { _ in
      let (value, seconds) = try source.read(format, options)
      return DataDecode.Result(value: value, readSeconds: seconds)
    }
  }

  private func source(value: JSONValue?, text: String?, path: String?) throws(ServiceError) -> DataSource {
    switch (value, text, path) {
    case (let value?, nil, nil): return .value(value)
    case (nil, let text?, nil): return .text(text)
    case (nil, nil, let path?): return .file(path)
    default: throw ServiceError(.invalidParams, "Give the data in exactly one way: as a value, a text or a path.")
    }
  }

  private func format(_ name: String, _ pointer: String) throws(ServiceError) -> DataFormat {
    guard let format = DataFormat(rawValue: name) else {
      throw .invalidParameter(pointer, "There is no format \"\(name)\": choose \(DataFormat.names).")
    }
    return format
  }

  private func delimiter(_ name: String?, _ pointer: String) throws(ServiceError) -> Delimiter {
    guard let name else { return .comma }
    guard let delimiter = Delimiter(rawValue: name) else {
      throw .invalidParameter(pointer, "There is no delimiter \"\(name)\": choose comma, tab or pipe.")
    }
    return delimiter
  }

  private func indentation(_ spaces: Int?, _ pointer: String) throws(ServiceError) -> Int {
    let spaces = spaces ?? 2
    guard EncodingOptions.indentationRange.contains(spaces) else {
      throw .invalidParameter(pointer, "An indentation of \(spaces) is out of range: 1 to 16 spaces a level.")
    }
    return spaces
  }
}
