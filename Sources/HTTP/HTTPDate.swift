import CCurl

/// Dates as HTTP writes them. Wraps `curl_getdate`.
package enum HTTPDate {
  /// Seconds since 1970-01-01 UTC of a date such as "Sun, 06 Nov 1994 08:49:37 GMT"; nil for anything else.
  package static func secondsSince1970(_ text: String) -> Int? {
    // curl_getdate also takes bare numbers for dates.
    guard text.utf8.count >= 16, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
    let seconds = curl_getdate(text, nil)
    return seconds >= 0 ? Int(seconds) : nil
  }
}
