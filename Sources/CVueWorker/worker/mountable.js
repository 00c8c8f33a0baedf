// A component as JavaScript that can be mounted: the macros become options, the template is compiled where it runs.

/**
 * @param outcome what `Checker.run` returned
 * @returns the source of a CommonJS module
 */
function mountable(ts, component, program) {
  const { blocks } = component;
  const template = blocks.template ? templateWithoutTypes(ts, component) : null;
  const extra = template === null ? '' : `, template: ${JSON.stringify(template)}`;
  let text;
  if (blocks.scriptSetup) text = setupModule(ts, component, program, extra);
  else if (blocks.script) {
    text = `${blocks.script.content}\n;if (module.exports.default) module.exports.default = Object.assign({}, module.exports.default${extra ? `, {${extra.slice(1)}}` : ''});`;
  } else text = `export default {${extra.slice(1)}}`;
  return transpile(ts, text, component.extension);
}

function transpile(ts, text, extension) {
  return ts.transpileModule(text, {
    fileName: `module.${extension === 'js' ? 'js' : 'ts'}`,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true, allowJs: true,
      useDefineForClassFields: true,
    },
  }).outputText;
}

function setupModule(ts, component, program, extra) {
  const { macros, setupFile: file, blocks } = component;
  const source = blocks.scriptSetup.content;
  const slice = (node) => source.slice(node.getStart(file), node.end);
  const imports = [];
  /** [start, end, text] */
  const edits = [];
  const names = new Map(declaredNames(ts, file).map((entry) => [entry.name, entry.kind]));
  for (const statement of file.statements) {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement) &&
      !ts.isExportDeclaration(statement)) continue;
    if (isImport) imports.push(slice(statement));
    edits.push([statement.getStart(file), statement.end, '']);
  }
  const props = runtimeProps(ts, component, program);
  const destructured = new Map();
  const defaults = [];
  if (macros.props) {
    const { declaration, outer, call } = macros.props;
    if (outer !== call && outer.arguments[1]) defaults.push(slice(outer.arguments[1]));
    if (declaration && ts.isObjectBindingPattern(declaration.name)) {
      destructure(ts, declaration.name, slice, destructured, defaults);
      edits.push([declaration.name.getStart(file), declaration.name.end, '__destructured']);
    }
    edits.push([outer.getStart(file), outer.end, '__props']);
  }
  if (macros.emits) edits.push([macros.emits.outer.getStart(file), macros.emits.outer.end, '__context.emit']);
  if (macros.slots) edits.push([macros.slots.outer.getStart(file), macros.slots.outer.end, '__context.slots']);
  const exposes = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineExpose') {
      edits.push([node.expression.getStart(file), node.expression.end, '__context.expose']);
    }
    ts.forEachChild(node, exposes);
  };
  exposes(file);
  if (macros.options) edits.push([macros.options.outer.getStart(file), macros.options.outer.end, '0']);
  const models = macros.models.map((model) => {
    const options = model.call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
    edits.push([
      model.call.getStart(file), model.call.end,
      `__vue.useModel(__props, ${JSON.stringify(model.name)}${options ? `, ${slice(options)}` : ''})`,
    ]);
    return `${JSON.stringify(model.name)}: ${options ? slice(options) : '{}'}, ${JSON.stringify(`${model.name === 'modelValue' ? 'model' : model.name}Modifiers`)}: {}`;
  });
  replaceDestructured(ts, file, macros, destructured, edits);
  for (const name of destructured.keys()) names.delete(name);
  const body = applied(source, edits);
  const members = [...names].filter(([name]) => !isTypeImport(ts, file, name)).map(([name, kind]) =>
    kind === 'let' ? `get ${name}() { return ${name} }, set ${name}(__value) { ${name} = __value }` : `get ${name}() { return ${name} }`);
  const aliases = [...destructured].filter(([local, key]) => local !== key).map(([local, key]) => `get ${local}() { return __props[${JSON.stringify(key)}] }`);
  const components = [...names].filter(([name]) => /^[A-Z]/.test(name) && !isTypeImport(ts, file, name)).map(([name]) => name);
  const isAsync = /\bawait\b/.test(body) && usesTopLevelAwait(ts, file);
  const runtimeArgument = macros.props && macros.props.call.arguments[0];
  const propsText = runtimeArgument ? slice(runtimeArgument) : `{${props.join(', ')}}`;
  const merged = defaults.reduce((text, entry) => `__vue.mergeDefaults(${text}, ${entry})`, propsText);
  const emits = [...emitNames(ts, component, program), ...macros.models.map((model) => `update:${model.name}`)];
  const normal = blocks.script ? blocks.script.content.replace(/\bexport\s+default\b/, 'const __normal =') : '';
  const options = macros.options && macros.options.call.arguments[0] ? `...${slice(macros.options.call.arguments[0])},` : '';
  return `import * as __vue from 'vue';
${imports.join('\n')}
${normal}
const __props__ = ${merged};
export default {
  ${normal.includes('const __normal =') ? '...__normal,' : ''}
  ${options}
  props: ${models.length ? `Object.assign({}, Array.isArray(__props__) ? Object.fromEntries(__props__.map((name) => [name, {}])) : __props__, {${models.join(', ')}})` : '__props__'},
  emits: ${JSON.stringify(emits)},
  components: {${components.map((name) => `get ${name}() { return ${name} }`).join(', ')}},
  ${isAsync ? 'async ' : ''}setup(__props: any, __context: any) {
${body}
;return {${[...members, ...aliases].join(', ')}};
  }${extra}
};
`;
}

