// The checks of a component's syntax trees: `ast_checks.json`.

/** What is wrong with the checks themselves. */
class ChecksError extends Error {
  constructor(pointer, message) {
    super(message);
    this.pointer = pointer;
  }
}

const CHECK_KINDS = {
  interface: ['name'], type_alias: ['name'], macro: ['name'], call: ['pattern'], declares: ['name'], imports: [],
  script: [], forbids: ['pattern'], contains: ['pattern'], template: [], resolved_type: ['of', 'equals'],
  unchanged_template: [],
};
const LEGACY_WEIGHTS = { interfaces: 3.3, type_annotations: 3.3, script_lang: 3.4, imports: 3.3 };

/** Reads a checks file into one list of checks, with weights that add up to 10. */
function readChecks(ts, given) {
  const patterns = new Patterns(ts);
  if (given === null || given === undefined) return [];
  if (typeof given !== 'object' || Array.isArray(given)) throw new ChecksError('', 'the checks are an object');
  const known = ['checks', 'weights', 'description', '$schema', ...Object.keys(LEGACY_WEIGHTS)];
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw new ChecksError(`/${key}`, `there is no "${key}" in a checks file; known are: ${known.slice(0, 2).concat(Object.keys(LEGACY_WEIGHTS)).join(', ')}`);
    }
  }
  const list = [];
  for (const [group, weight] of Object.entries(LEGACY_WEIGHTS)) {
    const entries = given[group];
    if (entries === undefined || entries === null) continue;
    if (!Array.isArray(entries)) throw new ChecksError(`/${group}`, `"${group}" is a list`);
    if (!entries.length) continue;
    const own = given.weights && given.weights[group];
    list.push({ id: group, kind: group, entries: entries.map((entry, index) => legacyEntry(ts, patterns, group, entry, `/${group}/${index}`)), weight: number(own, weight, `/weights/${group}`) });
  }
  const rich = given.checks === undefined ? [] : given.checks;
  if (!Array.isArray(rich)) throw new ChecksError('/checks', '"checks" is a list');
  for (const [index, check] of rich.entries()) list.push(richCheck(patterns, check, `/checks/${index}`, index));
  const ids = new Set();
  for (const check of list) {
    if (ids.has(check.id)) throw new ChecksError('/checks', `two checks have the id "${check.id}"`);
    ids.add(check.id);
  }
  const total = list.reduce((sum, check) => sum + check.weight, 0);
  if (list.length && !(total > 0)) throw new ChecksError('/checks', 'the weights add up to 0');
  for (const check of list) check.weight = (check.weight / total) * 10;
  return list;
}

function number(value, fallback, pointer) {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ChecksError(pointer, 'a weight is a number of 0 or more');
  }
  return value;
}

function richCheck(patterns, check, pointer, index) {
  if (!check || typeof check !== 'object' || Array.isArray(check)) throw new ChecksError(pointer, 'a check is an object');
  const kind = check.kind;
  if (!Object.hasOwn(CHECK_KINDS, kind)) {
    throw new ChecksError(
      `${pointer}/kind`, `there is no check of the kind ${JSON.stringify(kind ?? null)}; the kinds are: ${Object.keys(CHECK_KINDS).join(', ')}`);
  }
  for (const key of CHECK_KINDS[kind]) {
    if (typeof check[key] !== 'string' || !check[key]) {
      throw new ChecksError(`${pointer}/${key}`, `a check of the kind "${kind}" needs "${key}", a text`);
    }
  }
  if (check.pattern !== undefined && !patterns.parse(check.pattern).length) {
    throw new ChecksError(`${pointer}/pattern`, `the pattern ${JSON.stringify(check.pattern)} is no TypeScript`);
  }
  for (const key of ['equals', 'type']) {
    if (typeof check[key] === 'string' && !patterns.parse(check[key]).some((tree) => tree.type)) {
      throw new ChecksError(`${pointer}/${key}`, `${JSON.stringify(check[key])} is no type`);
    }
  }
  if (kind === 'resolved_type' && !patterns.parse(check.of).some((tree) => tree.expression)) {
    throw new ChecksError(`${pointer}/of`, `${JSON.stringify(check.of)} is no expression`);
  }
  return { ...check, id: typeof check.id === 'string' && check.id ? check.id : `check-${index + 1}`, weight: number(check.weight, 1, `${pointer}/weight`) };
}

