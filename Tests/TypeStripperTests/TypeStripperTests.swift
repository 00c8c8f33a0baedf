import Testing
import TypeStripper

/// Each pair of lines is TypeScript and what has to come out: the same text with spaces for the types.
@Suite struct TypeStripperTests {
  /// Written one above the other so that places can be compared by eye.
  private static let pairs: [(String, String)] = [
    // Variables
    ("let x: number = 1;", "let x         = 1;"),
    (
      "const a: string[] = [], b: Map<string, Array<number>>= new Map();",
      "const a           = [], b                            = new Map();"
    ),
    ("let x!: number;", "let x         ;"),
    ("let {a, b: [c]}: {a: number, b: [string]} = o;", "let {a, b: [c]}                           = o;"),
    ("let f: (a: number, b?: string) => void = g;", "let f                                  = g;"),
    ("let f: new <T>(x: T) => Map<T, T> = g;", "let f                             = g;"),
    ("for (const x of y as number[]) {}", "for (const x of y            ) {}"),
    ("for (let i: number = 0; i < n; i++) {}", "for (let i         = 0; i < n; i++) {}"),
    ("for (const k in o as any) {}", "for (const k in o       ) {}"),
    ("try {} catch (e: unknown) {}", "try {} catch (e         ) {}"),
    // Functions
    (
      "function f<T extends object = {}>(this: Foo, a: T, b?: number, ...c: string[]): asserts a is T {}",
      "function f                       (           a   , b         , ...c          )                 {}"
    ),
    (
      "function f(x: number): x is 5;\nfunction f(x: any) { return x }",
      ";                             \nfunction f(x     ) { return x }"
    ),
    (
      "async function* g(): AsyncGenerator<number> { yield* x as any; yield }",
      "async function* g()                         { yield* x       ; yield }"
    ),
    (
      "const f = (a: number, {b}: {b: string} = {b: ''}): string => b;",
      "const f = (a        , {b}              = {b: ''})         => b;"
    ),
    ("const f = async <T,>(x: T): Promise<T> => x;", "const f = async     (x   )             => x;"),
    ("const f = <T extends unknown>(x: T) => x", "const f =                    (x   ) => x"),
    ("const f = x => y => x as any", "const f = x => y => x       "),
    ("const f = (a): Promise<\n  string\n> => a", "const f = (a           \n        \n) => a"),
    ("const f = (): { a: number } => ({ a: 1 })", "const f = ()                => ({ a: 1 })"),
    ("const f = (x): ((y: number) => string) => y => x", "const f = (x)                          => y => x"),
    ("const f = (x: any): x is string => true", "const f = (x     )              => true"),
    // Conditions with arrows
    ("a ? (b) : c => d", "a ? (b) : c => d"),
    ("a ? (b): c => d : e", "a ? (b)    => d : e"),
    ("a ? (b) => (c) : d => e", "a ? (b) => (c) : d => e"),
    ("a ? (b, c) : (d: number): void => {}", "a ? (b, c) : (d        )       => {}"),
    ("a?.5:b", "a?.5:b"),
    // Operators
    ("x = a as const satisfies B as C[] | undefined ?? 0;", "x = a                                         ?? 0;"),
    ("x = (y as any)!.z![0]!()!;", "x = (y       ) .z [0] () ;"),
    ("if (a! != b && a! == c! || !d) {}", "if (a  != b && a  == c  || !d) {}"),
    ("a! = b!; a!++", "a  = b ; a ++"),
    ("x = <any>y + <number>z", "x =      y +         z"),
    ("x = y as Foo<Bar>>> 2", "x = y            >> 2"),
    ("x = `a${b as string}c${`${d!}`}` as T", "x = `a${b          }c${`${d }`}`     "),
    // Generics and comparisons
    (
      "f<number>(x); new Map<string, number[]>(); g<A>`x`; h<A>;",
      "f        (x); new Map                  (); g   `x`; h   ;"
    ),
    ("f?.<number>(x)", "f?.        (x)"),
    (
      "a < b; a < b > c; a<b>c; f(a < b, c > d); i < n && j > (m)",
      "a < b; a < b > c; a<b>c; f(a < b, c > d); i < n && j > (m)"
    ),
    ("x = new Foo<Bar>; y = new A.B<C<D>>(1)", "x = new Foo     ; y = new A.B      (1)"),
    ("a >>= 1; a >>>= b >= c >> d >>> e", "a >>= 1; a >>>= b >= c >> d >>> e"),
    // Types
    (
      "let x: keyof typeof a.b[0] | -1 | `a${string}` | unique symbol | readonly [a: string, ...b: T[]] = y",
      "let x                                                                                            = y"
    ),
    (
      "let x: T extends (infer U extends string)[] ? U : { [K in keyof T as `x`]-?: T[K] } = y",
      "let x                                                                               = y"
    ),
    (
      "let x: typeof import('a') | import('b').C<D> | (new () => E) | abstract new () => F = y",
      "let x                                                                               = y"
    ),
    ("let x: | A\n  | B & C = y", "let x     \n          = y"),
    ("let x: A extends B ? C : D extends E ? F : G; let y", "let x                                       ; let y"),
    // Declarations
    (
      "interface A<T> extends B<T>, C { x: number; y(): void; [k: string]: any }\nx",
      ";                                                                        \nx"
    ),
    ("type A<T = {}> = { x: number } | T;\nx", ";                                  \nx"),
    ("a\ntype B = number\n(c)", "a\n;              \n(c)"),
    (
      "declare const events: Event[];\ndeclare function f(x: number): void\ndeclare class A { x: number }\nx",
      ";                             \n;                                  \n;                            \nx"
    ),
    (
      "declare global { interface Window { x: number } }\ndeclare module 'x' { export = y }\nx",
      ";                                                \n;                                \nx"
    ),
    (
      "type = 1; interface\nfoo; declare; abstract; namespace; module.exports = 1; type\nx = 2",
      "type = 1; interface\nfoo; declare; abstract; namespace; module.exports = 1; type\nx = 2"
    ),
    // Classes
    (
      "abstract class A<T> extends B<T> implements C<T>, D {}", "         class A    extends B                       {}"
    ),
    (
      "class A { private x: number = 1; readonly y?: string; static readonly z!: T; #p: number; declare q: any }",
      "class A { ;       x         = 1; ;        y         ; static          z    ; #p        ; ;              }"
    ),
    (
      "class A { constructor(a?: number); constructor(a: any) {} abstract foo(): void; override bar<T>(): T { } baz?(): void {} }",
      "class A { ;                        constructor(a     ) {} ;                     ;        bar   ()    { } baz ()       {} }"
    ),
    (
      "class A { [key: string]: any; static [k: number]: string; [Symbol.iterator](): T {} }",
      "class A { ;                   ;                           [Symbol.iterator]()    {} }"
    ),
    (
      "class A { a = 1\n private [b] = 2\n get\n x(): number { return 1 } set x(v: number) {} static async *g(): X {} static {} }",
      "class A { a = 1\n ;       [b] = 2\n get\n x()         { return 1 } set x(v        ) {} static async *g()    {} static {} }"
    ),
    (
      "class A { get; set; static; async; private; readonly = 1; type: string; declare() {} abstract = 2 }",
      "class A { get; set; static; async; private; readonly = 1; type        ; declare() {} abstract = 2 }"
    ),
    (
      "class A { constructor(private x: number, readonly y = 2, z: string) { f() } }",
      "class A { constructor(        x        ,          y = 2, z        ) { this.x = x; this.y = y; f() } }"
    ),
    (
      "class A extends B { constructor(public x) { super(1); f() } }",
      "class A extends B { constructor(       x) { super(1);; this.x = x; f() } }"
    ),
    ("x = class<T> extends (a as any)<T> {}", "x = class    extends (a       )    {}"),
    // Objects
    (
      "x = { get a(): number { return 1 }, async *b<T>(c: T): X {}, d: e as F, [g as string]: 1, get: 2, async, set() {} }",
      "x = { get a()         { return 1 }, async *b   (c   )    {}, d: e     , [g          ]: 1, get: 2, async, set() {} }"
    ),
    ("({ a = 1, b: { c = 2 as number } } = d)", "({ a = 1, b: { c = 2           } } = d)"),
    // Modules
    (
      "import type { A } from 'a';\nimport type B, { type C } from 'b';\nimport type D from 'd'\nx",
      ";                          \n;                                  \n;                     \nx"
    ),
    ("import { type A, b, type C as D, type } from 'a';", "import {         b,              type } from 'a';"),
    (
      "import type from 'a'; import type, { x } from 'a'; import * as y from 'y' with { type: 'json' };",
      "import type from 'a'; import type, { x } from 'a'; import * as y from 'y' with { type: 'json' };"
    ),
    (
      "export type { A } from 'a'; export type B = C; export interface D {} export { type E, f };",
      ";                           ;                  ;                     export {         f };"
    ),
    (
      "export default interface A {}\nexport declare const x: number;\nexport abstract class B {}\nexport const c: D = 1",
      ";                            \n;                              \nexport          class B {}\nexport const c    = 1"
    ),
    (
      "export default (a: number) => a; export default class<T> {}",
      "export default (a        ) => a; export default class    {}"
    ),
    ("const m = await import('x') as any; import.meta.url!;", "const m = await import('x')       ; import.meta.url ;"),
    // Things that look like types
    ("x = a ? b : c; label: for (;;) { break label }", "x = a ? b : c; label: for (;;) { break label }"),
    (
      "switch (a as B) { case (c): d; case <E>f: g; default: }",
      "switch (a     ) { case (c): d; case    f: g; default: }"
    ),
    (
      "x = /[/:<]as T/g.test(y) / 2 / z; w = a++ / b; if (c) /d: e/.exec(f)",
      "x = /[/:<]as T/g.test(y) / 2 / z; w = a++ / b; if (c) /d: e/.exec(f)"
    ),
    (
      "s = 'a: b as c'; // x: number\n/* y as z\n */ t = \"\\\": d\"",
      "s = 'a: b as c'; // x: number\n/* y as z\n */ t = \"\\\": d\""
    ),
    (
      "as = as + satisfies; let of = async; async (x); async\n(y)",
      "as = as + satisfies; let of = async; async (x); async\n(y)"
    ),
    ("a = b as any\n(c)", "a = b ;     \n(c)"),
    ("let f: (A)[] | ((a) => b) = (c): (d) => e => g", "let f                     = (c)           => g"),
    ("#!/usr/bin/env node\nlet x: number", "#!/usr/bin/env node\nlet x        "),
    ("let é: \"日本😀\" = 'ü'; y as 本", "let é         = 'ü'; y     "),
    (
      "a = 1.5e-3 + 0x1F + 1_000n + .5; 1..toFixed(); 1.0.toFixed()",
      "a = 1.5e-3 + 0x1F + 1_000n + .5; 1..toFixed(); 1.0.toFixed()"
    ),
    ("", ""),
  ]

