'use strict';
// Mounts a component in a DOM without a browser, does what a list of steps says, and compares what shows and what was
// emitted. Runs in the sandbox: the component is code that nobody has read. It is handed compiled JavaScript; what was
// expected stays outside.
//
// Standard input: { modules: { name: source }, main, vue, jsdom, cases: [{ name, props, steps: [...] }] }.
// Standard output: after the line MARK, JSON: { cases: [{ name, observations, problem }] }.

const fs = require('fs');
const job = JSON.parse(fs.readFileSync(0, 'utf8'));

(async () => {
  if (job.nodePath) {
    process.env.NODE_PATH = job.nodePath;
    require('module').Module._initPaths();
  }
  const { JSDOM } = require(job.jsdom);
  const dom = new JSDOM('<!doctype html><html><body></body></html>', { pretendToBeVisual: true });
  const { window } = dom;
  for (const name of ['document', 'navigator', 'Element', 'HTMLElement', 'SVGElement', 'Node', 'Event', 'MouseEvent', 'KeyboardEvent',
    'CustomEvent', 'ShadowRoot', 'MathMLElement', 'HTMLInputElement', 'Text', 'Comment', 'DocumentFragment']) {
    if (window[name] !== undefined) Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
  }
  globalThis.window = window;
  const write = process.stdout.write.bind(process.stdout);
  const silent = () => {};
  for (const name of ['log', 'info', 'debug', 'error', 'warn', 'trace']) console[name] = silent;

  const vue = await loadVue(job.vue);
  for (const name of job.autoImports || []) if (vue[name] !== undefined && !(name in globalThis)) globalThis[name] = vue[name];
  const answers = [];
  for (const test of job.cases) {
    let answer;
    try {
      answer = await perform(vue, test, window);
    } catch (error) {
      answer = { name: test.name, observations: [], problem: String(error && error.stack || error).slice(0, 2000) };
    }
    answers.push(answer);
  }
  write(`\n${job.mark}\n${JSON.stringify({ cases: answers })}\n`);
  process.exit(0);
})().catch((error) => {
  process.stdout.write(`\n${job.mark}\n${JSON.stringify({ problem: String(error && error.stack || error).slice(0, 2000) })}\n`);
  process.exit(0);
});

