import JSON

/// A file of prices: `{"prices": [{"model": "openai/gpt-5.1", "inputUSDPerMillion": 1.25, "outputUSDPerMillion": 10}]}`
/// or the list alone.
package enum PriceFile {
  /// Reads the prices in a file's text.
  ///
  /// - Parameter name: what messages call the file.
  /// - Throws: ``ServiceError`` of kind `invalidData` that names the entry and what is wrong with it.
  package static func prices(_ text: String, name: String) throws(ServiceError) -> [ModelPrice] {
    func refused(_ problem: String) -> ServiceError {
      ServiceError(.invalidData, "\(name) is no file of prices: \(problem).", details: ["path": .string(name)])
    }
    let value: JSONValue
    do { value = try JSONParser(rejectsDuplicateKeys: true).parse(text) } catch { throw refused("\(error)") }
    guard let entries = value.arrayValue ?? value["prices"]?.arrayValue else {
      throw refused("it has no list \"prices\"")
    }
    var prices: [ModelPrice] = []
    for (index, entry) in entries.enumerated() {
      let price: ModelPrice
      do {
        price = try JSONValueDecoder().decode(ModelPrice.self, from: entry)
      } catch {
        let problem = JSONDecodingProblem(error).map { $0.message } ?? "\(error)"
        throw refused("entry \(index + 1): \(problem)")
      }
      if let problem = unknownMember(entry, price) ?? price.problem { throw refused("entry \(index + 1): \(problem)") }
      prices.append(price)
    }
    return prices
  }

  /// A member that is misspelled would be taken for one that is not there.
  private static func unknownMember(_ entry: JSONValue, _ price: ModelPrice) -> String? {
    guard let known = try? JSONValueEncoder().encode(price) else { return nil }
    for (path, given, names) in [("", entry, known), ("longPrompt.", entry["longPrompt"], known["longPrompt"])] {
      for (key, _) in given?.objectValue ?? [:] where names?[key] == nil {
        return "there is no \"\(path)\(key)\"; known are: "
          + (names?.objectValue?.keys.sorted().joined(separator: ", ") ?? "")
      }
    }
    return nil
  }
}
