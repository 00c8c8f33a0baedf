/// A line by which a GitHub workflow marks up its page ("Workflow commands for GitHub Actions").
enum GitHubAnnotation {
  static func error(_ title: String, _ message: String) -> String {
    let text = message.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    return "::error title=\(title)::\(text)"
  }
}
