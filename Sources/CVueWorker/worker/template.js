// Vue's rules for templates, and the TypeScript that checks a template's expressions.

const BUILT_IN_COMPONENTS = new Set(
  'Transition TransitionGroup KeepAlive Teleport Suspense BaseTransition'.split(' '));
const GRAPHIC_TAGS = new Set(
  ('svg animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend filter foreignObject g image ' +
    'line linearGradient marker mask metadata path pattern polygon polyline radialGradient rect set stop switch symbol ' +
    'text textPath tspan use view').split(' '));
const HTML_TAGS = new Set(
  ('html body base head link meta style title address article aside footer header hgroup h1 h2 h3 h4 h5 h6 nav section ' +
    'div dd dl dt figcaption figure picture hr img li main ol p pre ul a b abbr bdi bdo br cite code data dfn em i kbd ' +
    'mark q rp rt ruby s samp small span strong sub sup time u var wbr area audio map track video embed object param ' +
    'source canvas script noscript del ins caption col colgroup table thead tbody td th tr button datalist fieldset ' +
    'form input label legend meter optgroup option output progress select textarea details dialog menu summary ' +
    'template blockquote iframe tfoot search').split(' '));

class TemplateGenerator {
  /**
   * @param context { ts, output, report(stage, code, message, start, end), setupNames: Map name → kind,
   *   propNames: Set, languageIsTypeScript }
   */
  constructor(context) {
    Object.assign(this, context);
    this.expressions = new Expressions(context.ts);
    this.counter = 0;
    this.conditions = [];
    this.slotOutlets = [];
    /** Tags that were taken for components: name → offset. */
    this.components = new Map();
  }

  error(code, message, node) {
    this.report('template', code, message, node.start, node.end);
  }

  fresh(name) {
    this.counter += 1;
    return `__${name}${this.counter}`;
  }

  // MARK: expressions

  /** Writes an expression with `__ctx.` before the component's own names. Returns false where its syntax is wrong. */
  expression(text, start, locals, parsed) {
    const result = parsed || this.expressions.expression(text);
    if (result.problem) {
      this.syntaxError(result.problem, start);
      return false;
    }
    this.write(text, start, this.expressions.freeNames(result.node || result.file, locals), result.offset);
    return true;
  }

  syntaxError(problem, start) {
    this.report('template', problem.code, problem.message, start + problem.offset, start + problem.offset + problem.length);
  }

  /** @param offset where the text begins in what was parsed */
  write(text, start, names, offset, insertions = []) {
    const output = this.output;
    let pos = 0;
    const edits = [
      ...insertions.map((insertion) => ({ at: insertion.at - offset, text: insertion.text })),
      ...names.map((name) => ({ at: name.start - offset, name })),
    ].filter((edit) => edit.at >= 0 && edit.at <= text.length).sort((a, b) => a.at - b.at);
    for (const edit of edits) {
      output.copy(text.slice(pos, edit.at), start + pos);
      pos = edit.at;
      if (edit.text !== undefined) {
        output.add(edit.text);
        continue;
      }
      if (edit.name.isShorthand) output.add(`${edit.name.name}: `);
      output.stand('__ctx.', start + pos, start + pos + edit.name.name.length);
    }
    output.copy(text.slice(pos), start + pos);
  }

  /** The same as plain text, for conditions that are repeated. */
  plainText(text, locals) {
    const result = this.expressions.expression(text);
    if (result.problem) return null;
    let written = '';
    let pos = 0;
    for (const name of this.expressions.freeNames(result.node, locals)) {
      const at = name.start - result.offset;
      written += `${text.slice(pos, at)}${name.isShorthand ? `${name.name}: ` : ''}__ctx.`;
      pos = at;
    }
    return written + text.slice(pos);
  }

  // MARK: nodes

