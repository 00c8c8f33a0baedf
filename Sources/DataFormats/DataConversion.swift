import Files
import JSON

/// Data from one format into another, or from a value into one.
package struct DataConversion: Sendable {
  package struct Outcome: Sendable {
    /// nil where it went to a file.
    package let text: String?
    /// The size of the text.
    package let bytes: Int
    package let readSeconds: Double
    package let writeSeconds: Double
  }

  private let source: DataSource
  private let from: DataFormat
  private let format: DataFormat
  private let decoding: DecodingOptions
  private let encoding: EncodingOptions
  private let output: String?

  /// - Parameters:
  ///   - from: the format of the source; by default by its file's name, else JSON.
  ///   - output: a file for the text, replaced once the text is whole.
  package init(
    source: DataSource, from: DataFormat?, to format: DataFormat, decoding: DecodingOptions = DecodingOptions(),
    encoding: EncodingOptions = EncodingOptions(), output: String? = nil
  ) {
    self.source = source
    var named: DataFormat?
    if case .file(let path) = source { named = DataFormat(fileName: path) }
    self.from = from ?? named ?? .json
    self.format = format
    self.decoding = decoding
    self.encoding = encoding
    self.output = output
  }

  /// Files above this size go through memory piece by piece where they can.
  package static let streamingSize = 64 << 20

  /// - Parameter checkCancellation: is asked from time to time, and throws to stop the work.
  /// - Throws: ``DataFormatError`` with the file's name.
  package func run(
    streamingAbove limit: Int = DataConversion.streamingSize, checkCancellation: @escaping () throws -> Void = {}
  ) throws -> Outcome {
    if let output, case .file(let path) = source, decoding.isStrict, canStream {
      let file = try open(path)
      if file.size > limit {
        do {
          return try stream(
            file, to: output, largestPart: min(limit, JSONFileCursor.largestValue / 8), checkCancellation)
        } catch let error as DataFormatError {
          try checkCancellation()
          throw error.inFile(path)
        }
      }
    }
    let (value, readSeconds) = try source.read(from, decoding)
    try checkCancellation()
    let clock = ContinuousClock()
    let start = clock.now
    let text = try format.encode(value, encoding)
    let writeSeconds = (clock.now - start).inSeconds
    guard let output else {
      return Outcome(text: text, bytes: text.utf8.count, readSeconds: readSeconds, writeSeconds: writeSeconds)
    }
    var file = try OutputFile(output)
    try Array((text.utf8.last == Ascii.lineFeed ? text : text + "\n").utf8).withUnsafeBufferPointer {
      try file.append($0)
    }
    try file.finish()
    return Outcome(text: nil, bytes: file.count, readSeconds: readSeconds, writeSeconds: writeSeconds)
  }

  private var canStream: Bool {
    switch (from, format) {
    case (.json, .toon), (.jsonCompact, .toon), (.toon, .json), (.toon, .jsonCompact): true
    default: false
    }
  }

  private func open(_ path: String) throws(DataFormatError) -> FileDescriptor {
    do { return try FileDescriptor(path, .read) } catch { throw DataFormatError(reading: error).inFile(path) }
  }

  /// Reads and writes at the same time, so that all of it counts as reading.
  private func stream(
    _ file: FileDescriptor, to output: String, largestPart: Int, _ checkCancellation: @escaping () throws -> Void
  ) throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let target = OutputStream(try OutputFile(output))
    if format == .toon {
      var encoder = ToonFileEncoder(
        JSONFileCursor(file, decoding, checkCancellation: checkCancellation),
        try ToonEncoder(encoding) { try target.append($0) }, maximumDepth: encoding.maximumDepth,
        largestPart: largestPart)
      try encoder.run()
      try withExtendedLifetime([Ascii.lineFeed]) { try $0.withUnsafeBufferPointer { try target.append($0) } }
    } else {
      let sink = JSONSink(indentation: format == .json ? encoding.indentation : nil) {
        bytes throws(DataFormatError) in try target.append(bytes)
      }
      var decoder = ToonDecoder(FileLines(file, checkCancellation: checkCancellation), into: sink, decoding)
      try decoder.decode()
      try decoder.sink.finish()
    }
    let bytes = try target.finish()
    return Outcome(text: nil, bytes: bytes, readSeconds: (clock.now - start).inSeconds, writeSeconds: 0)
  }
}

/// An output file that a closure can write to.
private final class OutputStream {
  private var file: OutputFile

  init(_ file: consuming OutputFile) { self.file = file }

  func append(_ bytes: Bytes) throws(DataFormatError) { try file.append(bytes) }

  /// - Returns: how many bytes there are.
  func finish() throws(DataFormatError) -> Int {
    try file.finish()
    return file.count
  }
}
