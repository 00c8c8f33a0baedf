'use strict';
// The parser of single-file components and of their templates. Positions are offsets into the component's text.
// The rules and the names of the codes are those of Vue 3.5's template compiler (its ErrorCodes).

const VOID_TAGS = new Set(('area base br col embed hr img input link meta param source track wbr').split(' '));
const RAW_TAGS = new Set(['script', 'style']);
const TEXT_TAGS = new Set(['textarea', 'title']);
/** Elements inside elements, so that recursion over a template has an end. */
const MOST_DEPTH = 400;

class TemplateParser {
  /** @param report (code, message, start, end) */
  constructor(text, report) {
    this.text = text;
    this.report = report;
  }

  /** Parses the children of an element that is open at `pos`; returns them and where its end tag ends. */
  parseUntil(endTag, pos) {
    const text = this.text;
    const root = { type: 'element', tag: endTag, props: [], children: [], start: pos, end: text.length, root: true };
    const stack = [root];
    const top = () => stack[stack.length - 1];
    while (pos < text.length) {
      const inPre = stack.some((node) => node.pre);
      if (text.startsWith('<!--', pos)) {
        const end = text.indexOf('-->', pos + 4);
        if (end < 0) this.report('EOF_IN_COMMENT', 'Unexpected EOF in comment.', pos, text.length);
        const stop = end < 0 ? text.length : end + 3;
        top().children.push({ type: 'comment', start: pos, end: stop });
        pos = stop;
      } else if (text.startsWith('</', pos) && /[a-zA-Z]/.test(text[pos + 2] || '')) {
        const name = /^[^\s/>]+/.exec(text.slice(pos + 2, pos + 130))[0];
        let end = text.indexOf('>', pos);
        if (end < 0) end = text.length - 1;
        end += 1;
        let index = stack.length - 1;
        while (index >= 0 && stack[index].tag.toLowerCase() !== name.toLowerCase()) index -= 1;
        if (index < 0) {
          this.report('X_INVALID_END_TAG', `Invalid end tag </${name}>: no such element is open.`, pos, end);
        } else {
          for (let inner = stack.length - 1; inner > index; inner -= 1) this.unclosed(stack[inner]);
          const closed = stack[index];
          stack.length = index;
          closed.end = end;
          closed.contentEnd = pos;
          if (closed === root) return { children: root.children, end, contentEnd: pos, closed: true };
        }
        pos = end;
      } else if (text[pos] === '<' && /[a-zA-Z]/.test(text[pos + 1] || '')) {
        const element = this.parseOpenTag(pos, inPre);
        pos = element.openEnd;
        top().children.push(element);
        if (element.broken) continue;
        if (element.selfClosing || VOID_TAGS.has(element.tag)) {
          element.end = element.openEnd;
          continue;
        }
        if (RAW_TAGS.has(element.tag) || TEXT_TAGS.has(element.tag)) {
          pos = this.parseRawContent(element, pos, inPre);
          continue;
        }
        if (stack.length >= MOST_DEPTH) {
          this.report('TOO_DEEP', `Elements are nested more than ${MOST_DEPTH} deep.`, element.start, element.openEnd);
          return { children: root.children, end: text.length, contentEnd: text.length, closed: true };
        }
        stack.push(element);
      } else {
        pos = this.parseText(top(), pos, inPre);
      }
    }
    for (let inner = stack.length - 1; inner > 0; inner -= 1) this.unclosed(stack[inner]);
    return { children: root.children, end: text.length, contentEnd: text.length, closed: false };
  }

  unclosed(element) {
    element.end = this.text.length;
    this.report(
      'X_MISSING_END_TAG', `Element is missing end tag: <${element.tag}> is never closed.`, element.start, element.openEnd);
  }

  parseRawContent(element, pos, inPre) {
    const close = new RegExp(`</${element.tag}[\\s/>]`, 'gi');
    close.lastIndex = pos;
    const found = close.exec(this.text);
    const stop = found ? found.index : this.text.length;
    if (TEXT_TAGS.has(element.tag)) this.parseMustaches(element, pos, stop, inPre);
    if (!found) {
      this.unclosed(element);
      return this.text.length;
    }
    const end = this.text.indexOf('>', found.index);
    element.end = end < 0 ? this.text.length : end + 1;
    return element.end;
  }

