import type {
  Check, CodeResult, DataFile, InitializeResult, ProcessedData, Progress, Provider, ReportFormat, RunFilter, RunPlan,
  RunProgress, RunRequest, RunSummary, Sample, SampleFilter, Suite,
} from './protocol.d.ts';

export type * from './protocol.d.ts';

/** Every failure that this package reports. */
export class LLMBenchError extends Error {
  /**
   * What to tell failures apart by: the server's kinds (`runNotFound`, `unknownSuite`, `cancelled`, …), and of this
   * side `cannotStart`, `connectionFailed`, `connectionClosed`, `startTimedOut`, `protocolError`, `requestTooLarge`,
   * `invalidAddress`.
   */
  readonly kind: string;
  /** The JSON-RPC error code; null when the failure arose on this side. */
  readonly code: number | null;
  /** Details: of the server's error, or `{exitCode, signal, stderr}` of a child process that ended. */
  readonly data: Record<string, unknown>;
}

export interface CallOptions {
  /**
   * Cancels the request. The call rejects with kind `cancelled` once the server has confirmed it, and resolves where
   * the answer was already on its way; `cause` of the error is the signal's reason.
   */
  signal?: AbortSignal;
}

export interface ProgressOptions extends CallOptions {
  onProgress?: (progress: Progress) => void;
}

export interface RunOptions extends CallOptions {
  /** At most ten times a second. */
  onProgress?: (progress: RunProgress) => void;
  /** Each sample as it ends. */
  onSample?: (sample: Sample) => void;
}

export interface ConnectionOptions {
  /** Requests with the server at once; more wait on this side. Default 128. */
  maxInFlight?: number;
  /** Largest request in bytes; the server's own limit by default, 16 MiB. */
  maxRequestBytes?: number;
  /** Largest answer in bytes. Default 256 MiB. */
  maxAnswerBytes?: number;
  /** Milliseconds that a cancelled request may take to be confirmed. Default 30 000. */
  cancelTimeout?: number;
  /** Milliseconds until the server must have answered for the first time. Default 30 000. */
  startTimeout?: number;
  /** Notifications of the server other than progress. */
  onNotification?: (method: string, params: unknown) => void;
}

export interface SpawnOptions extends ConnectionOptions {
  /** Default: the variable LLMBENCH, else `llmbench` on PATH. */
  command?: string;
  /** More arguments of `llmbench serve`. */
  args?: string[];
  /** Where results are stored. */
  database?: string;
  /** The server's folder, which relative paths in requests start at. */
  cwd?: string;
  /** Its environment instead of this process's. */
  env?: Record<string, string | undefined>;
  /** The server's log, piece by piece. */
  onStderr?: (text: string) => void;
}

export interface ConnectOptions extends ConnectionOptions {
  /** Default: the variable LLMBENCH_TOKEN. */
  token?: string;
}

export type RunEvent =
  | { type: 'progress'; progress: RunProgress }
  | { type: 'sample'; sample: Sample }
  | { type: 'summary'; summary: RunSummary };

/** A conversation with an llmbench server. It keeps the process alive only while an answer is awaited. */
export class LLMBench {
  private constructor();

  /** Starts a server as a child process, which ends with this one at the latest. */
  static spawn(options?: SpawnOptions): Promise<LLMBench>;
  /** Connects to a running server at `tcp://HOST:PORT` or `unix://PATH`. */
  static connect(address: string | URL, options?: ConnectOptions): Promise<LLMBench>;

  /** What the server said of itself. */
  readonly server: InitializeResult;
  readonly isOpen: boolean;
  /** Whether the server has the method. */
  supports(method: string): boolean;

  /** Any method by its name. Parameters are by name; those that are undefined are left out. */
  call<Result = unknown>(
    method: string,
    params?: object,
    options?: ProgressOptions & { onPartial?: (value: any) => void },
  ): Promise<Result>;

  /**
   * Cancels what is under way, waits for the answers (at most `timeout` milliseconds, default 5000), and ends the
   * connection; a child process too, if need be by force.
   */
  close(options?: { timeout?: number }): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;

