// The public interface of Vue 3.5, as far as the checking of components needs it: declarations of our own, for machines
// where the package itself is not installed. Where they are less exact than Vue's they accept more.

// MARK: reactivity

declare const RefSymbol: unique symbol;
declare const RawSymbol: unique symbol;
declare const SkipSymbol: unique symbol;

export interface Ref<T = any, S = T> {
  get value(): T;
  set value(_: S);
  [RefSymbol]: true;
}
export type ShallowRef<T = any, S = T> = Ref<T, S> & { readonly __shallow?: true };
interface BaseComputedRef<T, S = T> extends Ref<T, S> {
  effect: any;
}
export interface ComputedRef<T = any> extends BaseComputedRef<T> {
  readonly value: T;
}
export interface WritableComputedRef<T, S = T> extends BaseComputedRef<T, S> {
  readonly __writable?: true;
}
export interface ComputedGetter<T> {
  (oldValue?: T): T;
}
export interface WritableComputedOptions<T, S = T> {
  get: ComputedGetter<T>;
  set: (value: S) => void;
}
export type MaybeRef<T = any> = T | Ref<T> | ShallowRef<T> | WritableComputedRef<T>;
export type MaybeRefOrGetter<T = any> = MaybeRef<T> | ComputedRef<T> | (() => T);
export type TemplateRef<T = unknown> = Readonly<ShallowRef<T | null>>;
export interface ReactiveEffectOptions {
  onTrack?: (event: any) => void;
  onTrigger?: (event: any) => void;
}

type Builtin = Function | Date | RegExp | Error | string | number | boolean | symbol | bigint | null | undefined;
type BailTypes = Builtin | Map<any, any> | Set<any> | WeakMap<any, any> | WeakSet<any> | Promise<any> | Element | Node;
export type UnwrapRef<T> = T extends Ref<infer V, unknown> ? (0 extends 1 & V ? V : UnwrapRefSimple<V>) : UnwrapRefSimple<T>;
export type UnwrapRefSimple<T> = T extends Builtin | Ref | Element | Node | Event | { [SkipSymbol]?: true }
  ? T
  : T extends Map<infer K, infer V>
    ? Map<K, UnwrapRefSimple<V>> & UnwrapRef<Omit<T, keyof Map<any, any>>>
    : T extends Set<infer V>
      ? Set<UnwrapRefSimple<V>> & UnwrapRef<Omit<T, keyof Set<any>>>
      : T extends ReadonlyArray<any>
        ? { [K in keyof T]: UnwrapRefSimple<T[K]> }
        : T extends object
          ? { [P in keyof T]: P extends symbol ? T[P] : UnwrapRef<T[P]> }
          : T;
export type ShallowUnwrapRef<T> = { [K in keyof T]: DistributeRef<T[K]> };
type DistributeRef<T> = T extends Ref<infer V, unknown> ? V : T;
export type UnwrapNestedRefs<T> = T extends Ref ? T : UnwrapRefSimple<T>;
export type Reactive<T> = UnwrapNestedRefs<T>;
export type DeepReadonly<T> = T extends Builtin
  ? T
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<DeepReadonly<K>, DeepReadonly<V>>
    : T extends Set<infer U>
      ? ReadonlySet<DeepReadonly<U>>
      : T extends Ref<infer U, unknown>
        ? Readonly<Ref<DeepReadonly<U>>>
        : T extends {}
          ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
          : Readonly<T>;
export type ToRef<T> = 0 extends 1 & T ? Ref<T> : T extends Ref ? T : Ref<T>;
export type ToRefs<T = any> = { [K in keyof T]: ToRef<T[K]> };

