// Does the work of a chunk: whole if it goes through, otherwise in parts, until the user at fault is alone.

import { createError, read, type StreamError } from "../errors.js";
import type { StreamClient } from "../stream-client.js";
import type { RequestOptions } from "../types.js";
import type { Chunk, Entry } from "./chunks.js";
import type { Operation } from "./operations.js";
import type { Settings } from "./options.js";
import { Pace } from "./pace.js";
import type { BulkOutcome } from "./results.js";
import { type CallResult, Retries } from "./retries.js";
import { complaint, halves, indexOf } from "./rules.js";

/** A part of a chunk that is still to be sent. */
interface Part {
  readonly entries: Chunk;
  /** Whether an earlier attempt may have done it. */
  readonly isUnsure: boolean;
}

/** A method of the client's that takes many users. */
type Method = (this: StreamClient, argument: unknown, options: RequestOptions) => Promise<unknown>;

export class ChunkRunner<Item> {
  readonly #operation: Operation;
  readonly #client: StreamClient;
  readonly #settings: Settings<Item>;
  readonly #pace: Pace;
  readonly #retries: Retries;

  /** @param ending - aborts when the work ends */
  constructor(operation: Operation, client: StreamClient, settings: Settings<Item>, ending: AbortSignal) {
    this.#operation = operation;
    this.#client = client;
    this.#settings = settings;
    this.#pace = new Pace(ending);
    this.#retries = new Retries({ patience: settings.patience, signal: settings.signal, ending });
  }

  /**
   * Does the work of a chunk.
   *
   * @param outcome - gets the chunk's users as they succeed or fail, also those before an error
   * @throws the error or the signal's reason that ends the whole work
   */
  async run(chunk: Chunk, outcome: BulkOutcome<Item>): Promise<void> {
    const parts: Part[] = [{ entries: chunk, isUnsure: false }];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const result = await this.#send(part.entries, outcome);
      parts.push(...this.#settle(part, result, outcome));
    }
  }

  /** Sends some users, and waits for the task that does the work. The answer is the task's result. */
  async #send(entries: Chunk, outcome: BulkOutcome<Item>): Promise<CallResult<unknown>> {
    const { isTask, name } = this.#operation;
    const started = await this.#retries.call(() => this.#start(entries), this.#pace);
    if (started.end !== "success") return started;
    if (!isTask) return { end: "success", answer: undefined };

    const taskId = read(started.answer, "task_id");
    if (typeof taskId !== "string") throw createError("response", `${name}: the response has no task_id`);
    outcome.task_ids.push(taskId);
    return this.#wait(taskId);
  }

  #start(entries: Chunk): Promise<unknown> {
    const { method, argumentOf } = this.#operation;
    const { request, call } = this.#settings;
    const items = entries.map(({ item }) => item);
    // It is looked up on the client each time: the client may be a proxy, and the method a spy.
    return (this.#client[method] as Method).call(this.#client, argumentOf(items, request), call);
  }

  async #wait(taskId: string): Promise<CallResult<unknown>> {
    const { wait } = this.#settings;
    if (wait === undefined) return { end: "success", answer: undefined };
    const ended = await this.#retries.call(() => this.#client.waitForTask(taskId, wait));
    return ended.end === "success" ? { end: "success", answer: ended.answer.result } : ended;
  }

  /** Notes what came of a part. Returns the parts that it has to be sent in once more. */
  #settle(part: Part, result: CallResult<unknown>, outcome: BulkOutcome<Item>): Part[] {
    switch (result.end) {
      case "success":
        this.#succeed(part.entries, result.answer, outcome);
        return [];
      case "failed":
        for (const entry of part.entries) this.#fail(entry, result.error, outcome);
        return [];
      case "refused":
        return this.#split({ ...part, isUnsure: part.isUnsure || result.isUnsure }, result.error, outcome);
    }
  }

  #succeed(entries: Chunk, result: unknown, outcome: BulkOutcome<Item>): void {
    this.#retries.noteSuccess();
    for (const entry of entries) {
      const reason = entry.id === undefined ? undefined : complaint(result, entry.id);
      if (reason === undefined) outcome.succeeded.push(entry.id ?? "");
      else this.#fail(entry, createError("task_failed", `the task did not do it for this user: ${reason}`), outcome);
    }
    const url = read(result, "url");
    if (typeof url === "string") outcome.urls.push(url);
  }

  /** Leaves out the user at fault, as far as the error says which one it is. */
  #split({ entries, isUnsure }: Part, error: StreamError, outcome: BulkOutcome<Item>): Part[] {
    const faulty = entries.length === 1 ? entries[0] : culprit(entries, error);
    if (faulty === undefined) {
      // The first part is sent first.
      const [first, second] = halves(entries);
      return [second, first].map((part) => ({ entries: part, isUnsure }));
    }
    if (isUnsure && this.#operation.isDone?.(error)) outcome.succeeded.push(faulty.id ?? "");
    else this.#fail(faulty, error, outcome);
    const others = entries.filter((entry) => entry !== faulty);
    return others.length === 0 ? [] : [{ entries: others, isUnsure }];
  }

  #fail({ id, item }: Entry, error: StreamError, outcome: BulkOutcome<Item>): void {
    outcome.failed.push({ id, user: item as Item, error });
  }
}

/** The entry that an error is about, if the error says so. */
function culprit(entries: Chunk, { kind, field }: StreamError): Entry | undefined {
  const index = kind === "invalid_argument" && field !== undefined ? indexOf(field) : undefined;
  return index === undefined ? undefined : entries[index];
}
