/// The program's own version, stored with each run.
package enum ProgramVersion {
  package static let current = "0.1.0"
}