  children(nodes, locals) {
    let index = 0;
    const significant = nodes.filter((node) => node.type !== 'comment' && !(node.type === 'text' && !node.content.trim()));
    while (index < significant.length) {
      const node = significant[index];
      if (node.type === 'interpolation') {
        if (node.expression.trim()) this.statement(node.expression, node.expressionStart, locals);
        index += 1;
      } else if (node.type === 'element') {
        const condition = directive(node, 'if');
        if (condition) {
          index = this.chain(significant, index, locals);
        } else {
          const other = directive(node, 'else') || directive(node, 'else-if');
          if (other) {
            this.error(
              'X_V_ELSE_NO_ADJACENT_IF', 'v-else/v-else-if has no adjacent v-if or v-else-if.', other);
          }
          this.looped(node, locals);
          index += 1;
        }
      } else {
        index += 1;
      }
    }
  }

  statement(text, start, locals) {
    const result = this.expressions.expression(text);
    if (result.problem) {
      this.syntaxError(result.problem, start);
      return;
    }
    this.output.add(';(');
    this.expression(text, start, locals, result);
    this.output.add(');\n');
  }

  chain(nodes, index, locals) {
    const depth = this.conditions.length;
    let first = true;
    for (; index < nodes.length; index += 1) {
      const node = nodes[index];
      if (node.type !== 'element') break;
      const name = first ? 'if' : directive(node, 'else-if') ? 'else-if' : directive(node, 'else') ? 'else' : null;
      if (!name) break;
      const current = directive(node, name);
      this.output.add(first ? 'if (' : name === 'else' ? 'else {\n' : 'else if (');
      first = false;
      let condition = null;
      if (name !== 'else') {
        const text = current.expression;
        if (text === null || !text.trim()) {
          this.error('X_V_IF_NO_EXPRESSION', `v-if/v-else-if is missing expression.`, current);
          this.output.add('true');
        } else {
          const result = this.expressions.expression(text);
          if (result.problem) {
            this.syntaxError(result.problem, current.expressionStart);
            this.output.add('true');
          } else {
            this.output.add('(');
            this.expression(text, current.expressionStart, locals, result);
            this.output.add(')');
            condition = this.plainText(text, locals);
          }
        }
        this.output.add(') {\n');
      }
      if (condition) this.conditions.push(`(${condition})`);
      this.looped(node, locals, current);
      if (condition) this.conditions[this.conditions.length - 1] = `!(${condition})`;
      this.output.add('}\n');
      if (name === 'else') {
        index += 1;
        break;
      }
    }
    this.conditions.length = depth;
    return index;
  }

  looped(node, locals) {
    const loop = directive(node, 'for');
    if (!loop) {
      this.element(node, locals);
      return;
    }
    if (loop.expression === null || !loop.expression.trim()) {
      this.error('X_V_FOR_NO_EXPRESSION', 'v-for is missing expression.', loop);
      this.element(node, locals);
      return;
    }
    const match = /^([\s\S]*?)\s+(in|of)\s+([\s\S]*)$/.exec(loop.expression);
    if (!match || !match[3].trim()) {
      this.error('X_V_FOR_MALFORMED_EXPRESSION', 'v-for has invalid expression.', loop);
      this.element(node, locals);
      return;
    }
    const lead = match[1].length - match[1].trimStart().length;
    let alias = match[1].trim();
    let aliasStart = loop.expressionStart + lead;
    if (alias.startsWith('(') && alias.endsWith(')')) {
      alias = alias.slice(1, -1);
      aliasStart += 1;
    }
    const source = match[3];
    const sourceStart = loop.expressionStart + loop.expression.length - source.length;
    const parameters = this.expressions.parameters(alias);
    const result = this.expressions.expression(source);
    if (parameters.problem || result.problem) {
      if (parameters.problem) this.syntaxError(parameters.problem, aliasStart);
      if (result.problem) this.syntaxError(result.problem, sourceStart);
      return;
    }
    this.output.add('for (const [');
    this.parametersText(alias, aliasStart, parameters, locals);
    this.output.add('] of __vue.list((');
    this.expression(source, sourceStart, locals, result);
    this.output.add(')!)) {\n');
    this.element(node, new Set([...locals, ...parameters.names]));
    this.output.add('}\n');
  }