  parseText(parent, pos, inPre) {
    const text = this.text;
    let stop = pos;
    for (;;) {
      const tag = text.indexOf('<', stop === pos ? stop + (text[stop] === '<' ? 1 : 0) : stop);
      const open = inPre ? -1 : text.indexOf('{{', stop);
      if (open >= 0 && (tag < 0 || open < tag)) {
        const close = text.indexOf('}}', open + 2);
        if (close < 0) {
          stop = tag < 0 ? text.length : tag;
          break;
        }
        stop = close + 2;
        continue;
      }
      stop = tag < 0 ? text.length : tag;
      if (tag >= 0 && !/[a-zA-Z/!]/.test(text[tag + 1] || '')) {
        stop = tag + 1;
        if (stop < text.length) continue;
      }
      break;
    }
    if (stop === pos) stop = pos + 1;
    this.parseMustaches(parent, pos, stop, inPre);
    return stop;
  }

  parseMustaches(parent, start, stop, inPre) {
    const text = this.text;
    let pos = start;
    while (pos < stop) {
      const open = inPre ? -1 : text.indexOf('{{', pos);
      if (open < 0 || open >= stop) {
        parent.children.push({ type: 'text', content: text.slice(pos, stop), start: pos, end: stop });
        return;
      }
      if (open > pos) parent.children.push({ type: 'text', content: text.slice(pos, open), start: pos, end: open });
      const close = text.indexOf('}}', open + 2);
      if (close < 0 || close > stop) {
        this.report(
          'X_MISSING_INTERPOLATION_END', 'Interpolation end sign }} was not found.', open, Math.min(open + 2, stop));
        parent.children.push({ type: 'text', content: text.slice(open, stop), start: open, end: stop });
        return;
      }
      parent.children.push({
        type: 'interpolation', expression: text.slice(open + 2, close), expressionStart: open + 2, start: open,
        end: close + 2,
      });
      pos = close + 2;
    }
  }

  parseOpenTag(start, inPre) {
    const text = this.text;
    let pos = start + 1;
    while (pos < text.length && !/[\s/>]/.test(text[pos])) pos += 1;
    const element = {
      type: 'element', tag: text.slice(start + 1, pos), props: [], children: [], start, end: text.length,
      tagStart: start + 1, openEnd: text.length, selfClosing: false,
    };
    const attributes = [];
    for (;;) {
      while (pos < text.length && /\s/.test(text[pos])) pos += 1;
      if (pos >= text.length) {
        this.report('EOF_IN_TAG', `Unexpected EOF in tag <${element.tag}.`, start, pos);
        element.broken = true;
        break;
      }
      if (text[pos] === '>') {
        pos += 1;
        break;
      }
      if (text[pos] === '/') {
        if (text[pos + 1] === '>') {
          element.selfClosing = true;
          pos += 2;
          break;
        }
        this.report('UNEXPECTED_SOLIDUS_IN_TAG', "Illegal '/' in tags.", pos, pos + 1);
        pos += 1;
        continue;
      }
      const attribute = this.parseAttribute(pos);
      if (attribute.end === pos) {
        pos += 1;
        continue;
      }
      if (attribute.broken) {
        element.broken = true;
        pos = text.length;
        break;
      }
      attributes.push(attribute);
      pos = attribute.end;
    }
    element.openEnd = pos;
    element.pre = attributes.some((attribute) => attribute.name === 'v-pre');
    const seen = new Set();
    for (const attribute of attributes) {
      if (seen.has(attribute.name) && !/^(@|v-on:)/.test(attribute.name)) {
        this.report('DUPLICATE_ATTRIBUTE', `Duplicate attribute "${attribute.name}".`, attribute.start, attribute.end);
      }
      seen.add(attribute.name);
      element.props.push(element.pre || inPre ? plainAttribute(attribute) : this.directive(attribute));
    }
    return element;
  }

