package import ArgumentParser
import Contract

/// The root of the command line: `llmbench`.
package struct LLMBench: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "llmbench",
    abstract: "Benchmark large language models from the command line, an editor or a script.",
    discussion: """
      One program runs benchmarks of language models, stores every answer the moment it comes, and serves the same \
      engine to other programs as a JSON-RPC service.

      EXAMPLES
        llmbench suites
        llmbench plan sorting --model local/smollm2 --sizes 10,20,30
        llmbench run sorting --model local/smollm2 --sizes 10,20,30 --samples 10
        llmbench run events-codegen --model openai/gpt-5.1 --sizes 100,1k,1m
        llmbench results list
        llmbench report latest --format html --output report.html
        llmbench serve --tcp 127.0.0.1:7077
        llmbench dashboard

      EXIT CODES
        0    done, and above every threshold
        1    error
        2    wrong usage
        3    the run's budget ran out before its samples; 'llmbench resume' goes on
        100  below --fail-under, or worse than --baseline
        130  interrupted (Ctrl-C once stops cleanly, twice at once)

      STORAGE
        Results are kept in one SQLite file, the first of these:
          --database PATH
          $LLMBENCH_DATABASE
          $XDG_DATA_HOME/llmbench/llmbench.sqlite
          ~/.local/share/llmbench/llmbench.sqlite

      VARIABLES
        OPENAI_API_KEY     key of openai/ models; never logged or stored
        OPENAI_BASE_URL    another address of that API
        OPENAI_COMPATIBLE_BASE_URL, OPENAI_COMPATIBLE_API_KEY
                           address and key of openai-compatible/ models
        LLMBENCH_LOCAL_BASE_URL
                           address of local/ models, http://127.0.0.1:8089/v1
        LLMBENCH_GPU       off: this machine's GPUs are not read; 'llmbench gpu --help' has more
        LLMBENCH_DATABASE  where results are stored
        LLMBENCH_TOKEN     token of a server or a listener
        LLMBENCH_ADMIN_KEY key that lets the dashboard add results and cancel runs
        NO_COLOR           no colour, whatever it is set to
      """,
    version: ProgramVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Run",
        subcommands: [
          SuitesCommand.self, PlanCommand.self, RunCommand.self, ResumeCommand.self, AttachCommand.self,
          CancelCommand.self, RescoreCommand.self, GradeCommand.self, ModelsCommand.self, DoctorCommand.self,
          GPUCommand.self,
        ]),
      CommandGroup(name: "Results", subcommands: [ResultsCommand.self, ReportCommand.self]),
      CommandGroup(name: "Data", subcommands: [DataCommand.self, ValidateCommand.self, TokensCommand.self]),
      CommandGroup(
        name: "Service",
        subcommands: [ServeCommand.self, DashboardCommand.self, CallCommand.self, ProtocolCommand.self]),
    ])

  package init() {}
}
