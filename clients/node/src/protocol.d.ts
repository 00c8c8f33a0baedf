// The values of the protocol, as Protocol/README.md describes them. Unknown values are null, fractions are 0…1, times
// are RFC 3339 in UTC. Newer servers may send more members.

export type RunStatus = 'running' | 'completed' | 'cancelled' | 'interrupted' | 'failed' | 'budgetExhausted';
export type Outcome = 'passed' | 'failed' | 'partial' | 'truncated' | 'modelError' | 'infrastructureError' | 'cancelled';
export type ReportFormat = 'markdown' | 'html' | 'csv' | 'junit' | 'json';

export interface InitializeResult {
  serverInfo: { name: string; version: string | null };
  capabilities: { methods: string[]; workDoneProgress: string[]; partialResults: string[]; suites: string[] };
}

export interface Suite {
  name: string;
  /** Changes whenever prompts, data or scoring change. */
  version: string;
  summary: string;
  options: {
    name: string;
    kind: 'integer' | 'number' | 'boolean' | 'string' | 'integerList' | 'stringList';
    defaultValue: unknown;
    summary: string;
  }[];
  /** What results are grouped by, such as `size`. */
  dimension: string | null;
  executesCode: boolean;
}

export interface RunRequest {
  /** A suite's name, as `suites()` gives it. */
  suite: string;
  /** `PROVIDER/MODEL`. */
  models: string[];
  /** The suite's own options. */
  options?: Record<string, unknown>;
  /** A random part of the samples; all when absent. */
  sample?: { count: number; seed?: number };
  /** How often each sample is asked, 1 or more. */
  epochs?: number;
  /** Requests under way at once for each model. */
  concurrency?: number;
  budget?: { seconds?: number; usd?: number; tokens?: number };
  /** Answered at once; the run outlives this connection. Follow it with `attach`. */
  detached?: boolean;
  temperature?: number;
  maximumOutputTokens?: number;
  /** Where models of `local` and `openai-compatible` are served. */
  baseURL?: string;
  /** A file that every answer is recorded to, for `replay/PATH`. */
  record?: string;
  attemptTimeoutSeconds?: number;
  sampleTimeoutSeconds?: number;
  retries?: number;
}

export interface RunPlan {
  suite: string;
  models: {
    model: string;
    samples: number;
    promptTokens: number;
    maximumCompletionTokens: number | null;
    maximumCostUSD: number | null;
  }[];
}

export interface RunSummary {
  runId: string;
  suite: string;
  suiteVersion: string;
  status: RunStatus;
  /** Why it ended early. */
  message: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationSeconds: number;
  plannedSamples: number;
  completedSamples: number;
  models: ModelSummary[];
  request: { [name in keyof RunRequest]: RunRequest[name] | null };
  /** Up to 2^64: exact only below 2^53. */
  seed: number | null;
  programVersion: string;
  machine: Record<string, unknown>;
}

export interface ModelSummary {
  model: string;
  /** Mean of the scored samples; null before the first. */
  score: number | null;
  /** Ends of the 95 % interval. */
  low: number | null;
  high: number | null;
  scoreIfUnknownWrong: number | null;
  scoreIfUnknownRight: number | null;
  /** Scored samples. */
  n: number;
  passed: number;
  failed: number;
  partial: number;
  truncated: number;
  modelErrors: number;
  /** Failures of the provider or the machine: not counted in the score. */
  errors: number;
  cancelled: number;
  missing: number;
  promptTokens: number;
  completionTokens: number;
  tokensEstimated: boolean;
  costUSD: number | null;
  durationSeconds: number;
  meanLatencyMilliseconds: number | null;
  medianLatencyMilliseconds: number | null;
  meanTimeToFirstTokenMilliseconds: number | null;
  metrics: Record<string, number>;
  groups: GroupSummary[];
  cliff: CliffFit | null;
  reasons: { reason: string; count: number }[];
}

