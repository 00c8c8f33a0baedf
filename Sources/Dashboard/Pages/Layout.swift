import Contract
import Reporting

/// What all pages share: the head, the way around, the foot.
struct Layout: Sendable {
  let links: Links
  /// nil for pages that are files: they do not change under the reader's eyes.
  let isLive: Bool

  init(_ links: Links) {
    self.links = links
    isLive = links.kind == .server
  }

  enum Place: CaseIterable {
    case overview, runs, costs, elsewhere

    fileprivate var name: String {
      switch self {
      case .overview: "Overview"
      case .runs: "Runs"
      case .costs: "Cost"
      case .elsewhere: ""
      }
    }
  }

  /// - Parameter events: what makes the page old: `change` for anything stored, a run's id for that run, nil for nothing.
  func page(_ title: String, _ place: Place, watches events: String? = nil, _ body: HTML) -> HTML {
    let watched: HTML? = events.flatMap { isLive ? " data-watch=\"\($0)\"" : nil }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="dark light">
      <title>\(title) · llmbench</title>
      <link rel="icon" href="\(links.asset("icon.svg"))" type="image/svg+xml">
      <link rel="stylesheet" href="\(links.asset("style.css"))">
      <script src="\(links.asset("app.js"))" type="module"></script>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
      <a class="brand" href="\(links.overview)">llmbench</a>
      <nav aria-label="Pages"><ul>\(navigation(place))</ul></nav>
      <button type="button" id="theme" hidden>Light</button>
      </header>
      <main id="main" tabindex="-1"\(watched)>
      \(body)
      </main>
      <footer><p>llmbench \(ProgramVersion.current). Times are UTC. Intervals are 95 %.<span id="live" role="status"></span></p></footer>
      </body>
      </html>

      """
  }

  private func navigation(_ place: Place) -> [HTML] {
    let pages: [(Place, String)] = [(.overview, links.overview), (.runs, links.runs), (.costs, links.costs)]
    return pages.map { page, address in
      let current: HTML = page == place ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(address)\"\(current)>\(page.name)</a></li>"
    }
  }
}

extension HTML {
  /// A moment, to the minute.
  static func time(_ time: Timestamp) -> HTML {
    let text = time.description
    return "<time datetime=\"\(text)\">\(text.prefix(10) + " " + text.dropFirst(11).prefix(5))</time>"
  }

  /// A row of a table's head.
  static func head(_ columns: [(name: String, isNumber: Bool)]) -> HTML {
    let cells = columns.map { name, isNumber -> HTML in
      isNumber ? "<th scope=\"col\" class=\"number\">\(name)</th>" : "<th scope=\"col\">\(name)</th>"
    }
    return "<thead><tr>\(cells)</tr></thead>"
  }

  static func number(cell text: String) -> HTML { "<td class=\"number\">\(text)</td>" }

  /// A table that scrolls by itself where it is too wide, by the keyboard too.
  static func table(_ label: String, _ columns: [(name: String, isNumber: Bool)], _ rows: [HTML]) -> HTML {
    """
    <div class="table" role="region" aria-label="\(label)" tabindex="0"><table>\(head(columns))<tbody>\(rows)</tbody></table></div>
    """
  }

  /// How a run stands, in a word.
  static func status(_ status: RunStatus) -> HTML {
    let name: String =
      switch status {
      case .completed: "completed"
      case .running: "running"
      case .cancelled: "cancelled"
      case .interrupted: "interrupted"
      case .failed: "failed"
      case .budgetExhausted: "budget ran out"
      }
    return "<span class=\"status \(status.rawValue)\">\(name)</span>"
  }

  static func outcome(_ outcome: Outcome) -> HTML {
    let name: String =
      switch outcome {
      case .modelError: "malformed"
      case .infrastructureError: "error"
      default: outcome.rawValue
      }
    return "<span class=\"outcome \(outcome.rawValue)\">\(name)</span>"
  }

  /// A share of 1 as a bar beside its number.
  static func bar(_ share: Double?) -> HTML {
    guard let share, share.isFinite else { return "" }
    let width = min(max(share, 0), 1) * 100
    return """
      <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" \
      height="6"/><rect width="\(number: width)" height="6"/></svg>
      """
  }
}
