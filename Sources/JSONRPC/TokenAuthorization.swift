package import JSON

/// Lets in who knows a secret.
package struct TokenAuthorization: Sendable {
  private let token: [UInt8]

  /// - Parameter token: of at least 16 bytes, best made by ``randomToken()``; nil when it is shorter.
  package init?(token: String) {
    guard token.utf8.count >= 16 else { return nil }
    self.token = Array(token.utf8)
  }

  /// 256 random bits from the system as 64 hexadecimal digits.
  package static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Looks for the token in the params of `initialize`: in `initializationOptions.token`, or in `token`.
  package func accepts(_ params: JSONValue?) -> Bool {
    let given = params?["initializationOptions"]?["token"] ?? params?["token"]
    guard let text = given?.stringValue else { return false }
    return Self.isEqual(Array(text.utf8), token)
  }

  /// Compares in a time that tells nothing of where the two differ.
  package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var difference = left.count ^ right.count
    for index in right.indices {
      difference |= Int((index < left.count ? left[index] : 0) ^ right[index])
    }
    return difference == 0
  }
}
