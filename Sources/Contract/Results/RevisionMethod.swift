/// Whether anything changed, for those who show what is stored.
package enum ResultsRevision: Method {
  package static let name = "results.revision"
  package static let summary = "Gives a text that is another one after anything in the store has changed."
  package static let details = """
    Quick, and true also for what other processes store in the same file: ask it often, and what it guards only when the \
    answer is another one. It is of use to the same server only: nothing follows from its order.
    """
  package static let errors = ServiceError.Kind.ofStore
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var revision: String

    package init(revision: String) { self.revision = revision }
  }
}

extension ResultsRevision.Result: Described {
  package static let notes = Notes(
    "The state of the store.", ["revision": "Equal to an earlier one of the same server when nothing was stored between."])
}
