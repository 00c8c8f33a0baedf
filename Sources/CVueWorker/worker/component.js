// One component as TypeScript: its scripts as they are, and a function that uses what its template uses.

const SUPPORTED_SCRIPTS = new Set([null, 'js', 'ts', 'tsx', 'jsx']);

/**
 * Parses a component, applies the rules that need no types, and generates its TypeScript.
 * @param report (stage, code, message, start, end)
 */
function analyzeComponent(ts, name, source, report, typeChecks) {
  const blocks = parseComponent(source, (code, message, start, end) =>
    report(stageOf(code), code, message, start, end));
  const component = {
    name, source, blocks, unsupported: [], syntaxErrors: 0, setupFile: null, scriptFile: null, macros: null,
    text: null, segments: [], extension: 'ts', typeChecks: typeChecks || [],
  };
  const counting = (stage, code, message, start, end) => {
    if (stage === 'syntax') component.syntaxErrors += 1;
    report(stage, code, message, start, end);
  };
  for (const [key, fileKey] of [['script', 'scriptFile'], ['scriptSetup', 'setupFile']]) {
    const block = blocks[key];
    if (!block) continue;
    if (block.attributes.src) {
      component.unsupported.push('a script in another file');
      continue;
    }
    if (!SUPPORTED_SCRIPTS.has(block.lang)) {
      component.unsupported.push(`the script language "${block.lang}"`);
      continue;
    }
    component[fileKey] = parseScript(ts, block, `${key}.ts`, counting);
  }
  if (component.setupFile) {
    const base = blocks.scriptSetup.contentStart;
    component.macros = findMacros(ts, component.setupFile, (code, message, start, end) =>
      report('macro', code, message, base + start, base + end));
  }
  if (blocks.template && blocks.template.lang && blocks.template.lang !== 'html') {
    component.unsupported.push(`the template language "${blocks.template.lang}"`);
  }
  const script = blocks.scriptSetup || blocks.script;
  const lang = script ? script.lang : 'ts';
  component.isTypeScript = lang === 'ts' || lang === 'tsx';
  component.extension = { ts: 'ts', tsx: 'tsx', jsx: 'jsx' }[lang] || 'js';
  generate(ts, component, counting);
  return component;
}

function stageOf(code) {
  return ['NO_BLOCKS', 'DUPLICATE_BLOCK', 'SCRIPT_LANGUAGES_DIFFER', 'SETUP_SRC', 'FILE_TOO_LARGE'].includes(code)
    ? 'sfc' : 'template';
}

function generate(ts, component, report) {
  const output = new GeneratedText();
  const { blocks } = component;
  // What cannot be read is not taken for something else.
  if ((blocks.scriptSetup && !component.setupFile) || (blocks.script && !component.scriptFile)) {
    component.text = 'export default {} as any;\n';
    component.extension = 'ts';
    return;
  }
  if (!component.isTypeScript) {
    // Nothing is type-checked in JavaScript; the compiler still refuses what is no JavaScript.
    if (blocks.script) output.copy(blocks.script.content, blocks.script.contentStart);
    output.add('\n;\n');
    if (blocks.scriptSetup) output.copy(blocks.scriptSetup.content, blocks.scriptSetup.contentStart);
    // The template's rules and the syntax of its expressions hold all the same.
    writeTemplate(ts, component, new GeneratedText(), report, { exists: false });
    component.text = `${output}\n`;
    component.segments = output.segments;
    return;
  }
  output.add("import * as __vueApi from 'vue';\nimport * as __vue from 'llmbench:helpers';\n");
  const script = blocks.script ? writeScript(ts, component, output) : { exists: false };
  if (blocks.scriptSetup) writeSetup(ts, component, output, report);
  else writeOptions(ts, component, output, report, script);
  component.text = output.toString();
  component.segments = output.segments;
}

