// Checked by test/types.test.js as a user's program would be: never run.
import { LLMBench, LLMBenchError, type RunSummary, type Sample } from 'llmbench-client';

await using bench = await LLMBench.spawn({ database: 'results.sqlite', maxInFlight: 8 });
const remote: LLMBench = await LLMBench.connect('tcp://127.0.0.1:7077', { token: 'secret' });

const abort = new AbortController();
const summary: RunSummary = await bench.run(
  { suite: 'sorting', models: ['local/smollm2'], options: { sizes: [10] }, budget: { seconds: 60 } },
  {
    signal: abort.signal,
    onProgress: ({ percentage, completed }) => console.log(percentage?.toFixed(0), completed),
    onSample: (sample: Sample) => console.log(sample.sequence, sample.outcome),
  },
);
const score: number | null = summary.models[0].score;
for await (const sample of bench.samples(summary.runId, { outcome: 'failed', pageSize: 10 })) console.log(sample.reason);
for await (const event of remote.watch('latest', { afterSequence: 3 })) {
  if (event.type === 'summary') console.log(event.summary.status === 'completed', score);
  // @ts-expect-error only a summary event has a summary
  else console.log(event.summary);
}
const answer = await bench.call<{ suites: unknown[] }>('benchmark.list');
console.log(answer.suites.length);

// @ts-expect-error a run has models
await bench.run({ suite: 'sorting' });
// @ts-expect-error there is no such outcome
bench.samples('latest', { outcome: 'perhaps' });
// @ts-expect-error clients are made by spawn and connect
new LLMBench();

try {
  await bench.close({ timeout: 100 });
} catch (error) {
  if (error instanceof LLMBenchError) console.log(error.kind, error.code, error.data.runId);
}
