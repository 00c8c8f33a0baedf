// Expressions of templates: their syntax, and the names in them that belong to the component.

const TEMPLATE_GLOBALS = new Set(
  ('Infinity undefined NaN isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI ' +
    'encodeURIComponent Math Number Date Array Object Boolean String RegExp Map Set JSON Intl BigInt console Error ' +
    'Symbol globalThis arguments require this true false null').split(' '));

class Expressions {
  constructor(ts, languageIsTypeScript) {
    this.ts = ts;
    this.isTypeScript = languageIsTypeScript;
  }

  parse(text) {
    return this.ts.createSourceFile('expression.ts', text, this.ts.ScriptTarget.ESNext, true, this.ts.ScriptKind.TS);
  }

  /** Parses text between a prefix and a suffix. Returns the tree with the first problem of its syntax. */
  parseWithin(prefix, text, suffix) {
    const file = this.parse(prefix + text + suffix);
    const problems = (file.parseDiagnostics || []).map((problem) => ({
      code: `TS${problem.code}`, message: this.ts.flattenDiagnosticMessageText(problem.messageText, ' '),
      offset: Math.min(Math.max(problem.start - prefix.length, 0), text.length), length: problem.length || 1,
    }));
    return { file, problem: problems[0] || null, offset: prefix.length };
  }

  /** One expression. A statement, or two expressions, are a mistake. */
  expression(text) {
    const parsed = this.parseWithin('(', text, '\n)');
    if (!parsed.problem) {
      const [statement, ...more] = parsed.file.statements;
      const inner = statement && this.ts.isExpressionStatement(statement) ? statement.expression : null;
      if (more.length || !inner || !this.ts.isParenthesizedExpression(inner) || inner.end < text.length + 2) {
        parsed.problem = { code: 'TS1109', message: 'Expression expected.', offset: 0, length: text.length };
      } else {
        parsed.node = inner.expression;
      }
    }
    return parsed;
  }

