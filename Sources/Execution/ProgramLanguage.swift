/// A language that generated programs are written in.
package enum ProgramLanguage: String, Codable, Sendable, CaseIterable {
  case typescript
  case javascript
  case python
}
