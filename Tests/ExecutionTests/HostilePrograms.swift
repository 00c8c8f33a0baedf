import Execution
import Testing

/// A program that means harm, and how its test must end.
struct HostileProgram: Sendable, CustomTestStringConvertible {
  enum Expectation: Sendable {
    /// One of these endings, whatever it printed.
    case ends([TestOutcome.Ending])
    /// It comes to its end having printed this.
    case prints(String)
    /// An error of that class that nobody caught.
    case raises(String)
    /// One of these endings or one of these errors.
    case either([TestOutcome.Ending], [String])
    case compileError
  }

  let name: String
  let source: String
  let expectation: Expectation
  /// False for a source text that is itself the attack: nothing is put in front of it.
  let isProgram: Bool

  /// Whether it waits for the clock to end it.
  var isSlow: Bool {
    if case .ends([.wallTime]) = expectation { true } else { false }
  }

  init(_ name: String, _ expectation: Expectation, isProgram: Bool = true, _ source: String) {
    self.name = name
    self.expectation = expectation
    self.source = source
    self.isProgram = isProgram
  }

  var testDescription: String { name }

  /// What is put in front: the same program is honest when it is asked to be, so that the next test in the sandbox
  /// shows whether the attack has left anything behind.
  static let preface = """
    if input() == "honest":
        import os, sys
        print("honest", os.listdir("/tmp"), [p for p in os.listdir("/proc") if p.isdigit() and int(p) not in (1, os.getpid())])
        raise SystemExit
    import os, sys, time, signal, socket, ctypes, subprocess, resource, threading
    libc = ctypes.CDLL(None, use_errno=True)
    def attempt(action):
        try:
            result = action()
            print("DENIED" if result == -1 else f"GOT {result!r}")
        except Exception:
            print("DENIED")

    """

  func judge(_ outcome: TestOutcome) -> Bool {
    switch expectation {
    case .ends(let endings): return endings.contains(outcome.ending)
    case .prints(let text): return outcome.ending == .finished(exitCode: 0) && outcome.output == text
    case .raises(let name): return raised(outcome) == name
    case .either(let endings, let names):
      return endings.contains(outcome.ending) || raised(outcome).map(names.contains) ?? false
    case .compileError:
      if case .compileError = outcome.ending { return true }
      return false
    }
  }

  private func raised(_ outcome: TestOutcome) -> String? {
    switch outcome.ending {
    case .exception(let error), .compileError(let error): error.className
    default: nil
    }
  }
}

// MARK: - Resources

