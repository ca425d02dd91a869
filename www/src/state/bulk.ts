// A bulk import: its users, progress and result.

import { signal } from "@preact/signals";
import type { UserRequest } from "getstream-users";
import type { BulkFailure, BulkProgress, BulkResult } from "getstream-users/bulk";
import { connect } from "../client/connect.ts";
import { type Exchange, recording } from "../client/exchange.ts";
import { reasonOf } from "../ui/reason.ts";
import { announce } from "./announce.ts";
import { targetFetch } from "./emulator.ts";
import { look } from "./faults.ts";
import { target } from "./target.ts";
import { refresh } from "./world.ts";

export type Import =
  | { status: "idle" }
  | { status: "running"; total: number; progress: BulkProgress; start: number; calls: Calls }
  | {
      status: "ended";
      total: number;
      progress: BulkProgress;
      calls: Calls;
      failed: BulkFailure<unknown>[];
      took: number;
      problem?: string;
    };

/** The requests so far. */
export interface Calls {
  /** The latest requests and waits, in order. */
  strip: readonly Piece[];
  sent: number;
  /** The number of retries among the requests. */
  retries: number;
  /** The wait before the next attempt, as text, during the wait. */
  waiting: string | undefined;
}

export interface Piece {
  id: number;
  kind: "sent" | "answered" | "refused" | "wait";
  /** Its description. */
  label: string;
}

/** The number of segments shown: one line. */
const MOST_PIECES = 72;

const NO_CALLS: Calls = { strip: [], sent: 0, retries: 0, waiting: undefined };

const NOTHING: BulkProgress = { sent: 0, succeeded: 0, failed: 0, skipped: 0 };

export const bulk = signal<Import>({ status: "idle" });

let controller: AbortController | undefined;

export async function importUsers(users: UserRequest[]): Promise<void> {
  if (bulk.peek().status === "running") return;
  controller = new AbortController();
  const { signal } = controller;
  const start = performance.now();
  const total = users.length;
  const calls = new CallLog((calls) => {
    const current = bulk.peek();
    if (current.status === "running") bulk.value = { ...current, calls };
  });
  bulk.value = { status: "running", total, progress: NOTHING, start, calls: NO_CALLS };
  const onProgress = async (progress: BulkProgress) => {
    bulk.value = { status: "running", total, progress, start, calls: calls.now };
    void refresh();
    await nextFrame();
  };
  const end = (result: BulkResult<unknown> | undefined, problem?: string) => {
    const { sent = 0, succeeded = 0, skipped = 0, failed = [] } = result ?? {};
    const progress = { sent, succeeded, skipped, failed: failed.length };
    const took = performance.now() - start;
    const outcome = { status: "ended" as const, total, progress, failed, took, calls: calls.now };
    bulk.value = problem === undefined ? outcome : { ...outcome, problem };
    announce(`${succeeded} of ${total} users imported${problem === undefined ? "" : `, ${problem}`}`);
    void refresh();
    void look();
  };
  const problemOf = (error: unknown) => {
    if (signal.aborted) return "cancelled";
    return reasonOf(error);
  };
  const module = await import("getstream-users/bulk").catch((error: unknown) => end(undefined, problemOf(error)));
  if (module === undefined) return;
  const { upsertMany, resultOf } = module;
  try {
    const fetch = recording(targetFetch.peek(), (exchange) => calls.learn(exchange));
    const client = connect(target.peek(), fetch);
    // Two concurrent requests, so that the progress is visible; a program would use six.
    const result = await upsertMany(client, users, {
      concurrency: 2,
      chunkSize: 25,
      signal,
      onProgress,
    });
    end(result);
  } catch (error) {
    end(resultOf(error), problemOf(error));
  }
}

/**
 * Keeps what an import sends, for a line of pieces. The import repeats calls by itself, so its waits are what lies between a
 * call that was refused and the next that is sent.
 */
class CallLog {
  now: Calls = NO_CALLS;
  #ids = new Map<number, number>();
  #count = 0;
  /** The number of refused requests that were not sent again yet. */
  #due = 0;
  #tell: (calls: Calls) => void;

  constructor(tell: (calls: Calls) => void) {
    this.#tell = tell;
  }

  /** Called when a request is sent, gets a response or fails. */
  learn({ start, status, failure, responseHeaders = [] }: Exchange): void {
    const piece = pieceOf(status, failure);
    const known = this.#ids.get(start);
    if (known === undefined) {
      const isRetry = this.#due > 0;
      if (isRetry) this.#due -= 1;
      this.#ids.set(start, this.#count + 1);
      this.#put([...this.now.strip, { id: this.#next(), ...piece }], {
        sent: this.now.sent + 1,
        retries: this.now.retries + (isRetry ? 1 : 0),
        waiting: undefined,
      });
      return;
    }
    const wasRefused = this.now.strip.some(({ id, kind }) => id === known && kind === "refused");
    const strip = this.now.strip.map((one) => (one.id === known ? { id: known, ...piece } : one));
    if (piece.kind !== "refused" || wasRefused) {
      this.#put(strip, {});
      return;
    }
    this.#due += 1;
    const seconds = responseHeaders.find(([name]) => name.toLowerCase() === "retry-after")?.[1];
    const waiting = seconds === undefined ? "a moment" : `${seconds} s, as the server asked`;
    const isWaiting = strip.at(-1)?.kind === "wait";
    const wait: Piece[] = isWaiting ? [] : [{ id: this.#next(), kind: "wait", label: `waits ${waiting}` }];
    this.#put([...strip, ...wait], { waiting });
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #put(strip: readonly Piece[], more: Partial<Calls>): void {
    this.now = { ...this.now, ...more, strip: strip.slice(-MOST_PIECES) };
    this.#tell(this.now);
  }
}

function pieceOf(status: number | undefined, failure: string | undefined): Omit<Piece, "id"> {
  if (status === undefined)
    return failure === undefined ? { kind: "sent", label: "sent" } : { kind: "refused", label: failure };
  return { kind: status < 400 ? "answered" : "refused", label: String(status) };
}

export function cancelImport(): void {
  controller?.abort(new DOMException("cancelled", "AbortError"));
}

/** The emulator runs in the page, so a pause between chunks lets the page render. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
