import Contract
import OpenRPC
import Testing

@Suite struct NotesTests {
  @Test func `every property and every value of the protocol has its note, and no note is too much`() throws {
    #expect(try NotesAudit.problems() == [])
  }

  @Test func `notes that do not fit their type are found`() throws {
    #expect(
      try NotesAudit.problems(of: Wrong.self).map { $0.split(separator: ".").last ?? "" } == [
        "Wrong: nothing is said of second", "Wrong: there is no third", "Wrong: the note of first is empty",
      ])
    #expect(try NotesAudit.problems(of: Silent.self).count == 1)
  }

  @Test func `an enumeration that does not list its cases is told to`() {
    #expect(throws: ShapeError.self) { try NotesAudit.problems(of: Unlisted.self) }
  }

  @Test func `the values of a run's progress have all that a run says of itself`() {
    let own = RunProgress.notes.members.map(\.name)
    for notes in [WorkDoneBegin.notes, WorkDoneReport.notes] {
      #expect(Set(own).isSubset(of: notes.members.map(\.name)))
    }
  }

  private struct Wrong: Described {
    var first: Int
    var second: String?
    static let notes = Notes("Wrong.", ["first": "", "third": "There is none."])
  }

  private struct Silent: Codable {
    var first: Int
    var second: Int
  }

  private enum Unlisted: String, Codable { case one }
}