  @Test(arguments: pairs) func `types become spaces`(source: String, expected: String) throws {
    let result = try TypeStripper.strip(source)
    #expect(result == expected)
  }

  @Test(arguments: pairs) func `what comes out stays as it is`(source: String, expected: String) throws {
    // Parameter properties and type arguments after a comparison aside, JavaScript is TypeScript.
    #expect(try TypeStripper.strip(expected) == expected)
  }

  @Test(arguments: [
    ("enum A { B }", 1, 1, "enum"), ("\n  const enum A { B }", 2, 3, "enum"), ("export enum A {}", 1, 8, "enum"),
    ("x;\nnamespace A { }", 2, 1, "namespace"), ("module A.B {}", 1, 1, "namespace"),
    ("import a = require('b')", 1, 10, "import"), ("export = a", 1, 1, "export"),
    ("@dec class A {}", 1, 1, "decorator"),
    ("class A { @dec x }", 1, 11, "decorator"), ("f = () => <T>{ a: 1 }", 1, 11, "as T"),
    ("class A extends B { constructor(public a) { f() } }", 1, 43, "super"),
    ("let x: = 1", 1, 8, "type"), ("f(", 1, 3, "end"), ("let 😀 x", 1, 8, ";"), ("'abc", 1, 1, "string"),
    ("`a${b", 1, 6, "'}'"), ("/* a", 1, 1, "comment"), ("x = /a", 1, 5, "regular"), ("a b", 1, 3, "';'"),
    ("{", 1, 2, "'}'"), ("}", 1, 1, "expression"), ("let x: {", 1, 9, "bracket"), ("if (a", 1, 6, "')'"),
    ("\u{1}", 1, 1, "character"),
  ])
  func `what cannot be done is said with its place`(source: String, line: Int, column: Int, word: String) {
    #expect { try TypeStripper.strip(source) } throws: {
      guard let error = $0 as? TypeStripperError else { return false }
      return error.line == line && error.column == column && error.message.contains(word)
    }
  }

  @Test(arguments: [
    "(", "[", "{a:", "a ? ", "f(", "`${", "!", "let x: A<", "(a = ", "x => ", "if (a) ", "a < b < ", "async (a = ",
  ])
  func `deep nesting is refused without delay`(part: String) {
    let source = String(repeating: part, count: 2_000)
    #expect { try TypeStripper.strip(source) } throws: { $0 is TypeStripperError }
  }

  @Test func `a long chain is no deep nesting`() throws {
    let chain = "if (a) b(); " + String(repeating: "else if (c) d(); ", count: 2000) + "else e();"
    #expect(try TypeStripper.strip(chain) == chain)
    let sum = "x = " + String(repeating: "a + ", count: 5000) + "a"
    #expect(try TypeStripper.strip(sum) == sum)
  }

  @Test func `nested defaults that might be arrow functions take no exponential time`() throws {
    let source = "x = " + String(repeating: "(a = ", count: 60) + "1" + String(repeating: ")", count: 60)
    #expect(try TypeStripper.strip(source) == source)
  }

  @Test func `any prefix of a program gives a result or an error`() {
    let source = Self.pairs.map(\.0).filter { !$0.hasPrefix("#!") }.joined(separator: "\n")
    for count in stride(from: 0, to: source.utf8.count, by: 7) {
      _ = try? TypeStripper.strip(String(decoding: source.utf8.prefix(count), as: UTF8.self))
    }
  }
}
