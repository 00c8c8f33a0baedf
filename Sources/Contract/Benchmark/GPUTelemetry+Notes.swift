import JSON

extension GPUTelemetry: Described {
  package static let notes = Notes(
    "What the machine's GPUs did while a local model answered; null is what they do not tell.",
    [
      "source": "Where the readings come from, as of `gpu.sample`.",
      "readings": Note("Readings within the call.", .minimum(1)),
      "meanUtilization": Note("Mean utilisation of the busiest device.", .fraction),
      "peakUtilization": Note("Its highest.", .fraction),
      "meanMemoryUsedBytes": Note("Bytes in use, of all devices together: mean.", .minimum(0)),
      "peakMemoryUsedBytes": Note("Bytes in use, of all devices together: highest.", .minimum(0)),
      "memoryTotalBytes": Note("Bytes of memory of all devices together.", .minimum(0)),
      "meanPowerWatts": Note("Mean watts of all devices together.", .minimum(0)),
      "peakTemperatureCelsius": "Highest temperature of any device, in degrees Celsius.",
      "meanGraphicsClockMegahertz": Note("Mean clock of the busiest device in megahertz.", .minimum(0)),
      "energyJoules": Note(
        "Joules of all devices together; calls under way at the same moments share them evenly.", .minimum(0)),
      "tokensPerJoule": Note("Tokens of the answer for each joule.", .minimum(0)),
      "devices": "Each device; null where there is but one.",
    ])
}

extension GPUDeviceTelemetry: Described {
  package static let notes = Notes(
    "What one of several GPUs did while a local model answered.",
    [
      "index": Note("Its number, as of `gpu.sample`.", .minimum(0)),
      "meanUtilization": Note("Mean utilisation.", .fraction),
      "peakUtilization": Note("Highest utilisation.", .fraction),
      "meanMemoryUsedBytes": Note("Bytes in use: mean.", .minimum(0)),
      "peakMemoryUsedBytes": Note("Bytes in use: highest.", .minimum(0)),
      "meanPowerWatts": Note("Mean watts.", .minimum(0)),
      "peakTemperatureCelsius": "Highest temperature in degrees Celsius.",
      "energyJoules": Note("Joules.", .minimum(0)),
    ])
}

extension GPUSummary: Described {
  package static let notes = Notes(
    "What the machine's GPUs did while one model answered, over all its samples with readings.",
    [
      "source": "Where the readings come from, as of `gpu.sample`.",
      "samples": Note("Samples with readings.", .minimum(1)),
      "meanUtilization": Note(
        "Mean utilisation of the busiest device, a sample counting as long as its call took. Below 0.8 the GPU waited for "
          + "something.", .fraction),
      "peakUtilization": Note("The highest of any sample.", .fraction),
      "peakMemoryUsedBytes": Note("Bytes in use of all devices together: highest.", .minimum(0)),
      "meanPowerWatts": Note("Mean watts of all devices together.", .minimum(0)),
      "peakTemperatureCelsius": "Highest temperature of any device, in degrees Celsius.",
      "energyJoules": Note("Joules of all these samples.", .minimum(0)),
      "tokensPerJoule": Note("Tokens of all these answers for each joule.", .minimum(0)),
    ])
}
