import Foundation
import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProcessTests {
  /// `cat` sends each request back; this side answers that it knows no methods; `cat` sends that back too.
  @Test func `a child is talked to over its standard streams`() async throws {
    let stream = try ChildProcessStream(arguments: ["cat"])
    let connection = Connection(stream: stream, options: .client)
    connection.start(handler: NoMethods())
    for _ in 0..<10 {
      let error = await #expect(throws: RPCError.self) { try await connection.request("mirror", ["a": 1]) }
      #expect(error?.code == .methodNotFound)
    }
    connection.close()
    await connection.waitUntilClosed()
    #expect(await exit(of: stream) == .code(0))
  }

  @Test func `the end of a child ends the connection`() async throws {
    let stream = try ChildProcessStream(arguments: ["sh", "-c", "exit 7"])
    let connection = Connection(stream: stream, options: .client)
    connection.start(handler: NoMethods())
    await #expect(throws: ConnectionClosedError.self) { try await connection.request("x") }
    // Whichever shows first: that nothing more comes, or that nobody takes the request.
    switch await connection.waitUntilClosed().reason {
    case .endOfStream, .streamFailed: break
    case let other: Issue.record("\(other)")
    }
    #expect(await exit(of: stream) == .code(7))
  }

  @Test func `a child that stays is ended with its group`() async throws {
    let stream = try ChildProcessStream(
      arguments: ["sh", "-c", "trap '' TERM; sleep 60 & echo '{}'; sleep 60"], terminationGrace: .milliseconds(20))
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(stream.read(into: &buffer, timeout: .seconds(10)) == .bytes(3))
    stream.close()
    #expect(await exit(of: stream) == .signal(SIGKILL))
    // Nobody of the group is left to hold the other end open.
    #expect(kill(-stream.processID, 0) != 0 || stream.exitStatus != nil)
  }

  @Test func `a program that is not there is an error`() {
    let error = #expect(throws: ByteStreamError.self) { try ChildProcessStream(arguments: ["/no/such/program"]) }
    #expect(error?.message.contains("/no/such/program") == true)
    #expect(throws: ByteStreamError.self) { try ChildProcessStream(arguments: []) }
  }

  @Test func `a child gets the environment it is given`() async throws {
    let stream = try ChildProcessStream(arguments: ["/bin/sh", "-c", "echo $WORD"], environment: ["WORD=mellon"])
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(stream.read(into: &buffer, timeout: .seconds(10)) == .bytes(7))
    #expect(String(decoding: buffer.prefix(6), as: UTF8.self) == "mellon")
  }

  private func exit(of stream: ChildProcessStream) async -> ChildProcessStream.Exit? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: stream.waitForExit(timeout: .seconds(30))) }
    }
  }

  @Test func `a process that ends is noticed once`() async throws {
    let stream = try ChildProcessStream(arguments: ["cat"])
    let (ends, continuation) = AsyncStream<Int>.makeStream()
    let watch = ParentWatch(processID: Int(stream.processID), interval: .milliseconds(2)) { continuation.yield(1) }
    stream.close()
    for await end in ends {
      #expect(end == 1)
      break
    }
    #expect(stream.exitStatus == .code(0))
    watch.stop()
  }

  @Test func `one that lives, and no process, are not`() async throws {
    let called = Atomic(false)
    let alive = ParentWatch(processID: Int(ProcessInfo.processInfo.processIdentifier), interval: .milliseconds(1)) {
      called.store(true, ordering: .relaxed)
    }
    let none = ParentWatch(processID: 0, interval: .milliseconds(1)) { called.store(true, ordering: .relaxed) }
    try await Task.sleep(for: .milliseconds(50))
    let wasCalled = called.load(ordering: .relaxed)
    #expect(!wasCalled)
    alive.stop()
    none.stop()
  }

  @Test func `what is written to the claimed output does not reach the wire`() async throws {
    let (toServer, fromServer, log) = (Pipe(), Pipe(), Pipe())
    let input = dup(toServer.fileHandleForReading.fileDescriptor)
    let output = dup(fromServer.fileHandleForWriting.fileDescriptor)
    let diagnostics = dup(log.fileHandleForWriting.fileDescriptor)
    let stream = try StandardStreams.claim(input: input, output: output, diagnostics: diagnostics)
    try fromServer.fileHandleForWriting.close()

    FileHandle(fileDescriptor: output).write(Data("a stray line".utf8))
    #expect(log.fileHandleForReading.availableData == Data("a stray line".utf8))
    var byte: UInt8 = 0
    #expect(read(input, &byte, 1) == 0)

    let connection = Connection(stream: stream, options: .patientServer)
    connection.start(handler: Echo())
    let inbox = Inbox()
    inbox.fill(
      from: try FileDescriptorStream(
        input: dup(fromServer.fileHandleForReading.fileDescriptor),
        output: dup(toServer.fileHandleForWriting.fileDescriptor), peer: "server"), .newline)
    let big = #"{"jsonrpc":"2.0","id":1,"method":"big","params":{"count":300000}}"# + "\n"
    toServer.fileHandleForWriting.write(Data(big.utf8))
    #expect(await inbox.next()?["result"]?.stringValue?.utf8.count == 300_000)
    connection.close()
    #expect(await connection.waitUntilClosed().reason == .closedHere)
    for descriptor in [input, output, diagnostics] { close(descriptor) }
  }
}