  parseAttribute(start) {
    const text = this.text;
    let pos = start;
    let bracket = 0;
    while (pos < text.length) {
      const character = text[pos];
      if (character === '[') bracket += 1;
      else if (character === ']') bracket -= 1;
      else if (character === '>' || /\s/.test(character)) break;
      else if (bracket <= 0 && (character === '/' && text[pos + 1] === '>')) break;
      else if (bracket <= 0 && character === '=' && pos > start) break;
      else if (character === '"' || character === "'" || character === '<') {
        this.report(
          'UNEXPECTED_CHARACTER_IN_ATTRIBUTE_NAME',
          'Attribute name cannot contain U+0022 ("), U+0027 (\'), and U+003C (<).', pos, pos + 1);
      }
      pos += 1;
    }
    const attribute = { name: text.slice(start, pos), start, nameEnd: pos, end: pos };
    let next = pos;
    while (next < text.length && /\s/.test(text[next])) next += 1;
    if (text[next] !== '=') return attribute;
    next += 1;
    while (next < text.length && /\s/.test(text[next])) next += 1;
    const quote = text[next];
    if (quote === '"' || quote === "'") {
      const close = text.indexOf(quote, next + 1);
      if (close < 0) {
        this.report('EOF_IN_TAG', `The value of the attribute "${attribute.name}" is never closed.`, start, pos);
        attribute.broken = true;
        attribute.end = text.length;
        return attribute;
      }
      attribute.value = text.slice(next + 1, close);
      attribute.valueStart = next + 1;
      attribute.end = close + 1;
      return attribute;
    }
    let end = next;
    while (end < text.length && !/[\s>]/.test(text[end])) end += 1;
    if (end === next) {
      this.report('MISSING_ATTRIBUTE_VALUE', 'Attribute value was expected.', start, next);
    } else {
      attribute.value = text.slice(next, end);
      attribute.valueStart = next;
    }
    attribute.end = Math.max(end, next);
    return attribute;
  }

