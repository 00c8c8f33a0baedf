#!/usr/bin/env node
// Watches a run on a server to its end, and again from where it was when the connection is lost.
//
//   llmbench serve --tcp 127.0.0.1:7077
//   node examples/watch.mjs tcp://127.0.0.1:7077 [RUN]       RUN: a run's id or the beginning of one, default latest
//
// Ctrl-C stops the watching, not the run.
import { setTimeout as sleep } from 'node:timers/promises';

import { LLMBench, LLMBenchError } from 'llmbench-client';

const [address, run = 'latest'] = process.argv.slice(2);
if (address === undefined) {
  console.error('usage: watch.mjs tcp://HOST:PORT|unix://PATH [RUN]');
  process.exit(2);
}

/** Failures that a new connection may mend. */
const passing = new Set(['connectionFailed', 'connectionClosed', 'startTimedOut']);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

let runId; // known once the server was asked: `latest` may be another run by the next connection
let afterSequence = 0;
let pause = 250; // milliseconds, doubled with each try in vain

async function watch(bench) {
  if (!bench.supports('benchmark.attach')) throw new Error('this server is too old to be watched: it has no benchmark.attach');
  runId ??= (await bench.getRun(run)).runId;
  for await (const event of bench.watch(runId, { afterSequence, signal: stop.signal })) {
    pause = 250;
    if (event.type === 'sample') {
      const { sequence, model, sampleId, outcome } = event.sample;
      afterSequence = sequence;
      console.log(`${sequence}\t${model}\t${sampleId}\t${outcome}`);
    } else if (event.type === 'progress' && event.progress.kind === 'report') {
      console.error(event.progress.message);
    } else if (event.type === 'summary') {
      return event.summary;
    }
  }
}

async function watchToTheEnd() {
  for (;;) {
    let bench;
    try {
      bench = await LLMBench.connect(address);
      return await watch(bench);
    } catch (error) {
      if (!(error instanceof LLMBenchError && passing.has(error.kind))) throw error;
      console.error(`${error.message} Trying again in ${pause / 1000} s.`);
      await sleep(pause, undefined, { signal: stop.signal });
      pause = Math.min(2 * pause, 8000);
    } finally {
      await bench?.close();
    }
  }
}

try {
  const summary = await watchToTheEnd();
  console.log(`run ${summary.runId}: ${summary.status}, ${summary.completedSamples} of ${summary.plannedSamples}`);
  process.exitCode = summary.status === 'completed' ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) console.error(`watch: ${error.message}`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
}
