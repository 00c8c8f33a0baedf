import Contract
import Reporting

/// All runs, newest first, a page at a time.
struct RunsPage: Sendable {
  let page: ResultsQuery.Result
  let asked: ResultsQuery.Params
  /// To choose from; empty where there is no server to ask.
  let models: [StoredModel]
  let layout: Layout

  var html: HTML {
    layout.page(
      "Runs", .runs, watches: asked.cursor == nil ? "change" : nil,
      """
      <h1>Runs</h1>
      \(filters)
      \(table)
      """)
  }

  private var filters: HTML {
    guard layout.links.kind == .server else { return "" }
    let suites = Set(models.flatMap(\.suites)).sorted()
    return """
      <form class="filters" method="get" action="/runs">
      \(choice("suite", "Suite", suites, asked.suite))\(choice("model", "Model", models.map(\.model), asked.model))\
      \(choice("status", "Status", RunStatus.allCases.map(\.rawValue), asked.status?.rawValue))
      <button type="submit">Show</button>
      </form>
      """
  }

  private func choice(_ name: String, _ title: String, _ values: [String], _ chosen: String?) -> HTML {
    let options = values.map { value -> HTML in
      let selected: HTML = value == chosen ? " selected" : ""
      return "<option value=\"\(value)\"\(selected)>\(value)</option>"
    }
    return "<label>\(title) <select name=\"\(name)\"><option value=\"\">All</option>\(options)</select></label>"
  }

  private var table: HTML {
    guard !page.runs.isEmpty else { return "<p>No run fits.</p>" }
    let isServer = layout.links.kind == .server
    let table = RunTable(runs: page.runs, links: layout.links, isSelectable: isServer).html
    guard isServer else { return table }
    let next: HTML? = page.nextCursor.map { "<p><a href=\"\(address(cursor: $0))\" rel=\"next\">Older runs</a></p>" }
    return """
      <form method="get" action="/compare" class="choose">\(table)
      <p><button type="submit">Compare the chosen runs</button></p></form>
      \(next)
      """
  }

  private func address(cursor: String) -> String {
    let parts = [
      ("suite", asked.suite), ("model", asked.model), ("status", asked.status?.rawValue),
      ("limit", asked.limit.map(String.init)), ("cursor", cursor),
    ]
    let query = parts.compactMap { name, value in value.map { "\(name)=\(RequestParameters.encoded($0))" } }
    return "/runs?" + query.joined(separator: "&")
  }
}
