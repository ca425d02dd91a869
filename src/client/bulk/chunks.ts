// The input in chunks, read no faster than chunks are done.

import type { Source } from "./source.js";
import type { Turns } from "./turns.js";

/** An item of the input. */
export interface Entry {
  /** Its position in the input. */
  readonly index: number;
  /** Its id, if it has one. */
  readonly id: string | undefined;
  readonly item: unknown;
}

export type Chunk = readonly Entry[];

/** How an input is cut. */
export interface Cut {
  /** How many items a chunk has. */
  readonly size: number;
  /** How many items at the beginning of the input are done already. */
  readonly skip: number;
  idOf(item: unknown): string | undefined;
}

/**
 * Makes chunks. No user is in two chunks at the same time: calls overtake each other, and of two changes to one user the
 * later has to win.
 */
export class Chunks {
  readonly #source: Source;
  readonly #cut: Cut;
  readonly #turns: Turns;
  /** How many items were taken from the input. */
  #taken = 0;
  /** Items that have to wait for an earlier one of the same user, or for the next chunk; at most a chunk of them. */
  #waiting: Entry[] = [];
  /** Ids of the users in open chunks. */
  readonly #busy = new Set<string>();
  /** The chunks that are not done. */
  readonly #open = new Set<Chunk>();
  /** The chunk that was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  /** Called when a chunk is done. */
  #wake: (() => void) | undefined;

  /** @param turns - counts the items that are skipped */
  constructor(source: Source, cut: Cut, turns: Turns) {
    this.#source = source;
    this.#cut = cut;
    this.#turns = turns;
  }

  /** The next chunk, or undefined at the end. Chunks are made one after the other, however many are asked for at once. */
  take(): Promise<Chunk | undefined> {
    const next = this.#last.then(() => this.#make());
    this.#last = next.catch(() => {});
    return next;
  }

  /** Notes that a chunk is done. */
  finish(chunk: Chunk): void {
    this.#open.delete(chunk);
    for (const { id } of chunk) if (id !== undefined) this.#busy.delete(id);
    this.#wake?.();
  }

  /** How many items from the beginning of the input are done, without a gap. */
  get done(): number {
    const first = (entries: Chunk) => entries.reduce((least, { index }) => Math.min(least, index), this.#taken);
    return Math.max(this.#cut.skip, Math.min(first(this.#waiting), ...[...this.#open].map(first)));
  }

  async #make(): Promise<Chunk | undefined> {
    const chunk: Entry[] = [];
    this.#open.add(chunk);
    for (;;) {
      await this.#fill(chunk);
      if (chunk.length > 0) return chunk;
      if (this.#waiting.length === 0) break;
      // The users of all items that are left are in open chunks.
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#open.delete(chunk);
    return undefined;
  }

  async #fill(chunk: Entry[]): Promise<void> {
    const { size, skip, idOf } = this.#cut;
    const passed = this.#waiting;
    this.#waiting = [];
    for (const entry of passed) this.#place(entry, chunk);
    while (chunk.length < size && this.#waiting.length < size) {
      const step = await this.#source.next();
      if (step === undefined) return;
      const index = this.#taken++;
      if (index < skip) await this.#turns.step();
      else this.#place({ index, id: idOf(step.item), item: step.item }, chunk);
    }
  }

  /** Puts an item into a chunk, or among those that wait. */
  #place(entry: Entry, chunk: Entry[]): void {
    const { id } = entry;
    if (chunk.length >= this.#cut.size || this.#isTaken(id)) {
      this.#waiting.push(entry);
      return;
    }
    if (id !== undefined) this.#busy.add(id);
    chunk.push(entry);
  }

  /** Whether an earlier item of the same user is not done. */
  #isTaken(id: string | undefined): boolean {
    return id !== undefined && (this.#busy.has(id) || this.#waiting.some((entry) => entry.id === id));
  }
}
