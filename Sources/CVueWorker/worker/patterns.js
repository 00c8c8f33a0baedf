// Pieces of syntax that are looked for as trees: spaces, quotes, comments and parentheses make no difference.
// `$_` stands for anything, `$$$` for any number of arguments, members or statements.

const TYPE_WORDS = new Set(
  'any unknown never void string number boolean bigint symbol object undefined null'.split(' '));

class Patterns {
  constructor(ts) {
    this.ts = ts;
  }

  source(text) {
    return this.ts.createSourceFile('pattern.ts', text, this.ts.ScriptTarget.ESNext, true, this.ts.ScriptKind.TS);
  }

  /** What a pattern may mean, the likeliest first. Empty where it is no TypeScript. */
  parse(text) {
    const { ts } = this;
    const trees = [];
    const clean = (file) => !(file.parseDiagnostics || []).length;
    const bare = text.trim().replace(/;$/, '');
    const cast = /^as\s+([\s\S]+)$/.exec(bare);
    if (cast) {
      const file = this.source(`(x as ${cast[1]})`);
      if (!clean(file)) return [];
      const type = file.statements[0].expression.expression.type;
      return [{ test: (node) => ts.isAsExpression(node) && this.matches(type, node.type) }];
    }
    if (!TYPE_WORDS.has(bare)) {
      const file = this.source(`(${bare})`);
      const statement = clean(file) && file.statements.length === 1 && file.statements[0];
      if (statement && ts.isExpressionStatement(statement)) {
        const expression = this.bare(statement.expression);
        trees.push({ expression, test: (node) => this.matches(expression, node) });
      }
    }
    const typeFile = this.source(`type P = ${bare}`);
    if (clean(typeFile) && typeFile.statements.length === 1) {
      const type = typeFile.statements[0].type;
      trees.push({ type, test: (node) => ts.isTypeNode(node) && this.matches(type, node) });
    }
    const file = this.source(bare);
    if (clean(file) && file.statements.length === 1 && !ts.isExpressionStatement(file.statements[0])) {
      const statement = file.statements[0];
      trees.push({ test: (node) => this.matches(statement, node) });
    }
    return trees;
  }

  bare(node) {
    const { ts } = this;
    while (node && (ts.isParenthesizedExpression(node) || ts.isParenthesizedTypeNode(node))) {
      node = node.expression || node.type;
    }
    return node;
  }

  isWildcard(node) {
    const { ts } = this;
    if (ts.isIdentifier(node)) return /^\$_\w*$/.test(node.text);
    return ts.isTypeReferenceNode(node) && !node.typeArguments && ts.isIdentifier(node.typeName) &&
      /^\$_\w*$/.test(node.typeName.text);
  }

  isRest(node) {
    const { ts } = this;
    if (ts.isExpressionStatement(node)) return this.isRest(node.expression);
    if (ts.isShorthandPropertyAssignment(node)) return this.isRest(node.name);
    if (ts.isTypeReferenceNode(node)) return this.isRest(node.typeName);
    return ts.isIdentifier(node) && node.text === '$$$';
  }

  matches(pattern, node) {
    const { ts } = this;
    pattern = this.bare(pattern);
    node = this.bare(node);
    if (!pattern || !node) return pattern === node;
    if (this.isWildcard(pattern)) return true;
    // `Array<T>` and `T[]` are the same type.
    const element = (type) => ts.isArrayTypeNode(type) ? type.elementType
      : ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Array' &&
        type.typeArguments && type.typeArguments.length === 1 ? type.typeArguments[0] : null;
    const [patternElement, nodeElement] = [element(pattern), element(node)];
    if (patternElement && nodeElement) return this.matches(patternElement, nodeElement);
    if (ts.isStringLiteralLike(pattern)) return ts.isStringLiteralLike(node) && pattern.text === node.text;
    if (pattern.kind !== node.kind) return false;
    if (ts.isIdentifier(pattern) || ts.isNumericLiteral(pattern) || pattern.kind === ts.SyntaxKind.PrivateIdentifier) {
      return pattern.text === node.text;
    }
    if (pattern.operator !== undefined && typeof pattern.operator === 'number' && pattern.operator !== node.operator) {
      return false;
    }
    if (ts.isVariableDeclarationList(pattern)) {
      const mask = ts.NodeFlags.BlockScoped;
      if ((pattern.flags & mask) !== (node.flags & mask)) return false;
    }
    if (ts.isRegularExpressionLiteral(pattern)) return pattern.text === node.text;
    const [wanted, found] = [this.parts(pattern), this.parts(node)];
    if (wanted.length === 0 && found.length === 0) return pattern.getText() === node.getText() || pattern.kind !== ts.SyntaxKind.TemplateHead;
    return this.sequence(wanted, found);
  }

  sequence(wanted, found) {
    let index = 0;
    for (let at = 0; at < wanted.length; at += 1) {
      if (this.isRest(wanted[at])) {
        const rest = wanted.slice(at + 1);
        for (let skip = found.length; skip >= index; skip -= 1) {
          if (this.sequence(rest, found.slice(skip))) return true;
        }
        return false;
      }
      if (index >= found.length || !this.matches(wanted[at], found[index])) return false;
      index += 1;
    }
    return index === found.length;
  }

  parts(node) {
    const parts = [];
    this.ts.forEachChild(node, (child) => {
      parts.push(child);
    });
    return parts;
  }

  /** The first node of the trees that a pattern fits. */
  find(text, roots) {
    const alternatives = this.parse(text);
    for (const root of roots) {
      let found = null;
      const visit = (node) => {
        if (found) return;
        if (alternatives.some((alternative) => alternative.test(node))) {
          found = node;
          return;
        }
        this.ts.forEachChild(node, visit);
      };
      if (root) visit(root);
      if (found) return { node: found, root };
    }
    return null;
  }

  /** A tree as text that is the same for trees that mean the same. */
  canonical(node) {
    const { ts } = this;
    node = this.bare(node);
    if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text);
    if (ts.isIdentifier(node)) return node.text;
    if (ts.isNumericLiteral(node)) return String(Number(node.text));
    const parts = this.parts(node).filter((part) => !ts.isEmptyStatement(part));
    if (!parts.length) return node.getText();
    const operator = typeof node.operator === 'number' ? `:${node.operator}` : '';
    const flags = ts.isVariableDeclarationList(node) ? `:${node.flags & ts.NodeFlags.BlockScoped}` : '';
    return `(${node.kind}${operator}${flags} ${parts.map((part) => this.canonical(part)).join(' ')})`;
  }
}