async function loadVue(file) {
  if (!file.endsWith('.mjs') && !/esm/.test(file)) return require(file);
  const text = fs.readFileSync(file, 'utf8');
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

/** The modules of a case: compiled anew, so that one case leaves nothing behind for the next. */
function load(vue, mocks) {
  const made = new Map();
  const requireModule = (name) => {
    if (name === 'vue') return vue;
    if (made.has(name)) return made.get(name).exports;
    const source = job.modules[name];
    if (source === undefined) throw new Error(`there is no module '${name}'`);
    const module = { exports: {} };
    made.set(name, module);
    const run = new Function('require', 'module', 'exports', 'fetch', source);
    run((inner) => requireModule(resolve(name, inner)), module, module.exports, mocks.fetch);
    return module.exports;
  };
  return requireModule(job.main);
}

function resolve(importer, name) {
  if (!name.startsWith('.')) return job.aliases && job.aliases[name] || name;
  const parts = importer.split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const base = parts.join('/');
  return [base, `${base}.ts`, `${base}.js`, `${base}.vue`, `${base}/index.ts`].find((candidate) => job.modules[candidate] !== undefined) || base;
}

/** Answers to `fetch`, in order of the case; a string is an error. */
function fetchOf(replies) {
  let next = 0;
  const calls = [];
  const fetch = async (url, options) => {
    const reply = replies[Math.min(next, replies.length - 1)];
    next += 1;
    calls.push(String(url && url.url || url));
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (reply === undefined) throw new TypeError('fetch failed');
    if (typeof reply === 'string') throw new TypeError(reply);
    const status = reply.status ?? 200;
    return {
      ok: status >= 200 && status < 300, status, statusText: reply.statusText ?? '', headers: new Map(),
      json: async () => JSON.parse(JSON.stringify(reply.body ?? null)), text: async () => JSON.stringify(reply.body ?? null),
    };
  };
  return { fetch, calls };
}

async function perform(vue, test, window) {
  const warnings = [];
  const errors = [];
  const emitted = [];
  const { fetch, calls } = fetchOf(test.fetch || []);
  globalThis.fetch = fetch;
  const exports = load(vue, { fetch });
  const component = exports.default || exports;
  const props = vue.reactive(revive(test.props || {}));
  const listeners = {};
  for (const name of test.events || []) {
    listeners[`on${name.charAt(0).toUpperCase()}${name.slice(1).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}`] = (...values) => {
      emitted.push([name, ...values.map(plain)]);
      const model = /^update:(.*)$/.exec(name);
      if (model) props[model[1]] = values[0];
    };
  }
  const target = window.document.createElement('div');
  window.document.body.append(target);
  const slots = {};
  for (const [name, template] of Object.entries(test.slots || {})) {
    slots[name] = (scope) => vue.h(vue.compile ? { props: ['scope'], render: vue.compile(template) } : { template, props: ['scope'] }, { scope });
  }
  const Host = {
    provide: () => revive(test.provide || {}),
    render: () => vue.h(vue.Suspense, null, { default: () => vue.h(component, { ...props, ...listeners }, slots) }),
  };
  const app = vue.createApp(Host);
  app.config.warnHandler = (message) => warnings.push(message);
  app.config.errorHandler = (error) => errors.push(String(error && error.message || error));
  app.mount(target);
  await settle(vue);
  const observations = [];
  for (const step of test.steps || []) observations.push(await take(step, { vue, window, target, props, emitted, warnings, errors, calls }));
  app.unmount();
  target.remove();
  return { name: test.name, observations, problem: null, warnings: warnings.slice(0, 20), errors: errors.slice(0, 20) };
}

/** Steps change something or look at something; what is seen is returned. */
async function take(step, context) {
  const { vue, window, target, props, emitted, errors, calls } = context;
  const all = (selector) => [...target.querySelectorAll(selector)];
  const one = (selector) => {
    const element = all(selector)[step.index || 0];
    if (!element) throw new Error(`nothing matches ${selector}${step.index ? ` at ${step.index}` : ''}`);
    return element;
  };
  const has = (key) => Object.hasOwn(step, key);
  if (has('click')) one(step.click).click();
  else if (has('input')) {
    const element = one(step.input);
    if (element.type === 'checkbox' || element.type === 'radio') element.checked = step.value;
    else element.value = step.value;
    element.dispatchEvent(new window.Event('input', { bubbles: true }));
    element.dispatchEvent(new window.Event('change', { bubbles: true }));
  } else if (has('trigger')) {
    const kind = /^key/.test(step.event) ? window.KeyboardEvent : window.Event;
    one(step.trigger).dispatchEvent(new kind(step.event, { bubbles: true, cancelable: true, ...(step.init || {}) }));
  } else if (has('setProps')) Object.assign(props, revive(step.setProps));
  else if (has('wait')) await new Promise((resolve) => setTimeout(resolve, Math.min(step.wait, 2000)));
  await settle(vue);
  if (has('html')) return normalHtml(step.html === true ? target : one(step.html));
  if (has('text')) return one(step.text).textContent.replace(/\s+/g, ' ').trim();
  if (has('texts')) return all(step.texts).map((element) => element.textContent.replace(/\s+/g, ' ').trim());
  if (has('count')) return all(step.count).length;
  if (has('valueIn')) return one(step.valueIn).value;
  if (has('disabled')) return !!one(step.disabled).disabled;
  if (has('attribute')) return one(step.of).getAttribute(step.attribute);
  if (has('emitted')) return emitted.splice(0);
  if (has('errors')) return errors.splice(0);
  if (has('fetched')) return calls.splice(0);
  return null;
}

async function settle(vue) {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    await vue.nextTick();
  }
}

/** HTML without Vue's comments and with attributes in order. */
function normalHtml(root) {
  const write = (node) => {
    if (node.nodeType === 3) return node.textContent.replace(/\s+/g, ' ');
    if (node.nodeType !== 1) return '';
    const attributes = [...node.attributes].filter((attribute) => !/^data-v-/.test(attribute.name))
      .map((attribute) => ` ${attribute.name}="${attribute.value}"`).sort().join('');
    const tag = node.tagName.toLowerCase();
    return `<${tag}${attributes}>${[...node.childNodes].map(write).join('').trim()}</${tag}>`;
  };
  return [...root.childNodes].map(write).join('').trim();
}

/** Values that JSON has no word for: {"$date": …}, {"$function": name}, {"$symbol": name}. */
function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (!value || typeof value !== 'object') return value;
  if (typeof value.$date === 'string') return new Date(value.$date);
  if (typeof value.$function === 'string') return new Function(`return (${value.$function})`)();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

function plain(value) {
  try {
    return JSON.parse(JSON.stringify(value ?? null));
  } catch {
    return String(value);
  }
}
