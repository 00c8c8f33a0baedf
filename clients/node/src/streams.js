import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';

import { LLMBenchError, shielded } from './errors.js';

const stderrTailLength = 8192;
/** Milliseconds that a child gets to end by itself, and again after SIGTERM, before SIGKILL. */
const patience = 3000;

/** Starts a server as a child process: bytes over its standard input and output. */
export async function spawnServer({ command, args, env, cwd, onStderr }) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: 'pipe',
    // A group of its own: Ctrl-C reaches this program alone, which can then cancel its run and still get the summary.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw cannotStart(command, cwd, error);
  }

  child.on('error', () => {}); // a signal that could not be sent: `end` goes on to the next one

  const tellStderr = shielded(onStderr ?? (() => {}));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr = (stderr + text).slice(-stderrTailLength);
    tellStderr(text);
  });
  const handles = [child, child.stdin, child.stdout, child.stderr];
  const closed = new Promise((resolve) => child.once('close', resolve));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    peer: command,
    isChild: true,
    readable: child.stdout,
    writable: child.stdin,
    ref: () => handles.forEach((handle) => handle.ref()),
    unref: () => handles.forEach((handle) => handle.unref()),
    destroy: () => child.kill(),

    async explainEnd() {
      await within(patience, closed);
      const { exitCode, signalCode: signal } = child;
      const how =
        signal !== null ? `was ended by ${signal}` : exitCode !== null ? `ended with code ${exitCode}` : 'closed its output';
      const lastWords = stderr.trim() === '' ? '' : ` Its last words:\n${stderr.trim()}`;
      return new LLMBenchError('connectionClosed', `${command} ${how}.${lastWords}`, { data: { exitCode, signal, stderr } });
    },

    async end() {
      child.ref();
      child.stdin.end();
      for (const signal of ['SIGTERM', 'SIGKILL']) {
        if (hasEnded() || (await within(patience, once(child, 'exit')))) break;
        child.kill(signal);
      }
      if (!hasEnded()) await once(child, 'exit');
      // A process that it left behind may still hold the pipes.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    },
  };
}

/** Connects to a running server at `tcp://HOST:PORT` or `unix://PATH`. */
export async function connectServer(address, milliseconds) {
  const socket = connect(parseAddress(address));
  socket.setNoDelay(true);
  try {
    const signal = AbortSignal.timeout(milliseconds);
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.destroy();
    const why = error.name === 'AbortError' ? `no answer within ${milliseconds / 1000} s` : error.message;
    throw new LLMBenchError('connectionFailed', `No server can be reached at ${address}: ${why}.`, { data: { address }, cause: error });
  }
  let failure;
  socket.on('error', (error) => (failure = error));

  return {
    peer: String(address),
    isChild: false,
    readable: socket,
    writable: socket,
    ref: () => socket.ref(),
    unref: () => socket.unref(),
    destroy: () => socket.destroy(),

    async explainEnd() {
      socket.destroy();
      const why = failure ? `: ${failure.message}` : '';
      return new LLMBenchError('connectionClosed', `The connection to ${address} was closed${why}.`, {
        data: { address },
        cause: failure,
      });
    },

    async end() {
      socket.ref();
      socket.end();
      if (!socket.closed) await within(patience, once(socket, 'close'));
      socket.destroy();
    },
  };
}

function parseAddress(address) {
  const text = String(address);
  if (text.startsWith('unix://') && text.length > 'unix://'.length) return { path: text.slice('unix://'.length) };
  const [, v6, host, port] = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/]*)):(\d{1,5})$/.exec(text) ?? [];
  if (port !== undefined && Number(port) <= 65535) return { host: v6 ?? (host || '127.0.0.1'), port: Number(port) };
  throw new LLMBenchError('invalidAddress', `"${text}" is no address: write tcp://HOST:PORT or unix://PATH.`, { data: { address: text } });
}

function cannotStart(command, cwd, cause) {
  let message = `${command} cannot be started: ${cause.message}.`;
  if (cwd !== undefined && !statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    message = `${command} cannot be started in ${cwd}, which is no folder.`;
  } else if (cause.code === 'ENOENT') {
    message = `There is no program ${command}. Put llmbench on PATH, set LLMBENCH to its path, or give it as command.`;
  }
  return new LLMBenchError('cannotStart', message, { data: { command }, cause });
}

/** Whether it happened within that time. */
async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const result = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return result;
}
