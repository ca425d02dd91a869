// One piece of bulk work, from its first chunk to its last.

import { sleep } from "../deadline.js";
import { newError } from "../errors.js";
import { Chunks } from "./chunks.js";
import { Pace } from "./pace.js";
import { checkpoint, complaint, culprit, delayAfter, halves, verdict } from "./rules.js";

/** What had been done when a piece of bulk work was ended, by what it was rejected with. */
const results = new WeakMap();

export function resultOf(reason) {
  return results.get(reason);
}

export class Job {
  /**
   * @param {Operation} operation
   * @param {any} client
   * @param {import("./chunks.js").Source} source
   * @param {Settings} settings
   */
  constructor(operation, client, source, settings) {
    this.operation = operation;
    this.client = client;
    this.source = source;
    this.settings = settings;
    this.chunks = new Chunks(source, operation.idOf, settings.chunkSize, settings.skip);
    this.ending = new AbortController();
    this.pace = new Pace(this.ending.signal);
    this.processing = new Set();
    this.reports = Promise.resolve();
    this.lastSuccess = Number.NEGATIVE_INFINITY;
    this.failure = undefined;
    this.token = checkpoint(operation.name, settings.skip);
    this.sent = 0;
    this.succeeded = 0;
    this.failed = [];
    this.task_ids = [];
    this.urls = [];
  }

