package import Client
package import Contract

extension CommandContext {
  /// Calls a method that reports progress, and shows it.
  package func callWithProgress<M: Method>(
    _ method: M.Type, _ params: M.Params, _ client: ServiceClient, title: String
  ) async throws -> M.Result {
    let display = progressDisplay()
    return try await display.during {
      try await client.call(method, params, onProgress: { display.show($0, title: title) })
    }
  }
}
