import CSpawn

/// A filter of system calls for programs in a sandbox: against kernel features that have no place in a benchmark
/// program, and against memory that no process is seen to hold.
///
/// The format is the kernel's classic BPF (linux/filter.h): 8-byte instructions of a 16-bit code, two jump
/// distances and a 32-bit operand, over `struct seccomp_data` (number at 0, architecture at 4, arguments from 16).
enum SeccompFilter {
  /// The filter's bytes; nil on an architecture it is not written for.
  static let standard: [UInt8]? = make()

  /// Denied as if for want of rights.
  private static let forbidden = [
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "ptrace", "process_vm_readv",
    "process_vm_writev", "kcmp", "keyctl", "add_key", "request_key", "perf_event_open", "bpf", "open_by_handle_at",
    "name_to_handle_at", "syslog", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick",
    "mount_setattr", "pidfd_getfd", "process_madvise", "ioprio_set",
  ]
  /// Denied for any process but the caller's own, which is number 0 here: a program is not to change the limits or
  /// the priority of the process that watches it. The value is how many of the arguments must be 0.
  private static let ownProcessOnly = [
    ("prlimit64", 1), ("sched_setaffinity", 1), ("sched_setscheduler", 1), ("sched_setparam", 1),
    ("sched_setattr", 1), ("setpriority", 2),
  ]
  /// Denied as if this kernel did not have them, for which programs have another way. clone3 hides its flags in
  /// memory, where a filter cannot look.
  private static let absent = [
    "clone3", "memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open", "userfaultfd",
    "io_uring_setup", "io_uring_enter", "io_uring_register",
  ]

  private static let allow: UInt32 = 0x7fff_0000
  private static let killProcess: UInt32 = 0x8000_0000
  private static let notPermitted: UInt32 = 0x0005_0000 | 1
  private static let notImplemented: UInt32 = 0x0005_0000 | 38
  /// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
  private static let namespaceFlags: UInt32 = 0x7e02_0000

  private static func make() -> [UInt8]? {
    let architecture = llmbench_audit_architecture()
    guard architecture != 0 else { return nil }
    var program = Program()
    program.load(4)
    program.ifEqual(architecture, skipping: 1)
    program.end(killProcess)
    program.load(0)
    // The x32 variants of x86-64 calls would go past a comparison of numbers.
    program.ifBelow(0x4000_0000, skipping: 1)
    program.end(notImplemented)
    for (names, action) in [(forbidden, notPermitted), (absent, notImplemented)] {
      for name in names {
        guard let number = UInt32(exactly: llmbench_system_call(name)) else { continue }
        program.ifNotEqual(number, skipping: 1)
        program.end(action)
      }
    }
    for (name, arguments) in ownProcessOnly {
      guard let number = UInt32(exactly: llmbench_system_call(name)) else { continue }
      program.load(0)
      program.ifNotEqual(number, skipping: UInt8(3 * arguments))
      for argument in 0..<arguments {
        program.load(UInt32(16 + 8 * argument))
        program.ifEqual(0, skipping: 1)
        program.end(notPermitted)
      }
    }
    program.load(0)
    if let clone = UInt32(exactly: llmbench_system_call("clone")) {
      program.ifNotEqual(clone, skipping: 3)
      program.load(16)
      program.ifNoBits(namespaceFlags, skipping: 1)
      program.end(notPermitted)
    }
    program.end(allow)
    return program.bytes
  }

  private struct Program {
    private(set) var bytes: [UInt8] = []

    /// Puts the 32-bit word at an offset of the call's record into the accumulator.
    mutating func load(_ offset: UInt32) { add(0x20, 0, 0, offset) }
    mutating func ifEqual(_ value: UInt32, skipping count: UInt8) { add(0x15, count, 0, value) }
    mutating func ifNotEqual(_ value: UInt32, skipping count: UInt8) { add(0x15, 0, count, value) }
    mutating func ifBelow(_ value: UInt32, skipping count: UInt8) { add(0x35, 0, count, value) }
    mutating func ifNoBits(_ value: UInt32, skipping count: UInt8) { add(0x45, 0, count, value) }
    mutating func end(_ action: UInt32) { add(0x06, 0, 0, action) }

    private mutating func add(_ code: UInt16, _ ifTrue: UInt8, _ ifFalse: UInt8, _ operand: UInt32) {
      withUnsafeBytes(of: code) { bytes += $0 }
      bytes += [ifTrue, ifFalse]
      withUnsafeBytes(of: operand) { bytes += $0 }
    }
  }
}
