package import Client
package import Contract
import JSON

/// Fetches the samples of a run in pages that fit into a message.
package struct SamplePager: Sendable {
  private static let pageSize = 100

  private let first: ResultsSamples.Params
  private let count: Int?

  /// - Parameters:
  ///   - first: the query, with the cursor to start at.
  ///   - count: most samples; nil for all.
  package init(first: ResultsSamples.Params, count: Int?) {
    self.first = first
    self.count = count
  }

  /// Hands over page after page until there are no more, enough came, or `body` gives false.
  ///
  /// - Returns: how many samples came, and the cursor of those that were left.
  package func forEachPage(
    _ client: ServiceClient, _ body: ([SampleRecord]) -> Bool
  ) async throws -> (count: Int, next: String?) {
    var params = first
    var fetched = 0
    var limit = Self.pageSize
    while true {
      params.limit = min(limit, count.map { $0 - fetched } ?? limit)
      guard let page = try await fetch(params, client, mayBeTooLarge: limit > 1) else {
        limit = max(limit / 4, 1)
        continue
      }
      fetched += page.samples.count
      let wantsMore = body(page.samples)
      guard wantsMore, let next = page.nextCursor, !page.samples.isEmpty, fetched < count ?? .max else {
        return (fetched, page.nextCursor)
      }
      params.cursor = next
    }
  }

  /// One page; nil when it does not fit into a message and a smaller one may be tried.
  private func fetch(
    _ params: ResultsSamples.Params, _ client: ServiceClient, mayBeTooLarge: Bool
  ) async throws -> ResultsSamples.Result? {
    do {
      return try await client.call(ResultsSamples.self, params)
    } catch {
      if mayBeTooLarge, error.isTooLarge { return nil }
      throw error
    }
  }

  /// All wanted samples as one result.
  package func collect(_ client: ServiceClient) async throws -> ResultsSamples.Result {
    var samples: [SampleRecord] = []
    let (_, next) = try await forEachPage(client) { page in
      samples += page
      return true
    }
    return ResultsSamples.Result(samples: samples, nextCursor: next)
  }
}

extension ServiceError {
  /// Whether an answer was larger than a message may be.
  fileprivate var isTooLarge: Bool { details["code"]?.intValue == 1003 }
}