export function ref<T>(
  value: T,
): [T] extends [Ref] ? (0 extends 1 & T ? Ref<T> : T) : Ref<UnwrapRef<T>, UnwrapRef<T> | T>;
export function ref<T = any>(): Ref<T | undefined>;
export function shallowRef<T>(value: T): Ref extends T ? (T extends Ref ? T : ShallowRef<T>) : ShallowRef<T>;
export function shallowRef<T = any>(): ShallowRef<T | undefined>;
export function triggerRef(ref: ShallowRef): void;
export function customRef<T>(
  factory: (track: () => void, trigger: () => void) => { get: () => T; set: (value: T) => void },
): Ref<T>;
export function isRef<T>(value: Ref<T> | unknown): value is Ref<T>;
export function unref<T>(value: MaybeRef<T> | ComputedRef<T>): T;
export function toValue<T>(source: MaybeRefOrGetter<T>): T;
export function toRef<T>(value: T): T extends () => infer R ? Readonly<Ref<R>> : T extends Ref ? T : Ref<UnwrapRef<T>>;
export function toRef<T extends object, K extends keyof T>(object: T, key: K): ToRef<T[K]>;
export function toRef<T extends object, K extends keyof T>(
  object: T, key: K, defaultValue: T[K],
): ToRef<Exclude<T[K], undefined>>;
export function toRefs<T extends object>(object: T): ToRefs<T>;
export function reactive<T extends object>(target: T): Reactive<T>;
export function shallowReactive<T extends object>(target: T): T;
export function readonly<T extends object>(target: T): DeepReadonly<UnwrapNestedRefs<T>>;
export function shallowReadonly<T extends object>(target: T): Readonly<T>;
export function isReactive(value: unknown): boolean;
export function isReadonly(value: unknown): boolean;
export function isShallow(value: unknown): boolean;
export function isProxy(value: any): boolean;
export function toRaw<T>(observed: T): T;
export function markRaw<T extends object>(value: T): T & { [SkipSymbol]?: true };
export function computed<T>(getter: ComputedGetter<T>, debugOptions?: ReactiveEffectOptions): ComputedRef<T>;
export function computed<T, S = T>(
  options: WritableComputedOptions<T, S>, debugOptions?: ReactiveEffectOptions,
): WritableComputedRef<T, S>;
export interface EffectScope {
  active: boolean;
  run<T>(fn: () => T): T | undefined;
  stop(fromParent?: boolean): void;
  pause(): void;
  resume(): void;
}
export function effectScope(detached?: boolean): EffectScope;
export function getCurrentScope(): EffectScope | undefined;
export function onScopeDispose(fn: () => void, failSilently?: boolean): void;

export type WatchSource<T = any> = Ref<T, any> | ComputedRef<T> | (() => T);
export type OnCleanup = (cleanupFn: () => void) => void;
export type WatchEffect = (onCleanup: OnCleanup) => void;
export type WatchCallback<V = any, OV = any> = (value: V, oldValue: OV, onCleanup: OnCleanup) => any;
export interface WatchEffectOptions extends ReactiveEffectOptions {
  flush?: 'pre' | 'post' | 'sync';
}
export interface WatchOptions<Immediate = boolean> extends WatchEffectOptions {
  immediate?: Immediate;
  deep?: boolean | number;
  once?: boolean;
}
export interface WatchHandle {
  (): void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
}
export type WatchStopHandle = () => void;
type MaybeUndefined<T, I> = I extends true ? T | undefined : T;
type MapSources<T, Immediate> = {
  [K in keyof T]: T[K] extends WatchSource<infer V>
    ? MaybeUndefined<V, Immediate>
    : T[K] extends object
      ? MaybeUndefined<T[K], Immediate>
      : never;
};
type MultiWatchSources = (WatchSource<unknown> | object)[];
export function watchEffect(effect: WatchEffect, options?: WatchEffectOptions): WatchHandle;
export function watchPostEffect(effect: WatchEffect, options?: WatchEffectOptions): WatchHandle;
export function watchSyncEffect(effect: WatchEffect, options?: WatchEffectOptions): WatchHandle;
export function watch<T, Immediate extends Readonly<boolean> = false>(
  source: WatchSource<T>, callback: WatchCallback<T, MaybeUndefined<T, Immediate>>, options?: WatchOptions<Immediate>,
): WatchHandle;
export function watch<T extends Readonly<MultiWatchSources>, Immediate extends Readonly<boolean> = false>(
  sources: readonly [...T] | T,
  callback: [T] extends [Ref]
    ? WatchCallback<any, any>
    : WatchCallback<MapSources<T, false>, MapSources<T, Immediate>>,
  options?: WatchOptions<Immediate>,
): WatchHandle;
export function watch<T extends object, Immediate extends Readonly<boolean> = false>(
  source: T, callback: WatchCallback<T, MaybeUndefined<T, Immediate>>, options?: WatchOptions<Immediate>,
): WatchHandle;
export function onWatcherCleanup(cleanup: () => void, failSilently?: boolean): void;