  /** What stands in a v-on: a function, a path to one, or statements. */
  handler(text) {
    const { ts } = this;
    const single = this.expression(text);
    if (!single.problem) {
      let node = single.node;
      while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
        node = node.expression;
      }
      const isFunction = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
      if (isFunction || this.isPath(node)) return { ...single, form: isFunction ? 'function' : 'path' };
      return { ...single, form: 'statements' };
    }
    const statements = this.parseWithin('', text, '');
    const open = this.parseWithin('async () => {', text, '\n}');
    return { ...(open.problem ? (statements.problem ? open : statements) : open), form: 'statements', many: true };
  }

  isPath(node) {
    const { ts } = this;
    if (ts.isIdentifier(node)) return true;
    if (ts.isPropertyAccessExpression(node)) return this.isPath(node.expression);
    if (ts.isElementAccessExpression(node)) return this.isPath(node.expression);
    return false;
  }

  /** Parameters, as in v-for and v-slot: `item`, `{ id, name }`, `(item, index)`. */
  parameters(text) {
    const parsed = this.parseWithin('((', text, ') => 0)');
    const problem = parsed.problem;
    const names = [];
    if (!problem) {
      const statement = parsed.file.statements[0];
      let node = statement && this.ts.isExpressionStatement(statement) ? statement.expression : null;
      while (node && this.ts.isParenthesizedExpression(node)) node = node.expression;
      if (!node || !this.ts.isArrowFunction(node)) {
        return { ...parsed, problem: { code: 'TS1109', message: 'Parameters expected.', offset: 0, length: text.length }, names };
      }
      for (const parameter of node.parameters) this.bindingNames(parameter.name, names);
      parsed.defaults = node.parameters;
    }
    return { ...parsed, names };
  }

  bindingNames(name, names) {
    const { ts } = this;
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) this.bindingNames(element.name, names);
  }

  /**
   * The identifiers of a tree that are looked up in the component: not properties, not locals, not globals.
   * @returns [{ name, start, isShorthand }] in order of position in the parsed text
   */
  freeNames(root, locals) {
    const { ts } = this;
    const found = [];
    const visit = (node, scope) => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) {
        const query = (inner) => {
          if (ts.isTypeQueryNode(inner)) {
            let name = inner.exprName;
            while (!ts.isIdentifier(name)) name = name.left;
            use(name, scope, false);
          }
          ts.forEachChild(inner, query);
        };
        query(node);
        return;
      }
      if (ts.isIdentifier(node)) {
        use(node, scope, false);
        return;
      }
      if (ts.isPropertyAccessExpression(node)) {
        visit(node.expression, scope);
        return;
      }
      if (ts.isPropertyAssignment(node)) {
        if (ts.isComputedPropertyName(node.name)) visit(node.name.expression, scope);
        visit(node.initializer, scope);
        return;
      }
      if (ts.isShorthandPropertyAssignment(node)) {
        use(node.name, scope, true);
        if (node.objectAssignmentInitializer) visit(node.objectAssignmentInitializer, scope);
        return;
      }
      if (ts.isFunctionLike(node)) {
        const inner = new Set(scope);
        if (node.name && ts.isIdentifier(node.name) && ts.isFunctionExpression(node)) inner.add(node.name.text);
        if (node.name && ts.isComputedPropertyName(node.name)) visit(node.name.expression, scope);
        for (const parameter of node.parameters || []) {
          const names = [];
          this.bindingNames(parameter.name, names);
          for (const name of names) inner.add(name);
        }
        for (const parameter of node.parameters || []) this.visitBinding(parameter, (child) => visit(child, inner));
        if (node.type) visit(node.type, inner);
        if (node.body) visit(node.body, inner);
        return;
      }
      if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isForStatement(node) || ts.isForOfStatement(node) ||
        ts.isForInStatement(node) || ts.isCatchClause(node) || ts.isCaseBlock(node)) {
        const inner = new Set(scope);
        this.declare(node, inner);
        ts.forEachChild(node, (child) => visit(child, inner));
        return;
      }
      if (ts.isVariableDeclaration(node)) {
        this.visitBinding(node, (child) => visit(child, scope));
        if (node.type) visit(node.type, scope);
        return;
      }
      if (ts.isLabeledStatement(node) || ts.isBreakOrContinueStatement(node)) {
        if (node.statement) visit(node.statement, scope);
        return;
      }
      ts.forEachChild(node, (child) => visit(child, scope));
    };
    const use = (node, scope, isShorthand) => {
      const name = node.text;
      if (!name || scope.has(name) || TEMPLATE_GLOBALS.has(name)) return;
      found.push({ name, start: node.getStart(), isShorthand });
    };
    visit(root, new Set(locals));
    return found.sort((a, b) => a.start - b.start);
  }

  /** Visits what a binding computes: defaults and computed keys, not the names that it makes. */
  visitBinding(node, visit) {
    const { ts } = this;
    if (node.initializer) visit(node.initializer);
    if (node.type && ts.isParameter(node)) visit(node.type);
    if (ts.isIdentifier(node.name)) return;
    for (const element of node.name.elements) {
      if (!ts.isBindingElement(element)) continue;
      if (element.propertyName && ts.isComputedPropertyName(element.propertyName)) visit(element.propertyName.expression);
      this.visitBinding(element, visit);
    }
  }

  /** Adds what is declared directly in a block. */
  declare(block, scope) {
    const { ts } = this;
    const names = [];
    const declarations = (list) => {
      for (const declaration of list.declarations) this.bindingNames(declaration.name, names);
    };
    if (ts.isCatchClause(block)) {
      if (block.variableDeclaration) this.bindingNames(block.variableDeclaration.name, names);
    } else if (block.initializer && ts.isVariableDeclarationList(block.initializer)) {
      declarations(block.initializer);
    } else {
      for (const statement of block.statements || []) {
        if (ts.isVariableStatement(statement)) declarations(statement.declarationList);
        else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
          names.push(statement.name.text);
        }
      }
    }
    for (const name of names) scope.add(name);
  }
}
