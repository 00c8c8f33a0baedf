#if os(Linux)
  import CSpawn

  /// Pipes that close in children from the moment they are made: a child that another test starts meanwhile would
  /// hold them open.
  enum ClosingPipe {
    static func make() throws -> (read: Int32, write: Int32) {
      var ends: [Int32] = [-1, -1]
      guard llmbench_pipe(&ends) == 0 else { throw BinaryRunner.Failure(description: "cannot make a pipe") }
      return (ends[0], ends[1])
    }
  }
#endif