export interface GroupSummary {
  dimension: string;
  value: unknown;
  score: number | null;
  low: number | null;
  high: number | null;
  n: number;
  passed: number;
  truncated: number;
  errors: number;
  meanPromptTokens: number | null;
  meanCompletionTokens: number | null;
  meanLatencyMilliseconds: number | null;
  meanExecutionMilliseconds: number | null;
  costUSD: number | null;
  metrics: Record<string, number>;
}

/** The size at which half, and 95 %, of the samples pass. */
export interface CliffFit {
  sizeAt50: number | null;
  sizeAt50Low: number | null;
  sizeAt50High: number | null;
  sizeAt95: number | null;
  sizeAt95Low: number | null;
  sizeAt95High: number | null;
  n: number;
  note: string | null;
}

export interface Sample {
  runId: string;
  /** 1, 2, 3 … in the order stored; servers that know no `benchmark.attach` leave it out. */
  sequence?: number;
  model: string;
  sampleId: string;
  epoch: number;
  outcome: Outcome;
  score: number | null;
  reason: string | null;
  detail: string | null;
  prompt: string;
  response: string | null;
  reasoning: string | null;
  expected: unknown;
  extracted: unknown;
  stopReason: string | null;
  latencyMilliseconds: number | null;
  timeToFirstTokenMilliseconds: number | null;
  promptTokens: number | null;
  completionTokens: number | null;
  tokensEstimated: boolean;
  costUSD: number | null;
  attempts: number;
  metrics: Record<string, number>;
  parts: {
    name: string;
    outcome: Outcome;
    score: number | null;
    reason: string | null;
    detail: string | null;
    executionMilliseconds: number | null;
    metadata: Record<string, unknown>;
  }[];
  metadata: Record<string, unknown>;
  startedAt: string;
  finishedAt: string;
}

/** One `begin`, any number of `report`s, one `end`. */
export interface Progress {
  kind: 'begin' | 'report' | 'end';
  /** Of `begin`. */
  title?: string;
  message?: string;
  /** 0…100. */
  percentage?: number;
}

export interface RunProgress extends Progress {
  runId?: string;
  /** Of the newest stored sample. */
  sequence?: number;
  completed?: number;
  total?: number;
  passed?: number;
  errors?: number;
  samplesPerSecond?: number | null;
  remainingSeconds?: number | null;
}

export interface RunFilter {
  suite?: string;
  model?: string;
  status?: RunStatus;
  /** Runs that started at or after this moment, RFC 3339. */
  since?: string;
  until?: string;
}

export interface SampleFilter {
  outcome?: Outcome;
  model?: string;
}

export interface DataFile {
  path: string;
  rows: number;
  bytes: number;
  seconds: number;
}

export interface ProcessedData {
  rows: number;
  groups: { id: string; count: number; average: number }[];
  readSeconds: number;
  processSeconds: number;
  totalSeconds: number;
}

export interface TokenCount {
  tokens: number;
  encoding: 'o200k_base' | 'cl100k_base';
  /** Whether the model may count otherwise. */
  isEstimate: boolean;
  bytes: number;
  replacedParts: number;
  tokenIds: number[] | null;
}

export interface CodeResult {
  verdict:
    | 'ok'
    | 'nonZeroExit'
    | 'signaled'
    | 'cpuTimeLimit'
    | 'wallTimeLimit'
    | 'memoryLimit'
    | 'outputLimit'
    | 'sandboxFailure';
  exitCode: number | null;
  signal: number | null;
  standardOutput: string;
  standardError: string;
  cpuSeconds: number;
  wallSeconds: number;
  peakMemoryBytes: number | null;
  runtime: string;
}

export interface Provider {
  name: string;
  summary: string;
  keyVariable: string | null;
  keyIsSet: boolean | null;
  baseURLVariable: string | null;
  baseURL: string | null;
}

export interface Check {
  name: string;
  status: 'ok' | 'warning' | 'missing';
  detail: string;
  remedy: string | null;
}
