import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Attempts to get out of the sandbox, each made by a program that says what it got.
@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct EscapeTests {
  /// Runs the body of a Python function for which any error is a success of the sandbox.
  private func attempt(_ lines: String, inputs: [InputFile] = []) async throws -> String {
    let body = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let result = try await Machine.python(
      """
      import os, sys, socket, ctypes, ctypes.util, subprocess, signal
      def attempt():
      \(body)
      try:
          print("GOT", attempt())
      except BaseException as error:
          print("DENIED", type(error).__name__, error)
      """, inputs: inputs)
    #expect(result.verdict == .ok, "\(result.errors)")
    return result.output
  }

  @Test func `there is no network, not even this machine's own`() async throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, length)
        _ = listen(listener, 5)
        _ = getsockname(listener, $0, &length)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    try #require(port > 0)
    let output = try await attempt("return socket.create_connection(('127.0.0.1', \(port)), 3)")
    #expect(output.hasPrefix("DENIED"))
    #expect(try await attempt("return [x for x in os.listdir('/sys/class/net')]").hasPrefix("DENIED"))
    #expect(try await attempt("return [name for _, name in socket.if_nameindex()]") == "GOT ['lo']\n")
  }

  @Test func `a socket with an abstract name on this machine is out of reach`() async throws {
    let output = try await attempt(
      """
      with open('/proc/net/unix') as names:
          return len(names.readlines())
      """)
    #expect(output == "GOT 1\n")
  }

  @Test(arguments: ["/etc/shadow", "/etc/passwd", "/home", "/var", "/sys/kernel", "/run", "/dev/kmsg", "/dev/vda"])
  func `the machine's files are not there`(path: String) async throws {
    #expect(try await attempt("return os.stat('\(path)')").hasPrefix("DENIED FileNotFoundError"))
  }

  @Test func `a file of the project and one in the home folder are not there`() async throws {
    let here = try #require(getcwd(nil, 0))
    defer { free(here) }
    let project = String(cString: here) + "/Package.swift"
    var home =
      Array((Machine.environment["HOME"] ?? "/tmp").utf8CString.dropLast()) + Array("/llmbench-XXXXXX".utf8CString)
    let file = mkstemp(&home)
    try #require(file >= 0)
    close(file)
    let path = String(decoding: home.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(path) }
    for path in [project, path, "/proc/\(getpid())/environ"] {
      #expect(access(path, R_OK) == 0)
      #expect(try await attempt("return open('\(path)').read()").hasPrefix("DENIED FileNotFoundError"), "\(path)")
    }
  }

  @Test func `secrets of the environment are nowhere`() async throws {
    let secret = "sk-\(UInt64.random(in: 1 << 60...UInt64.max))"
    setenv("LLMBENCH_TEST_API_KEY", secret, 1)
    defer { unsetenv("LLMBENCH_TEST_API_KEY") }
    let output = try await attempt(
      """
      found = [repr(sorted(os.environ))]
      for pid in [x for x in os.listdir('/proc') if x.isdigit()]:
          for name in ['environ', 'cmdline']:
              try:
                  found.append(open(f'/proc/{pid}/{name}').read())
              except OSError:
                  pass
      return found
      """)
    #expect(!output.contains(secret))
    #expect(!output.contains("LLMBENCH"))
    #expect(output.contains("['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR']"))
  }

  @Test func `no descriptor but the standard three is open`() async throws {
    let output = try await attempt(
      "return [x for x in os.listdir('/proc/self/fd') if 'proc' not in os.readlink('/proc/self/fd/' + x)] "
        + "if True else 0")
    // The listing's own descriptor has closed by the time it is looked at.
    #expect(output == "GOT ['0', '1', '2']\n" || output.hasPrefix("DENIED FileNotFoundError"), "\(output)")
    let byNumber = try await attempt(
      """
      found = []
      for number in range(1024):
          try:
              os.fstat(number)
              found.append(number)
          except OSError:
              pass
      return found
      """)
    #expect(byNumber == "GOT [0, 1, 2]\n")
  }

  @Test(arguments: ["/x", "/usr/x", "/program/x", "/input/x", "/dev/x", "/etc/x", "/proc/sys/kernel/hostname"])
  func `nothing outside the scratch folder can be written`(path: String) async throws {
    #expect(try await attempt("return open('\(path)', 'w')").hasPrefix("DENIED"))
  }

  @Test func `the scratch folder can be written, up to its size, and does not last`() async throws {
    #expect(try await attempt("return open('/tmp/kept', 'x').write('x')") == "GOT 1\n")
    #expect(try await attempt("return open('/tmp/kept', 'x').write('x')") == "GOT 1\n")
    let output = try await attempt(
      """
      total = 0
      for number in range(40):
          with open(f'/tmp/file{number}', 'wb') as file:
              for _ in range(4):
                  total += file.write(bytes(1 << 20))
      return total
      """)
    #expect(output.hasPrefix("DENIED OSError [Errno 28]"), "\(output)")
  }

  @Test func `mounts cannot be changed`() async throws {
    let output = try await attempt(
      """
      libc = ctypes.CDLL(None, use_errno=True)
      MS_REMOUNT, MS_BIND = 32, 4096
      codes = [libc.mount(None, b'/usr', None, MS_REMOUNT | MS_BIND, None)]
      codes.append(libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None))
      codes.append(libc.umount2(b'/usr', 2))
      codes.append(libc.unshare(0x10000000))
      codes.append(libc.unshare(0x00020000))
      codes.append(libc.ptrace(16, 1, 0, 0))
      return codes
      """)
    #expect(output == "GOT [-1, -1, -1, -1, -1, -1]\n")
  }

  @Test func `there is no capability and no way to one`() async throws {
    let output = try await attempt(
      """
      lines = open('/proc/self/status').read().split('\\n')
      want = ('CapEff', 'CapPrm', 'CapBnd', 'CapInh', 'CapAmb', 'NoNewPrivs', 'Seccomp:')
      return [line.split()[1] for line in lines if line.startswith(want)] + [os.getuid() != 0]
      """)
    let none = "'0000000000000000'"
    #expect(output == "GOT [\(none), \(none), \(none), \(none), \(none), '1', '2', True]\n", "\(output)")
  }

  @Test func `memory that no process is seen to hold cannot be had`() async throws {
    let output = try await attempt(
      """
      libc = ctypes.CDLL(None, use_errno=True)
      return libc.shmget(0, 1 << 20, 0o1600), libc.memfd_create(b'x', 0)
      """)
    #expect(output == "GOT (-1, -1)\n")
  }

  @Test func `processes outside can be neither seen nor signalled`() async throws {
    let output = try await attempt("return sorted(int(x) for x in os.listdir('/proc') if x.isdigit())")
    #expect(output == "GOT [1, 2]\n")
    #expect(try await attempt("return os.kill(\(getpid()), 9)").hasPrefix("DENIED ProcessLookupError"))
    #expect(try await attempt("return os.kill(-1, 9)").hasPrefix("DENIED ProcessLookupError"))
  }

  @Test func `a terminal of the parent is out of reach`() async throws {
    #expect(try await attempt("return open('/dev/tty')").hasPrefix("DENIED"))
  }

  @Test func `a symbolic link leads nowhere`() async throws {
    let output = try await attempt(
      """
      os.symlink('/etc/shadow', '/tmp/link')
      os.symlink('/proc/1/root/etc/shadow', '/tmp/other')
      answers = []
      for path in ['/tmp/link', '/tmp/other', '/proc/1/root/root', '/tmp/../../../../root/.profile', '/proc/1/cwd/../root/.bashrc']:
          try:
              answers.append(open(path).read())
          except OSError as error:
              answers.append('')
      return ''.join(answers)
      """)
    #expect(output == "GOT \n")
  }

  @Test(.needs(.deno)) func `an import in Deno leaks no file`() async throws {
    for path in ["/etc/passwd", "/etc/shadow", "/root/.bashrc"] {
      let result = try await Machine.javaScript(
        .deno, "try { await import(\"\(path)\") } catch (error) { console.log(String(error)) }")
      #expect(!(result.output + result.errors).contains("root:"))
    }
  }

  @Test(.needs(.deno)) func `Deno itself allows next to nothing`() async throws {
    let result = try await Machine.javaScript(
      .deno,
      """
      const attempts = [
        () => new Deno.Command("/bin/true").outputSync(), () => Deno.connect({ port: 80 }), () => Deno.env.get("PATH"),
        () => Deno.hostname(), () => Deno.readTextFile("/usr/bin/env"), () => Deno.writeTextFile("/program/x", "x"),
      ];
      const names = [];
      for (const attempt of attempts) {
        try { await attempt(); names.push("done"); } catch (error) { names.push(error.name); }
      }
      console.log(new Set(names).size, names[0]);
      """)
    #expect(result.output == "1 NotCapable\n", "\(result.output)\(result.errors)")
  }

  @Test(.needs(.node)) func `Node finds neither network nor files nor environment`() async throws {
    let result = try await Machine.javaScript(
      .node,
      """
      import fs from "node:fs";
      import net from "node:net";
      console.log(Object.keys(process.env).sort().join());
      console.log(fs.existsSync("/etc/shadow"), fs.existsSync("/root"), process.getuid() !== 0);
      net.connect(22, "127.0.0.1").on("error", (error) => console.log(error.code)).on("connect", () => console.log("CONNECTED"));
      """)
    #expect(result.output == "HOME,LANG,PATH,PWD,TMPDIR\nfalse false true\nECONNREFUSED\n")
  }
}