  /** Parameters with their defaults looked up in the component. */
  parametersText(text, start, parameters, locals) {
    const names = [];
    for (const parameter of parameters.defaults || []) {
      this.expressions.visitBinding(parameter, (child) => {
        names.push(...this.expressions.freeNames(child, [...locals, ...parameters.names]));
      });
    }
    this.write(text, start, names, parameters.offset);
  }

  element(node, locals) {
    if (node.pre) return;
    this.elementRules(node, locals);
    if (node.tag === 'slot') {
      this.slotOutlet(node, locals);
    } else if (node.tag === 'template') {
      this.fragment(node, locals);
    } else if (this.isComponent(node.tag)) {
      this.component(node, locals);
    } else {
      this.nativeElement(node, locals);
    }
  }

  isComponent(tag) {
    if (tag === 'component' || tag.includes('.')) return true;
    return !HTML_TAGS.has(tag) && !GRAPHIC_TAGS.has(tag) && (/[A-Z]/.test(tag) || tag.includes('-') || this.bindingFor(tag));
  }

  /** The name under which the script knows a tag. */
  bindingFor(tag) {
    const camel = camelize(tag);
    return [tag, camel, capitalize(camel)].find((name) => this.componentNames.has(name)) || null;
  }

  /** Rules that need no types. */
  elementRules(node, locals) {
    for (const prop of node.props) {
      if (prop.type !== 'directive') continue;
      const isEmpty = prop.expression === null || !prop.expression.trim();
      if (prop.name === 'bind' && isEmpty && prop.expression !== null) {
        this.error('X_V_BIND_NO_EXPRESSION', 'v-bind is missing expression.', prop);
      }
      if (prop.name === 'bind' && prop.expression === null && !prop.argument) {
        this.error('X_V_BIND_NO_EXPRESSION', 'v-bind is missing expression.', prop);
      }
      if (prop.name === 'on' && isEmpty && !prop.modifiers.length) {
        this.error('X_V_ON_NO_EXPRESSION', 'v-on is missing expression.', prop);
      }
      if (prop.name === 'html' && node.children.some((child) => child.type !== 'text' || child.content.trim())) {
        this.error('X_V_HTML_WITH_CHILDREN', 'v-html will override element children.', prop);
      }
      if (prop.name === 'text' && node.children.some((child) => child.type !== 'text' || child.content.trim())) {
        this.error('X_V_TEXT_WITH_CHILDREN', 'v-text will override element children.', prop);
      }
      if (['html', 'text', 'show'].includes(prop.name) && isEmpty) {
        this.error(`X_V_${prop.name.toUpperCase()}_NO_EXPRESSION`, `v-${prop.name} is missing expression.`, prop);
      }
      if (prop.name === 'model') this.modelRules(node, prop, locals);
    }
    if (!this.isComponent(node.tag) && node.tag !== 'template' && node.tag !== 'slot') {
      const slot = directive(node, 'slot');
      if (slot) {
        this.error('X_V_SLOT_MISPLACED', 'v-slot can only be used on components or <template> tags.', slot);
      }
    }
    if (node.tag === 'script' || node.tag === 'style') {
      this.error(
        'X_IGNORED_SIDE_EFFECT_TAG',
        'Tags with side effect (<script> and <style>) are ignored in client component templates.', node);
    }
  }

