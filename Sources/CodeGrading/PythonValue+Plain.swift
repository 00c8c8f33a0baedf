import CodeProblems
import Execution

extension PythonValue {
  /// A value from the sandbox.
  ///
  /// - Parameter mode: the reference lets a class of the program decide what its objects equal: such an object then passes
  ///   for anything.
  init(_ value: PlainValue, mode: GradingMode) {
    func values(_ items: [PlainValue]) -> [PythonValue] { items.map { PythonValue($0, mode: mode) } }
    switch value {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let digits): self = PythonInteger(digits).map { .integer($0) } ?? .other(digits)
    case .float(let value): self = .float(value)
    case .string(let text): self = .string(text)
    case .bytes(let bytes): self = .other("\(bytes.count) bytes")
    case .list(let items): self = .list(values(items))
    case .tuple(let items): self = .tuple(values(items))
    case .set(let items): self = .set(values(items))
    case .dictionary(let members):
      self = .dictionary(members.map { (PythonValue($0.key, mode: mode), PythonValue($0.value, mode: mode)) })
    case .other(let type, let description, let definesEquality):
      self = definesEquality && mode == .official ? .anything : .other("\(description) (\(type))")
    }
  }
}
