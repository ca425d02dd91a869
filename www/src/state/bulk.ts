// A bulk import: its users, how far it is, and what came of it.

import { signal } from "@preact/signals";
import type { UserRequest } from "getstream-users";
import type { BulkFailure, BulkProgress, BulkResult } from "getstream-users/bulk";
import { connect } from "../client/connect.ts";
import { announce } from "./announce.ts";
import { targetFetch } from "./emulator.ts";
import { look } from "./faults.ts";
import { target } from "./target.ts";
import { refresh } from "./world.ts";

export type Import =
  | { status: "idle" }
  | { status: "running"; total: number; progress: BulkProgress; start: number }
  | {
      status: "ended";
      total: number;
      progress: BulkProgress;
      failed: BulkFailure<unknown>[];
      took: number;
      problem?: string;
    };

const NOTHING: BulkProgress = { sent: 0, succeeded: 0, failed: 0, skipped: 0 };

export const bulk = signal<Import>({ status: "idle" });

let controller: AbortController | undefined;

export async function importUsers(users: UserRequest[]): Promise<void> {
  if (bulk.peek().status === "running") return;
  controller = new AbortController();
  const { signal } = controller;
  const start = performance.now();
  const total = users.length;
  bulk.value = { status: "running", total, progress: NOTHING, start };
  const onProgress = async (progress: BulkProgress) => {
    bulk.value = { status: "running", total, progress, start };
    refresh();
    await nextFrame();
  };
  const end = (result: BulkResult<unknown> | undefined, problem?: string) => {
    const { sent = 0, succeeded = 0, skipped = 0, failed = [] } = result ?? {};
    const progress = { sent, succeeded, skipped, failed: failed.length };
    const outcome = { status: "ended" as const, total, progress, failed, took: performance.now() - start };
    bulk.value = problem === undefined ? outcome : { ...outcome, problem };
    announce(`${succeeded} of ${total} users imported${problem === undefined ? "" : `, ${problem}`}`);
    refresh();
    void look();
  };
  const problemOf = (error: unknown) => {
    if (signal.aborted) return "cancelled";
    return error instanceof Error ? error.message : String(error);
  };
  const module = await import("getstream-users/bulk").catch((error: unknown) => end(undefined, problemOf(error)));
  if (module === undefined) return;
  const { upsertMany, resultOf } = module;
  try {
    // Two calls at a time, so that the bar can be watched; six is what a program would use.
    const result = await upsertMany(connect(target.peek(), targetFetch.peek()), users, {
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

export function cancelImport(): void {
  controller?.abort(new DOMException("cancelled", "AbortError"));
}

/** The emulator answers in the page, so between two chunks the page gets to paint. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