extension HostileProgram {
  static let resources: [HostileProgram] = [
    HostileProgram(
      "fork bomb that never gives up", .ends([.cpuTime, .wallTime]),
      """
      while True:
          try: os.fork()
          except OSError: pass
      """),
    HostileProgram(
      "fork bomb that stops at the limit", .raises("BlockingIOError"),
      """
      while True:
          if os.fork() == 0:
              time.sleep(100)
              os._exit(0)
      """),
    HostileProgram(
      "zombies without end", .raises("BlockingIOError"),
      """
      while True:
          if os.fork() == 0: os._exit(0)
      """),
    HostileProgram(
      "threads without end", .raises("RuntimeError"),
      """
      while True: threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
      """),
    HostileProgram("memory by the heap", .ends([.memory]), "x = []\nwhile True: x.append([0] * 100000)"),
    HostileProgram("memory in one piece", .ends([.memory]), "x = b'x' * (1 << 35)"),
    HostileProgram(
      "memory by mmap", .either([.memory], ["OSError"]),
      """
      import mmap
      block = mmap.mmap(-1, 1 << 30)
      for offset in range(0, 1 << 30, 4096): block[offset] = 1
      """),
    HostileProgram(
      "memory of many children", .either([.memory], ["MemoryError"]),
      """
      for _ in range(6):
          if os.fork() == 0:
              x = os.urandom(1 << 20) * 60
              time.sleep(100)
      time.sleep(100)
      """),
    HostileProgram(
      "memory by deep recursion", .either([.memory, .signal(11), .cpuTime], []),
      """
      sys.setrecursionlimit(10 ** 9)
      def f(): f()
      f()
      """),
    HostileProgram(
      "full disk", .raises("OSError"),
      """
      with open('/tmp/x', 'wb') as file:
          while True: file.write(bytes(1 << 20))
      """),
    HostileProgram(
      "full disk in many files", .raises("OSError"),
      """
      for number in range(1000):
          with open(f'/tmp/{number}', 'wb') as file: file.write(bytes(1 << 18))
      """),
    HostileProgram(
      "full shared memory", .raises("OSError"),
      """
      with open('/dev/shm/x', 'wb') as file:
          while True: file.write(bytes(1 << 20))
      """),
    HostileProgram(
      "a file with a hole of a terabyte", .raises("OSError"), "os.truncate(os.open('/tmp/x', 66), 1 << 40)"),
    HostileProgram(
      "files without end", .either([.cpuTime, .memory], ["OSError"]),
      """
      number = 0
      while True:
          os.close(os.open(f'/tmp/{number}', 64))
          number += 1
      """),
    HostileProgram(
      "folders too deep to remove", .prints("done\n"),
      """
      for _ in range(200):
          os.mkdir('d' * 200)
          os.chdir('d' * 200)
      os.chmod('.', 0)
      print('done')
      """),
    HostileProgram("descriptors without end", .raises("OSError"), "x = []\nwhile True: x.append(os.dup(0))"),
    HostileProgram("endless output", .ends([.outputLimit]), "while True: print('x' * 1000)"),
    HostileProgram("endless errors", .ends([.outputLimit]), "while True: print('x' * 1000, file=sys.stderr)"),
    HostileProgram(
      "a line of a gigabyte", .ends([.outputLimit]),
      """
      for _ in range(1024): sys.stdout.write('x' * (1 << 20))
      """),
    HostileProgram("another program with endless output", .ends([.outputLimit]), "os.execv('/usr/bin/yes', ['yes'])"),
    HostileProgram("sleep", .ends([.wallTime]), "time.sleep(1000)"),
    HostileProgram(
      "sleep that hears no signal", .ends([.wallTime]),
      """
      for number in range(1, 65):
          try: signal.signal(number, signal.SIG_IGN)
          except (OSError, ValueError): pass
      time.sleep(1000)
      """),
    HostileProgram("stop oneself", .ends([.wallTime]), "os.kill(os.getpid(), signal.SIGSTOP)"),
    HostileProgram("spin", .ends([.cpuTime]), "while True: pass"),
    HostileProgram(
      "spin and catch everything", .ends([.cpuTime]),
      """
      signal.signal(signal.SIGXCPU, signal.SIG_IGN)
      while True:
          try:
              while True: pass
          except BaseException: pass
      """),
    HostileProgram(
      "spin in a child", .ends([.cpuTime]),
      """
      if os.fork() == 0:
          while True: pass
      os.wait()
      """),
    HostileProgram(
      "spin in children that end", .ends([.cpuTime]),
      """
      while True:
          if os.fork() == 0:
              for _ in range(10 ** 5): pass
              os._exit(0)
          os.wait()
      """),
    HostileProgram(
      "spin in threads", .ends([.cpuTime]),
      """
      import hashlib
      def work():
          while True: hashlib.sha256(bytes(1 << 20))
      for _ in range(3): threading.Thread(target=work).start()
      """),
    HostileProgram(
      "spin at the exit", .ends([.cpuTime]),
      """
      import atexit
      def spin():
          while True: pass
      atexit.register(spin)
      """),
    HostileProgram(
      "a thread that never ends", .ends([.wallTime]), "threading.Thread(target=time.sleep, args=(1000,)).start()"),
    HostileProgram("regular expression bomb", .ends([.cpuTime]), "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"),
    HostileProgram("integer bomb", .ends([.cpuTime, .memory]), "10 ** 10 ** 9"),
    HostileProgram("digits without end", .raises("ValueError"), "str(10 ** 100000)"),
    HostileProgram("deep recursion", .raises("RecursionError"), "def f(): f()\nf()"),
    HostileProgram(
      "deep recursion in C", .either([.signal(11), .memory, .cpuTime], ["RecursionError"]),
      """
      sys.setrecursionlimit(10 ** 9)
      x = []
      for _ in range(10 ** 6): x = [x]
      repr(x)
      """),
  ]

