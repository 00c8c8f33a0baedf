// Type-checks a component among its files.

class Checker {
  constructor(ts, libraryFolder, types) {
    this.ts = ts;
    this.host = new ProjectHost(ts, libraryFolder, types);
    /** What is wrong with the syntax of generated code: always a fault of ours. */
    this.generatedProblems = [];
  }

  /**
   * @param request { name, source, files: [{ path, source }], root, autoImports, stubModules }
   * @returns { component, program, diagnostics, stubs, unsupported }
   */
  run(request, report, typeChecks) {
    const { ts } = this;
    const target = normalize(`${ROOT}/${request.name}`);
    const files = new Files(this.host, request);
    const components = new Map();
    const sources = new Map([[target, request.source]]);
    for (const file of request.files || []) sources.set(normalize(`${ROOT}/${file.path}`), file.source);
    const generated = new Map();
    const load = (file) => {
      if (components.has(file)) return `${file}.${components.get(file).extension}`;
      const source = sources.has(file) ? sources.get(file) : files.readDisk(file);
      if (source === null || source === undefined) return null;
      const isTarget = file === target;
      const component = analyzeComponent(ts, file, source, (stage, code, message, start, end) =>
        report(file, stage, code, message, start, end), isTarget ? typeChecks : []);
      components.set(file, component);
      const name = `${file}.${component.extension}`;
      generated.set(name, component);
      files.texts.set(name, component.text);
      return name;
    };
    files.lazily = load;
    for (const [file, source] of sources) if (!file.endsWith('.vue')) files.texts.set(file, source);
    const roots = [load(target)];
    const component = components.get(target);
    for (const file of sources.keys()) {
      if (file === target) continue;
      roots.push(file.endsWith('.vue') ? load(file) : file);
    }
    const outcome = { component, target, stubs: [], vueTypes: 'ambient', unsupported: component.unsupported, program: null };
    if (request.skipTypes) return outcome;
    this.check(request, files, roots, generated, outcome, report);
    return outcome;
  }

  check(request, files, roots, generated, outcome, report) {
    const { ts, host } = this;
    const globals = automaticImports(request.autoImports);
    const stubsFile = '/llmbench/stubs.d.ts';
    const realVue = files.root ? files.package('vue', `${ROOT}/index.ts`) : null;
    if (realVue) {
      files.realVue = realVue;
      outcome.vueTypes = 'real';
    }
    // Declared before the program is made: with an old program at hand the file is read before names are looked up.
    const build = (stubs) => {
      const hasStubs = stubs.length > 0;
      const options = host.options(request, hasStubs);
      const target = { languageVersion: options.target, jsDocParsingMode: 1 };
      const resolve = (specifier, importer) => {
        const resolved = files.resolve(specifier, importer);
        if (!resolved || resolved.startsWith('stub:')) {
          if (resolved) files.allStubs.add(specifier);
          return undefined;
        }
        const extension = /\.d\.[cm]?ts$/.test(resolved) ? ts.Extension.Dts : `.${resolved.split('.').pop()}`;
        return { resolvedFileName: resolved, extension, isExternalLibraryImport: resolved.startsWith('/llmbench/') };
      };
      files.allStubs = new Set();
      const compilerHost = {
        fileExists: (file) => fixedText(file) !== null || files.has(file),
        readFile: (file) => fixedText(file) ?? files.read(file) ?? undefined,
        directoryExists: () => true,
        getSourceFile: (file) => {
          if (file === stubsFile) {
            const lines = stubs.map((name) => `declare module ${JSON.stringify(name)};`);
            return ts.createSourceFile(file, lines.join('\n'), target, true);
          }
          const fixed = fixedText(file);
          if (fixed !== null) return host.fixedFile(file, fixed, target);
          if (path.posix.basename(file).startsWith('lib.') && file.startsWith('/llmbench/lib/')) {
            return host.libraryFile(file, target);
          }
          const text = files.read(file);
          return text === null || text === undefined ? undefined : ts.createSourceFile(file, text, target, true, scriptKind(ts, file));
        },
        getDefaultLibFileName: () => '/llmbench/lib/lib.d.ts',
        getDefaultLibLocation: () => '/llmbench/lib',
        getCurrentDirectory: () => ROOT, getDirectories: () => [], useCaseSensitiveFileNames: () => true,
        getCanonicalFileName: (file) => file, getNewLine: () => '\n', writeFile: () => {},
        resolveModuleNames: (names, importer) => names.map((name) => resolve(name, importer)),
        resolveModuleNameLiterals: (literals, importer) =>
          literals.map((literal) => ({ resolvedModule: resolve(literal.text, importer) })),
        resolveTypeReferenceDirectives: (names) => names.map(() => undefined),
        resolveTypeReferenceDirectiveReferences: (references) =>
          references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
      };
      const fixedText = (file) => {
        if (file === HELPERS) return host.types.helpers;
        if (file === AMBIENT_VUE) return host.types.vue;
        if (file === JSX) return JSX_TYPES;
        if (file === GLOBALS) return globals;
        return null;
      };
      const rootNames = [files.realVue || AMBIENT_VUE, HELPERS, GLOBALS, ...roots.filter(Boolean), stubsFile];
      const key = hasStubs ? 'stubs' : 'plain';
      const program = ts.createProgram({
        rootNames, options, host: compilerHost, oldProgram: host.lastPrograms.get(key),
      });
      host.lastPrograms.set(key, program);
      return program;
    };
    let program = build([]);
    if (files.allStubs.size) program = build([...files.allStubs].sort());
    outcome.stubs = [...files.stubs].sort();
    outcome.program = program;
    for (const name of roots) {
      if (!name) continue;
      const component = generated.get(name);
      if (component && (component.syntaxErrors || component.unsupported.length)) continue;
      const file = program.getSourceFile(name);
      if (!file) continue;
      for (const problem of program.getSyntacticDiagnostics(file)) this.pass(problem, name, component, 'syntax', report);
      for (const problem of program.getSemanticDiagnostics(file)) this.pass(problem, name, component, 'type', report);
    }
  }

