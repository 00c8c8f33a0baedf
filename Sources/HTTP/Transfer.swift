import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One easy handle and what is known of its transfer. Lives and dies on the transfer thread.
final class Transfer {
  let exchange: Exchange
  let easy: UnsafeMutableRawPointer
  /// When a transfer whose rest nobody reads is given up.
  var expiry: ContinuousClock.Instant?

  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var headReader = HeadReader()
  private var hasDeliveredHead = false
  private var bodyBytes = 0
  private var lastActivity: ContinuousClock.Instant?
  private var isHeld = false
  /// Why a callback ended the transfer.
  private var refusal: HTTPError?

  init?(_ exchange: Exchange, _ configuration: HTTPConfiguration) {
    guard let easy = llmbench_curl_easy_new() else { return nil }
    self.exchange = exchange
    self.easy = easy
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    guard configure(configuration) else { return nil }
  }

  deinit {
    llmbench_curl_easy_free(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  func resume() {
    isHeld = false
    lastActivity = .now
    _ = llmbench_curl_resume(easy)
  }

  // MARK: - Deadlines

  private typealias Deadline = (instant: ContinuousClock.Instant, kind: HTTPError.Timeout)

  private var deadlines: [Deadline] {
    let timeouts = exchange.request.timeouts
    var deadlines: [Deadline] = []
    if let total = timeouts.total { deadlines.append((exchange.start + total, .total)) }
    if let lastActivity {
      if let idle = timeouts.idle, !isHeld { deadlines.append((lastActivity + idle, .idle)) }
    } else if let firstByte = timeouts.firstByte {
      deadlines.append((exchange.start + firstByte, .firstByte))
    }
    if let expiry { deadlines.append((expiry, .total)) }
    return deadlines
  }

  var nextDeadline: ContinuousClock.Instant? { deadlines.map(\.instant).min() }

  func timeout(at now: ContinuousClock.Instant) -> HTTPError? {
    guard let kind = deadlines.filter({ $0.instant <= now }).min(by: { $0.instant < $1.instant })?.kind else {
      return nil
    }
    return timeoutError(kind)
  }

  private func timeoutError(_ kind: HTTPError.Timeout, curlCode: CURLcode = CURLE_OK) -> HTTPError {
    let timeouts = exchange.request.timeouts
    let host = exchange.target.hostAndPort
    func limit(_ duration: Duration?) -> String { duration.map { " within \($0.inSeconds) s" } ?? "" }
    let message =
      switch kind {
      case .connect: "no connection to \(host)\(limit(timeouts.connect))"
      case .firstByte: "\(host) did not begin its response\(limit(timeouts.firstByte))"
      case .idle: "\(host) fell silent in the middle of its response: nothing came\(limit(timeouts.idle))"
      case .total: "\(host) did not complete its response\(limit(timeouts.total))"
      }
    return HTTPError(code: .timeout(kind), message: message, curlCode: Int(curlCode.rawValue))
  }

  // MARK: - What libcurl hands over

  fileprivate func receiveHeader(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    lastActivity = .now
    // What follows the head is a trailer.
    if hasDeliveredHead { return line.count }
    switch headReader.read(line) {
    case .incomplete: break
    case .complete(let head):
      if head.status >= 200 && !isRedirectToFollow(head) { deliver(head) }
    case .tooLarge:
      refusal = HTTPError(
        code: .malformedResponse, message: "\(exchange.target.hostAndPort) sent more than 256 KB of headers")
      return 0
    }
    return line.count
  }

  fileprivate func receiveBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    lastActivity = .now
    if !hasDeliveredHead { deliver(headReader.head) }
    guard bytes.count <= exchange.request.maximumBodyBytes - bodyBytes else {
      refusal = tooLarge()
      return 0
    }
    switch exchange.deliver(bytes) {
    case .taken:
      bodyBytes += bytes.count
      return bytes.count
    case .held:
      isHeld = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
  }

  private func tooLarge() -> HTTPError {
    HTTPError(
      code: .bodyTooLarge,
      message: "the response of \(exchange.target.hostAndPort) is larger than the limit of "
        + "\(exchange.request.maximumBodyBytes) bytes")
  }

  private func isRedirectToFollow(_ head: HTTPResponseHead) -> Bool {
    followsRedirects && (300..<400).contains(head.status) && head.headers["Location"] != nil
  }

  private var followsRedirects: Bool { exchange.request.method == .get && exchange.request.maximumRedirects > 0 }

  private func deliver(_ head: HTTPResponseHead?) {
    guard var head else { return }
    hasDeliveredHead = true
    head.connectSeconds = max(seconds(CURLINFO_CONNECT_TIME_T), seconds(CURLINFO_APPCONNECT_TIME_T))
    exchange.deliver(head)
  }

  // MARK: - The end

  func outcome(_ result: CURLcode) -> Result<HTTPTimings, HTTPError> {
    guard result == CURLE_OK else { return .failure(refusal ?? error(result)) }
    if !hasDeliveredHead { deliver(headReader.head) }
    guard hasDeliveredHead else {
      return .failure(
        HTTPError(code: .malformedResponse, message: "\(exchange.target.hostAndPort) answered without a status"))
    }
    return .success(timings)
  }

  private var timings: HTTPTimings {
    HTTPTimings(
      nameLookupSeconds: seconds(CURLINFO_NAMELOOKUP_TIME_T), connectSeconds: seconds(CURLINFO_CONNECT_TIME_T),
      tlsSeconds: seconds(CURLINFO_APPCONNECT_TIME_T), firstByteSeconds: seconds(CURLINFO_STARTTRANSFER_TIME_T),
      totalSeconds: (ContinuousClock.now - exchange.start).inSeconds)
  }

  private func seconds(_ info: CURLINFO) -> Double { Double(llmbench_curl_offset_info(easy, info)) * 1e-6 }

  private func error(_ result: CURLcode) -> HTTPError {
    if result == CURLE_OPERATION_TIMEDOUT { return timeoutError(.connect, curlCode: result) }
    if result == CURLE_FILESIZE_EXCEEDED { return tooLarge() }
    let isRefused = llmbench_curl_long_info(easy, CURLINFO_OS_ERRNO) == Int(ECONNREFUSED)
    return HTTPError(
      curl: result, isRefused: isRefused, target: exchange.target, detail: String(cString: errorText),
      secrets: exchange.request.headers.secrets)
  }
}

// MARK: - Options

extension Transfer {
  /// Sets every option; false when libcurl refuses one.
  private func configure(_ configuration: HTTPConfiguration) -> Bool {
    setReceivers() && setRequest() && setConnection(configuration) && setTrust(configuration)
  }

  private func setReceivers() -> Bool {
    // The worker keeps the transfer alive for as long as the easy handle is in the multi handle.
    let context = Unmanaged.passUnretained(self).toOpaque()
    return llmbench_curl_set_error_buffer(easy, errorText) == CURLE_OK
      && llmbench_curl_set_header_receiver(easy, onHeader, context) == CURLE_OK
      && llmbench_curl_set_body_receiver(easy, onBody, context) == CURLE_OK
  }

  private func setRequest() -> Bool {
    let request = exchange.request
    // No "Expect: 100-continue", which costs a second with servers that do not know it.
    var lines = ["Expect:"]
    for field in request.headers.fields {
      lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    for line in lines {
      guard let list = curl_slist_append(headerList, line) else { return false }
      headerList = list
    }
    guard set(CURLOPT_URL, request.url), llmbench_curl_set_headers(easy, headerList) == CURLE_OK else { return false }
    guard request.method == .post else { return set(CURLOPT_HTTPGET, 1) }
    let body = request.body.withUnsafeBytes {
      llmbench_curl_set_body(easy, $0.baseAddress ?? UnsafeRawPointer(easy), $0.count)
    }
    return set(CURLOPT_POST, 1) && body == CURLE_OK
  }

  private func setConnection(_ configuration: HTTPConfiguration) -> Bool {
    let request = exchange.request
    let isSecure = exchange.target.scheme == "https"
    let connectMilliseconds = request.timeouts.connect.map { max(1, Int(min($0.inSeconds * 1000, 1e9))) }
    return set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
      && set(CURLOPT_HTTP_VERSION, isSecure ? Int(CURL_HTTP_VERSION_2TLS) : Int(CURL_HTTP_VERSION_1_1))
      // Requests share one HTTP/2 connection rather than open one each.
      && set(CURLOPT_PIPEWAIT, isSecure ? 1 : 0)
      && set(CURLOPT_FOLLOWLOCATION, followsRedirects ? 1 : 0) && set(CURLOPT_MAXREDIRS, request.maximumRedirects)
      && set(CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds ?? 1_000_000_000)
      && llmbench_curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.maximumBodyBytes)) == CURLE_OK
      && set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_TCP_KEEPALIVE, 1) && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
      // Else ending a transfer waits for the name look-up that it began.
      && set(CURLOPT_QUICK_EXIT, 1)
      && set(CURLOPT_USERAGENT, configuration.userAgent)
      && (!exchange.target.isLoopback || set(CURLOPT_NOPROXY, "*"))
      && llmbench_curl_close_sockets_on_exec(easy) == CURLE_OK
  }

  private func setTrust(_ configuration: HTTPConfiguration) -> Bool {
    if let file = configuration.certificateFile, !set(CURLOPT_CAINFO, file) { return false }
    if let folder = configuration.certificateFolder, !set(CURLOPT_CAPATH, folder) { return false }
    return true
  }

  private func set(_ option: CURLoption, _ value: Int) -> Bool {
    llmbench_curl_set_long(easy, option, value) == CURLE_OK
  }

  private func set(_ option: CURLoption, _ value: String) -> Bool {
    llmbench_curl_set_text(easy, option, value) == CURLE_OK
  }
}

// MARK: - Callbacks

private func onHeader(
  _ bytes: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  receive(bytes, size * count, context) { $0.receiveHeader($1) }
}

private func onBody(
  _ bytes: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  receive(bytes, size * count, context) { $0.receiveBody($1) }
}

private func receive(
  _ bytes: UnsafeMutablePointer<CChar>, _ count: Int, _ context: UnsafeMutableRawPointer?,
  _ action: (Transfer, UnsafeBufferPointer<UInt8>) -> Int
) -> Int {
  guard let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return bytes.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
    action(transfer, UnsafeBufferPointer(start: bytes, count: count))
  }
}
