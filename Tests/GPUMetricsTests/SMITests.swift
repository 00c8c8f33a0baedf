import Foundation
import Testing

@testable import GPUMetrics

@Suite struct SMITests {
  private let machine: FakeMachine

  init() throws { machine = try FakeMachine() }

  private func sample(_ body: String) async throws -> GPUSnapshot {
    try machine.command(body)
    return await GPUMonitor(machine.configuration()).sample()
  }

  @Test func `a line is read in its units`() throws {
    let line = try #require(SMILine(FakeMachine.line(1, of: 2)))
    #expect(line.count == 2)
    #expect(line.driver == "580.65.06")
    #expect(line.reading.index == 1)
    #expect(line.reading.name == "NVIDIA H100 80GB HBM3")
    #expect(line.reading.uuid == "GPU-1")
    #expect(line.reading.utilization == 0.87)
    #expect(line.reading.memoryUsedBytes == 11_400 << 20)
    #expect(line.reading.memoryTotalBytes == 81_559 << 20)
    #expect(line.reading.powerWatts == 301.25)
    #expect(line.reading.temperatureCelsius == 61)
    #expect(line.reading.graphicsClockMegahertz == 1980)
    #expect(line.reading.memoryClockMegahertz == 2619)
  }

  @Test(arguments: [
    "[N/A]", "[Not Supported]", "N/A", "[Unknown Error]", "[GPU requires reset]", "ERR!", "", "nan", "inf",
  ])
  func `what is not available is unknown`(_ word: String) throws {
    let line = try #require(SMILine(FakeMachine.line(0, of: 1, utilization: word, memory: "\(word), \(word)")))
    #expect(line.reading.utilization == nil)
    #expect(line.reading.memoryUsedBytes == nil)
    #expect(line.reading.memoryTotalBytes == nil)
    #expect(line.reading.powerWatts == 301.25)
  }

  @Test(arguments: [
    "", ",", "No devices were found", "0, 1, 87", "-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
    "x, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
  ])
  func `a line that is no reading is none`(_ text: String) {
    #expect(SMILine(text) == nil)
  }

  @Test func `a value that cannot be is unknown`() throws {
    let line = try #require(
      SMILine(FakeMachine.line(0, of: 1, utilization: "1e300", memory: "99999999999999999999, -5")))
    #expect(line.reading.utilization == nil)
    #expect(line.reading.memoryUsedBytes == nil)
    #expect(line.reading.memoryTotalBytes == nil)
  }

  @Test func `the command is started once and asked for every device`() async throws {
    try machine.command(
      """
      echo started >> "${0%/*}/starts"
      echo "$@" > "${0%/*}/arguments"
      while :; do
        echo "\(FakeMachine.line(0, of: 2))"
        echo "\(FakeMachine.line(1, of: 2, utilization: "[N/A]"))"
        sleep 0.05
      done
      """)
    let monitor = GPUMonitor(machine.configuration())
    var sources: [String] = []
    for await snapshot in monitor.readings(every: 0.5) {
      sources.append(snapshot.source)
      #expect(snapshot.devices.map(\.index) == [0, 1])
      #expect(snapshot.devices.map(\.utilization) == [0.87, nil])
      if sources.count == 3 { break }
    }
    #expect(sources == ["nvidia-smi", "nvidia-smi", "nvidia-smi"])
    let arguments = try String(contentsOfFile: machine.folder + "/bin/arguments", encoding: .utf8)
    #expect(arguments.contains("--loop-ms=500"))
    let starts = try String(contentsOfFile: machine.folder + "/bin/starts", encoding: .utf8)
    #expect(starts == "started\n")
  }

  @Test func `a command that hangs is ended, and nobody waits for it long`() async throws {
    let snapshot = try await sample("exec sleep 600")
    #expect(snapshot.source == "none")
    #expect(snapshot.isBroken)
    #expect(snapshot.problem?.contains("said nothing for 1 seconds") == true)
  }

  @Test func `a command that prints garbage is quoted`() async throws {
    let snapshot = try await sample("while :; do printf 'sch\\033[31mrott %s\\n' $RANDOM; done")
    #expect(snapshot.source == "none")
    #expect(snapshot.problem?.contains("prints what is no reading: “sch[31mrott") == true, "\(snapshot.problem ?? "")")
  }

  @Test func `a flood without a line end is bounded`() async throws {
    let snapshot = try await sample("exec cat /dev/zero")
    #expect(snapshot.source == "none")
    #expect(snapshot.problem?.contains("prints what is no reading") == true, "\(snapshot.problem ?? "")")
  }

  @Test func `a command without a driver says why`() async throws {
    let snapshot = try await sample(
      "echo \"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\"; exit 9")
    #expect(snapshot.source == "none")
    #expect(snapshot.problem?.contains("couldn't communicate with the NVIDIA driver") == true)
  }

  @Test func `a command that dies is started again after a pause`() async throws {
    try machine.command("echo \"\(FakeMachine.line(0, of: 1))\"")
    let monitor = GPUMonitor(machine.configuration())
    var problems = 0
    var readings = 0
    for await snapshot in monitor.readings(every: 0.1) {
      if snapshot.devices.isEmpty { problems += 1 } else { readings += 1 }
      if problems > 0, readings >= 2 { break }
    }
    #expect(problems > 0)
  }

  @Test func `without the command there is no GPU, and nothing is broken`() async {
    let snapshot = await GPUMonitor(
      machine.configuration {
        $0.choice = .only(.nvidiaSMI)
      }
    ).sample()
    #expect(snapshot.source == "none")
    #expect(!snapshot.isBroken)
  }
}
