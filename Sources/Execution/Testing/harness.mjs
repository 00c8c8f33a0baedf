// Calls a function of a JavaScript or TypeScript program, or runs code after it, and leaves a report for driver.py:
// the counterpart of what the driver does itself for programs in Python. Standard input holds the name of the
// report's file, a line feed, the entry, a line feed, and what the test gives.
import { readFileSync, writeFileSync } from "node:fs";

const encoder = new TextEncoder();
const { isArray } = Array;
const { isInteger } = Number;
const write = writeFileSync;
const end = globalThis.process?.exit?.bind(globalThis.process) ?? ((code) => Deno.exit(code));

class Report {
  parts = [];
  room = 0;

  constructor(kind, room) {
    this.room = room;
    this.add(kind);
  }

  add(text) {
    const bytes = encoder.encode(text);
    this.room -= bytes.length;
    if (this.room < 0) throw new RangeError("too large");
    this.parts[this.parts.length] = bytes;
  }

  text(tag, text) {
    this.add(`${tag}${encoder.encode(text).length}:`);
    this.add(text);
  }

  items(tag, items, depth) {
    this.add(`${tag}${items.length}:`);
    for (let index = 0; index < items.length; index++) this.value(items[index], depth + 1);
  }

  pairs(pairs, depth) {
    this.add(`D${pairs.length}:`);
    for (let index = 0; index < pairs.length; index++) {
      this.value(pairs[index][0], depth + 1);
      this.value(pairs[index][1], depth + 1);
    }
  }

  value(value, depth) {
    if (value === null || value === undefined) return this.add("N0:");
    if (typeof value === "boolean") return this.add(value ? "B1:" : "B0:");
    if (typeof value === "bigint") return this.text("I", `${value}`);
    if (typeof value === "string") return this.text("S", value);
    if (typeof value === "number") return this.number(value);
    if (depth > 200) return this.other("object", "nested more than 200 levels deep");
    if (isArray(value)) return this.items("L", value, depth);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return this.items("L", [...value], depth);
    if (value instanceof Map) return this.pairs([...value], depth);
    if (value instanceof Set) return this.items("Z", [...value], depth);
    const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
    if (prototype === Object.prototype || prototype === null) return this.pairs(Object.entries(value), depth);
    this.other(value.constructor?.name ?? typeof value, String(value).slice(0, 200));
  }

  number(value) {
    if (isInteger(value) && !Object.is(value, -0)) return this.text("I", `${BigInt(value)}`);
    this.text("F", Number.isNaN(value) ? "nan" : `${value}`.replace("Infinity", "inf"));
  }

  other(type, description) {
    this.add("O0:");
    this.text("S", `${type}`);
    this.text("S", description);
  }

  bytes() {
    let size = 0;
    for (const part of this.parts) size += part.length;
    const all = new Uint8Array(size);
    let offset = 0;
    for (const part of this.parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }
}

function describe(error, stage) {
  const report = new Report("E", 1 << 20);
  const stack = String(error?.stack ?? "");
  const line = /\/program\/main\.\w+:(\d+)/.exec(stack)?.[1] ?? "";
  // Deno wraps a source text's errors, Bun has a class of its own for them.
  const isWrapped = /^SyntaxError: /.test(String(error?.message)) || error?.name === "BuildMessage";
  const isPlain = error?.name === "SyntaxError" && !/\n\s+at .*\/program\/main\./.test(stack);
  const isSource = stage === "load" && (isWrapped || isPlain);
  report.text("", isSource ? "compile" : stage);
  report.text("", isSource ? "SyntaxError" : String(error?.name ?? typeof error).slice(0, 200));
  report.text("", String(error?.message ?? error).slice(0, 1000));
  report.text("", line);
  console.error(stack || String(error));
  return report;
}

async function run(main, entry, room, rest) {
  let stage = "load";
  try {
    const loaded = await import(main);
    const program = loaded.llmbench_program ?? loaded.default?.llmbench_program;
    if (entry === "script") {
      stage = "run";
      await program.evaluate(rest);
      return new Report("F", 1);
    }
    const own = program.solution ? new program.solution() : undefined;
    const method = own ? own[program.name] : program.entry;
    if (typeof method !== "function") {
      const report = new Report("N", 1000);
      report.text("", `there is no function ${program.name} in the program`);
      return report;
    }
    stage = "run";
    const result = await method.apply(own, rest);
    const report = new Report("V", room);
    try {
      report.value(result, 0);
    } catch (error) {
      if (error instanceof RangeError && report.room < 0) return new Report("O", 1);
      throw error;
    }
    return report;
  } catch (error) {
    return describe(error, stage);
  }
}

const [file, main, entry, room, ...lines] = readFileSync(0, "utf8").split("\n");
const rest = lines.join("\n");
const input = entry === "script" ? rest : JSON.parse(rest);
const report = await run(main, entry, Number(room), input);
write(file, report.bytes());
end(0);
