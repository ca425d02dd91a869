// One bulk job, from its first chunk to its last.

import type { StreamClient } from "../stream-client.js";
import { onAbort } from "../transport/deadline.js";
import { ChunkRunner } from "./chunk-runner.js";
import { type Chunk, Chunks, type Entry } from "./chunks.js";
import type { Operation } from "./operations.js";
import type { Settings } from "./options.js";
import { type AnyResult, type BulkOutcome, Tally } from "./results.js";
import type { Source } from "./source.js";
import { Turns } from "./turns.js";

/** Skipping an item takes 0.1 µs to 1 µs, so this many block the event loop for some milliseconds. */
const SKIPPED_IN_A_TURN = 10_000;

export class Job<Item> {
  readonly #settings: Settings<Item>;
  readonly #source: Source;
  /** Aborts when the work ends, for whatever reason. */
  readonly #ending = new AbortController();
  readonly #chunks: Chunks;
  readonly #runner: ChunkRunner<Item>;
  readonly #tally: Tally<Item>;
  /** The items that were sent at least once. */
  readonly #sent = new WeakSet<Entry>();
  /** The chunks that are under way. */
  readonly #processing = new Set<Promise<void>>();
  /** The report of the last finished chunk. */
  #reports: Promise<void> = Promise.resolve();
  /** Why the work ended before the end of its input. */
  #failure: { readonly reason: unknown } | undefined;

  constructor(operation: Operation, client: StreamClient, source: Source, settings: Settings<Item>) {
    const { chunkSize: size, skip, wait } = settings;
    const { signal } = this.#ending;
    const { idOf } = operation;
    this.#settings = settings;
    this.#source = source;
    this.#chunks = new Chunks(source, { size, skip, idOf }, new Turns(SKIPPED_IN_A_TURN, signal));
    this.#runner = new ChunkRunner(operation, client, settings, { chunks: this.#chunks, ending: signal });
    this.#tally = new Tally(operation, wait !== undefined, skip);
  }

  /** Does the work. Rejects with the first reason that ended it. */
  async run(): Promise<AnyResult<Item>> {
    const { signal, concurrency } = this.#settings;
    const forget = signal && onAbort(signal, () => this.#end(signal.reason));
    if (signal?.aborted) this.#end(signal.reason);
    try {
      const workers = Array.from({ length: concurrency }, () => this.#work());
      await Promise.race([Promise.all(workers), this.#ended()]);
      // Calls that are under way may succeed, and their results must not be lost.
      await Promise.all(this.#processing);
      await this.#reports;
    } finally {
      forget?.();
      await this.#source.close();
    }
    if (this.#failure !== undefined) throw this.#failure.reason;
    return this.result();
  }

  /** What has been done so far. */
  result(): AnyResult<Item> {
    return this.#tally.result();
  }

  /** Ends the work after the open chunks. Only the first reason is kept. */
  #end(reason: unknown): void {
    this.#failure ??= { reason };
    this.#ending.abort(reason);
  }

  #ended(): Promise<void> {
    const { signal } = this.#ending;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else onAbort(signal, resolve);
    });
  }

  /** A worker: processes one chunk after the other. */
  async #work(): Promise<void> {
    const { signal } = this.#ending;
    try {
      while (!signal.aborted) {
        const chunk = await this.#chunks.take();
        if (chunk === undefined || signal.aborted) return;
        const processed = this.#process(chunk);
        this.#processing.add(processed);
        await processed;
        this.#processing.delete(processed);
      }
    } catch (error) {
      this.#end(error);
    }
  }

  async #process(chunk: Chunk): Promise<void> {
    const outcome: BulkOutcome<Item> = { succeeded: [], failed: [], task_ids: [], urls: [] };
    this.#countSent(chunk);
    try {
      const returned = await this.#runner.run(chunk, outcome);
      this.#chunks.finish(chunk, returned);
    } catch (error) {
      this.#end(error);
    }
    this.#reports = this.#reports.then(() => this.#report(outcome));
    await this.#reports;
  }

  /** Counts each item once, however often it is sent. */
  #countSent(chunk: Chunk): void {
    for (const entry of chunk) {
      if (this.#sent.has(entry)) continue;
      this.#sent.add(entry);
      this.#tally.sent++;
    }
  }

  /** Counts and reports a finished chunk, even if the work has ended meanwhile. */
  async #report(outcome: BulkOutcome<Item>): Promise<void> {
    const { succeeded, failed, task_ids } = outcome;
    if (succeeded.length + failed.length + task_ids.length === 0) return;
    const { onResult, onProgress, onCheckpoint } = this.#settings;
    this.#tally.add(outcome);
    const hasMoved = this.#tally.moveTo(this.#chunks.done);
    try {
      await onResult?.(outcome);
      await onProgress?.(this.#tally.progress(this.#source.total));
      if (hasMoved) await onCheckpoint?.(this.#tally.checkpoint);
    } catch (error) {
      this.#end(error);
    }
  }
}
