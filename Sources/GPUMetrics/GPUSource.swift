/// Reads devices of one kind. Used by one thread at a time; a call may block, but not much longer than its time limit.
protocol GPUSource: AnyObject {
  /// Whether a reading is made when it is asked for. One that is not comes at the interval, and waiting for it takes as
  /// long.
  var isInstant: Bool { get }
  var driver: String? { get }

  /// - Parameter interval: seconds between the readings that are wanted; a source with a pace of its own keeps it.
  func read(interval: Double) throws(GPUProblem) -> [GPUReading]

  /// Ends what goes on between readings; the next reading begins it again.
  func pause()
}

extension GPUSource {
  var driver: String? { nil }
  func pause() {}
}

/// Why a source gives no readings.
struct GPUProblem: Error, Equatable, CustomStringConvertible {
  /// A sentence without its full stop.
  let description: String
  /// Whether there is a device, or something of its driver, all the same.
  var isBroken: Bool

  init(_ description: String, isBroken: Bool = true) {
    self.description = description
    self.isBroken = isBroken
  }
}