  /** Reports a diagnostic at its place in the component; what is about generated code alone is dropped. */
  pass(problem, name, component, stage, report) {
    const { ts } = this;
    if (problem.category !== ts.DiagnosticCategory.Error) return;
    const message = ts.flattenDiagnosticMessageText(problem.messageText, '\n').replace(/__ctx\./g, '').replace(/__vue(Api)?\./g, '');
    const code = `TS${problem.code}`;
    if (!component) {
      report(name, stage, code, message, problem.start || 0, (problem.start || 0) + (problem.length || 0));
      return;
    }
    const range = sourceRange(component.segments, problem.start || 0, problem.length || 0);
    if (range) report(component.name, stage, code, message, range.start, range.end);
    else if (stage === 'syntax') this.generatedProblems.push(`${code} ${message}`);
  }

  /** Whether the two expressions of a check of resolved types have the same type. */
  resolvedTypes(outcome) {
    const { component, program } = outcome;
    const results = new Map();
    if (!program || !component.typeChecks.length) return results;
    const { ts } = this;
    const file = program.getSourceFile(`${outcome.target}.${component.extension}`);
    const checker = program.getTypeChecker();
    const variables = new Map();
    const visit = (node) => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && /^__(of|equals)\d+$/.test(node.name.text)) {
        variables.set(node.name.text, node);
      }
      ts.forEachChild(node, visit);
    };
    if (file) visit(file);
    for (const check of component.typeChecks) {
      const of = variables.get(`__of${check.index}`);
      const equals = variables.get(`__equals${check.index}`);
      if (!of || !equals) continue;
      const actual = checker.getTypeAtLocation(of.initializer);
      const wanted = checker.getTypeAtLocation(equals.name);
      const isAny = (type) => !!(type.flags & ts.TypeFlags.Any);
      const text = checker.typeToString(actual);
      let same = isAny(actual) === isAny(wanted);
      if (same && checker.isTypeAssignableTo) {
        same = checker.isTypeAssignableTo(actual, wanted) && checker.isTypeAssignableTo(wanted, actual);
      } else if (same) {
        same = text === checker.typeToString(wanted);
      }
      // `any` fits everything, wherever in a type it stands.
      if (/\bany\b/.test(text) && !/\bany\b/.test(checker.typeToString(wanted))) same = false;
      results.set(check.index, { same, text, wanted: checker.typeToString(wanted) });
    }
    return results;
  }
}

function scriptKind(ts, file) {
  if (file.endsWith('.tsx')) return ts.ScriptKind.TSX;
  if (file.endsWith('.jsx')) return ts.ScriptKind.JSX;
  if (/\.[cm]?js$/.test(file)) return ts.ScriptKind.JS;
  if (file.endsWith('.json')) return ts.ScriptKind.JSON;
  return ts.ScriptKind.TS;
}
