// What a component's scripts declare, and Vue's rules for the macros of `<script setup>`.

const MACROS = new Set([
  'defineProps', 'defineEmits', 'defineExpose', 'defineOptions', 'defineSlots', 'defineModel', 'withDefaults',
]);

/** Parses a script block by itself and reports what is wrong with its syntax. */
function parseScript(ts, block, name, report) {
  const kind = { ts: ts.ScriptKind.TS, tsx: ts.ScriptKind.TSX, jsx: ts.ScriptKind.JSX }[block.lang] || ts.ScriptKind.JS;
  const file = ts.createSourceFile(name, block.content, ts.ScriptTarget.ESNext, true, kind);
  for (const problem of file.parseDiagnostics || []) {
    const start = block.contentStart + Math.min(problem.start, block.content.length);
    report(
      'syntax', `TS${problem.code}`, ts.flattenDiagnosticMessageText(problem.messageText, ' '), start,
      start + (problem.length || 1));
  }
  return file;
}

/** Names declared by a script's top-level statements: [{ name, kind, node }]. */
function declaredNames(ts, file) {
  const names = [];
  const binding = (name, kind) => {
    if (ts.isIdentifier(name)) names.push({ name: name.text, kind, node: name });
    else for (const element of name.elements) if (ts.isBindingElement(element)) binding(element.name, kind);
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (!clause || clause.isTypeOnly) continue;
      if (clause.name) binding(clause.name, 'import');
      const bindings = clause.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) binding(bindings.name, 'import');
      else if (bindings) for (const element of bindings.elements) if (!element.isTypeOnly) binding(element.name, 'import');
    } else if (ts.isVariableStatement(statement)) {
      if (has(ts, statement, ts.SyntaxKind.DeclareKeyword)) continue;
      const isConstant = !!(statement.declarationList.flags & ts.NodeFlags.Const);
      for (const declaration of statement.declarationList.declarations) {
        binding(declaration.name, isConstant ? 'const' : 'let');
      }
    } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)) && statement.name) {
      if (!has(ts, statement, ts.SyntaxKind.DeclareKeyword)) binding(statement.name, 'function');
    }
  }
  return names;
}

function has(ts, node, kind) {
  return !!(node.modifiers && node.modifiers.some((modifier) => modifier.kind === kind));
}

/** The call of a macro in an expression, where there is one: `withDefaults(defineProps<P>(), …)` is one call. */
function macroCall(ts, expression) {
  let node = expression;
  while (node && (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))) {
    node = node.expression;
  }
  if (!node || !ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  return MACROS.has(node.expression.text) ? node : null;
}

