package import JSON

package enum GPUSample: Method {
  package static let name = "gpu.sample"
  package static let summary = "Reads every GPU of the server's machine once."
  package static let details =
    "NVIDIA's devices by its management library, else by `nvidia-smi`; AMD's by the files of its kernel driver. A machine "
    + "without a GPU is no error: `source` then is `none`, and `problem` says what was looked for."
  package typealias Params = Empty
  package typealias Result = GPUReadings
}

package enum GPUWatch: Method {
  package static let name = "gpu.watch"
  package static let summary = "Reads every GPU again and again, and tells each reading as a partial result."
  package static let details =
    "It goes on until it is cancelled (`$/cancelRequest`, answered with -32800) or `count` readings were told. Without "
    + "`count` it needs a `partialResultToken`, or a `workDoneToken` for a line of text a reading. On a machine without a "
    + "GPU it ends after the first reading, whose `source` is `none`."

  package struct Params: PartialResultParams, Codable, Sendable, Equatable {
    package typealias Part = GPUReadings
    /// Between two readings. Default 500.
    package var intervalMilliseconds: Double?
    /// How many readings; without, until cancelled.
    package var count: Int?
    package var workDoneToken: JSONValue?
    package var partialResultToken: JSONValue?

    package init(intervalMilliseconds: Double? = nil, count: Int? = nil) {
      self.intervalMilliseconds = intervalMilliseconds
      self.count = count
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    /// How many readings there were.
    package var readings: Int
    package var last: GPUReadings?

    package init(readings: Int, last: GPUReadings?) {
      self.readings = readings
      self.last = last
    }
  }
}

/// What all GPUs of a machine said of themselves at one moment.
package struct GPUReadings: Codable, Sendable, Equatable {
  /// `nvml`, `nvidia-smi`, `amdgpu`, several of them with `+` between, or `none`.
  package var source: String
  package var devices: [GPUDeviceReading]
  package var takenAt: Timestamp
  package var driver: String?
  package var problem: String?

  package init(source: String, devices: [GPUDeviceReading], takenAt: Timestamp) {
    self.source = source
    self.devices = devices
    self.takenAt = takenAt
  }
}

/// What one GPU said of itself. What it does not tell is nil.
package struct GPUDeviceReading: Codable, Sendable, Equatable {
  package var index: Int
  package var name: String?
  /// 0…1.
  package var utilization: Double?
  package var memoryUsedBytes: Int?
  package var memoryTotalBytes: Int?
  package var powerWatts: Double?
  package var temperatureCelsius: Double?
  package var graphicsClockMegahertz: Double?
  package var memoryClockMegahertz: Double?
  package var uuid: String?
  package var source: String

  package init(index: Int, source: String) {
    self.index = index
    self.source = source
  }
}