  async run() {
    const { signal, concurrency } = this.settings;
    const { ending } = this;
    const abort = () => this.end(signal.reason);
    const ended = new Promise((resolve) => ending.signal.addEventListener("abort", resolve, { once: true }));
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      await Promise.race([Promise.all(Array.from({ length: concurrency }, () => this.work())), ended]);
      // A call that is under way may succeed, and nothing that succeeded may be lost.
      await Promise.all(this.processing);
      await this.reports;
    } finally {
      signal?.removeEventListener("abort", abort);
      await this.source.close();
    }
    const result = this.result();
    if (this.failure === undefined) return result;
    const { reason } = this.failure;
    if (Object(reason) === reason) results.set(reason, result);
    throw reason;
  }

  /** Takes no further chunk. The first reason counts. */
  end(reason) {
    this.failure ??= { reason };
    this.ending.abort(reason);
  }

  async work() {
    try {
      while (!this.ending.signal.aborted) {
        const chunk = await this.chunks.take();
        if (chunk === undefined || this.ending.signal.aborted) return;
        const processed = this.process(chunk);
        this.processing.add(processed);
        await processed;
        this.processing.delete(processed);
      }
    } catch (error) {
      this.end(error);
    }
  }

  async process(chunk) {
    const outcome = { succeeded: [], failed: [], task_ids: [], urls: [] };
    try {
      this.sent += chunk.length;
      await this.settle(chunk, outcome);
      this.chunks.finish(chunk);
    } catch (error) {
      this.end(error);
    }
    this.reports = this.reports.then(() => this.report(outcome));
    await this.reports;
  }

  /** Counts what came of a chunk and tells it, one chunk after the other, even if the work has been ended meanwhile. */
  async report(outcome) {
    const { succeeded, failed, task_ids, urls } = outcome;
    if (succeeded.length + failed.length + task_ids.length === 0) return;
    const { onResult, onProgress, onCheckpoint, wait } = this.settings;
    this.succeeded += succeeded.length;
    this.failed.push(...failed);
    if (wait === false) this.task_ids.push(...task_ids);
    this.urls.push(...urls);
    const token = checkpoint(this.operation.name, this.chunks.done);
    const hasMoved = token !== this.token;
    this.token = token;
    try {
      await onResult?.(outcome);
      await onProgress?.(this.progress());
      if (hasMoved) await onCheckpoint?.(token);
    } catch (error) {
      this.end(error);
    }
  }

  progress() {
    const { sent, succeeded, failed, source, settings } = this;
    const progress = { sent, succeeded, failed: failed.length, skipped: settings.skip };
    return source.total === undefined ? progress : { ...progress, total: source.total };
  }

  result() {
    const { sent, succeeded, failed, token, urls, task_ids, settings, operation } = this;
    const result = { sent, succeeded, failed, skipped: settings.skip, checkpoint: token };
    if (operation.hasUrls && settings.wait !== false) result.urls = urls;
    if (operation.isTask && settings.wait === false) result.task_ids = task_ids;
    return result;
  }

  /** Does a chunk's work: whole if it goes through, in ever smaller parts until whoever is at fault stands alone. */
  async settle(chunk, outcome) {
    const parts = [{ entries: chunk, isUnsure: false }];
    while (parts.length > 0) {
      const { entries, isUnsure } = parts.pop();
      const { answer, error, ...end } = await this.attempt(entries, outcome);
      if (error === undefined) {
        this.accept(entries, answer, outcome);
        continue;
      }
      const unsure = isUnsure || end.isUnsure;
      const at = culprit(error);
      if (unsure && entries.length === 1 && this.operation.mayBeDone?.(error)) {
        outcome.succeeded.push(entries[0].id);
      } else if (entries.length === 1 || end.isFinal) {
        for (const entry of entries) outcome.failed.push(this.failureOf(entry, error));
      } else if (at < entries.length) {
        outcome.failed.push(this.failureOf(entries[at], error));
        parts.push({ entries: entries.toSpliced?.(at, 1) ?? entries.filter((_, index) => index !== at), isUnsure });
      } else {
        // The first part comes out first.
        for (const half of halves(entries).reverse()) parts.push({ entries: half, isUnsure: unsure });
      }
    }
  }

  accept(entries, result, outcome) {
    this.lastSuccess = Date.now();
    for (const entry of entries) {
      const reason = complaint(result, entry.id);
      if (reason === undefined) outcome.succeeded.push(entry.id);
      else
        outcome.failed.push(this.failureOf(entry, newError("task_failed", `the task passed over a user: ${reason}`)));
    }
    if (result?.url !== undefined) outcome.urls.push(result.url);
  }

  failureOf({ id, item }, error) {
    return { id: typeof id === "string" ? id : undefined, user: item, error };
  }

  /** One call, and what its task says at the end. */
  async attempt(entries, outcome) {
    const { client, operation, settings } = this;
    const { request, wait } = settings;
    const items = entries.map(({ item }) => item);
    const started = await this.patiently(this.pace, () => operation.call(client, items, request, settings.call));
    if (started.error !== undefined || !operation.isTask) return { ...started, answer: undefined };
    const { task_id } = started.answer;
    outcome.task_ids.push(task_id);
    if (wait === false) return {};
    const options = { ...wait, signal: settings.signal };
    const ended = await this.patiently(undefined, () => client.waitForTask(task_id, options), true);
    return { ...ended, answer: ended.answer?.result };
  }

  /**
   * Makes a call until it went through, or will not.
   *
   * @param {Pace | undefined} pace
   * @param {() => Promise<any>} call
   * @param {boolean} isWait whether the call waits for a task, whose time is up when it says so
   */
  async patiently(pace, call, isWait = false) {
    let number = 0;
    let since;
    let isUnsure = false;
    for (;;) {
      await pace?.enter();
      let error;
      try {
        const answer = await call();
        pace?.leave(answer.metadata);
        return { answer };
      } catch (reason) {
        pace?.leave(reason?.metadata);
        error = reason;
      }
      const { signal, patience } = this.settings;
      if (signal?.aborted) throw signal.reason;
      const meaning = verdict(error);
      if (meaning === "stop") throw error;
      if (meaning === "split") return { error, isUnsure };
      if (isWait && error.kind === "timeout" && error.task !== undefined) return { error, isFinal: true };
      isUnsure ||= error.kind !== "rate_limit";
      since ??= Date.now();
      number++;
      const { retryAfter } = error;
      const waited = Date.now() - since;
      const delay = delayAfter({ number, waited, patience, retryAfter, random: Math.random() });
      if (delay === undefined) {
        // Others fare no better, so the users to come would not either.
        if (this.lastSuccess < since) throw error;
        return { error, isUnsure, isFinal: true };
      }
      if (error.kind === "rate_limit" && pace !== undefined) pace.pause(delay);
      else await sleep(delay, this.ending.signal);
    }
  }
}
