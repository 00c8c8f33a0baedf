import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { LLMBenchError } from 'llmbench-client';

import { fakeModel, limit, sortingRun, spawnBench, temporaryFolder } from './support.js';

test('the server says who it is and what it can do', limit, async (t) => {
  const bench = await spawnBench(t);
  assert.equal(bench.server.serverInfo.name, 'llmbench');
  assert.ok(bench.supports('benchmark.run'));
  assert.ok(!bench.supports('no.such'));
  assert.ok(bench.isOpen);
});

test('suites, plans, providers and checks', limit, async (t) => {
  const bench = await spawnBench(t);
  const sorting = (await bench.suites()).find((suite) => suite.name === 'sorting');
  assert.ok(sorting.options.some((option) => option.name === 'sizes' && option.kind === 'integerList'));
  const plan = await bench.plan({ suite: 'sorting', models: ['local/x'], options: { sizes: [3], samples: 4 } });
  assert.equal(plan.models[0].samples, 4);
  assert.ok((await bench.models()).some((provider) => provider.name === 'openai'));
  assert.ok((await bench.doctor()).every((check) => ['ok', 'warning', 'missing'].includes(check.status)));
});

test('data is generated, processed and read', limit, async (t) => {
  const bench = await spawnBench(t);
  const progress = [];
  const [file] = await bench.generateData(
    { sizes: [1000], output: temporaryFolder(t), codec: 'deflate' },
    { onProgress: (value) => progress.push(value.kind) },
  );
  assert.equal(file.rows, 1000);
  assert.deepEqual([progress[0], progress.at(-1)], ['begin', 'end']);
  const processed = await bench.processData(file.path, { threshold: 100 });
  assert.equal(processed.rows, 1000);
  const { total, codec, records } = await bench.readRecords(file.path, { limit: 3, offset: 10 });
  assert.deepEqual([total, codec, records.length], [1000, 'deflate', 3]);
});

test('tokens are counted', limit, async (t) => {
  const bench = await spawnBench(t);
  const counted = await bench.countTokens({ text: 'Hello, world!', includeTokenIds: true });
  assert.deepEqual([counted.tokens, counted.encoding, counted.isEstimate], [4, 'o200k_base', false]);
  assert.deepEqual(counted.tokenIds, [13225, 11, 2375, 0]);
});

test('code runs in the sandbox', limit, async (t) => {
  const bench = await spawnBench(t);
  const result = await bench.executeCode({ language: 'javascript', code: 'console.log(6 * 7)' });
  assert.equal(result.verdict, 'ok', result.standardError);
  assert.equal(result.standardOutput, '42\n');
});

test('reports of one run and of several', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t);
  const first = await bench.run(sortingRun(model));
  const second = await bench.run(sortingRun(model));
  assert.match(await bench.report(first.runId), /sorting/);
  assert.match(await bench.report([first.runId, second.runId], 'csv'), /openai-compatible\/fake/);
  assert.equal(JSON.parse(await bench.report('latest', 'json')) !== null, true);
});

test('the protocol describes itself', limit, async (t) => {
  const bench = await spawnBench(t);
  if (!bench.supports('rpc.discover')) return t.skip('this server has no rpc.discover');
  const { methods } = await bench.discover();
  assert.ok(methods.some((method) => method.name === 'benchmark.run'));
});

test('failures are errors with kind, code and data', limit, async (t) => {
  const bench = await spawnBench(t);
  await assert.rejects(bench.getRun('none'), (error) => {
    assert.ok(error instanceof LLMBenchError && error instanceof Error);
    assert.equal(error.name, 'LLMBenchError');
    assert.equal(error.kind, 'runNotFound');
    assert.equal(error.code, 1104);
    assert.equal(error.data.runId, 'none');
    return true;
  });
  await assert.rejects(bench.call('no.such'), { kind: 'methodNotFound', code: -32601 });
  await assert.rejects(bench.call('results.get', { runId: 1 }), { kind: 'invalidParams', code: -32602 });
  await assert.rejects(bench.run({ suite: 'none', models: ['local/x'] }), { kind: 'unknownSuite' });
  await assert.rejects(bench.processData(join(temporaryFolder(t), 'none.avro')), { kind: 'fileNotFound' });
});

test('what cannot be sent is refused on this side', limit, async (t) => {
  const bench = await spawnBench(t);
  await assert.rejects(bench.getRun('\ud800'), { kind: 'invalidParams' });
  await assert.rejects(bench.getRun(10n), TypeError);
  await assert.rejects(bench.getRun('x'.repeat(17 << 20)), { kind: 'requestTooLarge' });
  await assert.rejects(bench.getRun('\\ud800 is fine'), { kind: 'runNotFound' });
});

test('a thousand calls at once, and their answers by id', limit, async (t) => {
  const bench = await spawnBench(t);
  const names = Array.from({ length: 1000 }, (_, index) => `run-${index}`);
  const errors = await Promise.all(names.map((name) => bench.getRun(name).then(assert.fail, (error) => error)));
  assert.deepEqual(errors.map((error) => error.data.runId), names);
});

test('large requests and answers', limit, async (t) => {
  const bench = await spawnBench(t);
  const text = 'ä€😀'.repeat(100_000);
  const result = await bench.executeCode({
    language: 'javascript',
    code: 'process.stdin.pipe(process.stdout)',
    stdin: text,
    limits: { outputBytes: 4 << 20 },
  });
  assert.equal(result.standardOutput, text);
});