  // MARK: - Source texts

  static let sources: [HostileProgram] = [
    HostileProgram(
      "parentheses without end", .either([.memory, .signal(11)], ["SyntaxError", "RecursionError"]), isProgram: false,
      String(repeating: "(", count: 100_000)),
    HostileProgram(
      "minus signs without end", .either([.memory, .signal(11)], ["SyntaxError", "RecursionError"]), isProgram: false,
      String(repeating: "-", count: 500_000) + "1"),
    HostileProgram(
      "a sum without end", .either([.memory, .signal(11), .cpuTime], ["RecursionError"]), isProgram: false,
      "x = " + String(repeating: "1+", count: 500_000) + "1"),
    HostileProgram(
      "attributes without end", .either([.memory, .signal(11), .cpuTime], ["RecursionError", "NameError"]),
      isProgram: false, "x" + String(repeating: ".x", count: 500_000)),
    HostileProgram(
      "a million statements", .either([.memory, .cpuTime], []), isProgram: false,
      String(repeating: "x=[1,2,3]\n", count: 1_000_000)),
    HostileProgram(
      "constants folded into a huge one", .either([.finished(exitCode: 0), .memory, .cpuTime], ["MemoryError"]),
      isProgram: false, "x = ((0,) * 4000 * 4000 * 4000, 'a' * 4000 * 4000 * 4000, 1 << 10 ** 8)"),
    HostileProgram("a NUL in the source", .compileError, isProgram: false, "print(1)\0"),
    HostileProgram("indentation that does not fit", .compileError, isProgram: false, "if 1:\n        x\n    y"),
  ]
}

// MARK: - Escapes