  modelRules(node, prop, locals) {
    const text = prop.expression;
    if (text === null || !text.trim()) {
      this.error('X_V_MODEL_NO_EXPRESSION', 'v-model is missing expression.', prop);
      return;
    }
    const result = this.expressions.expression(text);
    if (result.problem) return;
    const { ts } = this;
    let target = result.node;
    while (ts.isParenthesizedExpression(target) || ts.isAsExpression(target) || ts.isNonNullExpression(target)) {
      target = target.expression;
    }
    if (!ts.isIdentifier(target) && !ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) {
      this.error('X_V_MODEL_MALFORMED_EXPRESSION', 'v-model value must be a valid JavaScript member expression.', prop);
      return;
    }
    if (ts.isIdentifier(target)) {
      if (locals.has(target.text)) {
        this.error(
          'X_V_MODEL_ON_SCOPE_VARIABLE',
          'v-model cannot be used on v-for or v-slot scope variables because they are not writable.', prop);
      } else if (this.propNames.has(target.text) && !this.modelNames.has(target.text)) {
        this.error(
          'X_V_MODEL_ON_PROP',
          'v-model cannot be used on a prop, because local prop bindings are not writable. Use a v-bind binding ' +
            'combined with a v-on listener that emits update:x event instead.', prop);
      }
    }
    if (this.isComponent(node.tag)) return;
    if (prop.argument) {
      this.error('X_V_MODEL_ARG_ON_ELEMENT', 'v-model argument is not supported on plain elements.', prop);
    }
    if (!['input', 'textarea', 'select'].includes(node.tag)) {
      this.error(
        'X_V_MODEL_ON_INVALID_ELEMENT', 'v-model can only be used on <input>, <textarea> and <select> elements.', prop);
    }
    const type = node.props.find((other) => other.type === 'attribute' && other.name === 'type');
    if (node.tag === 'input' && type && type.value === 'file') {
      this.error(
        'X_V_MODEL_ON_FILE_INPUT_ELEMENT',
        'v-model cannot be used on file inputs since they are read-only. Use a v-on:change listener instead.', prop);
    }
    const value = node.props.find((other) =>
      other.type === 'directive' && other.name === 'bind' && other.argument === 'value' && !other.isDynamic);
    const takesValue = type && ['checkbox', 'radio'].includes(type.value);
    if (value && (node.tag === 'textarea' || (node.tag === 'input' && !takesValue && type !== undefined)) ) {
      this.error(
        'X_V_MODEL_UNNECESSARY_VALUE', 'Unnecessary value binding used alongside v-model. It will interfere with v-model.',
        value);
    }
  }

  // MARK: kinds of elements

  nativeElement(node, locals) {
    const isGraphic = GRAPHIC_TAGS.has(node.tag) && !HTML_TAGS.has(node.tag);
    this.output.add('__vue.');
    this.output.stand(isGraphic || !HTML_TAGS.has(node.tag) ? 'graphic' : 'element', node.tagStart, node.tagStart + node.tag.length);
    this.output.add('({');
    this.properties(node, locals, false);
    this.output.add('});\n');
    const before = this.currentSlots;
    this.currentSlots = null;
    this.children(node.children, locals);
    this.currentSlots = before;
  }

  component(node, locals) {
    const { output } = this;
    const end = node.tagStart + node.tag.length;
    const component = this.fresh('component');
    const binding = node.tag.includes('.') ? node.tag : this.bindingFor(node.tag);
    const builtIn = BUILT_IN_COMPONENTS.has(capitalize(camelize(node.tag))) ? capitalize(camelize(node.tag)) : null;
    output.add(`const ${component} = __vue.component(`);
    if (node.tag === 'component') {
      output.add('{} as any');
    } else if (binding) {
      this.components.set(binding, node.tagStart);
      if (this.componentsAreLocal) output.add('__components.');
      else if (!(node.tag.includes('.') && locals.has(node.tag.split('.')[0]))) {
        output.stand('__ctx.', node.tagStart, end);
      }
      output.stand(binding, node.tagStart, end);
    } else if (builtIn) {
      output.add(`__vueApi.${builtIn}`);
    } else {
      output.add('{} as any');
    }
    const instance = this.fresh('instance');
    output.add(`);\nconst ${instance} = `);
    output.stand(component, node.tagStart, end);
    output.add('(');
    output.stand('{', node.tagStart, end);
    this.properties(node, locals, true);
    output.add('});\n');
    this.componentSlots(node, instance, locals);
  }