  /** The suites with their options. */
  suites(options?: CallOptions): Promise<Suite[]>;
  /** What a run would send; nothing is sent. */
  plan(request: RunRequest, options?: CallOptions): Promise<RunPlan>;
  /** Runs a suite and stores every answer. */
  run(request: RunRequest, options?: RunOptions): Promise<RunSummary>;
  /** Finishes a run that was stopped or broke off. */
  resume(runId: string, options?: RunOptions & { retryErrors?: boolean }): Promise<RunSummary>;
  /** Follows a run to its end: the stored samples after `afterSequence` (default 0: all), then live. */
  attach(runId: string, options?: RunOptions & { afterSequence?: number }): Promise<RunSummary>;
  /** Stops a run, also a detached one or another client's; its summary. */
  cancelRun(runId: string, options?: CallOptions): Promise<RunSummary>;
  /** `run` as a sequence of progress, samples and, last, the summary. Leaving the loop cancels the run. */
  stream(request: RunRequest, options?: CallOptions): AsyncGenerator<RunEvent, void, void>;
  /** `attach` as a sequence. Leaving the loop stops only the watching. */
  watch(runId: string, options?: CallOptions & { afterSequence?: number }): AsyncGenerator<RunEvent, void, void>;

  /** One page of the stored runs, newest first. */
  queryRuns(
    filter?: RunFilter & { limit?: number; cursor?: string },
    options?: CallOptions,
  ): Promise<{ runs: RunSummary[]; nextCursor: string | null }>;
  /** All of them, page by page. */
  runs(filter?: RunFilter & { pageSize?: number }, options?: CallOptions): AsyncGenerator<RunSummary, void, void>;
  /** A run by its id, the unique beginning of one, or `latest`. */
  getRun(runId: string, options?: CallOptions): Promise<RunSummary>;
  /** One page of a run's samples. */
  querySamples(
    runId: string,
    filter?: SampleFilter & { limit?: number; cursor?: string },
    options?: CallOptions,
  ): Promise<{ samples: Sample[]; nextCursor: string | null }>;
  /** All of them, page by page. */
  samples(
    runId: string,
    filter?: SampleFilter & { pageSize?: number },
    options?: CallOptions,
  ): AsyncGenerator<Sample, void, void>;
  /** One run, or several side by side, as a document. Default: Markdown. */
  report(runIds: string | string[], format?: ReportFormat, options?: CallOptions): Promise<string>;

  /** Writes Avro files of seeded random events. */
  generateData(
    params: {
      sizes: number[];
      seed?: number;
      output?: string;
      codec?: 'null' | 'deflate' | 'snappy' | 'zstandard';
      users?: number;
      minimumDuration?: number;
      maximumDuration?: number;
      blockBytes?: number;
    },
    options?: ProgressOptions,
  ): Promise<DataFile[]>;
  /** Filters an Avro file by a threshold, groups it by a key and averages a value. */
  processData(
    path: string,
    params?: { threshold?: number; keyField?: string; valueField?: string },
    options?: ProgressOptions,
  ): Promise<ProcessedData>;
  /** Records of an Avro file, with its schema and codec. */
  readRecords(
    path: string,
    params?: { limit?: number; offset?: number },
    options?: CallOptions,
  ): Promise<{ schema: unknown; codec: string; total: number; records: unknown[] }>;
  /** Checks a Vue component, or the answer that holds one. */
  validateVue(
    params: {
      source?: string;
      path?: string;
      files?: { path: string; source: string }[];
      checks?: unknown;
      original?: string;
      autoImports?: 'vue' | 'nuxt' | string[];
      stubModules?: string[];
      root?: string;
      name?: string;
      timeoutSeconds?: number;
    },
    options?: CallOptions,
  ): Promise<{
    status: 'ok' | 'failed' | 'unavailable' | 'timeout' | 'crashed';
    reason: string | null;
    compiles: boolean | null;
    diagnostics: { stage: string; code: string; message: string; file: string; line: number; column: number; own: boolean }[];
    checks: { id: string; passed: boolean; weight: number; line: number | null; why: string | null }[];
    checkScore: number | null;
    score: number | null;
    template: { unchanged: boolean; differences: { message: string }[] } | null;
    stubbedModules: string[];
  }>;
  /** Runs a program in the sandbox. */
  executeCode(
    params: {
      language: 'python' | 'javascript' | 'typescript';
      code: string;
      stdin?: string;
      arguments?: string[];
      limits?: {
        cpuSeconds?: number;
        wallSeconds?: number;
        memoryBytes?: number;
        outputBytes?: number;
        processes?: number;
      };
    },
    options?: CallOptions,
  ): Promise<CodeResult>;

  /** The providers of models, and where their keys come from. */
  models(options?: CallOptions): Promise<Provider[]>;
  /** What is installed and what is missing. */
  doctor(options?: CallOptions): Promise<Check[]>;
  /** The protocol as an OpenRPC document. */
  discover(options?: CallOptions): Promise<Record<string, unknown>>;
}
