/// A TypeScript compiler whose interface the worker can use.
package struct TypeScriptSource: Sendable, Equatable {
  /// In what form it comes.
  package enum Form: String, Sendable {
    /// The file `typescript.js` of the package.
    case module
    /// A bundle with more in it, out of which it is cut.
    case bundle
  }

  package let form: Form
  package let file: String
  /// The folder of `lib.*.d.ts`.
  package let libraries: String
  /// Where it comes from, for people: "the project", "the wheel bokeh".
  package let origin: String
}
