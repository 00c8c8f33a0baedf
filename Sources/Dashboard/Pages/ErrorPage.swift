/// Says what was wrong with an address.
struct ErrorPage: Sendable {
  let problem: HTTPProblem
  let layout: Layout

  var html: HTML {
    layout.page(
      "Error \(problem.status)", .elsewhere,
      """
      <h1>\(title)</h1>
      <p>\(problem.message)</p>
      <p><a href="\(layout.links.overview)">Overview</a></p>
      """)
  }

  private var title: String {
    switch problem.status {
    case 404: "Not found"
    case 400: "This address cannot be answered"
    case 405: "Not here"
    default: "This did not work"
    }
  }
}