/** A `<script>` with its default export under a name of ours. */
function writeScript(ts, component, output) {
  const block = component.blocks.script;
  const file = component.scriptFile;
  const source = block.content;
  const base = block.contentStart;
  const assignment = file && file.statements.find((statement) => ts.isExportAssignment(statement) && !statement.isExportEquals);
  if (!assignment) {
    output.copy(source, base);
    output.add('\n;\n');
    return { exists: true, hasDefault: false };
  }
  const expression = assignment.expression;
  const start = expression.getStart(file);
  output.copy(source.slice(0, assignment.getStart(file)), base);
  const isObject = ts.isObjectLiteralExpression(expression);
  output.add(`const __self = ${isObject ? '__vueApi.defineComponent(' : '('}`);
  output.copy(source.slice(start, expression.end), base + start);
  output.add(');\n');
  output.copy(source.slice(assignment.end), base + assignment.end);
  output.add('\n;\n');
  let options = expression;
  if (ts.isCallExpression(expression) && expression.arguments.length) options = expression.arguments[0];
  let components = null;
  if (ts.isObjectLiteralExpression(options)) {
    const property = options.properties.find((entry) => ts.isPropertyAssignment(entry) && entry.name &&
      entry.name.text === 'components' && ts.isObjectLiteralExpression(entry.initializer));
    if (property) components = property.initializer;
  }
  return { exists: true, hasDefault: true, components, file, base, source };
}

// MARK: script setup

