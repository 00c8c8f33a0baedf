#!/usr/bin/env node
// Runs a suite and fails when a model scores too low: for continuous integration.
//
//   node examples/gate.mjs SUITE MODEL… [--minimum 0.8] [--option sizes=[10,20]]… [--base-url URL]
//
// Exit codes: 0 every model reached the minimum, 1 one did not or could not be asked, 2 wrong usage, 130 interrupted.
import { parseArgs } from 'node:util';

import { LLMBench, LLMBenchError } from 'llmbench-client';

const usage = 'usage: gate.mjs SUITE MODEL… [--minimum 0…1] [--option NAME=JSON]… [--base-url URL]';

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minimum: { type: 'string', default: '0.8' },
      option: { type: 'string', multiple: true, default: [] },
      'base-url': { type: 'string' },
    },
  });
  const [suite, ...models] = positionals;
  const minimum = Number(values.minimum);
  if (models.length === 0 || !(minimum >= 0 && minimum <= 1)) throw new TypeError(usage);
  const options = Object.fromEntries(
    values.option.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined) throw new TypeError(usage);
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value]; // text needs no quotes
      }
    }),
  );
  return { minimum, request: { suite, models, options, baseURL: values['base-url'] } };
}

async function main() {
  const { minimum, request } = readArguments();
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());

  const bench = await LLMBench.spawn();
  try {
    const summary = await bench.run(request, {
      signal: interrupted.signal,
      onProgress: ({ kind, message }) => kind === 'report' && console.error(message),
      onSample: ({ outcome, sampleId, reason }) =>
        outcome !== 'passed' && console.error(`${sampleId}: ${outcome}${reason ? ` (${reason})` : ''}`),
    });
    console.log(`run ${summary.runId} of ${summary.suite}: ${summary.status}`);
    let allPass = summary.status === 'completed';
    for (const { model, score, low, high, n, errors } of summary.models) {
      // Answers that never came say nothing about the model, but a gate must not open on them.
      const passes = score !== null && score >= minimum && errors === 0;
      const figures = score === null ? 'no score' : `${score.toFixed(3)} (${low?.toFixed(3)}–${high?.toFixed(3)}, n = ${n})`;
      console.log(`${passes ? 'pass' : 'FAIL'}  ${model}  ${figures}${errors > 0 ? `, ${errors} errors` : ''}`);
      allPass &&= passes;
    }
    return allPass ? 0 : 1;
  } finally {
    await bench.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`gate: ${error.message}`);
  const isUsage = error instanceof TypeError;
  process.exitCode = isUsage ? 2 : error instanceof LLMBenchError && error.kind === 'cancelled' ? 130 : 1;
}
