/// How regular a dataset is.
package enum StructureClass: String, Sendable, CaseIterable, Codable {
  /// Every collection has records of the same fields, all with plain values.
  case uniform
  /// Some records have fields that others lack.
  case semiUniform = "semi-uniform"
  /// Records of the same fields, some of which are objects or lists.
  case nested
  /// A tree of objects in which collections of records are the exception.
  case deep
}
