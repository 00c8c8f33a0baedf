/// The JavaScript that runs beside a snippet: it reads the events and reports the result. Node, Deno and Bun take it
/// as it is.
enum EventHarness {
  static let path = "/program/harness.mjs"
  static let eventPath = "/input/events.avro"

  /// A module with `load(path)`, which reads an Avro object container file (specification 1.11, "Object Container
  /// Files") of the null or deflate codec into an array, and `finish`, which prints the result behind a prefix that
  /// is new in every run. What a snippet prints goes the same way, without the prefix.
  static let source = #"""
    import { readFileSync, writeSync } from "node:fs";
    import { inflateRawSync } from "node:zlib";

    const now = () => performance.now();
    const tooEarly = (at) => new Error("the event file ends too early at byte " + at);

    class Reader {
      constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
        this.slots = new Array(4096);
        this.keys = new Array(4096);
      }
      need(count) {
        if (count < 0 || count > this.bytes.length - this.at) throw tooEarly(this.at);
      }
      byte() { this.need(1); return this.bytes[this.at++]; }
      long() {
        const bytes = this.bytes;
        let value = 0, shift = 0, byte;
        do {
          if (this.at >= bytes.length) throw tooEarly(this.at);
          byte = bytes[this.at++];
          value |= (byte & 127) << shift;
          shift += 7;
        } while (byte > 127 && shift < 28);
        if (byte < 128) return (value >>> 1) ^ -(value & 1);
        let wide = BigInt(value);
        let wideShift = 28n;
        do {
          byte = this.byte();
          wide |= BigInt(byte & 127) << wideShift;
          wideShift += 7n;
          if (wideShift > 70n) throw new Error("a number in the event file is too long at byte " + this.at);
        } while (byte > 127);
        return Number(BigInt.asIntN(64, (wide >> 1n) ^ -(wide & 1n)));
      }
      take(count) {
        this.need(count);
        const part = this.bytes.subarray(this.at, this.at + count);
        this.at += count;
        return part;
      }
      // Keys repeat: the text of a short one is made once and found again by its bytes.
      string() {
        const count = this.long();
        this.need(count);
        const bytes = this.bytes, start = this.at, end = start + count;
        this.at = end;
        if (count > 24) return decoder.decode(bytes.subarray(start, end));
        let hash = count;
        for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]) | 0;
        const slot = (hash ^ (hash >>> 12)) & 4095;
        const key = this.keys[slot];
        if (key !== undefined && key.length === count) {
          let i = 0;
          while (i < count && key[i] === bytes[start + i]) i++;
          if (i === count) return this.slots[slot];
        }
        this.keys[slot] = bytes.slice(start, end);
        return (this.slots[slot] = decoder.decode(this.keys[slot]));
      }
      view(count) {
        const part = this.take(count);
        return new DataView(part.buffer, part.byteOffset, count);
      }
    }

    const decoder = new TextDecoder();

    const blocks = (reader, each) => {
      for (let count = reader.long(); count !== 0; count = reader.long()) {
        if (count < 0) { reader.long(); count = -count; }
        while (count-- > 0) each();
      }
    };

    const read = (schema, names, depth = 0) => {
      if (depth > 64) throw new Error("the schema of the event file nests too deep");
      if (Array.isArray(schema)) {
        const choices = schema.map((choice) => read(choice, names, depth + 1));
        return (reader) => {
          const choice = choices[reader.long()];
          if (!choice) throw new Error("a union in the event file has no such branch at byte " + reader.at);
          return choice(reader);
        };
      }
      if (typeof schema === "object" && schema !== null) return readComplex(schema, names, depth);
      switch (schema) {
        case "null": return () => null;
        case "boolean": return (reader) => reader.byte() !== 0;
        case "int": case "long": return (reader) => reader.long();
        case "float": return (reader) => reader.view(4).getFloat32(0, true);
        case "double": return (reader) => reader.view(8).getFloat64(0, true);
        case "bytes": return (reader) => reader.take(reader.long()).slice();
        case "string": return (reader) => reader.string();
      }
      const named = names.get(schema);
      if (!named) throw new Error("the schema of the event file names an unknown type: " + schema);
      return (reader) => named.read(reader);
    };

    const readComplex = (schema, names, depth) => {
      const declare = () => {
        const named = {};
        names.set(schema.name, named);
        if (schema.namespace) names.set(schema.namespace + "." + schema.name, named);
        return named;
      };
      switch (schema.type) {
        case "record": case "error": {
          const named = declare();
          const fields = schema.fields.map((field) => [field.name, read(field.type, names, depth + 1)]);
          return (named.read = recordReader(fields));
        }
        case "enum": { const { symbols } = schema; return (declare().read = (reader) => symbols[reader.long()]); }
        case "fixed": { const { size } = schema; return (declare().read = (reader) => reader.take(size).slice()); }
        case "array": {
          const item = read(schema.items, names, depth + 1);
          return (reader) => { const list = []; blocks(reader, () => list.push(item(reader))); return list; };
        }
        case "map": {
          const item = read(schema.values, names, depth + 1);
          return (reader) => {
            const entries = [];
            blocks(reader, () => { const key = reader.string(); entries.push([key, item(reader)]); });
            return Object.fromEntries(entries);
          };
        }
        default: return read(schema.type, names, depth + 1);
      }
    };

    // A function made for the record's own fields: engines give its objects one shape and keep it fast.
    const recordReader = (fields) => {
      const members = fields.map(([name], index) => `[${JSON.stringify(name)}]: f${index}(reader)`);
      const simple = fields.map(([name], index) => `${JSON.stringify(name)}: f${index}(reader)`);
      const body = fields.some(([name]) => name === "__proto__") ? members : simple;
      const code = `return (reader) => ({ ${body.join(", ")} });`;
      const make = new Function(...fields.map((_, index) => "f" + index), code);
      return make(...fields.map(([, reading]) => reading));
    };

    const load = (path) => {
      const reader = new Reader(readFileSync(path));
      if (decoder.decode(reader.take(4)) !== "Obj\u0001") {
        throw new Error("the event file is not an Avro container file");
      }
      const facts = new Map();
      blocks(reader, () => {
        const key = reader.string();
        facts.set(key, decoder.decode(reader.take(reader.long())));
      });
      const codec = facts.get("avro.codec") ?? "null";
      if (codec !== "null" && codec !== "deflate") {
        throw new Error(`the event file is packed with ${codec}: make it with codec null or deflate`);
      }
      const item = read(JSON.parse(facts.get("avro.schema")), new Map());
      const mark = reader.take(16);
      const events = [];
      while (reader.at < reader.bytes.length) {
        let count = reader.long();
        const packed = reader.take(reader.long());
        const block = new Reader(codec === "deflate" ? inflateRawSync(packed) : packed);
        block.slots = reader.slots;
        block.keys = reader.keys;
        if (count < 0) throw new Error("a block of the event file has a negative count");
        while (count-- > 0) events.push(item(block));
        const end = reader.take(16);
        for (let i = 0; i < 16; i++) {
          if (end[i] !== mark[i]) throw new Error("a block of the event file does not end with its mark");
        }
      }
      return events;
    };

    const write = (text) => {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) {
        try { at += writeSync(1, bytes, at); } catch (error) { if (error.code !== "EAGAIN") throw error; }
      }
    };

    const end = typeof Deno === "undefined" ? process.exit.bind(process) : Deno.exit.bind(Deno);

    const describe = (error) => {
      try {
        return String(error instanceof Error ? `${error.name}: ${error.message}` : error).slice(0, 2000);
      } catch { return "an error that cannot be shown"; }
    };

    class Outcome { constructor(value, called) { this.value = value; this.called = called; } }

    // What a snippet means by its result, in order: the variable, a value that it returns, one that the function it
    // defined returns for the events, the last thing it printed.
    const choose = async (returned, printed, events) => {
      const isOutcome = returned instanceof Outcome;
      const value = isOutcome ? returned.value : returned;
      if (value !== undefined) return typeof value === "function" ? await value(events) : await value;
      if (printed.length > 0) return parsed(printed[printed.length - 1]);
      if (isOutcome && returned.called !== undefined) {
        const answer = await returned.called(events);
        return answer !== undefined || printed.length === 0 ? answer : parsed(printed[printed.length - 1]);
      }
      return undefined;
    };

    const parsed = (value) => {
      if (typeof value !== "string") return value;
      try { return JSON.parse(value); } catch { return value; }
    };

    const capture = () => {
      const printed = [];
      const { log } = console;
      console.log = (...values) => {
        if (values.length === 1) printed[0] = values[0];
        log.apply(console, values);
      };
      return printed;
    };

    // Takes the pieces it needs before a snippet can change them.
    const { stringify } = JSON;

    export const run = async (prefix, mostCharacters, prepare, snippet) => {
      const report = { loadSeconds: null, computeSeconds: null, failure: null, message: null };
      const send = (result) => {
        write("\n" + prefix + stringify(report) + "\n" + (result === undefined ? "" : prefix + result + "\n"));
      };
      let start = now();
      let events;
      try { events = load("EVENT_PATH"); } catch (error) {
        report.failure = "loadFailed"; report.message = describe(error);
        send(undefined); end(1);
      }
      report.loadSeconds = (now() - start) / 1000;
      report.rows = events.length;
      const printed = capture();
      let text;
      start = now();
      try {
        prepare(events);
        const value = await choose(await snippet(Outcome), printed, events);
        report.computeSeconds = (now() - start) / 1000;
        text = stringify(value);
        if (text === undefined) {
          report.failure = "noResult"; report.message = "the snippet left no result";
        } else if (text.length > mostCharacters) {
          report.failure = "resultTooLarge"; report.message = `the result has ${text.length} characters`;
          text = undefined;
        }
      } catch (error) {
        report.computeSeconds = (now() - start) / 1000;
        report.failure = "snippetFailed"; report.message = describe(error); text = undefined;
      }
      send(text);
      end(report.failure === null ? 0 : 1);
    };
    """#.replacing("EVENT_PATH", with: eventPath)
}
