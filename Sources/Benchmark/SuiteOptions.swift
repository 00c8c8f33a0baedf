package import Contract
package import JSON

/// A run's options for a suite, checked against its descriptor, with the defaults filled in.
package struct SuiteOptions: Sendable, Equatable {
  package let values: JSONObject
  private let suite: String

  /// - Throws: ``ServiceError`` of kind `invalidOption` for an unknown name or a value of the wrong kind.
  package init(_ given: JSONObject?, for descriptor: SuiteDescriptor) throws(ServiceError) {
    suite = descriptor.name
    var values = JSONObject()
    for option in descriptor.options { values[option.name] = option.defaultValue }
    for (name, value) in given ?? [:] where !value.isNull {
      guard let option = descriptor.options.first(where: { $0.name == name }) else {
        let known = descriptor.options.map(\.name).joined(separator: ", ")
        throw ServiceError(
          .invalidOption, "The suite \(suite) has no option \"\(name)\". Its options are: \(known).",
          details: ["option": .string(name)])
      }
      guard option.kind.accepts(value) else {
        throw Self.error(suite, name, "expected \(option.kind.phrase), found \(value.kindDescription)")
      }
      values[name] = value
    }
    self.values = values
  }

  private static func error(_ suite: String, _ name: String, _ problem: String) -> ServiceError {
    ServiceError(
      .invalidOption, "The option \"\(name)\" of the suite \(suite) does not fit: \(problem).",
      details: ["option": .string(name)])
  }

  /// An error about one option's value.
  package func error(_ name: String, _ problem: String) -> ServiceError { Self.error(suite, name, problem) }

  /// - Throws: ``ServiceError`` when the value is outside the range.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int {
    let value = values[name]?.intValue ?? range.lowerBound
    guard range.contains(value) else {
      throw error(name, "\(value) is not between \(range.lowerBound) and \(range.upperBound)")
    }
    return value
  }

  package func number(_ name: String, in range: ClosedRange<Double>) throws(ServiceError) -> Double {
    let value = values[name]?.doubleValue ?? range.lowerBound
    guard range.contains(value) else {
      throw error(name, "\(value) is not between \(range.lowerBound) and \(range.upperBound)")
    }
    return value
  }

  package func seed(_ name: String = "seed") throws(ServiceError) -> UInt64 {
    guard let value = values[name]?.intValue, value >= 0 else { throw error(name, "a seed is 0 or more") }
    return UInt64(value)
  }

  /// Distinct integers of the range, in the order given; at least one.
  package func integers(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> [Int] {
    let values = (self.values[name]?.arrayValue ?? []).compactMap(\.intValue)
    guard !values.isEmpty else { throw error(name, "at least one value is needed") }
    for value in values where !range.contains(value) {
      throw error(name, "\(value) is not between \(range.lowerBound) and \(range.upperBound)")
    }
    guard Set(values).count == values.count else { throw error(name, "a value stands twice") }
    return values
  }

  package func string(_ name: String, oneOf allowed: [String]) throws(ServiceError) -> String {
    let value = values[name]?.stringValue ?? ""
    guard allowed.contains(value) else {
      throw error(name, "\"\(value)\" is none of \(allowed.joined(separator: ", "))")
    }
    return value
  }
}

extension OptionDescriptor.Kind {
  fileprivate func accepts(_ value: JSONValue) -> Bool {
    switch self {
    case .integer: value.intValue != nil
    case .number: value.doubleValue != nil
    case .boolean: value.boolValue != nil
    case .string: value.stringValue != nil
    case .integerList: value.arrayValue?.allSatisfy { $0.intValue != nil } ?? false
    case .stringList: value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
    }
  }

  fileprivate var phrase: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .string: "a string"
    case .integerList: "a list of whole numbers"
    case .stringList: "a list of strings"
    }
  }
}
