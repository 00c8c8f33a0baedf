import JSON

extension GPUWatch.Params: Described {
  package static let notes = Notes(
    "How often to read, and for how long.",
    [
      "intervalMilliseconds": Note(
        "Milliseconds between two readings.", .range(20, 3_600_000), .defaultValue(500)),
      "count": Note("How many readings; null until it is cancelled.", .range(1, 1_000_000_000)),
    ]
  ).adding(ProgressNotes.both)
}

extension GPUWatch.Result: Described {
  package static let notes = Notes(
    "What was told.",
    [
      "readings": Note("How many readings there were.", .minimum(0)),
      "last": "The last of them; null where there was none.",
    ])
}

extension GPUReadings: Described {
  package static let notes = Notes(
    "What all GPUs of a machine said of themselves at one moment.",
    [
      "source":
        "`nvml`, `nvidia-smi`, `amdgpu`, several with `+` between them, or `none` where there is no GPU that can be read.",
      "devices": "Every device, by its number.",
      "takenAt": "When it was.",
      "driver": "The driver's version; null where it is not told.",
      "problem": "Why devices are missing, or what was looked for where there are none; null where nothing is wrong.",
    ])
}

extension GPUDeviceReading: Described {
  package static let notes = Notes(
    "What one GPU said of itself. What it does not tell is null, never 0.",
    [
      "index": Note("Its number with the tool that reads it; AMD's devices count on after NVIDIA's.", .minimum(0)),
      "name": "What it is.",
      "utilization": Note("Share of the last moments in which it was at work.", .fraction),
      "memoryUsedBytes": Note(
        "Bytes of its memory in use; null for a device that shares the processor's memory.", .minimum(0)),
      "memoryTotalBytes": Note("Bytes of its memory; null for such a device too.", .minimum(0)),
      "powerWatts": Note("Watts that it draws.", .minimum(0)),
      "temperatureCelsius": "Its temperature in degrees Celsius.",
      "graphicsClockMegahertz": Note("The clock of its processors in megahertz.", .minimum(0)),
      "memoryClockMegahertz": Note("The clock of its memory in megahertz.", .minimum(0)),
      "uuid": "What names exactly this device.",
      "source": Note("What read it.", .oneOf(["nvml", "nvidia-smi", "amdgpu"])),
    ])
}
