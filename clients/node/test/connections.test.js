import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { LLMBench } from 'llmbench-client';

import { fakeModel, limit, program, sortingRun, spawnBench, startServer, temporaryFolder } from './support.js';

const token = 'a-token-of-this-test-0123456789';

test('over TCP: runs, progress, cancelling', limit, async (t) => {
  const { address } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const bench = await LLMBench.connect(address);
  t.after(() => bench.close());
  const model = await fakeModel(t, { answers: 4 });
  const progress = [];
  const summary = await bench.run(sortingRun(model), { onProgress: (value) => progress.push(value.kind) });
  assert.equal(summary.completedSamples, 3);
  assert.equal(progress.at(-1), 'end');
  const controller = new AbortController();
  const run = bench.run(sortingRun(model), { signal: controller.signal, onSample: () => controller.abort() });
  await assert.rejects(run, { kind: 'cancelled' });
});

test('closing a connection leaves the server to the others', limit, async (t) => {
  const { address, child } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const first = await LLMBench.connect(address);
  const second = await LLMBench.connect(new URL(address));
  t.after(() => second.close());
  await first.close();
  await first.close();
  assert.ok((await second.suites()).length > 0);
  assert.equal(child.exitCode, null);
});

test('over a Unix socket', limit, async (t) => {
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o700);
  const { address } = await startServer(t, ['--socket', join(folder, 's')]);
  const bench = await LLMBench.connect(address);
  t.after(() => bench.close());
  assert.ok((await bench.suites()).length > 0);
});

test('a token opens a server that demands one', limit, async (t) => {
  const { address } = await startServer(t, ['--tcp', '0.0.0.0:0'], { token });
  const near = address.replace('0.0.0.0', '127.0.0.1');
  const bench = await LLMBench.connect(near, { token });
  t.after(() => bench.close());
  assert.ok((await bench.suites()).length > 0);
  await assert.rejects(LLMBench.connect(near, { token: 'wrong-token-0123456789' }), { kind: 'unauthorized', code: 1002 });
});

test('addresses that are none, and places where nobody listens', limit, async (t) => {
  for (const address of ['', 'http://127.0.0.1:1', 'tcp://127.0.0.1', 'tcp://127.0.0.1:99999', 'unix://']) {
    await assert.rejects(LLMBench.connect(address), { kind: 'invalidAddress' }, address);
  }
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  await assert.rejects(LLMBench.connect(`tcp://127.0.0.1:${port}`), { kind: 'connectionFailed' });
  await assert.rejects(LLMBench.connect(`unix://${join(temporaryFolder(t), 'none')}`), { kind: 'connectionFailed' });
});

test('somebody who accepts and never answers is given up', limit, async (t) => {
  const listener = createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1');
  t.after(() => listener.close());
  await once(listener, 'listening');
  const silent = LLMBench.connect(`tcp://127.0.0.1:${listener.address().port}`, { startTimeout: 200 });
  await assert.rejects(silent, { kind: 'startTimedOut' });
});

test('a server on a socket that dies fails every call', limit, async (t) => {
  const { address, child } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const bench = await LLMBench.connect(address);
  const model = await fakeModel(t, { answers: 1 });
  const runs = [1, 2].map(() => bench.run(sortingRun(model), { onSample: () => child.kill('SIGKILL') }));
  for (const run of runs) await assert.rejects(run, { kind: 'connectionClosed', code: null });
  assert.equal(bench.isOpen, false);
  await assert.rejects(bench.suites(), { kind: 'connectionClosed' });
  await bench.close();
});

test('a child that dies fails every call with its last words', limit, async (t) => {
  const script = join(temporaryFolder(t), 'server');
  writeFileSync(script, '#!/bin/sh\nread line\necho "the disk is on fire" >&2\nexit 7\n', { mode: 0o755 });
  await assert.rejects(LLMBench.spawn({ command: script }), (error) => {
    assert.equal(error.kind, 'connectionClosed');
    assert.equal(error.data.exitCode, 7);
    assert.match(error.data.stderr, /the disk is on fire/);
    assert.match(error.message, /ended with code 7[^]*the disk is on fire/);
    return true;
  });
});

test('a child that is killed in a run', limit, async (t) => {
  const folder = temporaryFolder(t);
  const wrapper = join(folder, 'server');
  writeFileSync(wrapper, `#!/bin/sh\necho $$ >'${folder}/pid'\nexec '${program}' "$@"\n`, { mode: 0o755 });
  const bench = await spawnBench(t, { command: wrapper });
  const model = await fakeModel(t, { answers: 1 });
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  const calls = [1, 2].map(() => bench.run(sortingRun(model), { onSample: () => process.kill(pid, 'SIGKILL') }));
  for (const call of calls) {
    await assert.rejects(call, (error) => error.kind === 'connectionClosed' && error.data.signal === 'SIGKILL');
  }
  await bench.close();
});

test('programs that cannot be started are named, with what to do', limit, async (t) => {
  await assert.rejects(LLMBench.spawn({ command: '/nowhere/llmbench' }), { kind: 'cannotStart', message: /set LLMBENCH/ });
  await assert.rejects(LLMBench.spawn({ command: program, cwd: '/nowhere' }), { kind: 'cannotStart', message: /no folder/ });
  const file = join(temporaryFolder(t), 'plain');
  writeFileSync(file, 'text');
  await assert.rejects(LLMBench.spawn({ command: file }), { kind: 'cannotStart' });
});

test('a wrong argument of the server comes with what it says of it', limit, async (t) => {
  await assert.rejects(LLMBench.spawn({ args: ['--nonsense'] }), { kind: 'connectionClosed', message: /nonsense/ });
});

test('the log of the server goes where it is asked for', limit, async (t) => {
  const script = join(temporaryFolder(t), 'server');
  writeFileSync(script, `#!/bin/sh\necho 'starting' >&2\nexec '${program}' "$@"\n`, { mode: 0o755 });
  let log = '';
  const bench = await spawnBench(t, { command: script, onStderr: (text) => (log += text) });
  await bench.close();
  assert.match(log, /^starting\n/);
});

test('a child that ignores the end of its input and SIGTERM is killed', limit, async (t) => {
  const folder = temporaryFolder(t);
  const script = join(folder, 'server');
  writeFileSync(
    script,
    `#!${process.execPath}
     require('node:fs').writeFileSync('${folder}/pid', String(process.pid));
     process.on('SIGTERM', () => {});
     process.stdin.on('data', (data) => {
       const message = JSON.parse(String(data).split('\\n')[0]);
       if (message.method === 'initialize') console.log(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: {} }));
     });
     setInterval(() => {}, 1000);`,
    { mode: 0o755 },
  );
  const bench = await LLMBench.spawn({ command: script });
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  await bench.close({ timeout: 100 });
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('a program that forgets to close ends all the same, with its server', limit, async (t) => {
  const database = join(temporaryFolder(t), 'results.sqlite');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { LLMBench } from '${new URL('../src/index.js', import.meta.url)}';
     const bench = await LLMBench.spawn({ database: ${JSON.stringify(database)} });
     console.log((await bench.suites()).length > 0);`,
  ]);
  assert.equal(stdout, 'true\n');
});

test('await using closes', limit, async () => {
  const bench = await LLMBench.spawn();
  await bench[Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]();
  assert.equal(bench.isOpen, false);
});
