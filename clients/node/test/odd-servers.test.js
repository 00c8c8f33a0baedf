import assert from 'node:assert/strict';
import { test } from 'node:test';

import { limit, spawnScript } from './support.js';

const answer = (result) => `send({ jsonrpc: '2.0', id: message.id, result: ${result} });`;

test('garbage ends the conversation with what was sent', limit, async (t) => {
  for (const garbage of ['not JSON', '[1, 2', '42', '[]', '"text"', '{"jsonrpc":"2.0","id":1,']) {
    const bench = await spawnScript(t, `process.stdout.write(${JSON.stringify(`${garbage}\n`)});`);
    const calls = [bench.suites(), bench.models()];
    for (const call of calls) await assert.rejects(call, { kind: 'protocolError' }, garbage);
    await assert.rejects(bench.suites(), { kind: 'protocolError' });
    await bench.close();
  }
});

test('a message without an end is not waited for without a bound', limit, async (t) => {
  const bench = await spawnScript(t, `setInterval(() => process.stdout.write('x'.repeat(65536)), 1);`, { maxAnswerBytes: 1 << 20 });
  await assert.rejects(bench.suites(), { kind: 'protocolError', message: /larger than 1048576 bytes/ });
});

test('a request that the server cannot read fails the calls instead of leaving them open', limit, async (t) => {
  const bench = await spawnScript(t, `send({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } });`);
  await assert.rejects(bench.suites(), { kind: 'protocolError', message: /could not read a request: Parse error/ });
});

test('answers to nobody, blank lines and unknown notifications are passed over', limit, async (t) => {
  const seen = [];
  const bench = await spawnScript(
    t,
    `process.stdout.write('\\n\\r\\n');
     send({ jsonrpc: '2.0', id: 4711, result: 1 });
     send({ jsonrpc: '2.0', method: '$/progress', params: { token: 'nobody', value: {} } });
     send({ jsonrpc: '2.0', method: 'window/logMessage', params: { type: 3, message: 'hello' } });
     ${answer('message.method')}`,
    { onNotification: (method, params) => seen.push([method, params.message]) },
  );
  assert.equal(await bench.call('any'), 'any');
  assert.deepEqual(seen, [['window/logMessage', 'hello']]);
});

test('a request of the server is answered: there is no such method', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `if (message.method === 'ask') { globalThis.asked = message.id; send({ jsonrpc: '2.0', id: 'theirs', method: 'client/do' }); }
     else if (message.id === 'theirs') send({ jsonrpc: '2.0', id: globalThis.asked, result: message.error.code });`,
  );
  assert.equal(await bench.call('ask'), -32601);
});

test('answers in any order and in any pieces', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `globalThis.calls ??= [];
     calls.push(message.id);
     if (calls.length === 3) {
       const bytes = Buffer.from(calls.reverse().map((id) => JSON.stringify({ jsonrpc: '2.0', id, result: 'ä€😀' + id }) + '\\n').join(''));
       let index = 0;
       const next = () => index < bytes.length && process.stdout.write(bytes.subarray(index, ++index), () => setImmediate(next));
       next();
     }`,
  );
  const results = await Promise.all(['a', 'b', 'c'].map((method) => bench.call(method)));
  assert.equal(new Set(results).size, 3);
  assert.ok(results.every((result) => result.startsWith('ä€😀')));
  assert.deepEqual(results, [...results].sort());
});

test('an answer of 64 MB', limit, async (t) => {
  const bench = await spawnScript(t, answer(`'x'.repeat(64 << 20)`));
  assert.equal((await bench.call('large')).length, 64 << 20);
});

test('a cancel that is never confirmed rejects after its time limit', limit, async (t) => {
  const bench = await spawnScript(t, '', { cancelTimeout: 100 });
  const controller = new AbortController();
  const call = bench.call('slow', {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(call, { kind: 'cancelled', message: /not confirmed/ });
  assert.ok(bench.isOpen);
});

test('an answer that was on its way when the cancel came is taken', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `if (message.method === '$/cancelRequest') send({ jsonrpc: '2.0', id: message.params.id, result: 'done' });`,
  );
  const controller = new AbortController();
  const call = bench.call('slow', {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  assert.equal(await call, 'done');
});

test('a server that stops reading holds the calls back, and they go out when it reads again', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `if (message.method === 'sleep') { const end = Date.now() + 300; while (Date.now() < end); }
     ${answer('message.params ? message.params.text.length : 0')}`,
  );
  const text = 'x'.repeat(1 << 20);
  const results = await Promise.all([bench.call('sleep'), ...Array.from({ length: 40 }, () => bench.call('size', { text }))]);
  assert.deepEqual(results, [0, ...Array(40).fill(text.length)]);
});

test('no more calls than allowed are with the server at once', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `globalThis.open = (globalThis.open ?? 0) + 1;
     setTimeout(() => { const count = open--; ${answer('count')} }, 5);`,
    { maxInFlight: 3 },
  );
  const counts = await Promise.all(Array.from({ length: 20 }, () => bench.call('count')));
  assert.ok(Math.max(...counts) <= 3, String(counts));
});

test('pages that are too large are asked for again in smaller ones', limit, async (t) => {
  const bench = await spawnScript(
    t,
    `const { limit, cursor } = message.params;
     const start = Number(cursor ?? 0);
     if (limit > 3) send({ jsonrpc: '2.0', id: message.id, error: { code: 1003, message: 'too large' } });
     else send({ jsonrpc: '2.0', id: message.id, result: {
       samples: Array.from({ length: Math.min(limit, 8 - start) }, (_, index) => start + index),
       nextCursor: start + limit < 8 ? String(start + limit) : null } });`,
  );
  const samples = [];
  for await (const sample of bench.samples('run')) samples.push(sample);
  assert.deepEqual(samples, [0, 1, 2, 3, 4, 5, 6, 7]);
});
