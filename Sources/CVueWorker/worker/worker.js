// The loop: one request a line on standard input, one answer a line on standard output, one after the other.

const PROTOCOL = 1;
const MOST_SOURCE = 2 << 20;
const MOST_DIAGNOSTICS = 200;

function startWorker(settings, input, output) {
  const ts = loadTypeScript(settings.typescript);
  const checker = new Checker(ts, settings.typescript.libraries, settings.types);
  // Text that was cut in the middle of a character would be no JSON.
  const wellFormed = (_, value) => (typeof value === 'string' && value.toWellFormed ? value.toWellFormed() : value);
  const send = (value) => output(`${JSON.stringify(value, wellFormed)}\n`);
  const runtime = process.versions.deno ? `deno ${process.versions.deno}` : process.versions.bun
    ? `bun ${process.versions.bun}` : `node ${process.versions.node}`;
  send({ event: 'ready', protocol: PROTOCOL, typescript: ts.version, runtime, degraded: degraded(ts) });
  input((line) => {
    let request;
    try {
      request = JSON.parse(line);
    } catch (error) {
      send({ id: null, error: { message: `the request is no JSON: ${error.message}` } });
      return;
    }
    try {
      send({ id: request.id, result: answer(ts, checker, request) });
    } catch (error) {
      const isChecks = error instanceof ChecksError;
      send({
        id: request.id,
        error: { kind: isChecks ? 'checks' : 'internal', pointer: isChecks ? error.pointer : null, message: isChecks ? error.message : String(error && error.stack || error) },
      });
    }
  });
}

function degraded(ts) {
  const lacks = [];
  if (ts.versionMajorMinor < '5.0') lacks.push('bundler resolution', 'verbatimModuleSyntax', 'const type parameters');
  if (ts.versionMajorMinor < '4.9') lacks.push('satisfies');
  return lacks;
}

function answer(ts, checker, request) {
  if (request.op === 'ping') return { memoryBytes: process.memoryUsage().rss };
  if (request.op === 'compile') return compile(ts, checker, request);
  const started = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
  const checks = readChecks(ts, request.checks);
  const typeChecks = checks.filter((check) => check.kind === 'resolved_type').map((check, index) => {
    check.index = index;
    return { index, of: check.of, equals: check.equals };
  });
  const diagnostics = new Map();
  const name = request.name || 'Component.vue';
  const target = normalize(`${ROOT}/${name}`);
  const sources = new Map([[target, request.source]]);
  for (const file of request.files || []) sources.set(normalize(`${ROOT}/${file.path}`), file.source);
  const report = (file, stage, code, message, start, end) => {
    const own = file === target;
    const text = sources.get(file) ?? '';
    const from = lineAndColumn(text, start);
    const to = lineAndColumn(text, Math.max(end, start));
    const relative = file.startsWith(`${ROOT}/`) ? file.slice(ROOT.length + 1) : file;
    diagnostics.set(`${file}:${start}:${code}:${message}`, {
      stage, code, message, file: relative, line: from.line, column: from.column, endLine: to.line, endColumn: to.column,
      severity: 'error', own, offset: start,
    });
  };
  if (request.source.length > MOST_SOURCE) {
    report(target, 'sfc', 'FILE_TOO_LARGE', `The component has more than ${MOST_SOURCE} characters.`, 0, 0);
    return { ...verdict(diagnostics), checks: checks.map((check) => ({ id: check.id, passed: false, weight: check.weight, line: null, why: 'the component is too large' })) };
  }
  const outcome = checker.run({ ...request, name }, report, typeChecks);
  const typed = seconds();
  let template = null;
  if (typeof request.original === 'string') {
    const before = parseComponent(request.original, () => {});
    template = new TemplateComparison(ts, request.original, request.source).run(before.template, outcome.component.blocks.template);
  }
  const runner = new CheckRunner(ts, outcome.component, checker.resolvedTypes(outcome), template);
  const results = checks.map((check) => runner.run(check));
  const result = verdict(diagnostics);
  return {
    ...result, unsupported: outcome.unsupported, checks: results, template,
    naming: namingViolations(ts, outcome.component), stubbedModules: outcome.stubs, vueTypes: outcome.vueTypes,
    generatedProblems: checker.generatedProblems.splice(0), isTypeScript: outcome.component.isTypeScript, typeSeconds: typed, totalSeconds: seconds(),
    ...(request.wantGenerated ? { generated: outcome.component.text } : {}),
  };
}

function verdict(diagnostics) {
  const list = [...diagnostics.values()].sort((a, b) =>
    Number(b.own) - Number(a.own) || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.offset - b.offset ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const compiles = !list.some((entry) => entry.own);
  return {
    compiles, diagnostics: list.slice(0, MOST_DIAGNOSTICS).map(({ offset, ...entry }) => entry),
    truncated: list.length > MOST_DIAGNOSTICS,
  };
}

/** Runs the worker on this process's own streams until its input ends. */
function runWorker(settings) {
  let pending = [];
  const receive = (handle) => {
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (chunk) => {
      let rest = chunk;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        handle(pending.join('') + rest.slice(0, end));
        pending = [];
        rest = rest.slice(end + 1);
      }
      if (rest) pending.push(rest);
    });
    process.stdin.on('end', () => process.exit(0));
  };
  try {
    startWorker(settings, receive, (text) => process.stdout.write(text));
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ event: 'failed', message: String(error && error.message || error) })}\n`);
    process.exit(3);
  }
}

/** The modules of a component and its files, to mount. */
function compile(ts, checker, request) {
  const name = request.name || 'Component.vue';
  const outcome = checker.run({ ...request, name }, () => {}, []);
  const modules = { [name]: mountable(ts, outcome.component, outcome.program) };
  for (const file of request.files || []) {
    if (file.path.endsWith('.vue')) {
      const child = checker.run({ ...request, name: file.path, source: file.source }, () => {}, []);
      modules[file.path] = mountable(ts, child.component, child.program);
    } else if (/\.[cm]?[jt]sx?$/.test(file.path) && !file.path.endsWith('.d.ts')) {
      modules[file.path] = transpile(ts, file.source, file.path.split('.').pop());
    }
  }
  const names = request.autoImports === 'vue' || request.autoImports === 'nuxt' ? VUE_NAMES : request.autoImports || [];
  return { modules, main: name, autoImports: names };
}
