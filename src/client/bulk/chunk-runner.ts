// Processes a chunk. It sends the whole chunk; when the API refuses it, it sends the chunk again without the users that the
// error names. When the error names none, it bisects the chunk to find one bad user: once one half succeeds, the other must
// contain a bad user and is split without being sent. The remaining users go into later chunks. With one bad user in a
// hundred, this takes 8 requests per bad user, against 13 if every half were sent.

import { createError, read, type StreamError } from "../errors.js";
import type { StreamClient } from "../stream-client.js";
import type { RequestOptions } from "../types.js";
import { blame } from "./blame.js";
import type { Chunk, Chunks, Entry } from "./chunks.js";
import type { Operation } from "./operations.js";
import type { Settings } from "./options.js";
import { Pace } from "./pace.js";
import type { BulkOutcome } from "./results.js";
import { type CallResult, Retries } from "./retries.js";
import { complaint, halves, isTooMuch } from "./rules.js";

/** A client method that takes many users. */
type Method = (this: StreamClient, argument: unknown, options: RequestOptions) => Promise<unknown>;

export class ChunkRunner<Item> {
  readonly #operation: Operation;
  readonly #client: StreamClient;
  readonly #settings: Settings<Item>;
  readonly #pace: Pace;
  readonly #retries: Retries;
  readonly #chunks: Chunks;
  /** Entries that an earlier attempt may have processed, although it failed. */
  readonly #unsure = new WeakSet<Entry>();

  /** @param job - the source of chunks, and the signal that aborts when the work ends */
  constructor(
    operation: Operation,
    client: StreamClient,
    settings: Settings<Item>,
    job: { readonly chunks: Chunks; readonly ending: AbortSignal },
  ) {
    const { chunks, ending } = job;
    this.#chunks = chunks;
    this.#operation = operation;
    this.#client = client;
    this.#settings = settings;
    this.#pace = new Pace(ending);
    this.#retries = new Retries({ patience: settings.patience, signal: settings.signal, ending });
  }

  /**
   * Processes a chunk.
   *
   * @param outcome - collects the users that succeed or fail, also before an error is thrown
   * @returns the users that go into a later chunk
   * @throws the error or the signal's reason that ends all the work
   */
  async run(chunk: Chunk, outcome: BulkOutcome<Item>): Promise<Chunk> {
    const returned: Entry[] = [];
    let group = chunk;
    // If the group has no bad user, the rest has one.
    let rest: Chunk = [];
    while (group.length > 0) {
      const result = await this.#send(group, outcome);
      if (result.end === "success") {
        if (group === chunk) this.#chunks.noteSize(true);
        this.#succeed(group, result.answer, outcome);
        [group, rest] = halves(rest);
        continue;
      }
      const { error } = result;
      if (result.end === "failed") {
        for (const entry of group) this.#fail(entry, error, outcome);
        break;
      }
      if (result.isUnsure) for (const entry of group) this.#unsure.add(entry);
      const { meant, suspects, role } = blame(group, error);
      if (role !== undefined) this.#chunks.setApart(role);
      for (const entry of group.length === 1 ? group : meant) this.#refuse(entry, error, outcome);
      if (group.length === 1) break;

      if (meant.length > 0) {
        const others = without(group, meant);
        if (error.kind === "invalid_argument") group = others;
        else if (rest.length > 0) [group, rest] = halves([...others, ...rest]);
        else {
          rest = others;
          break;
        }
      } else if (suspects.length > 0) {
        returned.push(...without(group, suspects), ...rest);
        [group, rest] = halves(suspects);
      } else if (isTooMuch(error)) {
        for (const half of halves(group)) returned.push(...(await this.run(half, outcome)));
        break;
      } else {
        if (rest.length === 0) this.#chunks.noteSize(false);
        returned.push(...rest);
        [group, rest] = halves(group);
      }
    }
    return [...returned, ...rest];
  }

  /** Sends some users and waits for the task, if the operation starts one. The answer is the task's result. */
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
    // Looked up for each call, because the client may be a proxy and the method a spy.
    return (this.#client[method] as Method).call(this.#client, argumentOf(items, request), call);
  }

  async #wait(taskId: string): Promise<CallResult<unknown>> {
    const { wait } = this.#settings;
    if (wait === undefined) return { end: "success", answer: undefined };
    const ended = await this.#retries.call(() => this.#client.waitForTask(taskId, wait));
    return ended.end === "success" ? { end: "success", answer: ended.answer.result } : ended;
  }

  #succeed(entries: Chunk, result: unknown, outcome: BulkOutcome<Item>): void {
    this.#retries.noteSuccess();
    this.#chunks.noteSuccess(entries);
    for (const entry of entries) {
      const reason = entry.id === undefined ? undefined : complaint(result, entry.id);
      if (reason === undefined) outcome.succeeded.push(entry.id ?? "");
      else this.#fail(entry, createError("task_failed", `the task failed for this user: ${reason}`), outcome);
    }
    const url = read(result, "url");
    if (typeof url === "string") outcome.urls.push(url);
  }

  /** Records that the API refused a user; as a success if an earlier attempt has done the work. */
  #refuse(entry: Entry, error: StreamError, outcome: BulkOutcome<Item>): void {
    if (this.#unsure.has(entry) && this.#operation.isDone?.(error)) outcome.succeeded.push(entry.id ?? "");
    else this.#fail(entry, error, outcome);
  }

  #fail({ id, item }: Entry, error: StreamError, outcome: BulkOutcome<Item>): void {
    outcome.failed.push({ id, user: item as Item, error });
  }
}

function without(entries: Chunk, others: Chunk): Chunk {
  return entries.filter((entry) => !others.includes(entry));
}