function applied(source, edits) {
  edits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let text = '';
  let pos = 0;
  for (const [start, end, replacement] of edits) {
    if (start < pos) continue;
    text += source.slice(pos, start) + replacement;
    pos = end;
  }
  return text + source.slice(pos);
}

function destructure(ts, pattern, slice, destructured, defaults) {
  const entries = [];
  for (const element of pattern.elements) {
    if (element.dotDotDotToken || !ts.isIdentifier(element.name)) continue;
    const key = element.propertyName ? element.propertyName.text : element.name.text;
    destructured.set(element.name.text, key);
    if (element.initializer) {
      const value = slice(element.initializer);
      const isLiteral = ts.isArrayLiteralExpression(element.initializer) || ts.isObjectLiteralExpression(element.initializer);
      entries.push(`${JSON.stringify(key)}: ${isLiteral ? `() => (${value})` : value}`);
    }
  }
  if (entries.length) defaults.push(`{${entries.join(', ')}}`);
}

/** Uses of destructured properties read the property anew each time, as Vue compiles them. */
function replaceDestructured(ts, file, macros, destructured, edits) {
  if (!destructured.size) return;
  const expressions = new Expressions(ts);
  for (const statement of file.statements) {
    if (statement === macros.props.statement || ts.isImportDeclaration(statement)) continue;
    for (const { name, start, isShorthand } of expressions.freeNames(statement, [])) {
      if (!destructured.has(name)) continue;
      const read = `__props[${JSON.stringify(destructured.get(name))}]`;
      edits.push([start, start + name.length, isShorthand ? `${name}: ${read}` : read]);
    }
  }
}

function isTypeImport(ts, file, name) {
  return file.statements.some((statement) => ts.isImportDeclaration(statement) && statement.importClause &&
    statement.importClause.isTypeOnly && statement.importClause.getText(file).includes(name));
}

