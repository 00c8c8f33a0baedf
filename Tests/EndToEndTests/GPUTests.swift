import Foundation
import JSON
import TestSupport
import Testing

/// A machine whose kernel has the files of one AMD device.
@Suite(.timeLimit(.minutes(2))) struct GPUTests {
  private func withGPU(_ body: (Workplace) async throws -> Void) async throws {
    try await Workplace.with { place in
      var place = place
      place.environment["LLMBENCH_GPU"] = "amdgpu"
      place.environment["LLMBENCH_SYSFS"] = place.path("sys")
      let files = [
        "vendor": "0x1002", "product_name": "Made-up GPU", "gpu_busy_percent": "60", "mem_info_vram_used": "1073741824",
        "mem_info_vram_total": "4294967296", "hwmon/hwmon1/power1_average": "150000000",
        "hwmon/hwmon1/temp1_input": "55000",
      ]
      for (name, text) in files {
        let file = URL(filePath: place.path("sys/class/drm/card0/device/\(name)"))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text + "\n").utf8).write(to: file)
      }
      try await body(place)
    }
  }

  @Test func `one reading is a table, or one JSON value`() async throws {
    try await withGPU { place in
      let json = try await place.json("gpu", "sample")
      #expect(json["source"] == "amdgpu")
      #expect(json["devices"]?[0]?["utilization"] == 0.6)
      #expect(json["devices"]?[0]?["graphicsClockMegahertz"] == .null)
      let ending = try await place.run("gpu", "sample")
      #expect(ending.output.contains("Made-up GPU  60 %"))
      #expect(ending.code == 0)
    }
  }

  @Test func `readings end after the count, as one value or as lines`() async throws {
    try await withGPU { place in
      let json = try await place.json("gpu", "watch", "--interval", "20ms", "--count", "3")
      #expect(json["readings"]?.arrayValue?.count == 3)
      let lines = try await place.run("gpu", "watch", "--interval", "20ms", "--count", "2", "--json-lines")
      #expect(lines.output.split(separator: "\n").count == 2)
      let rows = try await place.run("gpu", "watch", "--interval", "20ms", "--count", "2")
      #expect(rows.output.split(separator: "\n").count == 3, "a head and two rows")
    }
  }

  @Test func `without a GPU a command says none and succeeds`() async throws {
    try await Workplace.with { place in
      var place = place
      place.environment["LLMBENCH_GPU"] = "off"
      let sample = try await place.run("gpu", "sample")
      #expect(sample.code == 0)
      #expect(sample.output.hasPrefix("none: GPU readings are switched off"))
      let watch = try await place.run("gpu", "watch")
      #expect(watch.code == 0)
      #expect(watch.output.hasPrefix("none: "))
    }
  }

  @Test(arguments: [
    ["--interval", "fast"], ["--interval", "1ms"], ["--interval", "2h"], ["--count", "0"], ["--json"],
    ["--json", "--json-lines", "--count", "1"],
  ])
  func `a wrong option is wrong usage`(_ words: [String]) async throws {
    try await Workplace.with { place in
      let ending = try await place.run(["gpu", "watch"] + words)
      #expect(ending.code == 2)
    }
  }

  @Test func `readings stream until the request is cancelled`() async throws {
    try await withGPU { place in
      let peer = try RawPeer(place, .lines, ["serve", "--stdio"])
      peer.send([
        "jsonrpc": "2.0", "id": 1, "method": "gpu.watch",
        "params": ["intervalMilliseconds": 20, "partialResultToken": "gpu"],
      ])
      try await peer.program.waitUntil("three readings") { peer.messages().count >= 3 }
      let first = try #require(peer.messages().first)
      #expect(first["params"]?["token"] == "gpu")
      #expect(first["params"]?["value"]?["devices"]?[0]?["name"] == "Made-up GPU")
      peer.send(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 1]])
      try await peer.program.waitUntil("the answer") { peer.messages().contains { $0["id"] == 1 } }
      #expect(peer.messages().last?["error"]?["code"] == -32800)
      peer.program.endInput()
      _ = try await peer.program.wait()
    }
  }

  @Test func `a sample has what the GPU did while the model answered, and so has the model`() async throws {
    try await withGPU { place in
      let model = try FakeModel()
      let run = try await place.json(
        "run", "sorting", "--model", "local/fake", "--base-url", model.baseURL, "--sizes", "3", "--samples", "2")
      #expect(run["machine"]?["gpus"]?[0]?["name"] == "Made-up GPU")
      let gpu = try #require(run.model?["gpu"])
      #expect(gpu["source"] == "amdgpu")
      #expect(gpu["samples"] == 2)
      // A mean of as many readings as there was time for.
      #expect(abs((gpu["meanUtilization"]?.doubleValue ?? 0) - 0.6) < 1e-9)
      #expect(gpu["peakMemoryUsedBytes"] == 1_073_741_824)
      #expect((gpu["energyJoules"]?.doubleValue ?? 0) > 0)
      #expect((gpu["tokensPerJoule"]?.doubleValue ?? 0) > 0)
      let shown = try await place.run("results", "show", "latest")
      #expect(shown.output.contains("The GPU waited much of the time (60 % in use"))
      let samples = try await place.json("results", "samples", "latest")
      let watts = samples["samples"]?[0]?["telemetry"]?["gpu"]?["meanPowerWatts"]?.doubleValue
      #expect(abs((watts ?? 0) - 150) < 1e-6)
      let unread = try await place.json(
        "run", "sorting", "--model", "local/fake", "--base-url", model.baseURL, "--sizes", "3", "--samples", "1",
        "--gpu-interval", "0")
      #expect(unread.model?["gpu"] == .null)
    }
  }
}
