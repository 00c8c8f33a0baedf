import CCurl

extension HTTPError {
  /// Says in our words why libcurl gave up; its own words follow where they add something.
  init(curl code: CURLcode, isRefused: Bool, target: HTTPURL, detail: String, secrets: [String]) {
    let host = target.hostAndPort
    var detail = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    for secret in secrets where !secret.isEmpty { detail = detail.replacing(secret, with: "(hidden)") }
    let (kind, message): (Code, String) =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: (.nameNotResolved, "the name \(target.host) is not known")
      case CURLE_COULDNT_RESOLVE_PROXY: (.nameNotResolved, "the proxy's name is not known (\(detail))")
      case CURLE_COULDNT_CONNECT:
        isRefused
          ? (.connectionRefused, "\(host) refuses connections")
          : (.connectionFailed, "no connection to \(host) (\(detail))")
      case CURLE_PROXY: (.connectionFailed, "the proxy gives no connection to \(host) (\(detail))")
      case CURLE_GOT_NOTHING: (.connectionLost, "\(host) closed the connection without a response")
      case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        (.connectionLost, "the connection to \(host) broke (\(detail))")
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
        (
          .tls,
          "no trusted connection to \(host) (\(detail)); "
            + "CURL_CA_BUNDLE or SSL_CERT_FILE names the certificates to trust"
        )
      case CURLE_TOO_MANY_REDIRECTS: (.tooManyRedirects, "\(host) redirects too often")
      case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: (.invalidRequest, "not a URL that can be asked")
      case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
        (.malformedResponse, "what \(host) sends is not HTTP (\(detail))")
      default: (.other, "the request to \(host) failed (\(detail))")
      }
    self.init(code: kind, message: message, curlCode: Int(code.rawValue))
  }
}