extension HostileProgram {
  static let escapes: [HostileProgram] = [
    denied("signals to the first process", "[os.kill(1, n) for n in range(1, 65)] and None", answer: "GOT None"),
    HostileProgram("signals to everything", .prints("DENIED\n"), "attempt(lambda: os.kill(-1, signal.SIGKILL))"),
    HostileProgram(
      "signals to the parent", .prints("alive\n"),
      """
      for number in (signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL): os.kill(os.getppid(), number)
      print('alive')
      """),
    HostileProgram("signals to the own group", .ends([.signal(9)]), "os.killpg(0, signal.SIGKILL)"),
    HostileProgram(
      "a grandchild that outlives its parent", .prints("gone\n"),
      """
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              while True: time.sleep(100)
          os._exit(0)
      os.wait()
      print('gone')
      """),
    HostileProgram(
      "a runaway that is always a new process", .prints("gone\n"),
      """
      print('gone', flush=True)
      if os.fork() == 0:
          while True:
              try:
                  if os.fork(): os._exit(0)
              except OSError: pass
      """),
    HostileProgram(
      "a child that goes on printing", .prints("gone\n"),
      """
      print('gone', flush=True)
      if os.fork() == 0:
          time.sleep(0.01)
          while True: os.write(1, b'')
      """),
    denied("ptrace", "libc.ptrace(16, 1, 0, 0)"),
    denied("the first process's memory", "open('/proc/1/mem', 'r+b')"),
    denied("the first process's memory by a system call", "libc.process_vm_readv(1, None, 0, None, 0, 0)"),
    denied("the first process's environment", "open('/proc/1/environ').read()"),
    denied("the first process's descriptors", "os.listdir('/proc/1/fd')"),
    denied("the first process's descriptors by a system call", "libc.syscall(438, os.pidfd_open(1), 0, 0)"),
    denied("the first process's maps", "open('/proc/1/maps').read()"),
    denied("the first process's limits", "resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))"),
    denied("the first process's processors", "os.sched_setaffinity(1, {0})"),
    denied("the first process's priority", "os.setpriority(os.PRIO_PROCESS, 1, 19)"),
    denied("the first process's scheduler", "os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))"),
    denied("the first process as victim", "open('/proc/1/oom_score_adj', 'w').write('1000')"),
    denied("remount", "libc.mount(None, b'/usr', None, 4128, None)"),
    denied("mount", "libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None)"),
    denied("umount", "libc.umount2(b'/usr', 2)"),
    denied("pivot_root", "libc.syscall(155, b'/tmp', b'/tmp')"),
    denied("a new user namespace", "libc.unshare(0x10000000)"),
    denied("a new mount namespace", "libc.unshare(0x00020000)"),
    denied("a namespace by clone", "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)"),
    denied("the first process's namespaces", "libc.setns(os.open('/proc/1/ns/net', 0), 0)"),
    denied("setuid", "os.setuid(0)"),
    denied("setgid", "os.setgid(0)"),
    denied("setgroups", "os.setgroups([0])"),
    HostileProgram(
      "a program of root's", .prints("True\n"),
      """
      run = subprocess.run(['/usr/bin/su', '-c', 'id'], capture_output=True, stdin=subprocess.DEVNULL)
      print(b'uid=0' not in run.stdout)
      """),
    denied("chroot", "os.chroot('/tmp')"),
    denied("a device file", "os.mknod('/tmp/disk', 0o60600, os.makedev(8, 0))"),
    denied("io_uring", "libc.syscall(425, 1, 0)"),
    denied("eBPF", "libc.syscall(321, 0, 0, 0)"),
    denied("performance counters", "libc.syscall(298, 0, 0, -1, -1, 0)"),
    denied("keys of the kernel", "libc.syscall(250, 0, -3, 0)"),
    denied("files in memory", "os.memfd_create('MARKER')"),
    denied("the terminal", "open('/dev/tty')"),
    denied("words for the terminal", "__import__('fcntl').ioctl(0, 0x5412, b'x')"),
    denied("the disk", "open('/dev/vda')"),
    denied("the kernel's log", "open('/dev/kmsg')"),
    denied("the kernel's settings", "open('/proc/sys/kernel/core_pattern', 'w')"),
    denied("the program's own folder", "open('/program/driver.py', 'w')"),
    denied("the root folder", "open('/MARKER', 'w')"),
    denied("the system's folder", "open('/usr/MARKER', 'w')"),
    denied("passwords", "open('/etc/shadow').read()"),
    denied("users", "open('/etc/passwd').read()"),
    denied("root's home", "open('/root/.bashrc').read() + open('/root/.profile').read()"),
    denied("homes", "os.listdir('/home')"),
    denied("the project", "os.listdir('PROJECT')"),
    denied("a file of the machine by way of the first process", "os.listdir('/proc/1/root')"),
    HostileProgram(
      "links for whoever reads results", .prints("[]\n"),
      """
      for target in ('/etc/passwd', '/proc/1/mem', 'PROJECT/Package.swift', '/dev/zero'):
          for name in ('stdout', 'result', '.report', 'out.txt'):
              try: os.symlink(target, '/tmp/' + name)
              except OSError: pass
      os.mkfifo('/tmp/fifo')
      found = []
      for name in ('stdout', 'result'):
          try: found.append(os.stat('/tmp/' + name))
          except OSError: pass
      try: found.append(os.link('/program/driver.py', '/tmp/hard'))
      except OSError: pass
      print([x for x in found if x and not x.st_rdev])
      """),
    HostileProgram(
      "keys", .prints("[]\n"),
      """
      found = [name for name in os.environ if name not in ('HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR')]
      for pid in os.listdir('/proc'):
          try: found += [x for x in open(f'/proc/{pid}/environ').read().split('\\0') if 'SECRET' in x]
          except OSError: pass
      print(found)
      """),
    denied("a connection to this machine", "socket.create_connection(('127.0.0.1', PORT), 1)"),
    denied("a connection by an abstract name", "socket.socket(socket.AF_UNIX).connect('\\0MARKER')"),
    denied("a connection by a path", "socket.socket(socket.AF_UNIX).connect('SOCKET')"),
    denied("names of the network", "socket.getaddrinfo('example.com', 80)"),
    denied("a datagram", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))"),
    denied("a raw socket", "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"),
    denied("a packet socket", "socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)"),
    HostileProgram("network devices", .prints("['lo']\n"), "print([name for _, name in socket.if_nameindex()])"),
  ]

  /// A program that tries one thing and says whether it got it.
  private static func denied(_ name: String, _ expression: String, answer: String = "DENIED") -> HostileProgram {
    HostileProgram(name, .prints(answer + "\n"), "attempt(lambda: \(expression))")
  }
}

