import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { LLMBench } from 'llmbench-client';

import { fakeModel, limit, recordRun, sortingRun, startServer, temporaryFolder } from './support.js';

/** Runs an example; `onOutput` sees what it has written so far. */
function example(t, name, args, onOutput = () => {}) {
  const file = fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
  const env = { ...process.env, LLMBENCH_DATABASE: join(temporaryFolder(t), 'results.sqlite') };
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const result = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      result[stream] += text;
      onOutput(result, child);
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...result })));
}

/** Calls it until it has returned true. */
function soon(callback) {
  let isDone = false;
  return (...values) => {
    isDone ||= callback(...values);
  };
}

test('the gate opens for a model that is good enough', limit, async (t) => {
  const { model, sizes, samples } = await recordRun(t);
  const options = ['--option', `sizes=${JSON.stringify(sizes)}`, '--option', `samples=${samples}`];
  const { code, stdout, stderr } = await example(t, 'gate.mjs', ['sorting', model, '--minimum', '1', ...options]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^pass {2}replay\/.* 1\.000 /m);
  assert.match(stderr, /5 of 5/);
});

test('the gate stays shut when answers are missing', limit, async (t) => {
  const { model, sizes } = await recordRun(t);
  const options = ['--option', `sizes=${JSON.stringify(sizes)}`, '--option', 'samples=6'];
  const { code, stdout, stderr } = await example(t, 'gate.mjs', ['sorting', model, '--minimum', '0.5', ...options]);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^FAIL .* 1 errors$/m);
  assert.match(stderr, /recordingMiss/);
});

test('the gate says what is wrong with its arguments, and with the request', limit, async (t) => {
  assert.equal((await example(t, 'gate.mjs', ['sorting'])).code, 2);
  assert.equal((await example(t, 'gate.mjs', ['sorting', 'local/x', '--minimum', '7'])).code, 2);
  const { code, stderr } = await example(t, 'gate.mjs', ['none', 'local/x']);
  assert.equal(code, 1);
  assert.match(stderr, /^gate: .*none/m);
});

test('an interrupt cancels the run of the gate', limit, async (t) => {
  const model = await fakeModel(t, { answers: 1 });
  const args = ['sorting', 'openai-compatible/fake', '--base-url', model.baseURL, '--option', 'sizes=[4]', '--option', 'samples=20'];
  const { code, stderr } = await example(t, 'gate.mjs', args, soon(({ stderr }, child) => /1 of 20/.test(stderr) && child.kill('SIGINT')));
  assert.equal(code, 130, stderr);
  assert.match(stderr, /cancelled/);
});

test('watching a run over a connection that is lost and found again', limit, async (t) => {
  const { address } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const bench = await LLMBench.connect(address);
  t.after(() => bench.close());
  if (!bench.supports('benchmark.attach')) return t.skip('this server has no benchmark.attach');
  // Something in between that can hang up.
  const open = new Set();
  const between = createServer((near) => {
    const far = connect(Number(new URL(address).port), '127.0.0.1');
    open.add(near);
    for (const [from, to] of [[near, far], [far, near]]) from.pipe(to).on('error', () => from.destroy());
  }).listen(0, '127.0.0.1');
  t.after(() => between.close());
  await once(between, 'listening');

  const model = await fakeModel(t, { answers: 3 });
  const { runId } = await bench.run(sortingRun(model, { samples: 6, detached: true }));
  const hangUp = soon(({ stdout }) => {
    if (!/^3\t/m.test(stdout)) return false;
    for (const socket of open) socket.destroy();
    model.release();
    return true;
  });
  const { code, stdout, stderr } = await example(t, 'watch.mjs', [`tcp://127.0.0.1:${between.address().port}`, runId], hangUp);
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout.match(/^\d+(?=\t)/gm).map(Number), [1, 2, 3, 4, 5, 6]);
  assert.match(stdout, /completed, 6 of 6$/m);
  assert.match(stderr, /Trying again/);
});

test('watching a run that has ended, and one that is not there', limit, async (t) => {
  const { address } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const bench = await LLMBench.connect(address);
  t.after(() => bench.close());
  if (!bench.supports('benchmark.attach')) {
    const { code, stderr } = await example(t, 'watch.mjs', [address]);
    assert.equal(code, 1);
    assert.match(stderr, /no benchmark\.attach/);
    return t.skip('this server has no benchmark.attach');
  }
  const model = await fakeModel(t);
  await bench.run(sortingRun(model, { samples: 4 }));
  const { code, stdout, stderr } = await example(t, 'watch.mjs', [address]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout.match(/\tpassed$/gm).length, 4);
  assert.match(stdout, /4 of 4$/m);
  assert.match((await example(t, 'watch.mjs', [address, 'none'])).stderr, /none/);
});
