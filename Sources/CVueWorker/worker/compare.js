// Whether two templates say the same, and the names that a script declares.

const MOST_DIFFERENCES = 20;

class TemplateComparison {
  constructor(ts, originalSource, answerSource) {
    this.ts = ts;
    this.patterns = new Patterns(ts);
    this.expressions = new Expressions(ts);
    this.sources = { original: originalSource, answer: answerSource };
    this.differences = [];
  }

  run(original, answer) {
    this.children(original ? original.children || [] : [], answer ? answer.children || [] : [], answer);
    return { unchanged: !this.differences.length, differences: this.differences };
  }

  differ(message, node) {
    if (this.differences.length >= MOST_DIFFERENCES) return;
    const place = node ? lineAndColumn(this.sources.answer, node.start) : { line: null, column: null };
    this.differences.push({ message, line: place.line, column: place.column });
  }

  /** Children without comments and without space that does not show; texts with single spaces. */
  significant(children) {
    const list = [];
    for (const child of children) {
      if (child.type === 'comment') continue;
      if (child.type !== 'text') {
        list.push(child);
        continue;
      }
      const text = child.content.replace(/\s+/g, ' ').trim();
      if (text) list.push({ type: 'text', content: text, start: child.start });
    }
    return list;
  }

  children(original, answer, parent) {
    const [before, after] = [this.significant(original), this.significant(answer)];
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      const [was, is] = [before[index], after[index]];
      if (!was) this.differ(`${this.describe(is)} was added`, is);
      else if (!is) this.differ(`${this.describe(was)} is gone`, parent);
      else this.node(was, is);
      if (this.differences.length >= MOST_DIFFERENCES) return;
    }
  }

  node(was, is) {
    if (was.type !== is.type || (was.type === 'element' && camelCase(was.tag) !== camelCase(is.tag))) {
      this.differ(`${this.describe(was)} became ${this.describe(is)}`, is);
    } else if (was.type === 'text') {
      if (was.content !== is.content) this.differ(`the text "${was.content}" became "${is.content}"`, is);
    } else if (was.type === 'interpolation') {
      if (this.canonical(was.expression) !== this.canonical(is.expression)) {
        this.differ(`{{ ${was.expression.trim()} }} became {{ ${is.expression.trim()} }}`, is);
      }
    } else {
      this.properties(was, is);
      this.children(was.children, is.children, is);
    }
  }

  properties(was, is) {
    const [before, after] = [this.propertyMap(was), this.propertyMap(is)];
    for (const [name, value] of before) {
      if (!after.has(name)) this.differ(`<${was.tag}> lost ${name}`, is);
      else if (after.get(name).value !== value.value) {
        this.differ(`${name} of <${was.tag}> was ${JSON.stringify(value.text)} and is ${JSON.stringify(after.get(name).text)}`, is);
      }
    }
    for (const name of after.keys()) if (!before.has(name)) this.differ(`<${is.tag}> got ${name}`, is);
  }

  propertyMap(element) {
    const map = new Map();
    for (const prop of element.props) {
      if (prop.type === 'attribute') {
        const text = prop.value === null ? '' : prop.value;
        const value = prop.name === 'class' ? [...new Set(text.split(/\s+/).filter(Boolean))].sort().join(' ')
          : prop.name === 'style' ? text.split(';').map((rule) => rule.replace(/\s+/g, ' ').trim()).filter(Boolean).join(';') : text;
        map.set(prop.name, { value, text });
        continue;
      }
      const argument = prop.argument ? `:${prop.isDynamic ? `[${prop.argument}]` : prop.argument}` : '';
      let name = `v-${prop.name}${argument}${[...prop.modifiers].sort().map((modifier) => `.${modifier}`).join('')}`;
      if (prop.name === 'slot' && !prop.argument) name = 'v-slot:default';
      const text = prop.expression === null
        ? (prop.name === 'bind' && prop.argument ? camelize(prop.argument) : '') : prop.expression;
      while (map.has(name)) name += ' ';
      map.set(name, { value: this.directiveValue(prop, text), text });
    }
    return map;
  }

  directiveValue(prop, text) {
    if (prop.name === 'for') {
      const match = /^\s*\(?([\s\S]*?)\)?\s+(?:in|of)\s+([\s\S]*)$/.exec(text);
      return match ? `${this.parameters(match[1])} in ${this.canonical(match[2])}` : text;
    }
    if (prop.name === 'slot') return this.parameters(text);
    return prop.name === 'on' ? this.handler(text) : this.canonical(text);
  }

  parameters(text) {
    const parsed = this.expressions.parameters(text);
    return parsed.problem || !parsed.defaults ? text.trim() : parsed.defaults.map((entry) => this.patterns.canonical(entry)).join(',');
  }

  handler(text) {
    const parsed = this.expressions.handler(text);
    if (parsed.problem) return text.trim();
    return parsed.node ? this.patterns.canonical(parsed.node) : this.patterns.canonical(parsed.file);
  }

  canonical(text) {
    const parsed = this.expressions.expression(text);
    return parsed.problem ? text.trim() : this.patterns.canonical(parsed.node);
  }

  describe(node) {
    if (node.type === 'element') return `<${node.tag}>`;
    if (node.type === 'interpolation') return `{{ ${node.expression.trim()} }}`;
    return `the text "${node.content.replace(/\s+/g, ' ').trim().slice(0, 60)}"`;
  }
}

/** Declarations whose names are not in the usual style. */
function namingViolations(ts, component) {
  const violations = [];
  let names = 0;
  const styles = {
    variable: [/^(_*[a-z$][\w$]*|_+|[A-Z][A-Z0-9_]*)$/, 'camelCase'],
    // A constant may hold a component, and a component is in PascalCase.
    constant: [/^(_*[a-z$][\w$]*|_+|[A-Z][A-Z0-9_]*)$/, 'camelCase or CONSTANT_CASE'],
    function: [/^_*[a-z$][\w$]*$/, 'camelCase'],
    type: [/^[A-Z][A-Za-z0-9]*$/, 'PascalCase'],
  };
  for (const [file, block] of [[component.setupFile, component.blocks.scriptSetup], [component.scriptFile, component.blocks.script]]) {
    if (!file) continue;
    const check = (name, kind) => {
      if (!ts.isIdentifier(name)) {
        for (const element of name.elements) {
          // The key of what is taken apart is someone else's choice.
          if (ts.isBindingElement(element) && !(ts.isObjectBindingPattern(name) && !element.propertyName && ts.isIdentifier(element.name))) {
            check(element.name, kind);
          }
        }
        return;
      }
      names += 1;
      const [pattern, wanted] = styles[kind];
      if (pattern.test(name.text) && !/[a-z]_[a-z]/.test(name.text)) return;
      const place = lineAndColumn(component.source, block.contentStart + name.getStart(file));
      violations.push({ name: name.text, kind, expected: wanted, line: place.line, column: place.column });
    };
    const visit = (node) => {
      if (ts.isVariableDeclaration(node)) {
        const isConstant = node.parent && ts.isVariableDeclarationList(node.parent) && !!(node.parent.flags & ts.NodeFlags.Const);
        const holdsComponent = node.initializer && ts.isCallExpression(node.initializer) &&
          /^(define|resolve|markRaw|shallowRef)/.test(node.initializer.expression.getText(file)) && /^[A-Z]/.test(node.name.text || '');
        if (!holdsComponent) check(node.name, isConstant ? 'constant' : 'variable');
      } else if (ts.isFunctionDeclaration(node) && node.name) check(node.name, 'function');
      else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
        if (node.name) check(node.name, 'type');
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { names, violations };
}
