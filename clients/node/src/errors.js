/** Names for the codes whose errors need not carry `data.kind`. */
const kindsOfCodes = new Map([
  [-32700, 'parseError'],
  [-32600, 'invalidRequest'],
  [-32601, 'methodNotFound'],
  [-32602, 'invalidParams'],
  [-32603, 'internalError'],
  [-32002, 'notInitialized'],
  [-32800, 'cancelled'],
  [-32803, 'requestFailed'],
  [1001, 'serverBusy'],
  [1002, 'unauthorized'],
  [1003, 'answerTooLarge'],
]);

/** Every failure that this package reports: the server's errors, and those of reaching it. */
export class LLMBenchError extends Error {
  /**
   * @param {string} kind what to tell failures apart by, such as `runNotFound`
   * @param {string} message
   * @param {{code?: number | null, data?: Record<string, unknown>, cause?: unknown}} [details]
   */
  constructor(kind, message, { code = null, data = {}, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LLMBenchError';
    this.kind = kind;
    /** The JSON-RPC error code; null when the failure arose on this side. */
    this.code = code;
    this.data = data;
  }

  /** The `error` member of an answer as an exception. */
  static fromAnswer(error, cause) {
    const { code, message, data } = error ?? {};
    const details = data !== null && typeof data === 'object' ? data : {};
    const kind = typeof details.kind === 'string' ? details.kind : (kindsOfCodes.get(code) ?? 'serverError');
    return new LLMBenchError(kind, String(message), { code: typeof code === 'number' ? code : null, data: details, cause });
  }
}

/** A callback whose failure becomes a warning of the process: it must not stop the reading of messages. */
export function shielded(callback) {
  const warn = (error) => process.emitWarning(error instanceof Error ? error : String(error), 'LLMBenchCallbackWarning');
  return (...values) => {
    try {
      const result = callback(...values);
      if (typeof result?.then === 'function') result.then(undefined, warn);
    } catch (error) {
      warn(error);
    }
  };
}