// MARK: life cycle

type Hook<F extends Function = () => any> = (hook: F, target?: ComponentInternalInstance | null) => void;
export const onBeforeMount: Hook;
export const onMounted: Hook;
export const onBeforeUpdate: Hook;
export const onUpdated: Hook;
export const onBeforeUnmount: Hook;
export const onUnmounted: Hook;
export const onServerPrefetch: Hook;
export const onActivated: Hook;
export const onDeactivated: Hook;
export const onRenderTracked: Hook<(event: any) => void>;
export const onRenderTriggered: Hook<(event: any) => void>;
export const onErrorCaptured: Hook<
  (error: unknown, instance: ComponentPublicInstance | null, info: string) => boolean | void
>;
export function nextTick(): Promise<void>;
export function nextTick<T, R>(this: T, fn: (this: T) => R | Promise<R>): Promise<R>;

// MARK: dependency injection

interface InjectionConstraint<T> {}
export type InjectionKey<T> = symbol & InjectionConstraint<T>;
export function provide<T, K = InjectionKey<T> | string | number>(
  key: K, value: K extends InjectionKey<infer V> ? V : T,
): void;
export function inject<T>(key: InjectionKey<T> | string): T | undefined;
export function inject<T>(key: InjectionKey<T> | string, defaultValue: T, treatDefaultAsFactory?: false): T;
export function inject<T>(key: InjectionKey<T> | string, defaultValue: T | (() => T), treatDefaultAsFactory: true): T;
export function hasInjectionContext(): boolean;

// MARK: rendering

export interface VNode<HostNode = any, HostElement = any, ExtraProps = { [key: string]: any }> {
  type: any;
  props: (VNodeProps & ExtraProps) | null;
  key: PropertyKey | null;
  children: any;
  el: HostNode | null;
  component: ComponentInternalInstance | null;
  appContext: AppContext | null;
}
export type VNodeRef = string | Ref | ((ref: Element | ComponentPublicInstance | null, refs: Record<string, any>) => void);
export interface VNodeProps {
  key?: PropertyKey;
  ref?: VNodeRef;
  ref_for?: boolean;
  ref_key?: string;
}
export interface AllowedComponentProps {
  class?: unknown;
  style?: unknown;
}
export interface ComponentCustomProps {}
export interface ComponentCustomProperties {}
export interface ComponentCustomOptions {}
export interface GlobalComponents {}
export interface GlobalDirectives {}
type VNodeChildAtom = VNode | string | number | boolean | null | undefined | void;
export type VNodeArrayChildren = Array<VNodeArrayChildren | VNodeChildAtom>;
export type VNodeChild = VNodeChildAtom | VNodeArrayChildren;
export type VNodeNormalizedChildren = string | VNodeArrayChildren | RawSlots | null;
export interface RawSlots {
  [name: string]: unknown;
}
export type StyleValue = false | null | undefined | string | CSSProperties | Array<StyleValue>;
export interface CSSProperties {
  [property: string]: any;
}
export function h(type: any, children?: any): VNode;
export function h(type: any, props?: any, children?: any, ...more: any[]): VNode;
export function createVNode(type: any, props?: any, children?: any, ...more: any[]): VNode;
export function cloneVNode(vnode: VNode, extraProps?: any): VNode;
export function isVNode(value: any): value is VNode;
export function mergeProps(...args: any[]): Record<string, any>;
export function normalizeClass(value: unknown): string;
export function normalizeStyle(value: unknown): any;
export function resolveComponent(name: string): any;
export function resolveDynamicComponent(component: unknown): any;
export function resolveDirective(name: string): Directive | undefined;
export function withDirectives<T extends VNode>(vnode: T, directives: any[]): T;
export function withModifiers<T extends Function>(fn: T, modifiers: string[]): T;
export function withKeys<T extends Function>(fn: T, modifiers: string[]): T;
export function render(vnode: VNode | null, container: Element): void;
export const Fragment: any;
export const Text: unique symbol;
export const Comment: unique symbol;
export const Static: unique symbol;

