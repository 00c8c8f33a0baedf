import CCurl

/// Drives all transfers of one multi handle. Lives and dies on the transfer thread.
final class TransferWorker {
  private let multi: UnsafeMutableRawPointer
  private let configuration: HTTPConfiguration
  private var transfers: [ObjectIdentifier: Transfer] = [:]

  init(multi: UnsafeMutableRawPointer, configuration: HTTPConfiguration) {
    self.multi = multi
    self.configuration = configuration
    _ = llmbench_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumIdleConnections)
  }

  func handle(_ command: TransferLoop.Command) {
    switch command {
    case .start(let exchange): start(exchange)
    case .cancel(let exchange): end(exchange, .failure(.cancelled(exchange.target)))
    case .resume(let exchange): transfers[ObjectIdentifier(exchange)]?.resume()
    case .expire(let exchange, let instant): transfers[ObjectIdentifier(exchange)]?.expiry = instant
    }
  }

  /// Moves bytes, reports finished transfers and ends the ones whose time is up.
  func work() {
    _ = llmbench_curl_multi_perform(multi)
    var result = CURLE_OK
    while let easy = llmbench_curl_multi_next_done(multi, &result) {
      guard let transfer = transfers.values.first(where: { $0.easy == easy }) else { continue }
      end(transfer.exchange, transfer.outcome(result))
    }
    let now = ContinuousClock.now
    for transfer in transfers.values {
      if let error = transfer.timeout(at: now) { end(transfer.exchange, .failure(error)) }
    }
  }

  /// Sleeps until there is something to do.
  func wait() {
    let now = ContinuousClock.now
    var milliseconds = 60_000.0
    for deadline in transfers.values.compactMap(\.nextDeadline) {
      milliseconds = min(milliseconds, (deadline - now).inSeconds * 1000)
    }
    _ = llmbench_curl_multi_wait(multi, Int32(max(0, milliseconds.rounded(.up))))
  }

  func endAll() {
    for transfer in transfers.values { end(transfer.exchange, .failure(.cancelled(transfer.exchange.target))) }
  }

  private func start(_ exchange: Exchange) {
    guard let transfer = Transfer(exchange, configuration), llmbench_curl_multi_add(multi, transfer.easy) == CURLM_OK
    else {
      let error = HTTPError(
        code: .invalidRequest, message: "libcurl cannot send the request to \(exchange.target.hostAndPort)")
      return exchange.finish(.failure(error))
    }
    transfers[ObjectIdentifier(exchange)] = transfer
  }

  /// Removing a handle whose response is not complete closes its connection.
  private func end(_ exchange: Exchange, _ outcome: Result<HTTPTimings, HTTPError>) {
    if let transfer = transfers.removeValue(forKey: ObjectIdentifier(exchange)) {
      _ = llmbench_curl_multi_remove(multi, transfer.easy)
    }
    exchange.finish(outcome)
  }
}
