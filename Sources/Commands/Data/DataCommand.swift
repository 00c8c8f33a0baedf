package import ArgumentParser

package struct DataCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Event files (Avro); TOON, JSON, YAML, XML and CSV; datasets for questions; coding problems.",
    discussion: """
      EXAMPLES
        llmbench data generate --sizes 100,1k,10k,100k,1m --seed 7 --out data
        llmbench data process data/events-1m.avro
        llmbench data show data/events-100.avro --limit 5
        llmbench data encode --format toon orders.json
        llmbench data decode --format toon orders.toon --strict
        llmbench data datasets
        llmbench data dataset nested --seed 12345 > orders.json
        llmbench data fetch livecodebench --release v6
        llmbench data check problems
      """,
    subcommands: [
      DataGenerateCommand.self, DataProcessCommand.self, DataShowCommand.self, DataEncodeCommand.self,
      DataDecodeCommand.self, DataDatasetsCommand.self, DataDatasetCommand.self, DataFetchCommand.self,
      DataCheckCommand.self,
    ])

  package init() {}
}
