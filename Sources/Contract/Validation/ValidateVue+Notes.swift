import JSON

extension ValidateVue.Params: Described {
  package static let notes = Notes(
    "The component to check, with what it is checked against. Either `source` or `path` is given.",
    [
      "source": "The component, or a model's answer that holds it.",
      "path": "A file that is the component; null when `source` is given.",
      "files": "Files beside the component that it may import; null for none.",
      "checks": """
      What has to be in it: the content of an `ast_checks.json`, an object with `interfaces`, `type_annotations`, \
      `script_lang`, `imports` or `checks`; null for nothing.
      """,
      "original": "A component whose template the component's template is compared with; null for none.",
      "autoImports": "Names that need no import: `vue`, `nuxt` or a list of names; null for none.",
      "stubModules": """
      Modules that are taken to be there with anything in them, as names in which `*` stands for anything; null for every \
      package that is not found.
      """,
      "root": """
      The folder of a project whose files, packages and TypeScript are used; null for the one that `path` lies in, or none.
      """,
      "name": "The component's path in its project; null for `Component.vue`, or where `path` lies.",
      "timeoutSeconds": Note("Seconds of processor time that the check may take; null for 10.", .above(0)),
    ])
}

extension ValidateVue.File: Described {
  package static let notes = Notes(
    "A file beside the component.",
    ["path": "Its path in the project, such as `types/user.ts`.", "source": "Its text."])
}

extension ValidateVue.Result: Described {
  package static let notes = Notes(
    "What is right and wrong with the component.",
    [
      "status": "Whether it was checked, and found to compile.",
      "reason": "Why it was not checked; null when it was.",
      "compiles": "Whether it compiles: no diagnostic is its own. Null when that is not known.",
      "diagnostics": "What is wrong, those of the component itself first; at most 200.",
      "diagnosticsTruncated": "Whether there were more.",
      "checks": "Each check of `checks`; empty without any.",
      "checkScore": Note("The weights of the checks that passed; null without checks.", .minimum(0), .maximum(10)),
      "score": Note(
        "0 when it does not compile, else `checkScore`, or 10 without checks; null when it is not known whether it compiles.",
        .minimum(0), .maximum(10)),
      "template": "How its template compares with the original's; null without one.",
      "naming": "Names in its script that are not in the usual style; null when it was not read.",
      "stubbedModules": "Modules that were not found and taken to be there.",
      "extraction": "Where in the answer the component stood; null when the source was the component.",
      "engine": "What checked it; null when nothing did.",
      "durations": "How long it took; null when nothing was checked.",
    ])
}

extension ValidateVue.Status: Described {
  package static let notes = Notes(
    "Whether a component was checked.",
    [
      "ok": "It was, and compiles.",
      "failed": "It was, and does not compile.",
      "unavailable": "Nothing here can check it; `reason` says what to install.",
      "timeout": "The check went over its limit of time or memory.",
      "crashed": "The checking program ended twice.",
    ])
}

extension ValidateVue.Diagnostic: Described {
  package static let notes = Notes(
    "Something that is wrong.",
    [
      "stage": "What found it.",
      "code": """
      TypeScript's code, as in `TS2339`; a name of Vue's template compiler, as in `X_MISSING_END_TAG`; or one of ours.
      """,
      "message": "What is wrong.",
      "file": "Path of the file in the project.",
      "line": Note("Line in it, from 1.", .minimum(1)),
      "column": Note("Column in UTF-16 code units, from 1.", .minimum(1)),
      "endLine": "Line where it ends; null when unknown.",
      "endColumn": "Column after its end; null when unknown.",
      "severity": "Always `error`.",
      "own": "Whether it is in the component itself, and not in a file beside it.",
    ])
}

extension ValidateVue.Stage: Described {
  package static let notes = Notes(
    "A stage of the check.",
    [
      "extraction": "Finding the component in an answer.",
      "sfc": "The blocks of the single-file component.",
      "template": "The template and its expressions.",
      "macro": "The compiler macros of `<script setup>`.",
      "syntax": "The script's syntax.",
      "type": "Types.",
    ])
}

extension ValidateVue.Check: Described {
  package static let notes = Notes(
    "A check of the syntax trees.",
    [
      "id": "Its name: of the group in the checks file, or its own.",
      "passed": "Whether it holds.",
      "weight": Note("Its share of the 10 points.", .minimum(0), .maximum(10)),
      "line": "Line where what was looked for stands; null when it stands nowhere.",
      "why": "Why it does not hold; null when it does.",
    ])
}

extension ValidateVue.Template: Described {
  package static let notes = Notes(
    "How two templates compare. Space, comments, quotes, the order of attributes and short forms make no difference.",
    ["unchanged": "Whether they say the same.", "differences": "The first 20 differences."])
}

extension ValidateVue.Difference: Described {
  package static let notes = Notes(
    "A difference of two templates.",
    [
      "message": "What is different.", "line": "Line in the component; null when unknown.",
      "column": "Column there; null when unknown.",
    ])
}

extension ValidateVue.Naming: Described {
  package static let notes = Notes(
    "The names that a script declares.",
    ["names": "How many there are.", "violations": "Those that are not in the usual style."])
}

extension ValidateVue.Violation: Described {
  package static let notes = Notes(
    "A name that is not in the usual style.",
    [
      "name": "The name.",
      "kind": Note("What it names.", .oneOf(["variable", "constant", "function", "type"])),
      "expected": "The style that was expected.",
      "line": "Its line.", "column": "Its column.",
    ])
}

extension ValidateVue.Extraction: Described {
  package static let notes = Notes(
    "Where in an answer the component stood.",
    [
      "from": Note("`fence` for a fenced block, `text` for what lay between sentences.", .oneOf(["fence", "text"])),
      "line": Note("Line of the answer where it begins, from 1.", .minimum(1)),
    ])
}

extension ValidateVue.Engine: Described {
  package static let notes = Notes(
    "What checked the component.",
    [
      "backend": Note(
        "`vue-tsc` of the project, or `ts-worker` for a compiler that is kept running.",
        .oneOf(["vue-tsc", "ts-worker"])),
      "typescript": "Version of TypeScript; null when unknown.",
      "typescriptPath": "Where it was found; null when unknown.",
      "vueTypes": Note(
        "Vue's own declarations (`real`), or those of this program (`ambient`).", .oneOf(["real", "ambient"])),
      "runtime": "What it runs on, such as `node 20.20.2`; null when unknown.",
      "degraded": "What it cannot do.",
    ])
}

extension ValidateVue.Durations: Described {
  package static let notes = Notes(
    "How long the check took.",
    [
      "queueSeconds": Note("Seconds it waited for its turn.", .minimum(0)),
      "checkSeconds": Note("Seconds that the compiler worked.", .minimum(0)),
      "totalSeconds": Note("Seconds in all.", .minimum(0)),
      "cold": "Whether the compiler had to be started for it.",
    ])
}
