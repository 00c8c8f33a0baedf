import ArgumentParser

/// How much a line of the server's log matters.
package enum LogLevel: String, Sendable, CaseIterable, Comparable, ExpressibleByArgument {
  /// A defect of the server, or something it was asked to do and cannot.
  case error
  /// A peer at fault, or one that was let go.
  case warning
  /// Start, end and connections.
  case info
  /// Every request.
  case debug

  private var detail: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Less is more important.
  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.detail < right.detail }
}
