// What the generated code of a component is made with. Never seen by the component itself.
import type { ComponentPublicInstance, StyleValue } from 'vue';

export type Instance = ComponentPublicInstance;

export function list(source: number): [item: number, index: number][];
export function list<T>(source: readonly T[]): [item: T, index: number][];
export function list(source: string): [item: string, index: number][];
export function list<T>(source: { [Symbol.iterator](): Iterator<T> }): [item: T, index: number][];
export function list<T>(source: T): [item: T[keyof T], key: `${keyof T & (string | number)}`, index: number][];

type Camelize<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camelize<B>>}` : S;
export type EventProps<E> = (E extends {
  (event: infer N1, ...args: infer A1): any;
  (event: infer N2, ...args: infer A2): any;
  (event: infer N3, ...args: infer A3): any;
  (event: infer N4, ...args: infer A4): any;
  (event: infer N5, ...args: infer A5): any;
  (event: infer N6, ...args: infer A6): any;
  (event: infer N7, ...args: infer A7): any;
  (event: infer N8, ...args: infer A8): any;
}
  ? Handler<N1, A1> & Handler<N2, A2> & Handler<N3, A3> & Handler<N4, A4> & Handler<N5, A5> & Handler<N6, A6>
      & Handler<N7, A7> & Handler<N8, A8>
  : {});
type Handler<N, A extends any[]> = unknown extends N
  ? {}
  : string extends N
    ? {}
    : N extends string
      ? { [K in N as `on${Capitalize<Camelize<K>>}`]?: (...args: A) => any }
      : {};

export function publicProps<N extends string>(names: N[]): { [K in N]?: any };
export function publicProps<O>(options: O): import('vue').ExtractPublicPropTypes<O>;

/** A component as the function of its properties: attributes that it does not declare are allowed. */
export function component<C>(
  component: C,
): 0 extends 1 & C
  ? (props: any) => any
  : C extends { new (...args: any[]): infer I }
    ? I extends { $props: infer P }
      ? (props: P & Record<string, unknown>) => I
      : (props: any) => any
    : C extends () => any
      ? (props: any) => ReturnType<C>
      : C extends (...args: any[]) => any
      ? C
      : (props: any) => any;
export function slots<I>(instance: I): I extends { $slots: infer S } ? NonNullable<S> : any;
export function slotProps<S>(slot: S): NonNullable<S> extends (...args: infer A) => any ? A : any[];

type Booleanish = boolean | 'true' | 'false';
type Numberish = number | string;
interface Events {
  onClick: PointerEvent; onAuxclick: PointerEvent; onContextmenu: PointerEvent; onDblclick: MouseEvent;
  onMousedown: MouseEvent; onMouseenter: MouseEvent; onMouseleave: MouseEvent; onMousemove: MouseEvent;
  onMouseout: MouseEvent; onMouseover: MouseEvent; onMouseup: MouseEvent;
  onCopy: ClipboardEvent; onCut: ClipboardEvent; onPaste: ClipboardEvent;
  onCompositionstart: CompositionEvent; onCompositionupdate: CompositionEvent; onCompositionend: CompositionEvent;
  onDrag: DragEvent; onDragend: DragEvent; onDragenter: DragEvent; onDragleave: DragEvent; onDragover: DragEvent;
  onDragstart: DragEvent; onDrop: DragEvent;
  onFocus: FocusEvent; onFocusin: FocusEvent; onFocusout: FocusEvent; onBlur: FocusEvent;
  onChange: Event; onBeforeinput: InputEvent; onInput: InputEvent; onReset: Event; onSubmit: SubmitEvent; onInvalid: Event;
  onLoad: Event; onError: Event; onScroll: Event;
  onKeydown: KeyboardEvent; onKeypress: KeyboardEvent; onKeyup: KeyboardEvent;
  onWheel: WheelEvent;
  onTouchstart: TouchEvent; onTouchmove: TouchEvent; onTouchend: TouchEvent; onTouchcancel: TouchEvent;
  onPointerdown: PointerEvent; onPointermove: PointerEvent; onPointerup: PointerEvent; onPointercancel: PointerEvent;
  onPointerenter: PointerEvent; onPointerleave: PointerEvent; onPointerover: PointerEvent; onPointerout: PointerEvent;
  onAnimationstart: AnimationEvent; onAnimationend: AnimationEvent; onAnimationiteration: AnimationEvent;
  onTransitionstart: TransitionEvent; onTransitionend: TransitionEvent;
}
type EventHandlers = { [K in keyof Events]?: (payload: Events[K]) => any };
interface CommonAttributes extends EventHandlers {
  id?: string | undefined;
  title?: string | undefined;
  lang?: string | undefined;
  role?: string | undefined;
  placeholder?: string | undefined;
  href?: string | undefined;
  src?: string | undefined;
  alt?: string | undefined;
  name?: string | undefined;
  for?: string | undefined;
  target?: string | undefined;
  rel?: string | undefined;
  pattern?: string | undefined;
  innerHTML?: string | undefined;
  style?: StyleValue;
  tabindex?: Numberish | undefined;
  maxlength?: Numberish | undefined;
  minlength?: Numberish | undefined;
  rows?: Numberish | undefined;
  cols?: Numberish | undefined;
  colspan?: Numberish | undefined;
  rowspan?: Numberish | undefined;
  min?: Numberish | undefined;
  max?: Numberish | undefined;
  step?: Numberish | undefined;
  size?: Numberish | undefined;
  disabled?: Booleanish | undefined;
  readonly?: Booleanish | undefined;
  required?: Booleanish | undefined;
  multiple?: Booleanish | undefined;
  autofocus?: Booleanish | undefined;
  selected?: Booleanish | undefined;
  novalidate?: Booleanish | undefined;
  key?: PropertyKey | undefined;
  [name: string]: unknown;
}
export function element(attributes: CommonAttributes): void;
export function graphic(attributes: EventHandlers & Record<string, unknown>): void;
export function any(...values: unknown[]): void;
