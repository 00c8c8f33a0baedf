const newline = 0x0a;

/**
 * Cuts a byte stream into lines. A line that comes in many chunks is put together once, at its end: the time is linear
 * in its size.
 */
export class LineSplitter {
  #parts = [];
  #bytes = 0;
  #maximumBytes;

  /** @param {number} maximumBytes of one line */
  constructor(maximumBytes) {
    this.#maximumBytes = maximumBytes;
  }

  /**
   * The lines that end in this chunk, as text.
   *
   * @param {Buffer} chunk
   * @throws {RangeError} when a line is longer than it may be
   */
  *push(chunk) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end));
      start = end + 1;
      const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts, this.#bytes);
      this.#parts = [];
      this.#bytes = 0;
      yield line.toString('utf8');
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  #keep(part) {
    this.#bytes += part.length;
    if (this.#bytes > this.#maximumBytes) throw new RangeError(`a message is larger than ${this.#maximumBytes} bytes`);
    this.#parts.push(part);
  }
}
