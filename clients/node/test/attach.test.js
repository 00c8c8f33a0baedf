import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LLMBench } from 'llmbench-client';

import { fakeModel, limit, sortingRun, startServer } from './support.js';

/** Two clients of one server; skips where it cannot attach. */
async function pair(t) {
  const { address } = await startServer(t, ['--tcp', '127.0.0.1:0']);
  const clients = [await LLMBench.connect(address), await LLMBench.connect(address)];
  t.after(() => Promise.all(clients.map((client) => client.close())));
  if (clients[0].supports('benchmark.attach')) return clients;
  t.skip('this server has no benchmark.attach');
  return null;
}

test('another client sees the samples of a run from the first on, in order', limit, async (t) => {
  const clients = await pair(t);
  if (!clients) return;
  const model = await fakeModel(t, { answers: 2 });
  const { runId } = await clients[0].run(sortingRun(model, { samples: 5, detached: true }));
  const sequences = [];
  const summary = await clients[1].attach(runId, {
    onSample({ sequence }) {
      sequences.push(sequence);
      if (sequences.length === 2) model.release();
    },
  });
  assert.deepEqual(sequences, [1, 2, 3, 4, 5]);
  assert.equal(summary.status, 'completed');
  const later = [];
  for await (const event of clients[0].watch(runId, { afterSequence: 3 })) {
    if (event.type === 'sample') later.push(event.sample.sequence);
  }
  assert.deepEqual(later, [4, 5]);
});

test('leaving the watching leaves the run alone', limit, async (t) => {
  const clients = await pair(t);
  if (!clients) return;
  const model = await fakeModel(t, { answers: 1 });
  const { runId } = await clients[0].run(sortingRun(model, { samples: 3, detached: true }));
  for await (const event of clients[1].watch(runId)) if (event.type === 'sample') break;
  assert.equal((await clients[1].getRun(runId)).status, 'running');
  model.release();
  assert.equal((await clients[1].attach(runId)).status, 'completed');
});

test('a run is cancelled by another client', limit, async (t) => {
  const clients = await pair(t);
  if (!clients) return;
  const model = await fakeModel(t, { answers: 1 });
  const { runId } = await clients[0].run(sortingRun(model, { samples: 3, detached: true }));
  const watching = clients[0].attach(runId);
  assert.equal((await clients[1].cancelRun(runId)).status, 'cancelled');
  assert.equal((await watching).status, 'cancelled');
});
