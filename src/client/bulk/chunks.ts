// The input in chunks, read no faster than chunks are completed.

import { roleOf } from "./blame.js";
import { nextSize } from "./rules.js";
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
  /** How many items a chunk has at most. */
  readonly size: number;
  /** How many items at the beginning of the input are done already. */
  readonly skip: number;
  idOf(item: unknown): string | undefined;
}

/** How many items may pass those that stand apart: the checkpoint waits for them, and they take up memory. */
const MOST_PASSED = 5000;
/** An app has 25 roles of its own; an input with more than that of undefined ones gains nothing by setting them apart. */
const MOST_ROLES = 50;

/**
 * Makes chunks. No user is in two chunks at the same time: calls overtake each other, and of two changes to one user the
 * later has to win.
 *
 * Users of a call that was refused for the sake of others come back, and stand in the next chunks. Users with a role that
 * the API said it does not know stand apart, in chunks of their own, so that they do not have others refused.
 */
export class Chunks {
  readonly #source: Source;
  readonly #cut: Cut;
  readonly #turns: Turns;
  /** How many items the next chunk has. */
  #size: number;
  /** How many items were taken from the input. */
  #taken = 0;
  /** Items that have to wait for an earlier one of the same user, or for the next chunk; at most a chunk of them. */
  #waiting: Entry[] = [];
  /** Items that were in a chunk, and have to be in another. */
  #returned: Entry[] = [];
  /** Items that stand apart, by the role that is not defined. */
  readonly #apart = new Map<unknown, Entry[]>();
  /** The items of users who are under way, come back or stand apart. */
  readonly #open = new Set<Entry>();
  /** The ids of those users. */
  readonly #busy = new Set<string>();
  /** The chunk that was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  /** How many chunks are done. */
  #finished = 0;
  /** Called when a chunk is done. */
  #wake: (() => void) | undefined;

  /** @param turns - counts the items that are skipped */
  constructor(source: Source, cut: Cut, turns: Turns) {
    this.#source = source;
    this.#cut = cut;
    this.#turns = turns;
    this.#size = cut.size;
  }

  /** The next chunk, or undefined at the end. Chunks are made one after the other, however many are asked for at once. */
  take(): Promise<Chunk | undefined> {
    const next = this.#last.then(() => this.#make());
    this.#last = next.catch(() => {});
    return next;
  }

  /**
   * Notes that a chunk is done.
   *
   * @param returned - those of its items that have to be in another chunk
   */
  finish(chunk: Chunk, returned: Chunk): void {
    this.#returned = [...this.#returned, ...returned].sort((one, other) => one.index - other.index);
    const back = new Set(returned);
    for (const entry of chunk) {
      if (back.has(entry)) continue;
      this.#open.delete(entry);
      if (entry.id !== undefined) this.#busy.delete(entry.id);
    }
    this.#finished++;
    this.#wake?.();
  }

  /** Notes that a role is not defined: from now on, whoever has it stands apart. */
  setApart(role: string): void {
    if (this.#apart.size < MOST_ROLES && !this.#apart.has(role)) this.#apart.set(role, []);
  }

  /** Notes that users went through: if one of them has a role that was not defined, it is by now. */
  noteSuccess(entries: Chunk): void {
    if (this.#apart.size === 0) return;
    for (const { item } of entries) {
      this.#returned.push(...(this.#apart.get(roleOf(item)) ?? []));
      this.#apart.delete(roleOf(item));
    }
  }

  /** Notes whether a chunk went through whole, or was refused without a word about whom. */
  noteSize(isWhole: boolean): void {
    this.#size = nextSize(this.#size, this.#cut.size, isWhole);
  }

  /** How many items from the beginning of the input are done, without a gap. */
  get done(): number {
    let first = this.#taken;
    for (const entries of [this.#waiting, this.#open]) for (const { index } of entries) first = Math.min(first, index);
    return Math.max(this.#cut.skip, first);
  }

  async #make(): Promise<Chunk | undefined> {
    for (;;) {
      const before = this.#finished;
      const chunk = await this.#fill();
      const apart = this.#apartChunk(chunk.length === 0);
      if (apart !== undefined) {
        this.#returned.unshift(...chunk);
        return apart;
      }
      if (chunk.length > 0) return chunk;
      if (this.#open.size === 0 && this.#waiting.length === 0) return undefined;
      // A chunk that was done meanwhile has made room, or its items are back.
      if (this.#finished !== before) continue;
      // The users of all items that are left are in open chunks, or these may come back.
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #fill(): Promise<Chunk> {
    const { size: most, skip, idOf } = this.#cut;
    const size = this.#size;
    const chunk: Entry[] = [];
    const returned = this.#returned.splice(0);
    for (const entry of returned) {
      if (chunk.length < size) this.#admit(entry, chunk);
      else this.#returned.push(entry);
    }
    const passed = this.#waiting;
    this.#waiting = [];
    for (const entry of passed) this.#place(entry, chunk, size);
    while (chunk.length < size && this.#waiting.length < most && !this.#isApartFull()) {
      const step = await this.#source.next();
      if (step === undefined) break;
      const index = this.#taken++;
      if (index < skip) await this.#turns.step();
      else this.#place({ index, id: idOf(step.item), item: step.item }, chunk, size);
    }
    return chunk;
  }

  /** Puts an item into a chunk, or among those that wait. */
  #place(entry: Entry, chunk: Entry[], size: number): void {
    const { id } = entry;
    if (chunk.length >= size || this.#isTaken(id)) {
      this.#waiting.push(entry);
      return;
    }
    if (id !== undefined) this.#busy.add(id);
    this.#open.add(entry);
    this.#admit(entry, chunk);
  }

  /** Puts an item into a chunk, or apart. */
  #admit(entry: Entry, chunk: Entry[]): void {
    const apart = this.#apart.size === 0 ? undefined : this.#apart.get(roleOf(entry.item));
    (apart ?? chunk).push(entry);
  }

  /** Whether an earlier item of the same user is not done. */
  #isTaken(id: string | undefined): boolean {
    return id !== undefined && (this.#busy.has(id) || this.#waiting.some((entry) => entry.id === id));
  }

  #isApartFull(): boolean {
    for (const entries of this.#apart.values()) if (entries.length >= this.#cut.size) return true;
    return false;
  }

  /** Items that stand apart for one role: as many as a call takes, or those that may not wait any longer. */
  #apartChunk(isLast: boolean): Chunk | undefined {
    const { size } = this.#cut;
    for (const entries of this.#apart.values()) {
      const [first] = entries;
      if (first === undefined) continue;
      if (isLast || entries.length >= size || first.index < this.#taken - MOST_PASSED) return entries.splice(0, size);
    }
    return undefined;
  }
}