function legacyEntry(ts, patterns, group, entry, pointer) {
  if (group === 'interfaces' && entry && typeof entry === 'object' && typeof entry.name === 'string') return entry;
  if (typeof entry !== 'string' || !entry.trim()) throw new ChecksError(pointer, 'an entry is a text');
  if (group === 'interfaces') return { name: entry };
  if (group === 'script_lang') return { tag: entry };
  if (group === 'imports') return importEntry(ts, patterns, entry);
  const annotation = /^([A-Za-z_$][\w$]*)\s*(\?)?:\s*([\s\S]+)$/.exec(entry);
  if (annotation) return { name: annotation[1], type: annotation[3] };
  if (!patterns.parse(entry).length) throw new ChecksError(pointer, `${JSON.stringify(entry)} is no TypeScript`);
  return { pattern: entry };
}

function importEntry(ts, patterns, entry) {
  if (!/^import\b/.test(entry)) return { names: [entry] };
  const text = /\bfrom\b/.test(entry) || /^import\s*['"]/.test(entry) ? entry : `${entry} from '*'`;
  const statement = patterns.source(text).statements[0];
  const clause = statement && ts.isImportDeclaration(statement) && statement.importClause;
  const names = [];
  if (clause && clause.name) names.push('default');
  if (clause && clause.namedBindings && ts.isNamedImports(clause.namedBindings)) {
    for (const element of clause.namedBindings.elements) names.push((element.propertyName || element.name).text);
  }
  const from = statement && statement.moduleSpecifier ? statement.moduleSpecifier.text : '*';
  return { names, from: from === '*' ? null : from, type_only: !!(clause && clause.isTypeOnly) };
}

/** Runs checks over a component. */
class CheckRunner {
  constructor(ts, component, resolved, template) {
    this.ts = ts;
    this.component = component;
    this.patterns = new Patterns(ts);
    this.roots = [component.setupFile, component.scriptFile].filter(Boolean);
    this.resolved = resolved;
    this.template = template;
  }

  run(check) {
    const result = this.evaluate(check);
    const line = result.node && result.root ? this.line(result.node, result.root) : result.offset !== undefined
      ? lineAndColumn(this.component.source, result.offset).line : null;
    return { id: check.id, passed: result.passed, weight: check.weight, line, why: result.why || null };
  }

  line(node, root) {
    const block = root === this.component.setupFile ? this.component.blocks.scriptSetup : this.component.blocks.script;
    return lineAndColumn(this.component.source, block.contentStart + node.getStart(root)).line;
  }

  evaluate(check) {
    switch (check.kind) {
      case 'interfaces': return this.all(check.entries, (entry) => this.interface(entry));
      case 'type_annotations': return this.all(check.entries, (entry) => this.annotation(entry));
      case 'script_lang': return this.all(check.entries, (entry) => this.tag(entry.tag));
      case 'imports': return check.entries ? this.all(check.entries, (entry) => this.imports(entry)) : this.imports(check);
      case 'interface': return this.interface(check);
      case 'type_alias': return this.typeAlias(check);
      case 'macro': return this.macro(check);
      case 'call': return this.call(check);
      case 'declares': return this.declares(check);
      case 'script': return this.script(check);
      case 'contains': return this.found(this.patterns.find(check.pattern, this.roots), `nothing like ${check.pattern}`);
      case 'forbids': return this.forbids(check);
      case 'template': return this.inTemplate(check);
      case 'resolved_type': return this.resolvedType(check);
      case 'unchanged_template': return this.unchangedTemplate();
      default: return { passed: false, why: `no check of the kind ${check.kind}` };
    }
  }

  all(entries, test) {
    let first = null;
    for (const entry of entries) {
      const result = test(entry);
      if (!result.passed) return result;
      first = first || result;
    }
    return first || { passed: true };
  }

  found(match, why) {
    return match ? { passed: true, ...match } : { passed: false, why };
  }

  each(test) {
    for (const root of this.roots) {
      let found = null;
      const visit = (node) => {
        if (found) return;
        if (test(node)) found = node;
        else this.ts.forEachChild(node, visit);
      };
      visit(root);
      if (found) return { node: found, root };
    }
    return null;
  }

  typeFits(text, node) {
    if (!node) return false;
    return this.patterns.parse(text).some((tree) => tree.type && tree.test(node));
  }

  members(check, members) {
    for (const [key, type] of Object.entries(check.members || {})) {
      const name = key.replace(/\?$/, '');
      const member = members.find((candidate) => candidate.name && candidate.name.text === name);
      if (!member) return `no member "${name}"`;
      if (key.endsWith('?') && !member.questionToken) return `the member "${name}" is not optional`;
      const isMethod = this.ts.isMethodSignature(member);
      if (typeof type === 'string' && !isMethod && !this.typeFits(type, member.type)) {
        return `the member "${name}" is not of the type ${type}`;
      }
    }
    for (const name of check.optional || []) {
      const member = members.find((candidate) => candidate.name && candidate.name.text === name);
      if (!member || !member.questionToken) return `the member "${name}" is not optional`;
    }
    return null;
  }

  interface(check) {
    const { ts } = this;
    const match = this.each((node) => ts.isInterfaceDeclaration(node) && node.name.text === check.name);
    if (!match) return { passed: false, why: `no interface ${check.name}` };
    if (check.exported && !has(ts, match.node, ts.SyntaxKind.ExportKeyword)) {
      return { passed: false, why: `the interface ${check.name} is not exported`, ...match };
    }
    const problem = this.members(check, match.node.members);
    return problem ? { passed: false, why: `interface ${check.name}: ${problem}`, ...match } : { passed: true, ...match };
  }

  typeAlias(check) {
    const { ts } = this;
    const match = this.each((node) => ts.isTypeAliasDeclaration(node) && node.name.text === check.name);
    if (!match) return { passed: false, why: `no type ${check.name}` };
    if (check.type && !this.typeFits(check.type, match.node.type)) {
      return { passed: false, why: `the type ${check.name} is not ${check.type}`, ...match };
    }
    if (check.members) {
      const problem = ts.isTypeLiteralNode(match.node.type) ? this.members(check, match.node.type.members) : 'not an object type';
      if (problem) return { passed: false, why: `type ${check.name}: ${problem}`, ...match };
    }
    return { passed: true, ...match };
  }

  annotation(entry) {
    const { ts } = this;
    if (entry.name) {
      const match = this.each((node) =>
        (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertySignature(node) ||
          ts.isPropertyDeclaration(node)) && ts.isIdentifier(node.name) && node.name.text === entry.name &&
        this.typeFits(entry.type, node.type));
      return this.found(match, `nothing is declared as ${entry.name}: ${entry.type}`);
    }
    const match = this.patterns.find(entry.pattern, this.roots);
    if (match) return { passed: true, ...match };
    // `defineProps<Props>` means the call with that type argument, whatever it is called with.
    for (const tree of this.patterns.parse(entry.pattern)) {
      const wanted = tree.expression;
      if (!wanted || !wanted.typeArguments) continue;
      const call = this.each((node) => ts.isCallExpression(node) && node.typeArguments &&
        this.patterns.matches(wanted.expression, node.expression) &&
        this.patterns.sequence([...wanted.typeArguments], [...node.typeArguments]));
      if (call) return { passed: true, ...call };
    }
    return { passed: false, why: `nothing like ${entry.pattern}` };
  }

  tag(text) {
    const parsed = [];
    const parser = new TemplateParser(text, () => {});
    const tag = parser.parseOpenTag(Math.max(text.indexOf('<'), 0), true);
    for (const prop of tag.props) parsed.push([prop.name, prop.value]);
    const { script, scriptSetup } = this.component.blocks;
    for (const block of [scriptSetup, script]) {
      if (!block || block.tag !== tag.tag) continue;
      if (parsed.every(([name, value]) => Object.hasOwn(block.attributes, name) && (value === null || block.attributes[name] === value))) {
        return { passed: true, offset: block.start };
      }
    }
    return { passed: false, why: `no ${text}` };
  }

  script(check) {
    const { script, scriptSetup } = this.component.blocks;
    for (const block of [scriptSetup, script]) {
      if (!block) continue;
      if (check.lang !== undefined && block.lang !== check.lang) continue;
      if (check.setup !== undefined && (block.attributes.setup !== undefined) !== check.setup) continue;
      if (check.generic !== undefined && (block.attributes.generic !== undefined) !== check.generic) continue;
      return { passed: true, offset: block.start };
    }
    return { passed: false, why: 'no such <script>' };
  }

  imports(check) {
    const { ts } = this;
    const wanted = check.names || (check.name ? [check.name] : []);
    const missing = new Set(wanted);
    let match = null;
    for (const root of this.roots) {
      for (const statement of root.statements) {
        if (!ts.isImportDeclaration(statement)) continue;
        if (check.from && statement.moduleSpecifier.text !== check.from) continue;
        const clause = statement.importClause;
        const entries = [];
        if (clause && clause.name) entries.push(['default', clause.isTypeOnly], [clause.name.text, clause.isTypeOnly]);
        const bindings = clause && clause.namedBindings;
        if (bindings && ts.isNamespaceImport(bindings)) entries.push([bindings.name.text, clause.isTypeOnly]);
        else if (bindings) {
          for (const element of bindings.elements) {
            entries.push([(element.propertyName || element.name).text, clause.isTypeOnly || element.isTypeOnly]);
          }
        }
        if (!wanted.length) match = match || { node: statement, root };
        for (const [name, isType] of entries) {
          if (check.type_only !== undefined && check.type_only !== null && check.type_only && !isType) continue;
          if (missing.delete(name)) match = match || { node: statement, root };
        }
      }
    }
    if (missing.size || !match) {
      const from = check.from ? ` from '${check.from}'` : '';
      return { passed: false, why: `no import${check.type_only ? ' type' : ''} of ${[...missing].join(', ') || 'anything'}${from}` };
    }
    return { passed: true, ...match };
  }

  macro(check) {
    const { ts } = this;
    const { macros, setupFile } = this.component;
    if (!macros) return { passed: false, why: 'no <script setup>' };
    const key = { defineProps: 'props', defineEmits: 'emits', defineSlots: 'slots', defineExpose: 'expose', defineOptions: 'options' }[check.name];
    const entries = check.name === 'defineModel' ? macros.models : check.name === 'withDefaults'
      ? (macros.props && macros.props.outer !== macros.props.call ? [macros.props] : []) : key && macros[key] ? [macros[key]] : [];
    for (const entry of entries) {
      const call = entry.call;
      const type = call.typeArguments && call.typeArguments[0];
      const form = type ? 'type' : 'runtime';
      if (check.form && check.form !== form) continue;
      if (check.type && !this.typeFits(check.type, type)) continue;
      return { passed: true, node: call, root: setupFile };
    }
    const how = check.type ? `<${check.type}>` : check.form ? ` in its ${check.form} form` : '';
    return { passed: false, why: `no ${check.name}${how}` };
  }

  call(check) {
    const { ts } = this;
    const trees = this.patterns.parse(check.pattern);
    return this.found(
      this.each((node) => (ts.isCallExpression(node) || ts.isNewExpression(node)) && trees.some((tree) => tree.test(node))),
      `no call ${check.pattern}`);
  }

  declares(check) {
    const { ts } = this;
    let wrong = null;
    const match = this.each((node) => {
      const isVariable = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node);
      const isOther = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node);
      if (!(isVariable || isOther) || !node.name || node.name.text !== check.name) return false;
      if (check.type && !this.typeFits(check.type, node.type)) {
        wrong = `${check.name} is not declared as ${check.type}`;
        return false;
      }
      if (check.value && !(node.initializer && this.patterns.parse(check.value).some((tree) => tree.test(node.initializer)))) {
        wrong = `${check.name} is not ${check.value}`;
        return false;
      }
      return true;
    });
    return this.found(match, wrong || `nothing is called ${check.name}`);
  }

  forbids(check) {
    const match = this.patterns.find(check.pattern, this.roots);
    if (match) return { passed: false, why: `there is ${check.pattern}`, ...match };
    const inTemplate = this.templateExpressions().find(({ file }) => this.patterns.find(check.pattern, [file]));
    if (inTemplate) return { passed: false, why: `there is ${check.pattern}`, offset: inTemplate.start };
    return { passed: true };
  }

  templateNodes() {
    const nodes = [];
    const visit = (node) => {
      nodes.push(node);
      for (const child of node.children || []) visit(child);
    };
    const template = this.component.blocks.template;
    for (const child of (template && template.children) || []) visit(child);
    return nodes;
  }

  templateExpressions() {
    const expressions = new Expressions(this.ts);
    const texts = [];
    for (const node of this.templateNodes()) {
      if (node.type === 'interpolation') texts.push([node.expression, node.expressionStart]);
      for (const prop of node.props || []) {
        if (prop.type === 'directive' && prop.expression && !['for', 'slot'].includes(prop.name)) {
          texts.push([prop.expression, prop.expressionStart]);
        }
      }
    }
    return texts.map(([text, start]) => ({ file: expressions.parse(`(${text})`), start }));
  }

  inTemplate(check) {
    const nodes = this.templateNodes().filter((node) => {
      if (node.type !== 'element') return false;
      if (check.element && camelCase(node.tag) !== camelCase(check.element)) return false;
      if (check.directive) {
        const [name, argument] = check.directive.replace(/^v-/, '').replace(/^@/, 'on:').replace(/^:/, 'bind:').replace(/^#/, 'slot:').split(/:(.*)/s);
        if (!node.props.some((prop) => prop.type === 'directive' && prop.name === name &&
          (argument === undefined || argument === '' || prop.argument === argument))) return false;
      }
      if (check.attribute && !node.props.some((prop) =>
        (prop.type === 'attribute' && prop.name === check.attribute && (check.value === undefined || prop.value === check.value)) ||
        (check.value === undefined && prop.type === 'directive' && prop.name === 'bind' && prop.argument === check.attribute))) return false;
      return true;
    });
    const least = check.count ?? check.minimum ?? 1;
    const most = check.count ?? check.maximum ?? Infinity;
    const what = [check.element && `<${check.element}>`, check.directive, check.attribute].filter(Boolean).join(' with ') || 'element';
    if (nodes.length < least || nodes.length > most) {
      return { passed: false, why: `${nodes.length} times ${what} in the template`, offset: nodes[0] && nodes[0].start };
    }
    return { passed: true, offset: nodes[0] && nodes[0].start };
  }

  resolvedType(check) {
    const result = this.resolved.get(check.index);
    if (!result) return { passed: false, why: 'the type is not known: the script does not compile' };
    return result.same ? { passed: true } : { passed: false, why: `${check.of} is of the type ${result.text}, not ${check.equals}` };
  }

  unchangedTemplate() {
    if (!this.template) return { passed: false, why: 'there is no original to compare the template with' };
    if (this.template.unchanged) return { passed: true };
    return { passed: false, why: `the template differs: ${this.template.differences[0].message}`, offset: undefined };
  }
}

function camelCase(tag) {
  return capitalize(camelize(tag));
}

function lineAndColumn(text, offset) {
  const before = text.slice(0, Math.min(offset, text.length));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}
