// @ts-self-types="./index.d.ts"
import { readFileSync } from 'node:fs';

import { Connection } from './connection.js';
import { LLMBenchError } from './errors.js';
import { connectServer, spawnServer } from './streams.js';

export { LLMBenchError };

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** A conversation with an llmbench server. `index.d.ts` has the types and says what each method does. */
export class LLMBench {
  #stream;
  #connection;
  #closing = null;

  static async spawn({ command = process.env.LLMBENCH || 'llmbench', args = [], database, cwd, env, onStderr, ...options } = {}) {
    const place = database === undefined ? [] : ['--database', database];
    const stream = await spawnServer({ command, args: ['serve', '--stdio', ...place, ...args], cwd, env, onStderr });
    return LLMBench.#open(stream, options);
  }

  static async connect(address, { token = process.env.LLMBENCH_TOKEN, ...options } = {}) {
    const stream = await connectServer(address, options.startTimeout ?? 30_000);
    return LLMBench.#open(stream, options, token);
  }

  static async #open(stream, options, token) {
    const { startTimeout = 30_000, ...others } = options;
    const connection = new Connection(stream, {
      maxInFlight: 128,
      maxRequestBytes: 16 << 20,
      maxAnswerBytes: 256 << 20,
      cancelTimeout: 30_000,
      ...others,
    });
    const silence = `${stream.peer} did not answer within ${startTimeout / 1000} s.`;
    const timer = setTimeout(() => connection.fail(new LLMBenchError('startTimedOut', silence)), startTimeout);
    try {
      const clientInfo = { name: 'llmbench-client (node)', version };
      const server = await connection.request('initialize', { clientInfo, token: token || undefined });
      connection.notify('initialized');
      return new LLMBench(stream, connection, server);
    } catch (error) {
      connection.fail(error);
      await stream.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  constructor(stream, connection, server) {
    this.#stream = stream;
    this.#connection = connection;
    this.server = server;
  }

  get isOpen() {
    return this.#closing === null && this.#connection.isOpen;
  }

  supports(method) {
    return this.server?.capabilities?.methods?.includes(method) === true;
  }

  async call(method, params, options) {
    if (this.#closing) throw new LLMBenchError('connectionClosed', 'This client was closed.');
    return this.#connection.request(method, params, options);
  }

  close({ timeout = 5000 } = {}) {
    this.#closing ??= this.#close(timeout);
    return this.#closing;
  }

  async #close(timeout) {
    const connection = this.#connection;
    const closed = new LLMBenchError('connectionClosed', 'This client was closed.');
    await connection.cancelAll(closed, timeout);
    if (this.#stream.isChild && connection.isOpen) {
      const timer = setTimeout(() => connection.fail(closed), timeout);
      await connection.request('shutdown').catch(() => {});
      clearTimeout(timer);
      connection.notify('exit');
      await null; // what was asked for in this turn is written before the stream ends
    }
    connection.fail(closed);
    await this.#stream.end();
  }

  [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]() {
    return this.close();
  }

  // --- runs

  async suites(options) {
    return (await this.call('benchmark.list', undefined, options)).suites;
  }

  plan(request, options) {
    return this.call('benchmark.plan', request, options);
  }

  run(request, options) {
    return this.call('benchmark.run', request, tracking(options));
  }

  resume(runId, { retryErrors, ...options } = {}) {
    return this.call('benchmark.resume', { runId, retryErrors }, tracking(options));
  }

  attach(runId, { afterSequence, ...options } = {}) {
    return this.call('benchmark.attach', { runId, afterSequence }, tracking(options));
  }

  cancelRun(runId, options) {
    return this.call('benchmark.cancel', { runId }, options);
  }

  stream(request, options) {
    return events((tracked) => this.run(request, tracked), options);
  }

  watch(runId, { afterSequence, ...options } = {}) {
    return events((tracked) => this.attach(runId, { afterSequence, ...tracked }), options);
  }

  // --- results

  queryRuns(filter, options) {
    return this.call('results.query', filter, options);
  }

  runs({ pageSize, ...filter } = {}, options) {
    return this.#items('results.query', { ...filter, limit: pageSize }, 'runs', options);
  }

  getRun(runId, options) {
    return this.call('results.get', { runId }, options);
  }

  querySamples(runId, filter, options) {
    return this.call('results.samples', { ...filter, runId }, options);
  }

  samples(runId, { pageSize, ...filter } = {}, options) {
    return this.#items('results.samples', { ...filter, runId, limit: pageSize }, 'samples', options);
  }

  async report(runIds, format = 'markdown', options) {
    return (await this.call('report.render', { runIds: [runIds].flat(), format }, options)).text;
  }

  async *#items(method, { limit = 100, cursor, ...filter }, key, options) {
    for (;;) {
      let page;
      try {
        page = await this.call(method, { ...filter, limit, cursor }, options);
      } catch (error) {
        if (error.kind !== 'answerTooLarge' || limit <= 1) throw error;
        limit = Math.floor(limit / 2);
        continue;
      }
      yield* page[key];
      cursor = page.nextCursor;
      if (cursor === null || cursor === undefined) return;
    }
  }

  // --- data, code, this machine

  async generateData(params, options) {
    return (await this.call('data.generate', params, options)).files;
  }

  processData(path, params, options) {
    return this.call('data.process', { ...params, path }, options);
  }

  readRecords(path, params, options) {
    return this.call('data.records', { ...params, path }, options);
  }

  validateVue(params, options) {
    return this.call('validate.vue', params, options);
  }

  executeCode(params, options) {
    return this.call('code.execute', params, options);
  }

  async models(options) {
    return (await this.call('models.list', undefined, options)).providers;
  }

  async doctor(options) {
    return (await this.call('system.doctor', undefined, options)).checks;
  }

  discover(options) {
    return this.call('rpc.discover', undefined, options);
  }
}

/** A partial result of a run is a sample. */
function tracking({ signal, onProgress, onSample } = {}) {
  return { signal, onProgress, onPartial: onSample };
}

/** The progress, the samples and last the summary of a run, as one sequence. Who leaves it early ends the request. */
async function* events(start, { signal } = {}) {
  const left = new AbortController();
  let queue = [];
  let wake = () => {};
  const push = (event) => {
    // Of several reports that nobody took yet the last one tells all.
    const last = queue.at(-1);
    if (event.progress?.kind === 'report' && last?.progress?.kind === 'report') queue.pop();
    queue.push(event);
    wake();
  };
  const done = start({
    signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
    onProgress: (progress) => push({ type: 'progress', progress }),
    onSample: (sample) => push({ type: 'sample', sample }),
  }).then(
    (summary) => push({ type: 'summary', summary }),
    (error) => push({ type: 'error', error }),
  );
  try {
    for (;;) {
      const batch = queue;
      queue = [];
      for (const event of batch) {
        if (event.type === 'error') throw event.error;
        yield event;
        if (event.type === 'summary') return;
      }
      if (queue.length === 0) await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    left.abort();
    await done;
  }
}
