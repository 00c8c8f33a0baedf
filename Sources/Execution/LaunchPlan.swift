/// A process to start, in full.
package struct LaunchPlan: Sendable {
  /// A file that the process inherits as an open descriptor.
  enum PassedFile: Sendable {
    case bytes([UInt8])
    case hostFile(String)
  }

  /// The descriptor that a sandbox reports on: `{"child-pid": …}` when it has made the first process inside, and
  /// `{"exit-code": …}` when that has ended.
  static let statusDescriptor = 3
  /// The descriptor of the first passed file; the next has the next number.
  static let firstPassedDescriptor = 4

  var executable: String
  var arguments: [String]
  /// `NAME=value` entries. Empty for a sandbox: its own environment can be read from inside.
  var environment: [String] = []
  var passedFiles: [PassedFile] = []
  /// The user and group to become; nil keeps those of this process.
  var user: UInt32?
  /// Who owns the three standard streams, so that a program may open them again by name (`/dev/stdin`).
  var streamOwner: UInt32?
  /// Paths that the user above does not reach, made available below ``staging`` as `0`, `1`…
  var stagedSources: [String] = []
  /// An existing folder to cover.
  var staging: String?
  var cpuSeconds: Double?
  var fileBytes: Int?
  var openFiles: Int?
  var addressSpaceBytes: Int?
  /// Whether it is spared when memory runs out, so that what it has started goes first.
  var isSupervisor = false
}