// MARK: slots

export type Slot<T extends any = any> = (...args: IfAny<T, any[], [T] | (T extends undefined ? [] : never)>) => VNode[];
type IfAny<T, Y, N> = 0 extends 1 & T ? Y : N;
export type Slots = Readonly<{ [name: string]: Slot | undefined }>;
declare const SlotSymbol: unique symbol;
export type SlotsType<T extends Record<string, any> = Record<string, any>> = { [SlotSymbol]?: T };
export type ShallowSlots = Slots;

// MARK: props and emits

export type PropType<T> = PropConstructor<T> | (PropConstructor<T> | null)[];
type PropConstructor<T = any> = { new (...args: any[]): T & {} } | { (): T } | PropMethod<T>;
type PropMethod<T, C = any> = [T] extends [((...args: any) => any) | undefined]
  ? { new (): C; (): T; readonly prototype: C }
  : never;
export interface PropOptions<T = any, D = T> {
  type?: PropType<T> | true | null;
  required?: boolean;
  default?: D | ((rawProps: any) => D) | null | undefined | object;
  validator?(value: unknown, props: Record<string, unknown>): boolean;
  skipCheck?: boolean;
}
export type Prop<T, D = T> = PropOptions<T, D> | PropType<T>;
export type ComponentObjectPropsOptions<P = Record<string, unknown>> = { [K in keyof P]: Prop<P[K]> | null };
export type ComponentPropsOptions<P = Record<string, unknown>> = ComponentObjectPropsOptions<P> | string[];
type RequiredKeys<T> = {
  [K in keyof T]: T[K] extends
    | { required: true }
    | { default: any }
    | BooleanConstructor
    | { type: BooleanConstructor }
    ? T[K] extends { default: undefined | (() => undefined) }
      ? never
      : K
    : never;
}[keyof T];
type OptionalKeys<T> = Exclude<keyof T, RequiredKeys<T>>;
type PublicRequiredKeys<T> = { [K in keyof T]: T[K] extends { required: true } ? K : never }[keyof T];
type InferPropType<T> = [T] extends [null]
  ? any
  : [T] extends [{ type: null | true }]
    ? any
    : [T] extends [ObjectConstructor | { type: ObjectConstructor }]
      ? Record<string, any>
      : [T] extends [BooleanConstructor | { type: BooleanConstructor }]
        ? boolean
        : [T] extends [DateConstructor | { type: DateConstructor }]
          ? Date
          : [T] extends [(infer U)[] | { type: (infer U)[] }]
            ? U extends DateConstructor
              ? Date | InferPropType<U>
              : InferPropType<U>
            : [T] extends [Prop<infer V, infer D>]
              ? unknown extends V
                ? IfAny<V, V, D>
                : V
              : T;
export type ExtractPropTypes<O> = { [K in keyof Pick<O, RequiredKeys<O>>]: InferPropType<O[K]> } & {
  [K in keyof Pick<O, OptionalKeys<O>>]?: InferPropType<O[K]>;
};
export type ExtractPublicPropTypes<O> = { [K in keyof Pick<O, PublicRequiredKeys<O>>]: InferPropType<O[K]> } & {
  [K in keyof Omit<O, PublicRequiredKeys<O>>]?: InferPropType<O[K]>;
};
export type ExtractDefaultPropTypes<O> = Partial<ExtractPropTypes<O>>;
export type ObjectEmitsOptions = Record<string, ((...args: any[]) => any) | null | any[]>;
export type EmitsOptions = ObjectEmitsOptions | string[];
type UnionToIntersection<U> = (U extends any ? (k: U) => void : never) extends (k: infer I) => void ? I : never;
export type EmitFn<O = ObjectEmitsOptions, E extends keyof O = keyof O> = O extends Array<infer V>
  ? (event: V, ...args: any[]) => void
  : {} extends O
    ? (event: string, ...args: any[]) => void
    : UnionToIntersection<
        {
          [K in E]: O[K] extends (...args: infer A) => any
            ? (event: K, ...args: A) => void
            : O[K] extends any[]
              ? (event: K, ...args: O[K]) => void
              : (event: K, ...args: any[]) => void;
        }[E]
      >;