  /** What a component is given to fill its slots with. */
  componentSlots(node, instance, locals) {
    const slots = this.fresh('slots');
    const own = directive(node, 'slot');
    const templates = node.children.filter((child) => child.type === 'element' && child.tag === 'template' &&
      directive(child, 'slot'));
    const others = node.children.filter((child) => !templates.includes(child));
    if (own || templates.length) this.output.add(`const ${slots} = __vue.slots(${instance});\n`);
    if (own) {
      if (templates.length) {
        this.error(
          'X_V_SLOT_MIXED_SLOT_USAGE',
          'Mixed v-slot usage on both the component and nested <template>. When there are multiple named slots, all ' +
            'slots should use <template> syntax to avoid scope ambiguity.', own);
      }
      this.slotContent(own, slots, node.children, locals);
      return;
    }
    const seen = new Set();
    for (const template of templates) {
      const slot = directive(template, 'slot');
      const name = slot.argument || 'default';
      if (!slot.isDynamic && !directive(template, 'if') && !directive(template, 'else') && !directive(template, 'else-if')) {
        if (seen.has(name)) {
          this.error('X_V_SLOT_DUPLICATE_SLOT_NAMES', 'Duplicate slot names found.', slot);
        }
        seen.add(name);
      }
    }
    if (seen.has('default') && others.some((child) => child.type !== 'comment' &&
      !(child.type === 'text' && !child.content.trim()))) {
      const slot = templates.map((template) => directive(template, 'slot')).find((entry) => (entry.argument || 'default') === 'default');
      this.error(
        'X_V_SLOT_EXTRANEOUS_DEFAULT_SLOT_CHILDREN',
        'Extraneous children found when component already has explicitly named default slot.', slot);
    }
    const before = this.currentSlots;
    this.currentSlots = slots;
    this.children(node.children, locals);
    this.currentSlots = before;
  }

  slotContent(slot, slots, children, locals) {
    const { output } = this;
    const text = slot.expression;
    output.add('{\n');
    let names = [];
    const target = this.fresh('slot');
    if (slot.isDynamic) {
      output.add(`const ${target} = (${slots} as any)[(`);
      if (!this.expression(slot.argument, slot.argumentStart + 1, locals)) output.add('"default"');
      output.add(') as string];\n');
    } else {
      output.add('const { ');
      output.stand(JSON.stringify(slot.argument || 'default'), slot.argumentStart || slot.start, slot.nameEnd);
      output.add(`: ${target} } = ${slots};\n`);
    }
    if (text !== null && text.trim()) {
      const parameters = this.expressions.parameters(text);
      if (parameters.problem) {
        this.syntaxError(parameters.problem, slot.expressionStart);
      } else {
        names = parameters.names;
        output.add('const [');
        this.parametersText(text, slot.expressionStart, parameters, locals);
        output.add(`] = __vue.slotProps(${target});\n`);
      }
    }
    const before = this.currentSlots;
    this.currentSlots = null;
    this.children(children, new Set([...locals, ...names]));
    this.currentSlots = before;
    output.add('}\n');
  }

  fragment(node, locals) {
    const slot = directive(node, 'slot');
    if (slot) {
      if (this.currentSlots) {
        this.slotContent(slot, this.currentSlots, node.children, locals);
      } else {
        this.error('X_V_SLOT_MISPLACED', 'v-slot can only be used on components or <template> tags.', slot);
        this.children(node.children, locals);
      }
      return;
    }
    const key = node.props.find((prop) => prop.type === 'directive' && prop.name === 'bind' && prop.argument === 'key');
    if (key && key.expression) this.statement(key.expression, key.expressionStart, locals);
    this.children(node.children, locals);
  }

