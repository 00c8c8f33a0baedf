import CVueWorker

/// The files that come with the program.
enum EmbeddedFile {
  /// The JavaScript of the worker.
  static var worker: String { text(llmbench_vue_worker()) }
  /// Declarations of Vue's public interface.
  static var vueTypes: String { text(llmbench_vue_types()) }
  static var helperTypes: String { text(llmbench_vue_helpers()) }
  /// The JavaScript that mounts components.
  static var mount: String { text(llmbench_vue_mount()) }

  private static func text(_ file: llmbench_vue_file) -> String {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }
}
