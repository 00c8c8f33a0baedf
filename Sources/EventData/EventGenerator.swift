import SeededRandom

/// The benchmark's random events: a stream that depends on the options alone. The first n events are the same
/// whatever the size asked for, so a smaller file is the beginning of a larger one.
///
/// Each event takes two draws from ``SeededGenerator``: first the user, `user1`…`userN`, then the duration; both
/// uniform.
package struct EventGenerator: Sendable {
  package struct Options: Sendable, Equatable {
    package var seed: UInt64
    /// 1…1 000 000 000.
    package var users = 50
    /// In milliseconds, as is the maximum; both inclusive, within 32 bits.
    package var minimumDuration = 10
    package var maximumDuration = 200

    package init(seed: UInt64) { self.seed = seed }
  }

  package let options: Options
  var random: SeededGenerator

  /// - Throws: ``EventDataError`` with `invalidOption`.
  package init(_ options: Options) throws(EventDataError) {
    guard (1...1_000_000_000).contains(options.users) else {
      throw EventDataError(.invalidOption, "the number of users is \(options.users): choose 1 to 1000000000")
    }
    let range = Int(Int32.min)...Int(Int32.max)
    guard range.contains(options.minimumDuration), range.contains(options.maximumDuration) else {
      throw EventDataError(.invalidOption, "a duration must fit into 32 bits")
    }
    guard options.minimumDuration <= options.maximumDuration else {
      throw EventDataError(
        .invalidOption,
        "the minimum duration \(options.minimumDuration) is above the maximum \(options.maximumDuration)")
    }
    self.options = options
    random = SeededGenerator(seed: options.seed)
  }

  package mutating func next() -> Event {
    let user = 1 + Int(random.next(below: UInt64(options.users)))
    let duration = random.next(in: options.minimumDuration...options.maximumDuration)
    return Event(userId: "user\(user)", duration: duration)
  }

  /// The next events, for sizes that fit in memory.
  package mutating func events(_ count: Int) -> [Event] {
    (0..<max(count, 0)).map { _ in next() }
  }
}
