import Contract

/// Compares what types consist of with what their notes say.
package enum NotesAudit {
  /// What is missing or too much in the notes of every type of the protocol; empty when all is well.
  package static func problems() throws -> [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for type in protocolTypes {
      for type in try reachable(type) where seen.insert(String(reflecting: type)).inserted {
        problems += try self.problems(of: type)
      }
    }
    return problems
  }

  /// The same of one type alone.
  package static func problems(of type: any Decodable.Type) throws -> [String] {
    let names: [String]
    switch try ShapeReader.shape(of: type) {
    case .object(_, let members): names = members.map(\.name)
    case .enumeration(_, let values): names = values
    default: return []
    }
    // One value needs no words, and no members no notes.
    guard let notes = (type as? any Described.Type)?.notes else {
      return names.count > 1 || type is any Described.Type ? ["\(String(reflecting: type)) has no notes"] : []
    }
    let told = notes.members.map(\.name)
    let missing = names.filter { !told.contains($0) }.map { "\(String(reflecting: type)): nothing is said of \($0)" }
    let unknown = told.filter { !names.contains($0) }.map { "\(String(reflecting: type)): there is no \($0)" }
    let twice = Set(told.filter { name in told.count { $0 == name } > 1 }).sorted()
      .map { "\(String(reflecting: type)): \($0) stands twice" }
    let empty = notes.members.filter { $0.note.text.isEmpty }
      .map { "\(String(reflecting: type)): the note of \($0.name) is empty" }
    return missing + unknown + twice + empty
      + (notes.summary.isEmpty ? ["\(String(reflecting: type)) has no summary"] : [])
  }

  private static var protocolTypes: [any Decodable.Type] {
    func types<M: Method>(_ method: M.Type) -> [any Decodable.Type] { [M.Params.self, M.Result.self] }
    func types<N: Notification>(_ notification: N.Type) -> [any Decodable.Type] { [N.Params.self] }
    return MethodTable.all.flatMap { types($0) } + NotificationTable.all.flatMap { types($0) }
  }

  private static func reachable(_ type: any Decodable.Type) throws -> [any Decodable.Type] {
    let direct = try ShapeReader.shape(of: type).namedTypes
    return try direct + direct.flatMap(Components.alternatives).flatMap(reachable)
  }
}