// MARK: - Output and state

extension HostileProgram {
  static let tricks: [HostileProgram] = [
    HostileProgram("output then crash", .ends([.signal(6)]), "print('42', flush=True)\nos.abort()"),
    HostileProgram("a wild pointer", .ends([.signal(11)]), "ctypes.string_at(0)"),
    HostileProgram("closed standard output", .ends([.finished(exitCode: 120)]), "os.close(1)\nprint('x')"),
    HostileProgram("closed standard output of Python", .raises("ValueError"), "sys.stdout.close()\nprint('x')"),
    HostileProgram("sys.exit after output", .prints("42\n"), "print(42)\nsys.exit()\nprint(43)"),
    HostileProgram("os._exit before output is out", .prints(""), "print(42)\nos._exit(0)"),
    HostileProgram("an exit code", .ends([.finished(exitCode: 7)]), "sys.exit(7)"),
    HostileProgram("output at the exit", .prints("42\n"), "import atexit\natexit.register(print, 42)"),
    HostileProgram(
      "builtins gone", .prints("42\n"),
      """
      import builtins
      say = print
      for name in list(vars(builtins)):
          if name not in ('print', '__import__'): delattr(builtins, name)
      say(42)
      """),
    HostileProgram("modules gone", .prints("42\n"), "print(42, flush=True)\nsys.modules.clear()"),
    HostileProgram(
      "the operating system replaced", .prints("42\n"),
      """
      print(42, flush=True)
      for name in dir(os):
          if not name.startswith('__'): setattr(os, name, lambda *a, **k: 0)
      """),
    HostileProgram(
      "modules that poison the next test", .prints("42\n"),
      """
      import json, random, builtins
      json.loads = json.dumps = random.random = builtins.input = None
      sys.modules['math'] = None
      sys.path.insert(0, '/tmp')
      open('/tmp/sitecustomize.py', 'w').write('raise SystemExit(9)')
      open('/tmp/marshal.py', 'w').write('raise SystemExit(9)')
      print(42)
      """),
    HostileProgram(
      "standard output replaced", .ends([.finished(exitCode: 120)]),
      """
      class Stream:
          closed = False
          def write(self, text): pass
          def flush(self): raise ValueError('no')
      sys.stdout = Stream()
      """),
    HostileProgram("NUL in output", .prints("a\0b\n"), "print('a\\0b')"),
    HostileProgram(
      "escapes for a terminal", .prints("\u{1B}]0;title\u{7}\u{1B}[2J\n"), "print('\\x1b]0;title\\x07\\x1b[2J')"),
    HostileProgram(
      "bytes that are no text", .prints("\u{FFFD}\u{FFFD}\n"), "sys.stdout.buffer.write(b'\\xff\\xfe\\n')"),
    HostileProgram(
      "reports forged on every descriptor", .prints("wrong\n"),
      """
      forged = b'F', b'V1:I1:1', (0).to_bytes(4, 'big'), b'ending \\nexitCode 0\\nparts 3,0,0\\n\\n42\\n'
      for descriptor in range(3, 1024):
          for data in forged:
              try: os.write(descriptor, bytes(16) + len(data).to_bytes(4, 'big') + data)
              except OSError: pass
      print('wrong')
      """),
    HostileProgram(
      "a tracer that ends everything", .prints(""),
      """
      sys.stdout.flush()
      sys.setprofile(lambda *a: os._exit(0))
      (lambda: 0)()
      """),
    HostileProgram(
      "a timer that raises for ever", .either([.finished(exitCode: 0), .signal(14)], ["KeyError"]),
      """
      def raise_it(*a): raise KeyError('late')
      signal.signal(signal.SIGALRM, raise_it)
      signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
      while True: pass
      """),
  ]

  static let all = resources + sources + escapes + tricks
}