type ShortEmits<T extends Record<string, any>> = UnionToIntersection<
  {
    [K in keyof T]: T[K] extends (...args: infer A) => any
      ? (event: K, ...args: A) => void
      : (event: K, ...args: T[K] extends any[] ? T[K] : any[]) => void;
  }[keyof T]
>;

// MARK: components

export interface ComponentInternalInstance {
  uid: number;
  type: any;
  parent: ComponentInternalInstance | null;
  root: ComponentInternalInstance;
  appContext: AppContext;
  proxy: ComponentPublicInstance | null;
  exposed: Record<string, any> | null;
  vnode: VNode;
  isMounted: boolean;
  isUnmounted: boolean;
  emit: (event: string, ...args: any[]) => void;
  attrs: Record<string, unknown>;
  slots: Slots;
  refs: Record<string, any>;
  props: Record<string, unknown>;
}
export function getCurrentInstance(): ComponentInternalInstance | null;
export interface InstanceBase {
  $: ComponentInternalInstance;
  $data: any;
  $attrs: { [name: string]: unknown };
  $refs: { [name: string]: any };
  $root: ComponentPublicInstance | null;
  $parent: ComponentPublicInstance | null;
  $host: Element | null;
  $el: any;
  $options: any;
  $forceUpdate: () => void;
  $nextTick: typeof nextTick;
  $watch(source: string | Function, callback: Function, options?: WatchOptions): WatchStopHandle;
}
export type ComponentPublicInstance<P = {}, B = {}, D = {}, C = {}, M = {}, E = {}, S = Slots> = InstanceBase & {
  $props: P & VNodeProps & AllowedComponentProps & ComponentCustomProps;
  $slots: S;
  $emit: EmitFn<E>;
} & P & ShallowUnwrapRef<B> & UnwrapNestedRefs<D> & ExtractComputed<C> & M & ComponentCustomProperties;
type ExtractComputed<T> = {
  [K in keyof T]: T[K] extends { get: (...args: any[]) => infer R } ? R : T[K] extends (...args: any[]) => infer R ? R : never;
};
export type CreateComponentPublicInstance<P = {}, B = {}, D = {}, C = {}, M = {}> = ComponentPublicInstance<P, B, D, C, M>;
export interface SetupContext<E = EmitsOptions, S = any> {
  attrs: { [name: string]: unknown };
  slots: Slots;
  emit: EmitFn<E>;
  expose: <Exposed extends Record<string, any> = Record<string, any>>(exposed?: Exposed) => void;
}
type ComputedOptions = Record<string, ((...args: any[]) => any) | { get: (...args: any[]) => any; set: (v: any) => void }>;
type MethodOptions = Record<string, Function>;
type LegacyOptions = {
  name?: string;
  el?: any;
  template?: string | object;
  render?: Function;
  components?: Record<string, any>;
  directives?: Record<string, Directive>;
  inheritAttrs?: boolean;
  expose?: string[];
  slots?: any;
  watch?: Record<string, any>;
  provide?: any;
  inject?: any;
  mixins?: any[];
  extends?: any;
  compilerOptions?: any;
  beforeCreate?(): any;
  created?(): any;
  beforeMount?(): any;
  mounted?(): any;
  beforeUpdate?(): any;
  updated?(): any;
  activated?(): any;
  deactivated?(): any;
  beforeUnmount?(): any;
  unmounted?(): any;
  errorCaptured?(error: unknown, instance: any, info: string): boolean | void;
  serverPrefetch?(): Promise<any>;
} & ComponentCustomOptions;
export type EmitsToProps<E> = E extends string[]
  ? { [K in E[number] as `on${Capitalize<CamelizeText<K>>}`]?: (...args: any[]) => any }
  : E extends ObjectEmitsOptions
    ? {
        [K in keyof E & string as `on${Capitalize<CamelizeText<K>>}`]?: E[K] extends (...args: infer A) => any
          ? (...args: A) => any
          : E[K] extends any[]
            ? (...args: E[K]) => any
            : (...args: any[]) => any;
      }
    : {};
