// The files that a component is checked among, and the program that the compiler makes of them.

const ROOT = '/project';
const HELPERS = '/llmbench/helpers.d.ts';
const AMBIENT_VUE = '/llmbench/vue.d.ts';
const GLOBALS = '/llmbench/globals.d.ts';
const JSX = '/llmbench/jsx-runtime.d.ts';

const JSX_TYPES = `export namespace JSX {
  interface Element {}
  interface IntrinsicElements { [name: string]: any }
  interface ElementAttributesProperty { $props: {} }
}
export const jsx: any, jsxs: any, Fragment: any;
`;

/** Names that a set-up with automatic imports from Vue gives every component. */
const VUE_NAMES = ('ref shallowRef triggerRef customRef isRef unref toValue toRef toRefs reactive shallowReactive readonly ' +
  'shallowReadonly isReactive isReadonly isProxy toRaw markRaw computed effectScope getCurrentScope onScopeDispose watch ' +
  'watchEffect watchPostEffect watchSyncEffect onBeforeMount onMounted onBeforeUpdate onUpdated onBeforeUnmount ' +
  'onUnmounted onActivated onDeactivated onErrorCaptured onServerPrefetch nextTick provide inject hasInjectionContext h ' +
  'resolveComponent useSlots useAttrs useId useTemplateRef useCssModule defineComponent defineAsyncComponent ' +
  'getCurrentInstance').split(' ');
const VUE_TYPES = ('Ref ComputedRef MaybeRef MaybeRefOrGetter PropType ExtractPropTypes InjectionKey Component VNode ' +
  'ComponentPublicInstance').split(' ');
/** What Nuxt gives besides; its own functions are not described here. */
const NUXT_NAMES = ('useState useFetch useAsyncData useLazyFetch useLazyAsyncData useRoute useRouter useRuntimeConfig ' +
  'useNuxtApp useHead useSeoMeta useCookie useRequestHeaders useRequestEvent useError createError showError clearError ' +
  'navigateTo abortNavigation definePageMeta defineNuxtComponent defineNuxtPlugin defineNuxtRouteMiddleware ' +
  'refreshNuxtData clearNuxtData useAppConfig useLoadingIndicator usePreviewMode $fetch').split(' ');

class ProjectHost {
  constructor(ts, libraryFolder, types) {
    this.ts = ts;
    this.libraryFolder = libraryFolder;
    this.libraries = new Map();
    this.types = types;
    this.fixed = new Map();
    this.disk = new Map();
    this.lastPrograms = new Map();
  }

  /** A declaration file that is the same in every request, parsed once. */
  fixedFile(name, text, options) {
    const known = this.fixed.get(name);
    if (known && known.text === text) return known;
    const file = this.ts.createSourceFile(name, text, options, true);
    file.version = '1';
    this.fixed.set(name, file);
    return file;
  }

  libraryFile(name, options) {
    if (this.libraries.has(name)) return this.libraries.get(name);
    let text;
    try {
      text = fs.readFileSync(path.join(this.libraryFolder, path.basename(name)), 'utf8');
    } catch {
      return undefined;
    }
    const file = this.ts.createSourceFile(name, text, options, true);
    file.version = '1';
    this.libraries.set(name, file);
    return file;
  }

  options(request, hasStubs) {
    const { ts } = this;
    const modern = ts.ModuleResolutionKind.Bundler !== undefined;
    return {
      target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext,
      moduleResolution: modern ? ts.ModuleResolutionKind.Bundler : ts.ModuleResolutionKind.NodeJs,
      moduleDetection: ts.ModuleDetectionKind ? ts.ModuleDetectionKind.Force : undefined,
      lib: [ts.versionMajorMinor >= '4.6' ? 'lib.es2022.d.ts' : 'lib.es2021.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      strict: true, noImplicitThis: true, useDefineForClassFields: true, esModuleInterop: true, resolveJsonModule: true,
      skipLibCheck: true, skipDefaultLibCheck: true, types: [], jsx: ts.JsxEmit.Preserve, jsxImportSource: 'vue',
      allowJs: true, checkJs: false, noEmit: true, allowNonTsExtensions: true, isolatedModules: true,
      ...(modern ? { verbatimModuleSyntax: true, allowImportingTsExtensions: true } : { preserveValueImports: true }),
      ...(hasStubs ? { noImplicitAny: false } : {}),
    };
  }
}

/** Where names are looked up: the request's files first, then the allowed folders of this machine. */
class Files {
  constructor(host, request) {
    this.host = host;
    this.root = request.root || null;
    /** virtual path → text */
    this.texts = new Map();
    this.stubs = new Set();
    this.stubPatterns = Array.isArray(request.stubModules) ? request.stubModules.map(wildcard) : null;
    this.realVue = null;
    this.lazily = () => null;
  }

  has(file) {
    return this.texts.has(file) || this.readDisk(file) !== null;
  }

  read(file) {
    return this.texts.has(file) ? this.texts.get(file) : this.readDisk(file);
  }

