package import Contract
package import JSON

/// Repositories as GitHub describes them, brought into the form of the dataset.
package enum RepositoryFile {
  private static let members = [
    "id", "name", "repo", "description", "stars", "watchers", "forks", "defaultBranch", "createdAt", "updatedAt",
    "pushedAt",
  ]

  /// Reads a file of repositories: an array, alone or as `repositories`, or an answer of GitHub's search (`items`).
  ///
  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`.
  package static func read(_ path: String) throws(ServiceError) -> [JSONValue] {
    let value = try DataFile.json(path, whatFor: "repositories")
    guard let array = value.arrayValue ?? value["repositories"]?.arrayValue ?? value["items"]?.arrayValue else {
      throw DataFile.invalid(
        path, "holds no array of repositories; llmbench data fetch repositories writes such a file")
    }
    guard !array.isEmpty else { throw DataFile.invalid(path, "holds no repositories") }
    var repositories: [JSONValue] = []
    for (index, element) in array.enumerated() {
      guard let repository = repository(element) else {
        throw DataFile.invalid(
          path, "repository \(index + 1) lacks one of \(members.joined(separator: ", ")), or GitHub's names of them")
      }
      repositories.append(repository)
    }
    return repositories
  }

  /// One repository, from our own names or from those of GitHub's REST API; nil where something is missing.
  ///
  /// GitHub's `watchers_count` is the number of stars; its number of watchers is `subscribers_count`, which a search does
  /// not tell. Where it is missing, `watchers_count` stands in.
  package static func repository(_ value: JSONValue) -> JSONValue? {
    let aliases = [
      "repo": ["full_name"], "stars": ["stargazers_count"], "watchers": ["subscribers_count", "watchers_count"],
      "forks": ["forks_count"], "defaultBranch": ["default_branch"], "createdAt": ["created_at"],
      "updatedAt": ["updated_at"], "pushedAt": ["pushed_at"],
    ]
    let numbers: Set<String> = ["id", "stars", "watchers", "forks"]
    // GitHub's `forks` and `watchers` are numbers of the old API; its own names go first.
    var repository = JSONObject()
    for name in members {
      let candidates = (aliases[name] ?? []).compactMap { value[$0] } + [value[name] ?? .null]
      if numbers.contains(name) {
        guard let number = candidates.lazy.compactMap(\.intValue).first else { return nil }
        repository[name] = .integer(Int64(number))
      } else if let text = candidates.lazy.compactMap(\.stringValue).first {
        repository[name] = .string(text)
      } else if name == "description" {
        repository[name] = ""
      } else {
        return nil
      }
    }
    return .object(repository)
  }
}
