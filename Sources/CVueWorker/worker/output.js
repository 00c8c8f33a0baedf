// Generated text that remembers where each piece of it comes from.

class GeneratedText {
  constructor() {
    this.parts = [];
    this.length = 0;
    /** [{ start, end, source, exact }] in order: generated offsets, and the offset in the component. */
    this.segments = [];
  }

  /** Text of our own: what the compiler says about it alone is not passed on. */
  add(text) {
    this.parts.push(text);
    this.length += text.length;
  }

  /** Text of the component, letter for letter. */
  copy(text, source) {
    if (!text) return;
    this.segments.push({ start: this.length, end: this.length + text.length, source, exact: true });
    this.add(text);
  }

  /** Text of our own that stands for a place in the component. */
  stand(text, source, sourceEnd) {
    this.segments.push({ start: this.length, end: this.length + text.length, source, sourceEnd, exact: false });
    this.add(text);
  }

  toString() {
    return this.parts.join('');
  }
}

/** The place in the component of a generated place; null for text of our own. */
function sourceRange(segments, start, length) {
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (start < segment.start) high = middle - 1;
    else if (start >= segment.end && !(start === segment.end && segment.exact && start === segment.start)) low = middle + 1;
    else return rangeWithin(segments, middle, start, length);
  }
  return null;
}

function rangeWithin(segments, index, start, length) {
  const segment = segments[index];
  const from = segment.exact ? segment.source + (start - segment.start) : segment.source;
  const end = start + length;
  for (let last = index; last < segments.length; last += 1) {
    const candidate = segments[last];
    if (end <= candidate.end) {
      const to = candidate.exact ? candidate.source + (end - candidate.start) : candidate.sourceEnd || candidate.source;
      return { start: from, end: Math.max(to, from) };
    }
  }
  return { start: from, end: from };
}
