import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LLMBenchError } from 'llmbench-client';

import { fakeModel, limit, recordRun, sortingRun, spawnBench } from './support.js';

test('a run reports progress and each sample, and answers with the summary', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t);
  const progress = [];
  const samples = [];
  const summary = await bench.run(sortingRun(model), {
    onProgress: (value) => progress.push(value),
    onSample: (sample) => samples.push(sample),
  });
  assert.equal(summary.status, 'completed');
  assert.equal(summary.models[0].score, 1);
  assert.equal(progress[0].kind, 'begin');
  assert.equal(progress.at(-1).kind, 'end');
  assert.ok(progress.filter((value) => value.kind === 'report').every((value) => value.runId === summary.runId));
  assert.deepEqual(samples.map((sample) => sample.outcome), ['passed', 'passed', 'passed']);
  assert.ok(samples.every((sample) => sample.runId === summary.runId));
});

test('a run as a sequence ends with the summary', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t);
  const types = [];
  let summary;
  for await (const event of bench.stream(sortingRun(model, { samples: 20 }))) {
    types.push(event.type);
    if (event.type === 'summary') summary = event.summary;
  }
  assert.equal(types.filter((type) => type === 'sample').length, 20);
  assert.equal(types.at(-1), 'summary');
  assert.equal(summary.completedSamples, 20);
});

test('leaving the sequence cancels the run, which can be resumed', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t, { answers: 2 });
  let runId;
  for await (const event of bench.stream(sortingRun(model, { samples: 5 }))) {
    if (event.type === 'sample') {
      runId = event.sample.runId;
      break;
    }
  }
  assert.equal((await bench.getRun(runId)).status, 'cancelled');
  model.release();
  const resumed = await bench.resume(runId);
  assert.equal(resumed.status, 'completed');
  assert.equal(resumed.completedSamples, 5);
});

test('an error ends the sequence', limit, async (t) => {
  const bench = await spawnBench(t);
  await assert.rejects(async () => {
    for await (const event of bench.stream({ suite: 'none', models: ['local/x'] })) assert.fail(event.type);
  }, { kind: 'unknownSuite' });
});

test('an abort cancels the run and rejects after the server has stored what ended', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t, { answers: 2 });
  const controller = new AbortController();
  let stored = 0;
  const run = bench.run(sortingRun(model, { samples: 5 }), {
    signal: controller.signal,
    onSample: () => ++stored === 2 && controller.abort(new Error('enough')),
  });
  const error = await run.then(assert.fail, (error) => error);
  assert.ok(error instanceof LLMBenchError);
  assert.equal(error.kind, 'cancelled');
  assert.equal(error.code, -32800);
  assert.equal(error.cause.message, 'enough');
  assert.equal(error.data.completedSamples, 2);
  const summary = await bench.getRun(error.data.runId);
  assert.equal(summary.status, 'cancelled');
  assert.equal(summary.completedSamples, 2);
});

test('an abort before the call sends nothing', limit, async (t) => {
  const bench = await spawnBench(t);
  await assert.rejects(bench.run({ suite: 'sorting', models: ['local/x'] }, { signal: AbortSignal.abort() }), { kind: 'cancelled' });
  const controller = new AbortController();
  const run = bench.run({ suite: 'sorting', models: ['local/x'] }, { signal: controller.signal });
  controller.abort();
  await assert.rejects(run, { kind: 'cancelled' });
  assert.deepEqual((await bench.queryRuns()).runs, []);
});

test('closing cancels the run that is under way', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t, { answers: 1 });
  const run = bench.run(sortingRun(model), { onSample: () => bench.close() });
  await assert.rejects(run, { kind: 'cancelled' });
  assert.equal(bench.isOpen, false);
  await assert.rejects(bench.suites(), { kind: 'connectionClosed' });
});

test('callbacks that throw or reject warn and stop nothing', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t);
  const warnings = [];
  const keep = (warning) => warnings.push(warning.message);
  process.on('warning', keep);
  t.after(() => process.off('warning', keep));
  const summary = await bench.run(sortingRun(model, { samples: 2 }), {
    onProgress() {
      throw new Error('progress');
    },
    async onSample() {
      throw new Error('sample');
    },
  });
  assert.equal(summary.completedSamples, 2);
  assert.equal((await bench.suites()).length > 0, true);
  await new Promise(setImmediate);
  assert.ok(warnings.includes('progress') && warnings.includes('sample'), String(warnings));
});

test('a detached run is answered at once and can be asked for', limit, async (t) => {
  const bench = await spawnBench(t);
  const model = await fakeModel(t);
  const started = await bench.run(sortingRun(model, { samples: 2, detached: true }));
  assert.equal(started.status, 'running');
  let summary = started;
  while (summary.status === 'running') summary = await bench.getRun(started.runId);
  assert.equal(summary.completedSamples, 2);
});

test('stored runs and samples come page by page', limit, async (t) => {
  const bench = await spawnBench(t);
  const { model, sizes, samples } = await recordRun(t, { samples: 7 });
  const ids = [];
  for (let count = 0; count < 3; count++) {
    ids.unshift((await bench.run({ suite: 'sorting', models: [model], options: { sizes, samples } })).runId);
  }
  const runs = [];
  for await (const run of bench.runs({ suite: 'sorting', pageSize: 2 })) runs.push(run.runId);
  assert.deepEqual(runs, ids);
  const names = new Set();
  for await (const sample of bench.samples(ids[0], { pageSize: 3, outcome: 'passed' })) names.add(sample.sampleId);
  assert.equal(names.size, 7);
  const page = await bench.querySamples(ids[0], { limit: 3 });
  assert.equal(page.samples.length, 3);
  const rest = await bench.querySamples(ids[0], { limit: 100, cursor: page.nextCursor });
  assert.equal(rest.samples.length, 4);
  assert.equal(rest.nextCursor, null);
  for await (const sample of bench.samples('latest', { pageSize: 1 })) {
    assert.equal(sample.runId, ids[0]);
    break;
  }
});
