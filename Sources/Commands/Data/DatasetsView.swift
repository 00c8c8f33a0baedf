package import Contract
import JSON

/// Datasets, and the questions about one.
package enum DatasetsView {
  package static func lines(_ result: DataDatasets.Result) -> [StyledText] {
    var table = Table([
      .left("DATASET"), .right("ROWS"), .left("STRUCTURE"), .right("TABLES"), .left("CSV"), .right("QUESTIONS"),
      .left("WHAT IT HOLDS"),
    ])
    for dataset in result.datasets {
      table.add([
        StyledText(dataset.name, .bold), StyledText(NumberText.count(dataset.rows)), StyledText(dataset.structure),
        StyledText(NumberText.fixed(100 * dataset.tabularEligibility, 0) + " %"), dataset.csvSupported ? "yes" : "no",
        StyledText(NumberText.count(dataset.questions)), StyledText(dataset.title),
      ])
    }
    let total = result.datasets.reduce(0) { $0 + $1.questions }
    return table.lines() + [
      "", "\(NumberText.count(total)) questions; 'llmbench data dataset NAME --questions' shows those of one.",
    ]
  }

  package static func questions(_ questions: [DatasetQuestion]) -> [StyledText] {
    var table = Table([.left("ID"), .left("KIND"), .left("QUESTION"), .left("ANSWER")])
    for question in questions {
      table.add([
        StyledText(question.id), StyledText(question.kind), StyledText(question.question),
        StyledText(question.expected.stringValue ?? question.expected.description, .green),
      ])
    }
    return table.lines()
  }
}
