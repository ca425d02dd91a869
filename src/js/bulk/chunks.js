// The input, in chunks: taken from any source, no faster than it is used up.

/**
 * Chunks of users, none of whom is in two of them at the same time: calls overtake each other, and of two changes to one
 * user the later has to win.
 */
export class Chunks {
  /**
   * @param {Source} source
   * @param {(item: any) => unknown} idOf
   * @param {number} size
   * @param {number} skip how many items of the source are done already
   */
  constructor(source, idOf, size, skip) {
    this.source = source;
    this.idOf = idOf;
    this.size = size;
    this.skip = skip;
    /** How many items were taken from the source. */
    this.taken = 0;
    /** Items that come after another one of the same user, never more than a chunk of them. */
    this.waiting = [];
    /** Ids of users in chunks that are not done. */
    this.busy = new Set();
    this.open = new Set();
    this.turn = Promise.resolve();
    this.wake = undefined;
  }

  /** The next chunk, or undefined at the end. One is made after the other, whoever asks. */
  take() {
    const next = this.turn.then(() => this.make());
    this.turn = next.catch(() => {});
    return next;
  }

  /** Takes note that all users of a chunk are dealt with. */
  finish(chunk) {
    this.open.delete(chunk);
    for (const { id } of chunk) this.busy.delete(id);
    this.wake?.();
  }

  /** How many items from the beginning are done, without a gap. */
  get done() {
    const first = (items) => items.reduce((least, { index }) => Math.min(least, index), this.taken);
    return Math.max(this.skip, Math.min(first(this.waiting), ...[...this.open].map(first)));
  }

  async make() {
    for (;;) {
      const chunk = [];
      this.open.add(chunk);
      const passed = this.waiting;
      this.waiting = [];
      for (const entry of passed) this.place(entry, chunk);
      while (chunk.length < this.size && this.waiting.length < this.size) {
        const step = await this.source.next();
        if (step.done) break;
        const index = this.taken++;
        if (index >= this.skip) this.place({ index, id: this.idOf(step.value), item: step.value }, chunk);
      }
      if (chunk.length > 0) return chunk;
      this.open.delete(chunk);
      if (this.waiting.length === 0) return undefined;
      // Whoever is left is in a chunk that is under way.
      await new Promise((resolve) => {
        this.wake = resolve;
      });
    }
  }

  place(entry, chunk) {
    if (this.busy.has(entry.id) || chunk.length >= this.size || this.waiting.some(({ id }) => id === entry.id)) {
      this.waiting.push(entry);
      return;
    }
    // Who has no id is refused by the client, one by one.
    if (typeof entry.id === "string") this.busy.add(entry.id);
    chunk.push(entry);
  }
}

/** Items one by one, from whatever has them. */
export class Source {
  /** @param {any} input an array, another iterable, an async iterable or a `ReadableStream` */
  constructor(input) {
    this.iterator = iteratorOf(input);
    /** Whether it is something to take items from. A text is not, though it can be walked through. */
    this.isValid = this.iterator !== undefined;
    this.ended = !this.isValid;
    this.isAsking = false;
    const size = Array.isArray(input) ? input.length : input?.size;
    /** How many items there are, where the input knows. */
    this.total = typeof size === "number" ? size : undefined;
  }

  async next() {
    if (this.ended) return { done: true };
    this.isAsking = true;
    try {
      const step = await this.iterator.next();
      this.ended = step.done === true;
      return step;
    } catch (error) {
      this.ended = true;
      throw error;
    } finally {
      this.isAsking = false;
    }
  }

  /** Lets the source clean up behind itself, when it was not used up. */
  async close() {
    if (this.ended) return;
    this.ended = true;
    const closed = Promise.resolve(this.iterator.return?.()).catch(() => {});
    // A source that has not answered yet would not answer to this either.
    if (!this.isAsking) await closed;
  }
}

function iteratorOf(input) {
  if (typeof input !== "object" || input === null) return undefined;
  if (Symbol.asyncIterator in input) return input[Symbol.asyncIterator]();
  if (Symbol.iterator in input) return input[Symbol.iterator]();
  // Safari's streams cannot be walked through.
  return typeof input.getReader === "function" ? fromReader(input.getReader()) : undefined;
}

function fromReader(reader) {
  return {
    next: () => reader.read(),
    return: () => reader.cancel(),
  };
}
