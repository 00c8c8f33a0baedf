import CodeProblems
package import Contract
import HTTP
import JSON
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ProblemService {
  /// Where LiveCodeBench publishes its pruned set.
  package static let publishedAddress =
    "https://huggingface.co/datasets/livecodebench/code_generation_lite/resolve/main"

  /// Downloads a dataset's files, one after the other.
  ///
  /// - Parameter progress: told the file's name, and how many bytes of how many, where that is known, are there.
  /// - Throws: ``ServiceError``, ``DatasetError``, `CancellationError`.
  package func fetch(
    _ params: DataFetch.Params, progress: @escaping @Sendable (String, Int, Int?) -> Void
  ) async throws -> DataFetch.Result {
    guard params.dataset == DatasetFormat.liveCodeBench.rawValue else {
      throw ServiceError.invalidParameter(
        "/dataset", "There is no dataset \"\(params.dataset)\" to download: choose livecodebench.")
    }
    let parts = try Release.parts(params.release ?? "latest")
    let folder = params.output ?? "data/livecodebench"
    try Self.makeFolder(folder)
    let base = params.baseURL ?? Self.publishedAddress
    var files: [DataFetch.File] = []
    for part in parts {
      let name = Release.fileName(ofPart: part)
      let download = FileDownload(
        http: http, address: base.hasSuffix("/") ? base + name : "\(base)/\(name)", path: "\(folder)/\(name)")
      let outcome = try await download.run { progress(name, $0, $1) }
      let problems = try await Self.countProblems(outcome.path)
      files.append(
        DataFetch.File(
          path: outcome.path, bytes: outcome.bytes, downloadedBytes: outcome.downloadedBytes, sha256: outcome.sha256,
          isVerified: outcome.isVerified, problems: problems))
    }
    return DataFetch.Result(folder: folder, files: files, problems: files.reduce(0) { $0 + $1.problems })
  }

  /// A file that came whole and is none of the set's, such as a page that says no, is told apart here.
  private static func countProblems(_ path: String) async throws -> Int {
    try await BlockingWork.run { checkCancellation in
      let dataset = try ProblemDataset.open(path, checkCancellation: checkCancellation)
      if let error = dataset.issues.first(where: { $0.severity == .error }) {
        throw DatasetError("\(error.message) (llmbench data check says more)", path: error.path, line: error.line)
      }
      return dataset.entries.count
    }
  }

  private static func makeFolder(_ path: String) throws(ServiceError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for name in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? String(name) : "/\(name)"
      if mkdir(made, 0o777) != 0, errno != EEXIST {
        throw ServiceError(
          .fileUnwritable, "The folder \(made) cannot be made: \(String(cString: strerror(errno))).",
          details: ["path": .string(made)])
      }
    }
  }
}
