// Reads the input of bulk work, item by item.

import { read } from "../errors.js";
import { isArray, readable, refusal, wrongType } from "../option-reader.js";

/** The input: anything that yields items one by one. It is read no faster than the API accepts them. */
export type BulkInput<Item> = Iterable<Item> | AsyncIterable<Item> | ReadableStream<Item>;

/** The names of the function and its input, for errors. */
interface Named {
  readonly name: string;
  readonly input: string;
}

/** The part of an iterator that is used here. */
interface Steps {
  next(): unknown;
  return?(): unknown;
}

/** Reads items from the input, one after the other. */
export class Source {
  /** The number of items, if the input has a length or size. */
  readonly total: number | undefined;
  readonly #steps: Steps;
  readonly #operation: Named;
  #isEnded = false;
  #isAsking = false;

  /** @throws StreamError of kind `invalid_argument` for an input that cannot be iterated */
  constructor(operation: Named, input: unknown) {
    const { name, input: argument } = operation;
    const open = readable(name, argument, () => openerOf(input));
    if (open === undefined) {
      throw wrongType(name, argument, "an array, an iterable, an async iterable or a ReadableStream", input);
    }
    const size = read(input, isArray(input) ? "length" : "size");
    this.total = typeof size === "number" ? size : undefined;
    this.#operation = operation;
    this.#steps = open();
  }

  /** The next item; undefined at the end. Rejects with what the input throws. */
  async next(): Promise<{ readonly item: unknown } | undefined> {
    if (this.#isEnded) return undefined;
    this.#isAsking = true;
    try {
      const item = this.#itemOf(await this.#steps.next());
      this.#isEnded = item === undefined;
      return item;
    } catch (error) {
      this.#isEnded = true;
      throw error;
    } finally {
      this.#isAsking = false;
    }
  }

  /** Closes an input that was not read to its end. Errors while closing are ignored. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const closed = (async () => this.#steps.return?.())().catch(() => {});
    // An input with a pending `next()` may never answer `return()`.
    if (!this.#isAsking) await closed;
  }

  #itemOf(step: unknown): { readonly item: unknown } | undefined {
    const { name, input } = this.#operation;
    if (typeof step !== "object" || step === null) {
      throw refusal(name, input, `${input} has an iterator whose next() returns no object`);
    }
    return readable(name, input, () => {
      const { done, value } = step as IteratorResult<unknown>;
      return done ? undefined : { item: value };
    });
  }
}

/** Returns a function that starts the iteration; undefined if the input cannot be iterated. Strings are refused. */
function openerOf(input: unknown): (() => Steps) | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { [Symbol.asyncIterator]: iterateAsync, [Symbol.iterator]: iterate } = input as Partial<
    AsyncIterable<unknown> & Iterable<unknown>
  >;
  if (typeof iterateAsync === "function") return () => iterateAsync.call(input);
  if (typeof iterate === "function") return () => iterate.call(input);
  // Streams in Safari are not iterable.
  const { getReader } = input as Partial<ReadableStream<unknown>>;
  return typeof getReader === "function" ? () => stepsOf(getReader.call(input) as Reader) : undefined;
}

type Reader = ReadableStreamDefaultReader<unknown>;

function stepsOf(reader: Reader): Steps {
  return {
    next: () => reader.read(),
    return: () => reader.cancel(),
  };
}