function writeSetup(ts, component, output, report) {
  const { blocks, macros, setupFile: file } = component;
  const block = blocks.scriptSetup;
  const source = block.content;
  const base = block.contentStart;
  const generic = typeof block.attributes.generic === 'string' ? block.attributes.generic : null;
  // With type parameters everything but the imports stands inside a generic function.
  const skipped = [];
  if (generic !== null) {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      output.copy(source.slice(statement.getStart(file), statement.end), base + statement.getStart(file));
      output.add('\n');
      skipped.push([statement.getStart(file), statement.end]);
    }
    const start = component.source.indexOf(generic, block.start);
    output.add('async function __setup<');
    output.copy(generic, start);
    output.add('>() {\n');
  }
  const edits = [];
  const keep = (node, name) => {
    // `defineProps(…)` as a statement of its own, or with a pattern, gets a name that the template can use.
    if (!node.declaration) {
      edits.push({ at: node.statement.getStart(file), text: `const ${name} = ` });
      return name;
    }
    if (ts.isIdentifier(node.declaration.name)) return node.declaration.name.text;
    edits.push({ at: node.statement.getStart(file), before: node.outer, name });
    edits.push({ at: node.outer.getStart(file), to: node.outer.end, text: name });
    return name;
  };
  const names = { props: null, emits: null, slots: null };
  if (macros.props) names.props = keep(macros.props, '__props');
  if (macros.emits) names.emits = keep(macros.emits, '__emit');
  if (macros.slots) names.slots = keep(macros.slots, '__slots');
  for (const [index, model] of macros.models.entries()) {
    model.variable = model.declaration && ts.isArrayBindingPattern(model.declaration.name)
      ? null : keep(model, `__model${index}`);
  }
  for (const range of skipped) edits.push({ at: range[0], to: range[1], text: '' });
  edits.sort((a, b) => a.at - b.at || (a.to || 0) - (b.to || 0));
  let pos = 0;
  for (const edit of edits) {
    if (edit.at < pos) continue;
    output.copy(source.slice(pos, edit.at), base + pos);
    pos = edit.at;
    if (edit.before) {
      const start = edit.before.getStart(file);
      output.add(`const ${edit.name} = `);
      output.copy(source.slice(start, edit.before.end), base + start);
      output.add('; ');
    } else {
      output.add(edit.text);
      if (edit.to) pos = edit.to;
    }
  }
  output.copy(source.slice(pos), base + pos);
  output.add('\n;\n');

  const declared = declaredNames(ts, file);
  if (component.scriptFile) declared.push(...declaredNames(ts, component.scriptFile));
  const unique = [...new Set(declared.map((entry) => entry.name))];
  const typeArgument = (entry) => {
    const type = entry && entry.call.typeArguments && entry.call.typeArguments[0];
    return type ? source.slice(type.getStart(file), type.end) : null;
  };
  const publicProps = [];
  if (macros.props) {
    const type = typeArgument(macros.props);
    const argument = macros.props.call.arguments[0];
    if (type) {
      publicProps.push(`(${type})`);
    } else if (argument) {
      output.add(`const __publicProps = __vue.publicProps(${source.slice(argument.getStart(file), argument.end)});\n`);
      publicProps.push('typeof __publicProps');
    }
  }
  const modelKeys = [];
  for (const model of macros.models) {
    const options = model.call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
    const isRequired = options && options.properties.some((property) => property.name && property.name.text === 'required' &&
      property.initializer && property.initializer.kind === ts.SyntaxKind.TrueKeyword);
    const key = JSON.stringify(model.name);
    const value = model.variable ? `(typeof ${model.variable})['value']` : typeArgument(model) || 'any';
    modelKeys.push(`${key}${isRequired ? '' : '?'}: ${value}`);
    publicProps.push(
      `{ ${key}${isRequired ? '' : '?'}: ${value}; ${JSON.stringify(`onUpdate:${model.name}`)}?: (value: any) => any }`);
  }
  output.add(`type __PublicProps = ${publicProps.join(' & ') || '{}'};\n`);
  output.add(`type __EmitProps = ${names.emits ? `__vue.EventProps<typeof ${names.emits}>` : '{}'};\n`);
  const exposed = macros.expose && macros.expose.call.arguments[0];
  output.add(`const __exposed = ${exposed ? source.slice(exposed.getStart(file), exposed.end) : '{}'};\n`);

  const local = [];
  if (names.props) local.push(`typeof ${names.props}`);
  if (modelKeys.length) local.push(`{ ${modelKeys.join('; ')} }`);
  const special = [
    `$props: ${local.length ? `__vueApi.ComponentPublicInstance['$props'] & ${local.join(' & ')}` : "__vueApi.ComponentPublicInstance['$props']"}`,
    names.emits ? `$emit: typeof ${names.emits}` : '$emit: (event: string, ...args: any[]) => void',
  ];
  if (names.slots) special.push(`$slots: typeof ${names.slots}`);
  const members = unique.filter((name) => /^[\w$]+$/.test(name)).map((name) => `${name}: typeof ${name}`);
  output.add(
    `const __ctx = { ...{} as __vue.Instance, ...{} as { ${special.join('; ')} }, ` +
      local.map((type) => `...{} as ${type}, `).join('') +
      `...{} as __vueApi.ShallowUnwrapRef<{ ${members.join('; ')} }> };\n`);
  const componentNames = new Set(unique);
  const propNames = propKeys(ts, component);
  const outlets = writeTemplate(ts, component, output, report, {
    exists: true, componentNames, propNames, modelNames: new Set(unique), hasSlotTypes: !!names.slots, isLocal: false,
  });
  const slotType = names.slots ? `typeof ${names.slots}` : outlets;
  writeTypeChecks(component, output);
  const instance = `{ $props: __PublicProps & __EmitProps & __vueApi.VNodeProps & __vueApi.AllowedComponentProps; ` +
    `$slots: ${slotType}; $emit: ${names.emits ? `typeof ${names.emits}` : '{}'} } & __vueApi.ShallowUnwrapRef<typeof __exposed> & ` +
    `Omit<__vue.Instance, '$props' | '$slots' | '$emit'>`;
  if (generic !== null) {
    output.add(`return {} as ${instance};\n}\n`);
    const parameters = genericNames(ts, generic);
    output.add(
      `export default {} as <${generic}>(props: (Awaited<ReturnType<typeof __setup<${parameters}>>>)['$props'] & ` +
        `Record<string, unknown>) => Awaited<ReturnType<typeof __setup<${parameters}>>>;\n`);
  } else {
    output.add(`export default {} as { new (...args: any[]): ${instance} };\n`);
  }
}