  slotOutlet(node, locals) {
    const { output } = this;
    const name = node.props.find((prop) => prop.type === 'attribute' && prop.name === 'name');
    const dynamic = node.props.find((prop) => prop.type === 'directive' && prop.name === 'bind' && prop.argument === 'name');
    const variable = this.fresh('outlet');
    output.add(`var ${variable} = `);
    output.stand('{', node.tagStart, node.tagStart + node.tag.length);
    this.properties(node, locals, true, new Set(['name']));
    output.add('};\n');
    if (dynamic && dynamic.expression) {
      this.statement(dynamic.expression, dynamic.expressionStart, locals);
      this.slotOutlets.push({ name: null, variable });
    } else {
      const slot = name ? name.value || 'default' : 'default';
      this.slotOutlets.push({ name: slot, variable });
      if (this.hasSlotTypes) {
        output.add('__ctx.$slots[');
        output.stand(JSON.stringify(slot), node.tagStart, node.tagStart + node.tag.length);
        output.add(']?.(');
        output.stand(variable, node.tagStart, node.tagStart + node.tag.length);
        output.add(');\n');
      }
    }
    this.children(node.children, locals);
  }

  // MARK: attributes

  /** The attributes as the members of an object. */
  properties(node, locals, isComponent, skipped = new Set()) {
    const { output } = this;
    const later = [];
    this.written = new Set();
    for (const prop of node.props) {
      if (prop.type === 'attribute') {
        if (skipped.has(prop.name) || (!isComponent && ['class', 'style'].includes(prop.name))) continue;
        this.key(this.propertyName(prop.name, isComponent), prop.start, prop.nameEnd);
        output.add(': ');
        output.stand(prop.value === null ? (isComponent ? 'true' : '""  as any') : JSON.stringify(prop.value), prop.start, prop.nameEnd);
        output.add(', ');
      } else if (prop.name === 'bind') {
        this.bound(prop, locals, isComponent, skipped);
      } else if (prop.name === 'on') {
        this.listener(prop, locals, isComponent);
      } else if (prop.name === 'model') {
        this.model(prop, locals, isComponent);
      } else if (!['if', 'else', 'else-if', 'for', 'slot', 'pre', 'once', 'cloak'].includes(prop.name)) {
        later.push(prop);
      }
    }
    for (const prop of later) {
      if (!prop.expression || !prop.expression.trim()) continue;
      const result = this.expressions.expression(prop.expression);
      if (result.problem) {
        this.syntaxError(result.problem, prop.expressionStart);
        continue;
      }
      output.add(`[${JSON.stringify(`v-${prop.name}`)}]: __vue.any(`);
      this.expression(prop.expression, prop.expressionStart, locals, result);
      output.add('), ');
    }
  }

  /** The name of a member. `class` with `:class`, and two listeners of one event, are no mistake. */
  key(name, start, end) {
    if (this.written.has(name)) {
      this.output.add(`[${JSON.stringify(name)} as string]`);
      return;
    }
    this.written.add(name);
    this.output.stand(JSON.stringify(name), start, end);
  }

  propertyName(name, isComponent) {
    if (!isComponent || /^(data|aria)-/.test(name)) return name;
    return camelize(name);
  }

  bound(prop, locals, isComponent, skipped) {
    const { output } = this;
    if (!prop.isDynamic && prop.argument && skipped.has(prop.argument)) return;
    let text = prop.expression;
    let start = prop.expressionStart;
    if (text === null) {
      if (!prop.argument || prop.isDynamic) return;
      // `:name` alone means `:name="name"`.
      text = camelize(prop.argument);
      start = prop.argumentStart;
      this.key(this.propertyName(prop.argument, isComponent), prop.start, prop.nameEnd);
      output.add(': ');
      output.stand('__ctx.', start, start + prop.argument.length);
      output.stand(text, start, start + prop.argument.length);
      output.add(', ');
      return;
    }
    if (!text.trim()) return;
    const result = this.expressions.expression(text);
    if (result.problem) {
      this.syntaxError(result.problem, start);
      return;
    }
    if (!prop.argument) {
      output.add('...(');
    } else if (prop.isDynamic) {
      output.add('[(');
      if (!this.expression(prop.argument, prop.argumentStart + 1, locals)) output.add('""');
      output.add(') as string]: (');
    } else {
      this.key(this.propertyName(prop.argument, isComponent), prop.start, prop.nameEnd);
      output.add(': (');
    }
    this.expression(text, start, locals, result);
    output.add('), ');
  }

