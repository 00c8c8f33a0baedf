package import HTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How long a response asks its client to wait.
package enum RetryAfter {
  /// Seconds of wait, at least 0; nil where the headers ask for none.
  ///
  /// Reads `retry-after-ms` (milliseconds, which OpenAI's and Azure's servers send), then `Retry-After` (RFC 9110,
  /// section 10.2.3: seconds or a date). A date is taken relative to the response's own `Date`, so that a wrong clock
  /// here does no harm.
  package static func seconds(_ headers: HTTPHeaders) -> Double? {
    if let milliseconds = headers["retry-after-ms"].flatMap(Double.init), milliseconds.isFinite, milliseconds >= 0 {
      return milliseconds / 1000
    }
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
    guard let date = HTTPDate.secondsSince1970(text) else { return nil }
    let now = headers["date"].flatMap(HTTPDate.secondsSince1970) ?? Int(time(nil))
    return Double(max(0, date - now))
  }
}