function genericNames(ts, generic) {
  const file = ts.createSourceFile('g.ts', `type X<${generic}> = 0`, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const statement = file.statements[0];
  return (statement && statement.typeParameters || []).map((parameter) => parameter.name.text).join(', ');
}

/** Names of the properties that a component declares, as far as its text alone tells. */
function propKeys(ts, component) {
  const names = new Set();
  const { macros, setupFile: file } = component;
  if (!macros || !macros.props) return names;
  const destructured = macros.props.declaration && ts.isObjectBindingPattern(macros.props.declaration.name);
  const members = (list) => {
    for (const member of list) if (member.name && member.name.text) names.add(member.name.text);
  };
  const type = macros.props.call.typeArguments && macros.props.call.typeArguments[0];
  const argument = macros.props.call.arguments[0];
  if (type && ts.isTypeLiteralNode(type)) members(type.members);
  else if (type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    for (const source of [file, component.scriptFile]) {
      for (const statement of source ? source.statements : []) {
        if (ts.isInterfaceDeclaration(statement) && statement.name.text === type.typeName.text) members(statement.members);
        if (ts.isTypeAliasDeclaration(statement) && statement.name.text === type.typeName.text &&
          ts.isTypeLiteralNode(statement.type)) members(statement.type.members);
      }
    }
  }
  if (argument && ts.isArrayLiteralExpression(argument)) {
    for (const element of argument.elements) if (ts.isStringLiteralLike(element)) names.add(element.text);
  } else if (argument && ts.isObjectLiteralExpression(argument)) members(argument.properties);
  for (const entry of declaredNames(ts, file)) {
    if (!destructured) names.delete(entry.name);
  }
  return names;
}

// MARK: options

function writeOptions(ts, component, output, report, script) {
  const componentNames = new Set();
  let isLocal = false;
  if (script.components) {
    isLocal = true;
    for (const property of script.components.properties) {
      if (property.name && property.name.text) componentNames.add(property.name.text);
    }
    const { components, file, source } = script;
    output.add(`const __components = ${source.slice(components.getStart(file), components.end)};\n`);
  }
  output.add(
    script.hasDefault
      ? 'const __ctx = {} as (typeof __self extends new (...args: any[]) => infer I ? I : any);\n'
      : 'const __ctx = { ...{} as __vue.Instance };\n');
  const outlets = writeTemplate(ts, component, output, report, {
    exists: true, componentNames, propNames: new Set(), modelNames: new Set(), hasSlotTypes: false, isLocal,
  });
  writeTypeChecks(component, output);
  if (script.hasDefault) {
    output.add(`export default __self;\n`);
  } else {
    output.add(`export default {} as { new (...args: any[]): Omit<__vue.Instance, '$slots'> & { $slots: ${outlets} } };\n`);
  }
}

/** Writes the function that uses what the template uses; returns the type of the slots that it offers. */
function writeTemplate(ts, component, output, report, context) {
  const template = component.blocks.template;
  if (!template || !template.children) return '{}';
  output.add('async function __template() {\n');
  const generator = new TemplateGenerator({
    ts, output, report,
    componentNames: context.componentNames || new Set(
      component.setupFile ? declaredNames(ts, component.setupFile).map((entry) => entry.name) : []),
    propNames: context.propNames || new Set(), modelNames: context.modelNames || new Set(),
    hasSlotTypes: !!context.hasSlotTypes, componentsAreLocal: !!context.isLocal,
  });
  generator.children(template.children, new Set());
  const members = generator.slotOutlets.map((outlet) =>
    outlet.name === null
      ? `{ [name: string]: (props: typeof ${outlet.variable}) => any }`
      : `{ ${JSON.stringify(outlet.name)}?: (props: typeof ${outlet.variable}) => any }`);
  output.add(`return {} as ${members.join(' & ') || '{}'};\n}\n`);
  if (!context.exists) return '{}';
  output.add('type __Outlets = Awaited<ReturnType<typeof __template>>;\n');
  return '__Outlets';
}

/** Expressions of the checks of resolved types, where the component's own names are known. */
function writeTypeChecks(component, output) {
  for (const check of component.typeChecks || []) {
    check.ofStart = output.length;
    const expression = check.of.replace(/\$(props|emit|slots)\b/g, '__ctx.$$$1');
    output.add(`const __of${check.index} = (${expression});\n`);
    check.equalsStart = output.length;
    output.add(`let __equals${check.index}!: (${check.equals});\n`);
  }
}