/** Finds the macros of a `<script setup>` and checks Vue's rules for them. */
function findMacros(ts, file, report) {
  const macros = { props: null, emits: null, slots: null, expose: null, options: null, models: [] };
  const setupNames = new Set(declaredNames(ts, file).filter((entry) => entry.kind !== 'import').map((entry) => entry.name));
  const topLevel = new Set();
  const error = (code, message, node) => report(code, message, node.getStart(file), node.end);

  const take = (call, statement, declaration) => {
    topLevel.add(call);
    let name = call.expression.text;
    let core = call;
    let defaults = null;
    if (name === 'withDefaults') {
      const inner = call.arguments[0] && macroCall(ts, call.arguments[0]);
      if (!inner || inner.expression.text !== 'defineProps') {
        error('WITH_DEFAULTS_MISUSE', "withDefaults' first argument must be a defineProps call.", call);
        return;
      }
      topLevel.add(inner);
      if (inner.arguments.length) {
        error('WITH_DEFAULTS_MISUSE', 'withDefaults can only be used with type-based defineProps declaration.', call);
      }
      if (!call.arguments[1]) error('WITH_DEFAULTS_MISUSE', 'The 2nd argument of withDefaults is required.', call);
      if (declaration && ts.isObjectBindingPattern(declaration.name)) {
        error(
          'WITH_DEFAULTS_DESTRUCTURE',
          'withDefaults() is unnecessary when using destructure with defineProps(): give the defaults in the pattern.',
          call);
      }
      core = inner;
      defaults = call;
      name = 'defineProps';
    }
    const entry = { call: core, outer: defaults || call, statement, declaration };
    const typeArgument = core.typeArguments && core.typeArguments[0];
    if (['defineProps', 'defineEmits'].includes(name) && typeArgument && core.arguments.length) {
      error(
        'MACRO_TYPE_AND_ARGUMENT',
        `${name}() cannot accept both type and non-type arguments at the same time. Use one or the other.`, core);
    }
    if (name === 'defineSlots' && core.arguments.length) {
      error('MACRO_ARGUMENTS', 'defineSlots() cannot accept arguments.', core);
    }
    if (name === 'defineModel') {
      entry.name = modelName(ts, core);
      if (macros.models.some((model) => model.name === entry.name)) {
        error('DUPLICATE_MACRO', `duplicate model name ${JSON.stringify(entry.name)}`, core);
      }
      macros.models.push(entry);
    } else {
      const key = { defineProps: 'props', defineEmits: 'emits', defineSlots: 'slots', defineExpose: 'expose',
        defineOptions: 'options' }[name];
      if (macros[key]) error('DUPLICATE_MACRO', `duplicate ${name}() call`, core);
      else macros[key] = entry;
      if (name === 'defineOptions') checkOptions(ts, core, error);
    }
    if (['defineProps', 'defineEmits', 'defineOptions', 'defineModel'].includes(name)) {
      for (const argument of [...core.arguments, ...(defaults ? [defaults.arguments[1]] : [])]) {
        if (argument) refuseLocals(ts, file, argument, name, setupNames, error);
      }
    }
  };

  for (const statement of file.statements) {
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    if (ts.isExportAssignment(statement) || (ts.isExportDeclaration(statement) && !statement.isTypeOnly) ||
      (!isType && has(ts, statement, ts.SyntaxKind.ExportKeyword))) {
      error('EXPORT_IN_SETUP', '<script setup> cannot contain ES module exports.', statement);
    }
    if (ts.isExpressionStatement(statement)) {
      const call = macroCall(ts, statement.expression);
      if (call) take(call, statement, null);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const call = declaration.initializer && macroCall(ts, declaration.initializer);
        if (call) take(call, statement, declaration);
      }
    }
  }
  // A macro is compiled away at the top level alone: anywhere else nothing of that name exists when it runs.
  const nested = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && MACROS.has(node.expression.text) &&
      node.expression.text !== 'defineExpose' && !topLevel.has(node)) {
      error(
        'MACRO_NOT_TOP_LEVEL',
        `${node.expression.text}() is a compiler macro: it works at the top level of <script setup> only.`, node);
    }
    ts.forEachChild(node, nested);
  };
  nested(file);
  return macros;
}

function checkOptions(ts, call, error) {
  if (call.typeArguments) error('MACRO_ARGUMENTS', 'defineOptions() cannot accept type arguments.', call);
  const options = call.arguments[0];
  if (!options || !ts.isObjectLiteralExpression(options)) return;
  for (const property of options.properties) {
    const name = property.name && ts.isIdentifier(property.name) ? property.name.text : null;
    if (['props', 'emits', 'expose', 'slots'].includes(name)) {
      const macro = `define${capitalize(name)}`;
      error('DEFINE_OPTIONS_MEMBER', `defineOptions() cannot be used to declare ${name}. Use ${macro}() instead.`, property);
    }
  }
}

function modelName(ts, call) {
  const first = call.arguments[0];
  return first && ts.isStringLiteralLike(first) ? first.text : 'modelValue';
}

/** Macro arguments are hoisted out of setup(), where its variables are unknown. */
function refuseLocals(ts, file, argument, macro, setupNames, error) {
  const expressions = new Expressions(ts, true);
  for (const { name, start } of expressions.freeNames(argument, [])) {
    if (!setupNames.has(name) || isLiteralConstant(ts, file, name)) continue;
    // Inside a function it is looked up later, but hoisted all the same.
    error(
      'MACRO_REFERENCES_LOCAL',
      `\`${macro}()\` in <script setup> cannot reference locally declared variables (${name}) because it will be ` +
        'hoisted outside of the setup() function.', { getStart: () => start, end: start + name.length });
  }
}

/** Vue hoists constants with literal values along. */
function isLiteralConstant(ts, file, name) {
  for (const statement of file.statements) {
    if (ts.isEnumDeclaration(statement) && statement.name.text === name) return true;
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (ts.isIdentifier(declaration.name) && declaration.name.text === name && declaration.initializer) {
        return ts.isLiteralExpression(declaration.initializer) || ts.isPrefixUnaryExpression(declaration.initializer) ||
          [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]
            .includes(declaration.initializer.kind);
      }
    }
  }
  return false;
}
