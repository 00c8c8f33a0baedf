package import Client
import Contract

extension ProgressLine {
  /// The line for one progress event of any method.
  package init(_ event: ProgressEvent, title: String) {
    self.init()
    self.title = title
    if let run = event.run {
      completed = run.completed
      total = run.total
      passed = run.passed
      errors = run.errors
      perSecond = run.samplesPerSecond
      remainingSeconds = run.waiting == nil ? run.remainingSeconds : nil
      message = run.waiting
    } else {
      message = event.message
      percentage = event.percentage
    }
  }
}