function usesTopLevelAwait(ts, file) {
  let found = false;
  const visit = (node) => {
    if (found || ts.isFunctionLike(node)) return;
    if (ts.isAwaitExpression(node)) found = true;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Properties of the declared type, with what Vue has to know at run time: whether they are booleans or functions. */
function runtimeProps(ts, component, program) {
  const type = aliasType(ts, component, program, '__PublicProps');
  if (!type) return [];
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(`${component.name}.${component.extension}`);
  return checker.getPropertiesOfType(type).filter((property) => !/^onUpdate:/.test(property.name)).map((property) => {
    const own = checker.getTypeOfSymbolAtLocation(property, file);
    const parts = own.isUnion() ? own.types : [own];
    const isBoolean = parts.some((part) => part.flags & ts.TypeFlags.BooleanLike);
    const isText = parts.some((part) => part.flags & ts.TypeFlags.StringLike);
    const isFunction = parts.some((part) => part.getCallSignatures().length);
    const kinds = [isBoolean && 'Boolean', isBoolean && isText && 'String', isFunction && 'Function'].filter(Boolean);
    const isOptional = !!(property.flags & ts.SymbolFlags.Optional);
    const kind = kinds.length && !(kinds.length === 1 && !isBoolean && parts.some((part) => !part.getCallSignatures().length && !(part.flags & ts.TypeFlags.Undefined)))
      ? `type: [${kinds.join(', ')}]` : 'type: null';
    const any = isBoolean && !parts.every((part) => part.flags & (ts.TypeFlags.BooleanLike | ts.TypeFlags.Undefined | ts.TypeFlags.StringLike));
    return `${JSON.stringify(property.name)}: { ${any ? 'type: [Boolean, null]' : kind}, required: ${!isOptional} }`;
  });
}

function aliasType(ts, component, program, name) {
  const file = program && program.getSourceFile(`${component.name}.${component.extension}`);
  let found = null;
  const visit = (node) => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text === name) found = node;
    else if (!found) ts.forEachChild(node, visit);
  };
  if (file) visit(file);
  return found ? program.getTypeChecker().getTypeAtLocation(found.type) : null;
}

function emitNames(ts, component, program) {
  const { macros } = component;
  if (!macros.emits) return [];
  const argument = macros.emits.call.arguments[0];
  if (argument && ts.isArrayLiteralExpression(argument)) {
    return argument.elements.filter((element) => ts.isStringLiteralLike(element)).map((element) => element.text);
  }
  if (argument && ts.isObjectLiteralExpression(argument)) {
    return argument.properties.filter((property) => property.name).map((property) => property.name.text);
  }
  const type = aliasType(ts, component, program, '__EmitProps');
  const names = type ? program.getTypeChecker().getPropertiesOfType(type).map((property) => {
    const name = property.name.slice(2);
    return name.charAt(0).toLowerCase() + name.slice(1);
  }) : [];
  return [...new Set(names.flatMap((name) => [name, name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()]))];
}

/** The template with its expressions as JavaScript. */
function templateWithoutTypes(ts, component) {
  const block = component.blocks.template;
  if (!component.isTypeScript) return block.content;
  const edits = [];
  const expressions = new Expressions(ts);
  const hasTypes = (node) => {
    let found = false;
    const visit = (child) => {
      if (ts.isAsExpression(child) || ts.isNonNullExpression(child) || ts.isTypeNode(child) ||
        (ts.isSatisfiesExpression && ts.isSatisfiesExpression(child))) found = true;
      if (!found) ts.forEachChild(child, visit);
    };
    visit(node);
    return found;
  };
  const strip = (text, start) => {
    const parsed = expressions.expression(text);
    if (parsed.problem || !hasTypes(parsed.file)) return;
    const plain = transpile(ts, `(${text})`, 'ts').replace(/^"use strict";\s*/, '').replace(/^Object\.defineProperty\(exports.*\n/, '').trim().replace(/;$/, '');
    edits.push([start - block.contentStart, start - block.contentStart + text.length, plain.includes('"') ? plain.replace(/"/g, "'") : plain]);
  };
  const visit = (node) => {
    if (node.type === 'interpolation') strip(node.expression, node.expressionStart);
    for (const prop of node.props || []) {
      if (prop.type === 'directive' && prop.expression && !['for', 'slot'].includes(prop.name)) strip(prop.expression, prop.expressionStart);
    }
    for (const child of node.children || []) visit(child);
  };
  for (const child of block.children || []) visit(child);
  return applied(block.content, edits);
}