type CamelizeText<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelizeText<B>>}` : S;
export type DefineComponent<
  PropsOrOptions = {}, B = {}, D = {}, C = {}, M = {}, Mixin = any, Extends = any, E = {}, EE = any, PP = any,
  Props = PropsOrOptions, Defaults = {}, S = any,
> = {
  new (...args: any[]): ComponentPublicInstance<Props & {}, B, D, C, M, E>;
  name?: string;
  props?: any;
  emits?: any;
  setup?: any;
  __file?: string;
};
type PublicInstance<Local, Outer, B, D, C, M, E, S> = Omit<ComponentPublicInstance<Local, B, D, C, M, E, S>, '$props'> & {
  $props: Outer & EmitsToProps<E> & VNodeProps & AllowedComponentProps & ComponentCustomProps;
};
type DefinedComponent<Local, Outer, B, D, C, M, E, S = Slots> = {
  new (...args: any[]): PublicInstance<Local, Outer, B, D, C, M, E, S>;
  name?: string;
  props?: any;
  emits?: any;
  setup?: any;
  __file?: string;
};
export function defineComponent<P extends Record<string, any>, E extends EmitsOptions = {}, S = any>(
  setup: (props: P, context: SetupContext<E, S>) => (() => any) | Promise<() => any>,
  options?: { name?: string; inheritAttrs?: boolean; props?: (keyof P)[] | any; emits?: E | (keyof E)[]; slots?: S },
): (props: P & EmitsToProps<E> & VNodeProps & AllowedComponentProps) => any;
export function defineComponent<
  K extends string, B = {}, D = {}, C extends ComputedOptions = {}, M extends MethodOptions = {},
  E extends EmitsOptions = {}, EE extends string = string,
>(
  options: {
    props: K[];
    emits?: (E | EE[]) & ThisType<void>;
    setup?: (this: void, props: Readonly<{ [key in K]?: any }>, context: SetupContext<E>) => B | Promise<B> | (() => any) | void;
    data?: (vm: any) => D;
    computed?: C;
    methods?: M;
  } & LegacyOptions & ThisType<ComponentPublicInstance<Readonly<{ [key in K]?: any }>, B, D, C, M, E>>,
): DefinedComponent<Readonly<{ [key in K]?: any }>, { [key in K]?: any }, B, D, C, M, E>;
export function defineComponent<
  O extends ComponentObjectPropsOptions = {}, B = {}, D = {}, C extends ComputedOptions = {},
  M extends MethodOptions = {}, E extends EmitsOptions = {}, EE extends string = string,
>(
  options: {
    props?: O & ThisType<void>;
    emits?: (E | EE[]) & ThisType<void>;
    setup?: (
      this: void, props: Readonly<ExtractPropTypes<O>>, context: SetupContext<E>,
    ) => B | Promise<B> | (() => any) | void;
    data?: (this: ComponentPublicInstance<Readonly<ExtractPropTypes<O>>>, vm: any) => D;
    computed?: C;
    methods?: M;
  } & LegacyOptions & ThisType<ComponentPublicInstance<Readonly<ExtractPropTypes<O>>, B, D, C, M, E>>,
): DefinedComponent<Readonly<ExtractPropTypes<O>>, ExtractPublicPropTypes<O>, B, D, C, M, E>;
export type Component<P = any> = { new (...args: any[]): any } | ((props: P, ...args: any[]) => any) | ComponentOptions;
export type ConcreteComponent<P = any> = Component<P>;
export interface ComponentOptions {
  [option: string]: any;
}
export type FunctionalComponent<P = {}, E extends EmitsOptions | Record<string, any[]> = {}, S = any> = {
  (props: P & EmitsToProps<E>, context: any): any;
  props?: any;
  emits?: any;
  displayName?: string;
  inheritAttrs?: boolean;
};
export type AsyncComponentLoader<T = any> = () => Promise<T>;
export function defineAsyncComponent<T = any>(
  source:
    | (() => Promise<T | { default: T }>)
    | {
        loader: () => Promise<T | { default: T }>;
        loadingComponent?: Component;
        errorComponent?: Component;
        delay?: number;
        timeout?: number;
        suspensible?: boolean;
        onError?: (error: Error, retry: () => void, fail: () => void, attempts: number) => any;
      },
): T;
export interface TransitionProps {
  name?: string;
  type?: 'transition' | 'animation';
  css?: boolean;
  duration?: number | { enter: number; leave: number };
  mode?: 'in-out' | 'out-in' | 'default';
  appear?: boolean;
  [hook: string]: any;
}
type BuiltInComponent<P> = { new (): { $props: P & VNodeProps; $slots: { [name: string]: Slot } } };
export const Transition: BuiltInComponent<TransitionProps>;
export const TransitionGroup: BuiltInComponent<Omit<TransitionProps, 'mode'> & { tag?: string; moveClass?: string }>;
export const KeepAlive: BuiltInComponent<{
  include?: string | RegExp | (string | RegExp)[];
  exclude?: string | RegExp | (string | RegExp)[];
  max?: number | string;
}>;
export const Teleport: BuiltInComponent<{ to: string | Element | null | undefined; disabled?: boolean; defer?: boolean }>;
export const Suspense: BuiltInComponent<{
  timeout?: string | number;
  suspensible?: boolean;
  onResolve?: () => void;
  onPending?: () => void;
  onFallback?: () => void;
}>;

// MARK: directives and applications

export interface DirectiveBinding<V = any, M extends string = string, A = any> {
  instance: ComponentPublicInstance | null;
  value: V;
  oldValue: V | null;
  arg?: A;
  modifiers: Partial<Record<M, boolean>>;
  dir: ObjectDirective<any, V>;
}
export type DirectiveHook<T = any, V = any> = (el: T, binding: DirectiveBinding<V>, vnode: VNode, previous: any) => void;
export interface ObjectDirective<T = any, V = any> {
  created?: DirectiveHook<T, V>;
  beforeMount?: DirectiveHook<T, V>;
  mounted?: DirectiveHook<T, V>;
  beforeUpdate?: DirectiveHook<T, V>;
  updated?: DirectiveHook<T, V>;
  beforeUnmount?: DirectiveHook<T, V>;
  unmounted?: DirectiveHook<T, V>;
  getSSRProps?: (binding: DirectiveBinding<V>, vnode: VNode) => Record<string, unknown> | undefined;
  deep?: boolean;
}
export type FunctionDirective<T = any, V = any> = DirectiveHook<T, V>;
export type Directive<T = any, V = any> = ObjectDirective<T, V> | FunctionDirective<T, V>;
export interface AppContext {
  app: App;
  config: any;
  provides: Record<string | symbol, any>;
}
export interface App<HostElement = any> {
  version: string;
  config: any;
  use(plugin: Plugin, ...options: any[]): this;
  mixin(mixin: any): this;
  component(name: string): Component | undefined;
  component(name: string, component: Component): this;
  directive(name: string): Directive | undefined;
  directive(name: string, directive: Directive): this;
  mount(rootContainer: HostElement | string): ComponentPublicInstance;
  unmount(): void;
  onUnmount(cb: () => void): void;
  provide<T>(key: InjectionKey<T> | string | number, value: T): this;
  runWithContext<T>(fn: () => T): T;
}
export type Plugin = ((app: App, ...options: any[]) => any) | { install: (app: App, ...options: any[]) => any };
export function createApp(rootComponent: any, rootProps?: Record<string, unknown> | null): App<Element>;
export function createSSRApp(rootComponent: any, rootProps?: Record<string, unknown> | null): App<Element>;
export const version: string;
export const warn: (message: string, ...args: any[]) => void;

// MARK: helpers of setup

export function useSlots(): Slots;
export function useAttrs(): { [name: string]: unknown };
export function useId(): string;
export function useTemplateRef<T = unknown, Keys extends string = string>(key: Keys): TemplateRef<T>;
export function useCssModule(name?: string): Record<string, string>;
export function useCssVars(getter: (ctx: any) => Record<string, string>): void;
export function useModel<T extends Record<string, any>, K extends keyof T>(props: T, name: K, options?: any): ModelRef<T[K]>;
export type ModelRef<T, M extends PropertyKey = string, G = T, S = T> = Ref<G, S> & [
  ModelRef<T, M, G, S>, Record<M, true | undefined>,
];
type BooleanKey<T, K extends keyof T = keyof T> = K extends any ? ([T[K]] extends [boolean | undefined] ? K : never) : never;
export type DefineProps<T, B extends keyof T> = Readonly<T> & { readonly [K in B]-?: boolean };
type InferDefault<P, T> =
  | ((props: P) => T & {})
  | (T extends null | number | string | boolean | symbol | Function ? T : never);
type InferDefaults<T> = { [K in keyof T]?: InferDefault<T, T[K]> };
type DefaultedProps<T, D, B extends keyof T> = T extends unknown
  ? Readonly<{ [K in keyof T as K extends keyof D ? never : K]: T[K] }> & {
      readonly [K in keyof D as K extends keyof T ? K : never]-?: K extends keyof T
        ? D[K] extends undefined
          ? T[K]
          : Exclude<T[K], undefined>
        : never;
    } & { readonly [K in B as K extends keyof D ? never : K]-?: boolean }
  : never;
export function defineProps<N extends string = string>(names: N[]): Readonly<{ [K in N]?: any }>;
export function defineProps<O extends ComponentObjectPropsOptions = ComponentObjectPropsOptions>(
  options: O,
): Readonly<ExtractPropTypes<O>>;
export function defineProps<T>(): DefineProps<T, BooleanKey<T>>;
export function withDefaults<T, B extends keyof T, D extends InferDefaults<T>>(
  props: DefineProps<T, B>, defaults: D,
): DefaultedProps<T, D, B>;
export function defineEmits<N extends string = string>(names: N[]): EmitFn<N[]>;
export function defineEmits<O extends EmitsOptions = EmitsOptions>(options: O): EmitFn<O>;
export function defineEmits<T extends ((...args: any[]) => any) | Record<string, any>>(): T extends (...args: any[]) => any
  ? T
  : ShortEmits<T>;
export function defineExpose<E extends Record<string, any> = Record<string, any>>(exposed?: E): void;
export function defineOptions(
  options?: LegacyOptions & { props?: never; emits?: never; expose?: never; slots?: never; [option: string]: any },
): void;
export function defineSlots<S extends Record<string, any> = Record<string, any>>(): Readonly<S>;
type ModelOptions<T, G = T, S = T> = PropOptions<T> & { get?: (v: T) => G; set?: (v: S) => any };
export function defineModel<T, M extends PropertyKey = string, G = T, S = T>(
  options: ({ default: any } | { required: true }) & ModelOptions<T, G, S>,
): ModelRef<T, M, G, S>;
export function defineModel<T, M extends PropertyKey = string, G = T | undefined, S = T | undefined>(
  options?: ModelOptions<T, G, S>,
): ModelRef<T | undefined, M, G, S>;
export function defineModel<T, M extends PropertyKey = string, G = T, S = T>(
  name: string, options: ({ default: any } | { required: true }) & ModelOptions<T, G, S>,
): ModelRef<T, M, G, S>;
export function defineModel<T, M extends PropertyKey = string, G = T | undefined, S = T | undefined>(
  name: string, options?: ModelOptions<T, G, S>,
): ModelRef<T | undefined, M, G, S>;

declare global {
  const defineProps: typeof import('vue').defineProps;
  const withDefaults: typeof import('vue').withDefaults;
  const defineEmits: typeof import('vue').defineEmits;
  const defineExpose: typeof import('vue').defineExpose;
  const defineOptions: typeof import('vue').defineOptions;
  const defineSlots: typeof import('vue').defineSlots;
  const defineModel: typeof import('vue').defineModel;
}
