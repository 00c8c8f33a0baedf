import Foundation
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct PipeTests {
  private func pipeEnds() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  @Test func `a full pipe makes no writer wait, and stays as it is for others`() throws {
    let (output, idle) = (try pipeEnds(), try pipeEnds())
    let shared = dup(output.write)
    let stream = try FileDescriptorStream(input: idle.read, output: output.write, peer: "test")
    let bytes = [UInt8](repeating: 7, count: 1 << 20)
    var taken = 0
    while case let count = try stream.writeAvailable(bytes[taken...]), count > 0 { taken += count }
    #expect((1..<bytes.count).contains(taken))
    #expect(fcntl(shared, F_GETFL) & O_NONBLOCK == 0)

    var buffer = [UInt8](repeating: 0, count: taken)
    #expect(read(output.read, &buffer, taken) == taken)
    #expect(buffer.allSatisfy { $0 == 7 })
    #expect(try stream.writeAvailable([1, 2, 3]) == 3)
    for end in [output.read, shared, idle.write] { close(end) }
    #expect(throws: ByteStreamError.self) { try stream.writeAvailable([4]) }
  }

  @Test func `a pipe ends with its stream`() throws {
    let (output, idle) = (try pipeEnds(), try pipeEnds())
    do {
      let stream = try FileDescriptorStream(input: idle.read, output: output.write, peer: "test")
      #expect(try stream.writeAvailable([1]) == 1)
    }
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(read(output.read, &buffer, 8) == 1)
    #expect(read(output.read, &buffer, 8) == 0)
    close(output.read)
    close(idle.write)
  }
}