  /** An attribute as what it means: a plain one, or a directive with argument, modifiers and expression. */
  directive(attribute) {
    const name = attribute.name;
    const match = /^(?:v-([a-zA-Z][\w-]*))?(?:(?::|^\.|^@|^#)(\[[^\]]*\]?|[^.]*))?((?:\.[^.]*)*)$/.exec(name);
    if (!match || !/^(v-|:|\.|@|#)/.test(name)) return plainAttribute(attribute);
    const first = name[0];
    const word = first === ':' || first === '.' ? 'bind' : first === '@' ? 'on' : first === '#' ? 'slot' : match[1];
    if (!word) return plainAttribute(attribute);
    let argument = match[2];
    let modifiers = match[3] ? match[3].slice(1).split('.').filter(Boolean) : [];
    // A slot's name may hold dots.
    if (word === 'slot' && modifiers.length && argument && argument[0] !== '[') {
      argument += match[3];
      modifiers = [];
    }
    const argumentStart = argument ? attribute.start + name.indexOf(argument, first === 'v' ? 2 + word.length : 1) : null;
    const isDynamic = !!argument && argument[0] === '[';
    if (isDynamic && !argument.endsWith(']')) {
      this.report(
        'X_MISSING_DYNAMIC_DIRECTIVE_ARGUMENT_END', 'End bracket for dynamic directive argument was not found.',
        attribute.start, attribute.nameEnd);
    }
    const expression = attribute.value === undefined ? null : decodedExpression(attribute.value);
    return {
      type: 'directive', name: word, argument: isDynamic ? argument.slice(1, -1) : argument || null, argumentStart,
      isDynamic, modifiers, expression,
      expressionStart: attribute.valueStart, start: attribute.start, end: attribute.end, nameEnd: attribute.nameEnd,
      rawName: name,
    };
  }
}

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", '#39': "'", '#34': '"' };

/** Entities as what they mean, with spaces after them so that every position stays what it is. */
function decodedExpression(text) {
  return text.replace(/&amp;&amp;/g, '&&        ').replace(/&(lt|gt|amp|quot|apos|#39|#34);/g, (entity, name) => ENTITIES[name].padEnd(entity.length));
}

function plainAttribute(attribute) {
  return {
    type: 'attribute', name: attribute.name, value: attribute.value === undefined ? null : attribute.value,
    valueStart: attribute.valueStart, start: attribute.start, end: attribute.end, nameEnd: attribute.nameEnd,
  };
}

/** Splits a component into its blocks. */
function parseComponent(text, report) {
  const parser = new TemplateParser(text, report);
  const blocks = { template: null, script: null, scriptSetup: null, styles: [], custom: [] };
  let pos = 0;
  let found = 0;
  while (pos < text.length) {
    const open = text.indexOf('<', pos);
    if (open < 0) break;
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open);
      pos = end < 0 ? text.length : end + 3;
      continue;
    }
    if (text.startsWith('</', open) && /[a-zA-Z]/.test(text[open + 2] || '')) {
      const end = text.indexOf('>', open);
      pos = end < 0 ? text.length : end + 1;
      report('X_INVALID_END_TAG', `Invalid end tag ${text.slice(open, Math.min(pos, open + 40))}`, open, pos);
      continue;
    }
    if (!/[a-zA-Z]/.test(text[open + 1] || '')) {
      pos = open + 1;
      continue;
    }
    // Blocks other than the template are text, and attributes of blocks are never directives.
    const element = parser.parseOpenTag(open, true);
    if (element.broken) break;
    const block = {
      tag: element.tag, attributes: Object.fromEntries(element.props.map((prop) => [prop.name, prop.value ?? true])),
      start: open, openEnd: element.openEnd, contentStart: element.openEnd, contentEnd: element.openEnd,
      end: element.openEnd,
    };
    block.lang = typeof block.attributes.lang === 'string' ? block.attributes.lang : null;
    found += 1;
    if (!element.selfClosing) {
      if (element.tag === 'template' && (!block.lang || block.lang === 'html')) {
        const parsed = parser.parseUntil('template', element.openEnd);
        Object.assign(block, { children: parsed.children, contentEnd: parsed.contentEnd, end: parsed.end });
        if (!parsed.closed) parser.unclosed(element);
      } else {
        const close = new RegExp(`</${escapePattern(element.tag)}\\s*>`, 'gi');
        close.lastIndex = element.openEnd;
        const match = close.exec(text);
        block.contentEnd = match ? match.index : text.length;
        block.end = match ? match.index + match[0].length : text.length;
        if (!match) parser.unclosed(element);
      }
    }
    block.content = text.slice(block.contentStart, block.contentEnd);
    pos = block.end;
    file(block, blocks, report);
  }
  if (!blocks.template && !blocks.script && !blocks.scriptSetup) {
    report(
      'NO_BLOCKS', 'At least one <template> or <script> is required in a single file component.', 0,
      Math.min(text.length, 1));
  }
  blocks.count = found;
  return blocks;
}

function file(block, blocks, report) {
  const duplicate = (what) =>
    report('DUPLICATE_BLOCK', `Single file component can contain only one ${what} element.`, block.start, block.openEnd);
  if (block.tag === 'template') {
    if (blocks.template) duplicate('<template>');
    else blocks.template = block;
  } else if (block.tag === 'script') {
    if (!block.content.trim() && !block.attributes.src) return;
    const kind = block.attributes.setup !== undefined ? 'scriptSetup' : 'script';
    if (blocks[kind]) duplicate(kind === 'script' ? '<script>' : '<script setup>');
    else blocks[kind] = block;
    if (blocks.script && blocks.scriptSetup && blocks.script.lang !== blocks.scriptSetup.lang) {
      report(
        'SCRIPT_LANGUAGES_DIFFER', '<script> and <script setup> must have the same language type.', block.start,
        block.openEnd);
    }
    if (kind === 'scriptSetup' && block.attributes.src) {
      report('SETUP_SRC', '<script setup> cannot use the "src" attribute.', block.start, block.openEnd);
    }
  } else if (block.tag === 'style') {
    blocks.styles.push(block);
  } else {
    blocks.custom.push(block);
  }
}

function escapePattern(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function camelize(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function capitalize(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
