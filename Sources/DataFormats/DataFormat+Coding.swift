package import JSON

extension DataFormat {
  /// Writes a value. YAML and XML texts end with a line feed, the others do not.
  ///
  /// - Throws: ``DataFormatError`` for a value that the format has no form for, one that nests too deep, and options
  ///   outside their ranges.
  package func encode(
    _ value: JSONValue, _ options: EncodingOptions = EncodingOptions()
  ) throws(DataFormatError) -> String {
    try options.check()
    switch self {
    case .toon:
      var encoder = try ToonEncoder(options)
      try encoder.write(value)
      return String(decoding: encoder.writer.bytes, as: UTF8.self)
    case .json, .jsonCompact:
      var writer = JSONTextWriter(
        indentation: self == .json ? options.indentation : nil, maximumDepth: options.maximumDepth)
      try writer.write(value)
      return String(decoding: writer.writer.bytes, as: UTF8.self)
    case .yaml:
      var writer = YAMLWriter(options)
      try writer.write(value)
      return String(decoding: writer.writer.bytes, as: UTF8.self)
    case .xml:
      var writer = XMLWriter(options)
      try writer.write(value)
      return String(decoding: writer.writer.bytes, as: UTF8.self)
    case .csv:
      var writer = CSVWriter(options)
      try writer.write(value)
      return String(decoding: writer.writer.bytes, as: UTF8.self)
    }
  }

  /// Reads a text. A byte order mark at its start is passed over.
  ///
  /// - Throws: ``DataFormatError`` with line and column for a text that is not of the format.
  package func decode(
    _ text: some Sequence<UInt8>, _ options: DecodingOptions = DecodingOptions()
  ) throws(DataFormatError) -> JSONValue {
    try options.check()
    let result = text.withContiguousStorageIfAvailable { bytes in
      Result { () throws(DataFormatError) in try decode(bytes, options) }
    }
    if let result { return try result.get() }
    return try Array(text).withUnsafeBufferPointer { bytes in
      Result { () throws(DataFormatError) in try decode(bytes, options) }
    }.get()
  }

  package func decode(
    _ text: String, _ options: DecodingOptions = DecodingOptions()
  ) throws(DataFormatError) -> JSONValue {
    try decode(text.utf8, options)
  }

  private func decode(_ bytes: Bytes, _ options: DecodingOptions) throws(DataFormatError) -> JSONValue {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Bytes(rebasing: bytes[3...]) : bytes
    switch self {
    case .toon:
      var decoder = ToonDecoder(MemoryLines(text), into: ValueBuilder(), options)
      try decoder.decode()
      return decoder.sink.result ?? .object([:])
    case .json, .jsonCompact:
      var reader = JSONTextReader(text, options)
      return try reader.read()
    case .yaml: return try YAMLReader.read(text, options)
    case .xml:
      var reader = XMLReader(text, options)
      return try reader.read()
    case .csv:
      var reader = CSVReader(text, options)
      return try reader.read()
    }
  }
}
