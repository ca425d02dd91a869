// Splits the input into chunks, and reads it no faster than chunks are completed.

import { roleOf } from "./blame.js";
import { nextSize } from "./rules.js";
import type { Source } from "./source.js";
import type { Turns } from "./turns.js";

/** An item of the input with its position and id. */
export interface Entry {
  /** Its position in the input. */
  readonly index: number;
  /** Its id, if it has one. */
  readonly id: string | undefined;
  readonly item: unknown;
}

export type Chunk = readonly Entry[];

/** How the input is split. */
export interface Cut {
  /** The maximum number of items in a chunk. */
  readonly size: number;
  /** The number of items at the beginning of the input that are already done. */
  readonly skip: number;
  idOf(item: unknown): string | undefined;
}

/** How many items may overtake those set apart: the checkpoint waits for them, and they occupy memory. */
const MOST_PASSED = 5000;
/** An app has up to 25 custom roles. For an input with more undefined ones, setting them apart gains nothing. */
const MOST_ROLES = 50;

/**
 * Creates chunks. No user is in two open chunks: requests overtake each other, and of two changes to one user the later has
 * to win.
 *
 * Users whose request was refused because of others are returned, and go into the next chunks. Users with a role that the
 * API reported as undefined are set apart in chunks of their own, so that they do not get others refused.
 */
export class Chunks {
  readonly #source: Source;
  readonly #cut: Cut;
  readonly #turns: Turns;
  /** The size of the next chunk. */
  #size: number;
  /** The number of items taken from the input. */
  #taken = 0;
  /** Items that wait for an earlier one of the same user, or for the next chunk; at most one chunk of them. */
  #waiting: Entry[] = [];
  /** Items that a chunk returned, for later chunks. */
  #returned: Entry[] = [];
  /** Items set apart, by their undefined role. */
  readonly #apart = new Map<unknown, Entry[]>();
  /** The items that are in a chunk, returned or set apart. */
  readonly #open = new Set<Entry>();
  /** The ids of their users. */
  readonly #busy = new Set<string>();
  /** The chunk that was requested last. */
  #last: Promise<unknown> = Promise.resolve();
  /** The number of finished chunks. */
  #finished = 0;
  /** Called when a chunk is finished. */
  #wake: (() => void) | undefined;

  /** @param turns - counts the skipped items */
  constructor(source: Source, cut: Cut, turns: Turns) {
    this.#source = source;
    this.#cut = cut;
    this.#turns = turns;
    this.#size = cut.size;
  }

  /** The next chunk; undefined at the end. Concurrent calls get their chunks one after the other. */
  take(): Promise<Chunk | undefined> {
    const next = this.#last.then(() => this.#make());
    this.#last = next.catch(() => {});
    return next;
  }

  /**
   * Records that a chunk is finished.
   *
   * @param returned - its items that have to go into another chunk
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

  /** Records that a role is not defined. From now on, users with that role are set apart. */
  setApart(role: string): void {
    if (this.#apart.size < MOST_ROLES && !this.#apart.has(role)) this.#apart.set(role, []);
  }

  /** Records that users succeeded. If one of them has a role that was undefined, it has been defined meanwhile. */
  noteSuccess(entries: Chunk): void {
    if (this.#apart.size === 0) return;
    for (const { item } of entries) {
      this.#returned.push(...(this.#apart.get(roleOf(item)) ?? []));
      this.#apart.delete(roleOf(item));
    }
  }

  /** Records whether a whole chunk succeeded, or was refused without naming a user. */
  noteSize(isWhole: boolean): void {
    this.#size = nextSize(this.#size, this.#cut.size, isWhole);
  }

  /** The number of items done from the beginning of the input, without a gap. */
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
      // A chunk that finished meanwhile has released its users or returned items.
      if (this.#finished !== before) continue;
      // The remaining items wait for users in open chunks, or may still be returned by those.
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

  /** Puts an item into a chunk, or lets it wait. */
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

  /** Puts an item into a chunk, or sets it apart. */
  #admit(entry: Entry, chunk: Entry[]): void {
    const apart = this.#apart.size === 0 ? undefined : this.#apart.get(roleOf(entry.item));
    (apart ?? chunk).push(entry);
  }

  /** Whether an earlier item of the same user is still open. */
  #isTaken(id: string | undefined): boolean {
    return id !== undefined && (this.#busy.has(id) || this.#waiting.some((entry) => entry.id === id));
  }

  #isApartFull(): boolean {
    for (const entries of this.#apart.values()) if (entries.length >= this.#cut.size) return true;
    return false;
  }

  /** A chunk of items set apart for one role, once it is full or they may not wait any longer. */
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