  /** A file of the project on this machine; only below its root. */
  readDisk(file) {
    if (!this.root || !file.startsWith(`${ROOT}/`)) return null;
    const relative = file.slice(ROOT.length + 1);
    const real = path.join(this.root, relative);
    try {
      const resolved = fs.realpathSync(real);
      const root = fs.realpathSync(this.root);
      if (!resolved.startsWith(root.endsWith('/') ? root : `${root}/`)) return null;
      const facts = fs.statSync(resolved);
      if (!facts.isFile() || facts.size > 8 << 20) return null;
      return fs.readFileSync(resolved, 'utf8');
    } catch {
      return null;
    }
  }

  resolve(specifier, importer) {
    if (specifier === 'llmbench:helpers') return HELPERS;
    if (this.stubPatterns && this.stubPatterns.some((pattern) => pattern.test(specifier))) return this.stub(specifier);
    if (specifier.startsWith('.') || specifier.startsWith('/')) {
      return this.file(normalize(specifier.startsWith('/') ? specifier : `${path.posix.dirname(importer)}/${specifier}`)) ||
        this.asset(specifier);
    }
    if (/^(@|~)\//.test(specifier) || /^~~?\//.test(specifier)) {
      const rest = specifier.replace(/^[@~]+\//, '');
      const found = this.file(`${ROOT}/src/${rest}`) || this.file(`${ROOT}/app/${rest}`) || this.file(`${ROOT}/${rest}`);
      return found || this.asset(specifier) || (this.stubPatterns ? null : this.stub(specifier));
    }
    if (specifier === 'vue' || specifier === '@vue/runtime-core' || specifier === '@vue/runtime-dom' ||
      specifier === '@vue/reactivity' || specifier === '#imports' || specifier === '#app') {
      return this.realVue && specifier === 'vue' ? this.realVue : AMBIENT_VUE;
    }
    if (/^vue\/jsx(-dev)?-runtime$/.test(specifier)) return JSX;
    const installed = this.package(specifier, importer);
    if (installed) return installed;
    return this.stubPatterns ? null : this.stub(specifier);
  }

  file(base) {
    const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}.d.ts`, `${base}.js`, `${base}.vue`, `${base}/index.ts`,
      `${base}/index.vue`, `${base}/index.js`, base.replace(/\.js$/, '.ts'), base.replace(/\.mjs$/, '.mts')];
    for (const candidate of candidates) {
      if (!/\.(vue|[cm]?[jt]sx?|json)$/.test(candidate)) continue;
      if (candidate.endsWith('.vue')) {
        const generated = this.lazily(candidate);
        if (generated) return generated;
      } else if (this.has(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /** Style sheets and pictures are modules of a bundler. */
  asset(specifier) {
    if (!/\.(css|scss|sass|less|styl|svg|png|jpe?g|gif|webp|avif|ico|woff2?|mp[34]|webm|wasm|txt|md)(\?.*)?$/.test(specifier)) return null;
    return this.stub(specifier, false);
  }

  stub(specifier, isNamed = true) {
    if (isNamed) this.stubs.add(specifier);
    return `stub:${specifier}`;
  }

  package(specifier, importer) {
    if (!this.root) return null;
    const { ts } = this.host;
    const result = ts.resolveModuleName(specifier, importer, {
      moduleResolution: ts.ModuleResolutionKind.Bundler || ts.ModuleResolutionKind.NodeJs, module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
    }, {
      fileExists: (file) => this.has(file), readFile: (file) => this.read(file) ?? undefined,
      directoryExists: (folder) => this.directoryExists(folder),
    });
    return result.resolvedModule ? result.resolvedModule.resolvedFileName : null;
  }

  directoryExists(folder) {
    if (!this.root || !folder.startsWith(ROOT)) return false;
    try {
      return fs.statSync(path.join(this.root, folder.slice(ROOT.length))).isDirectory();
    } catch {
      return false;
    }
  }
}

function wildcard(pattern) {
  return new RegExp(`^${String(pattern).split('*').map(escapePattern).join('.*')}$`);
}

function normalize(file) {
  return path.posix.normalize(file);
}

/** Declarations of the names that need no import. */
function automaticImports(choice) {
  if (!choice) return '';
  const names = Array.isArray(choice) ? choice : choice === 'nuxt' ? [...VUE_NAMES, ...NUXT_NAMES] : VUE_NAMES;
  const lines = names.filter((name) => /^[\w$]+$/.test(name)).map((name) =>
    VUE_NAMES.includes(name)
      ? `const ${name}: typeof import('vue').${name};`
      : VUE_TYPES.includes(name) ? `type ${name}<T = any> = import('vue').${name}<T>;` : `const ${name}: any;`);
  if (choice === 'vue' || choice === 'nuxt') {
    for (const name of VUE_TYPES) {
      const parameters = { VNode: '', ComponentPublicInstance: '' }[name];
      lines.push(
        parameters === undefined
          ? `type ${name}<T = any> = import('vue').${name}<T>;` : `type ${name} = import('vue').${name};`);
    }
  }
  return `export {};\ndeclare global {\n${lines.join('\n')}\n}\n`;
}
