// Does the work of a chunk. It sends the chunk whole; when the API refuses it, without the users that the API names.
// When the response names none, the chunk is bisected to find one: as soon as one half succeeds, the other must contain
// a bad user, and need not be sent whole. Users who were not sent by then are sent with others later. With one bad user
// in a hundred, this takes 8 requests for each, and 13 if every half were sent.

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

/** A method of the client's that takes many users. */
type Method = (this: StreamClient, argument: unknown, options: RequestOptions) => Promise<unknown>;

export class ChunkRunner<Item> {
  readonly #operation: Operation;
  readonly #client: StreamClient;
  readonly #settings: Settings<Item>;
  readonly #pace: Pace;
  readonly #retries: Retries;
  readonly #chunks: Chunks;
  /** Those whose work an attempt may have done that the API refused or did not answer. */
  readonly #unsure = new WeakSet<Entry>();

  /** @param job - where chunks come from, and what aborts when the work ends */
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
   * Does the work of a chunk.
   *
   * @param outcome - gets the chunk's users as they succeed or fail, also those before an error
   * @returns those who have to be sent with others
   * @throws the error or the signal's reason that ends the whole work
   */
  async run(chunk: Chunk, outcome: BulkOutcome<Item>): Promise<Chunk> {
    const returned: Entry[] = [];
    let group = chunk;
    // If nobody in the group is at fault, somebody in the rest is.
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

  #succeed(entries: Chunk, result: unknown, outcome: BulkOutcome<Item>): void {
    this.#retries.noteSuccess();
    this.#chunks.noteSuccess(entries);
    for (const entry of entries) {
      const reason = entry.id === undefined ? undefined : complaint(result, entry.id);
      if (reason === undefined) outcome.succeeded.push(entry.id ?? "");
      else this.#fail(entry, createError("task_failed", `the task did not do it for this user: ${reason}`), outcome);
    }
    const url = read(result, "url");
    if (typeof url === "string") outcome.urls.push(url);
  }

  /** Notes that the API refused a user, unless it did so because an earlier attempt has done the work. */
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