  listener(prop, locals, isComponent) {
    const { output } = this;
    const text = prop.expression;
    if (text === null || !text.trim()) return;
    if (!prop.argument) {
      output.add('...(');
      const result = this.expressions.expression(text);
      if (result.problem) {
        this.syntaxError(result.problem, prop.expressionStart);
        output.add('{}');
      } else this.expression(text, prop.expressionStart, locals, result);
      output.add('), ');
      return;
    }
    const handler = this.expressions.handler(text);
    if (handler.problem) {
      this.syntaxError(handler.problem, prop.expressionStart);
      return;
    }
    if (prop.isDynamic) {
      output.add('[(');
      if (!this.expression(prop.argument, prop.argumentStart + 1, locals)) output.add('""');
      output.add(') as string]: ');
    } else {
      const event = prop.argument.startsWith('vue:') ? `vnode-${prop.argument.slice(4)}` : prop.argument;
      const name = /^(update:)/.test(event)
        ? `onUpdate:${camelize(event.slice(7))}`
        : isComponent ? `on${capitalize(camelize(event))}` : `on${capitalize(event)}`;
      this.key(name, prop.argumentStart, prop.nameEnd);
      output.add(': ');
    }
    this.handlerText(handler, text, prop.expressionStart, locals);
    output.add(', ');
  }

  handlerText(handler, text, start, locals) {
    const { output, ts } = this;
    const guards = this.conditions.map((condition) => `if (!(${condition})) return undefined!; `).join('');
    if (handler.form === 'path') {
      output.add('(');
      this.expression(text, start, locals, handler);
      output.add(')');
      return;
    }
    if (handler.form === 'function') {
      let node = handler.node;
      while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
        node = node.expression;
      }
      const insertions = [];
      if (guards && ts.isBlock(node.body)) {
        insertions.push({ at: node.body.getStart() + 1, text: ` ${guards}` });
      } else if (guards) {
        insertions.push({ at: node.body.getStart(), text: `!(${this.conditions.join(' && ')}) ? undefined! : (` });
        insertions.push({ at: node.body.end, text: ')' });
      }
      output.add('(');
      this.write(text, start, this.expressions.freeNames(handler.node, locals), handler.offset, insertions);
      output.add(')');
      return;
    }
    output.add(`(...[$event]) => { ${guards}`);
    const names = this.expressions.freeNames(handler.node || handler.file, new Set([...locals, '$event']));
    this.write(text, start, names, handler.offset);
    output.add(' }');
  }

  model(prop, locals, isComponent) {
    const { output } = this;
    const text = prop.expression;
    if (text === null || !text.trim()) return;
    const result = this.expressions.expression(text);
    if (result.problem) {
      this.syntaxError(result.problem, prop.expressionStart);
      return;
    }
    if (prop.isDynamic || !isComponent) {
      output.add('["v-model"]: __vue.any(');
      this.expression(text, prop.expressionStart, locals, result);
      output.add('), ');
      return;
    }
    this.key(camelize(prop.argument || 'modelValue'), prop.start, prop.nameEnd);
    output.add(': (');
    this.expression(text, prop.expressionStart, locals, result);
    output.add('), ');
  }
}

function directive(node, name) {
  return node.props.find((prop) => prop.type === 'directive' && prop.name === name) || null;
}
