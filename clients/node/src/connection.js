import { LLMBenchError, shielded } from './errors.js';
import { LineSplitter } from './lines.js';

/**
 * JSON-RPC 2.0, one message a line, over a pair of byte streams.
 *
 * Requests run side by side. At most `maxInFlight` are with the server, the others wait here, and nothing is written
 * while the stream's buffer is full. The event loop is kept alive only while an answer is awaited.
 */
export class Connection {
  #stream;
  #options;
  #lines;
  #nextId = 1;
  /** Calls that are not sent yet, oldest first. */
  #waiting = new Set();
  /** Calls that the server has, by id. */
  #inFlight = new Map();
  /** Receivers of `$/progress`, by token. */
  #receivers = new Map();
  /** Notifications to send, before any waiting call. */
  #notifications = [];
  #isBlocked = false;
  #flushIsDue = false;
  #isEnding = false;
  /** Runs once nothing is under way any more. */
  #whenIdle = () => {};
  /** Why the connection is over; null while it is open. */
  #failure = null;

  /**
   * @param {{
   *   readable: import('node:stream').Readable, writable: import('node:stream').Writable, peer: string,
   *   ref(): void, unref(): void, destroy(): void, explainEnd(): Promise<LLMBenchError>,
   * }} stream `explainEnd` says why it ended
   * @param {{
   *   maxInFlight: number, maxRequestBytes: number, maxAnswerBytes: number, cancelTimeout: number,
   *   onNotification?: (method: string, params: unknown) => void,
   * }} options
   */
  constructor(stream, options) {
    this.#stream = stream;
    this.#options = options;
    this.#lines = new LineSplitter(options.maxAnswerBytes);
    const { readable, writable } = stream;
    readable.on('data', (chunk) => this.#receive(chunk));
    readable.on('end', () => this.#streamEnded());
    readable.on('close', () => this.#streamEnded());
    readable.on('error', () => this.#streamEnded());
    // A pipe whose reader is gone: the end of the other direction says more.
    writable.on('error', () => this.#streamEnded());
    writable.on('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
    stream.unref();
  }

  get isOpen() {
    return this.#failure === null;
  }

  /**
   * @param {string} method
   * @param {unknown} [params]
   * @param {{signal?: AbortSignal, onProgress?: (value: any) => void, onPartial?: (value: any) => void}} [options]
   * @returns {Promise<any>} the answer's result
   */
  request(method, params, { signal, onProgress, onPartial } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure;
      if (signal?.aborted) throw cancelled(method, signal.reason);
      const call = { id: this.#nextId++, method, text: '', resolve, reject, signal, tokens: [] };
      const allParams = { ...params };
      if (onProgress) allParams.workDoneToken = this.#receiver(call, 'progress', onProgress);
      if (onPartial) allParams.partialResultToken = this.#receiver(call, 'partial', onPartial);
      try {
        const isEmpty = Object.keys(allParams).length === 0;
        call.text = this.#encode({ jsonrpc: '2.0', id: call.id, method, params: isEmpty ? undefined : allParams });
      } catch (error) {
        this.#forget(call);
        throw error;
      }
      if (signal) {
        call.onAbort = () => this.#cancel(call, signal.reason);
        signal.addEventListener('abort', call.onAbort, { once: true });
      }
      if (this.#waiting.size + this.#inFlight.size === 0) this.#stream.ref();
      this.#waiting.add(call);
      this.#flushSoon();
    });
  }

  notify(method, params) {
    if (this.#failure) return;
    this.#notifications.push(this.#encode({ jsonrpc: '2.0', method, params }));
    this.#flushSoon();
  }

  /** Ends the connection; whoever waits for an answer gets the error. */
  fail(error) {
    if (this.#failure) return;
    this.#failure = error;
    const calls = [...this.#inFlight.values(), ...this.#waiting];
    this.#waiting.clear();
    this.#inFlight.clear();
    this.#notifications = [];
    for (const call of calls) {
      this.#forget(call);
      call.reject(error);
    }
    this.#becameIdle();
  }

  /** Cancels what is under way and waits for the answers, but only so long. */
  async cancelAll(reason, milliseconds) {
    for (const call of [...this.#waiting, ...this.#inFlight.values()]) this.#cancel(call, reason);
    if (this.#inFlight.size === 0) return;
    let timer;
    await new Promise((resolve) => {
      this.#whenIdle = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
  }

  // --- sending

  #encode(message) {
    const text = JSON.stringify(message);
    // A half surrogate pair is no Unicode text, and the server could not tell whose request it cannot read.
    if (/\\ud[89a-f]/.test(text)) {
      JSON.stringify(message, (_, value) => {
        if (typeof value !== 'string' || !/\p{Surrogate}/u.test(value)) return value;
        throw new LLMBenchError('invalidParams', 'A text in the parameters holds half a surrogate pair: it is no valid Unicode.');
      });
    }
    const bytes = Buffer.byteLength(text);
    const limit = this.#options.maxRequestBytes;
    if (bytes > limit) {
      throw new LLMBenchError('requestTooLarge', `The request has ${bytes} bytes, the server takes at most ${limit}.`);
    }
    return `${text}\n`;
  }

  /** What is asked for in one turn of the event loop is written together. */
  #flushSoon() {
    if (this.#flushIsDue) return;
    this.#flushIsDue = true;
    queueMicrotask(() => {
      this.#flushIsDue = false;
      this.#flush();
    });
  }

  #flush() {
    const { writable } = this.#stream;
    if (this.#failure || this.#isBlocked) return;
    writable.cork();
    while (!this.#isBlocked && this.#notifications.length > 0) {
      this.#isBlocked = !writable.write(this.#notifications.shift());
    }
    for (const call of this.#waiting) {
      if (this.#isBlocked || this.#inFlight.size >= this.#options.maxInFlight) break;
      this.#waiting.delete(call);
      this.#inFlight.set(call.id, call);
      this.#isBlocked = !writable.write(call.text);
      call.text = '';
    }
    writable.uncork();
  }

  // --- cancelling

  #cancel(call, reason) {
    if (call.isCancelled) return;
    call.isCancelled = true;
    call.reason = reason;
    if (this.#waiting.delete(call)) {
      this.#settle(call, () => call.reject(cancelled(call.method, reason)));
      return;
    }
    this.notify('$/cancelRequest', { id: call.id });
    const limit = this.#options.cancelTimeout;
    call.timer = setTimeout(() => {
      this.#inFlight.delete(call.id);
      const error = cancelled(call.method, reason);
      error.message += ` The server has not confirmed it within ${limit / 1000} s.`;
      this.#settle(call, () => call.reject(error));
    }, limit);
    call.timer.unref();
  }

  // --- receiving

  #receive(chunk) {
    if (this.#failure) return;
    try {
      for (const line of this.#lines.push(chunk)) {
        if (line.trim() !== '') this.#dispatch(parse(line));
        if (this.#failure) return;
      }
    } catch (error) {
      this.#abandon(error);
    }
  }

  /** Nothing that follows could be trusted. */
  #abandon(error) {
    this.fail(new LLMBenchError('protocolError', `${this.#stream.peer}: ${error.message}`, { cause: error }));
    this.#stream.destroy();
  }

  #dispatch(message) {
    if (message === null || typeof message !== 'object' || Array.isArray(message)) {
      throw new SyntaxError(`it sent ${JSON.stringify(message).slice(0, 100)}, which is no message of the protocol`);
    }
    if (typeof message.method === 'string') {
      if (message.id === undefined) this.#notified(message);
      else this.#refuse(message);
    } else if (message.id === null && message.error) {
      // It could not read a request, so one of them will never be answered, and there is no telling which.
      throw new Error(`it could not read a request: ${message.error.message}`, { cause: message.error });
    } else {
      this.#answered(message);
    }
  }

  #answered({ id, result, error }) {
    const call = this.#inFlight.get(id);
    if (!call) return; // given up on after a cancel
    this.#inFlight.delete(id);
    this.#settle(call, () => {
      if (error) call.reject(LLMBenchError.fromAnswer(error, call.reason));
      else call.resolve(result);
    });
  }

  #notified({ method, params }) {
    if (method === '$/progress') this.#receivers.get(params?.token)?.(params.value);
    else if (this.#options.onNotification) shielded(this.#options.onNotification)(method, params);
  }

  /** This side has no methods. */
  #refuse({ id, method }) {
    const error = { code: -32601, message: `Method not found: ${method}` };
    this.#notifications.push(this.#encode({ jsonrpc: '2.0', id, error }));
    this.#flushSoon();
  }

  #receiver(call, name, callback) {
    const token = `${name}-${call.id}`;
    call.tokens.push(token);
    this.#receivers.set(token, shielded(callback));
    return token;
  }

  // --- ending

  #settle(call, finish) {
    this.#forget(call);
    finish();
    if (this.#waiting.size > 0) this.#flushSoon();
    else if (this.#inFlight.size === 0) this.#becameIdle();
  }

  #becameIdle() {
    this.#stream.unref();
    this.#whenIdle();
  }

  #forget(call) {
    clearTimeout(call.timer);
    if (call.onAbort) call.signal.removeEventListener('abort', call.onAbort);
    for (const token of call.tokens) this.#receivers.delete(token);
  }

  #streamEnded() {
    if (this.#failure || this.#isEnding) return;
    this.#isEnding = true;
    this.#stream.explainEnd().then((error) => this.fail(error));
  }
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    throw new SyntaxError(`it sent ${JSON.stringify(line.slice(0, 100))}, which is no JSON`);
  }
}

function cancelled(method, reason) {
  return new LLMBenchError('cancelled', `${method} was cancelled.`, { code: -32800, cause: reason });
}
