import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { LLMBench } from 'llmbench-client';

import { startFakeModel } from '../../testing/fake-model.mjs';

export const program = process.env.LLMBENCH;
if (!program) throw new Error('Set LLMBENCH to the llmbench program that the tests use.');

/** Nothing waits for ever. */
export const limit = { timeout: 60_000 };

export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'llmbench-node-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A client with a server and a database of its own. */
export async function spawnBench(t, options = {}) {
  const database = join(temporaryFolder(t), 'results.sqlite');
  const bench = await LLMBench.spawn({ database, ...options });
  t.after(() => bench.close());
  return bench;
}

/** A listening server; `place` are arguments such as `--tcp 127.0.0.1:0`. */
export async function startServer(t, place, { token } = {}) {
  const database = join(temporaryFolder(t), 'results.sqlite');
  const env = { ...process.env, LLMBENCH_TOKEN: token ?? '' };
  const child = spawn(program, ['serve', ...place, '--json', '--database', database], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) return { child, address: JSON.parse(line).listening };
  throw new Error('the server did not start');
}

export async function fakeModel(t, options) {
  const model = await startFakeModel(options);
  t.after(() => model.close());
  return model;
}

/** A small run of the fake model. */
export function sortingRun(model, { samples = 3, ...more } = {}) {
  return {
    suite: 'sorting',
    models: ['openai-compatible/fake'],
    baseURL: model.baseURL,
    options: { sizes: [4], samples },
    concurrency: 1,
    ...more,
  };
}

/** A recording of a sorting run, for runs without a model. */
export async function recordRun(t, { samples = 5 } = {}) {
  const file = join(temporaryFolder(t), 'answers.jsonl');
  const model = await fakeModel(t);
  const bench = await spawnBench(t);
  await bench.run({ ...sortingRun(model, { samples }), record: file });
  await bench.close();
  return { model: `replay/${file}`, sizes: [4], samples };
}

/** A server that is a few lines of JavaScript, for what the real one never does. `send` writes a message. */
export async function spawnScript(t, body, options = {}) {
  const script = `
    const send = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
    const handle = (message) => { ${body} };
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const message = JSON.parse(line);
      if (message.method === 'initialize') send({ jsonrpc: '2.0', id: message.id, result: { capabilities: { methods: [] } } });
      else if (message.method === 'shutdown') send({ jsonrpc: '2.0', id: message.id, result: null });
      else if (message.method === 'exit') process.exit(0);
      else if (message.method !== 'initialized') handle(message);
    }).on('close', () => process.exit(0));`;
  const file = join(temporaryFolder(t), 'server.cjs');
  writeFileSync(file, `#!${process.execPath}\n${script}`, { mode: 0o755 });
  const bench = await LLMBench.spawn({ command: file, ...options });
  t.after(() => bench.close());
  return bench;
}
