// The running or last call: its attempts, the waits between them, and its result.

import { computed, signal } from "@preact/signals";
import type { StreamClient, StreamError } from "getstream-users";
import { isStreamError } from "getstream-users";
import { connect } from "../client/connect.ts";
import { type Exchange, recording } from "../client/exchange.ts";
import { callerName, placeName, type Where } from "../client/target.ts";
import type { Operation } from "../schema.d.ts";
import { reasonOf } from "../ui/reason.ts";
import { announce } from "./announce.ts";
import { targetFetch } from "./emulator.ts";
import { look } from "./faults.ts";
import { remember } from "./history.ts";
import { draft } from "./input.ts";
import { operation } from "./place.ts";
import { target } from "./target.ts";
import { follow } from "./tasks.ts";
import { refresh } from "./world.ts";

export interface Wait {
  start: number;
  delay: number;
}

export type Outcome =
  | { kind: "answer"; answer: Record<string, unknown> }
  | { kind: "error"; error: StreamError }
  | { kind: "failure"; message: string }
  | { kind: "cancelled" };

export interface Run {
  id: number;
  operation: string;
  input: unknown[];
  where: Where;
  /** The target and the caller, as text. */
  target: string;
  /** When it began, as a time of day. */
  at: Date;
  /** When it began and ended, in `performance.now()` time. */
  start: number;
  end?: number;
  exchanges: Exchange[];
  waits: Wait[];
  outcome?: Outcome;
}

export const run = signal<Run | undefined>(undefined);
export const running = computed(() => run.value !== undefined && run.value.outcome === undefined);

let controller: AbortController | undefined;
let count = 0;

/** Calls the selected operation with the current input. */
export async function start(): Promise<void> {
  const shown = operation.peek();
  if (shown === undefined || running.peek() || draft.peek().syntax !== undefined) return;
  count += 1;
  const begun = begin(count, shown, draft.peek().input);
  controller = new AbortController();
  run.value = begun;
  announce(`${shown.name} is running`);
  const outcome = await call(begun, shown, controller.signal);
  const ended = { ...(run.peek() ?? begun), outcome, end: performance.now() };
  run.value = ended;
  remember(ended);
  announce(summary(ended));
  void refresh();
  void look();
}

/** Aborts the running call. */
export function cancel(): void {
  controller?.abort(new DOMException("cancelled", "AbortError"));
}

function begin(id: number, shown: Operation, input: unknown[]): Run {
  const { where } = target.peek();
  const name = `${placeName(target.peek())}, as ${callerName(target.peek())}`;
  const start = performance.now();
  return { id, operation: shown.name, input, where, target: name, at: new Date(), start, exchanges: [], waits: [] };
}

async function call(begun: Run, shown: Operation, signal: AbortSignal): Promise<Outcome> {
  const update = (change: (run: Run) => Partial<Run>) => {
    const current = run.peek();
    if (current?.id === begun.id) run.value = { ...current, ...change(current) };
  };
  // The visitor may choose another target while the call runs.
  const [goal, carrier] = [target.peek(), targetFetch.peek()];
  try {
    const fetch = recording(carrier, (exchange) =>
      update(({ exchanges }) => ({
        exchanges: [...exchanges.filter(({ start }) => start !== exchange.start), exchange],
      })),
    );
    const client = connect(goal, fetch, {
      onRetry: ({ delay }) => update(({ waits }) => ({ waits: [...waits, { start: performance.now(), delay }] })),
    });
    const answer = await invoke(client, shown, begun.input, signal);
    // A separate client, whose requests are not part of this call.
    if (shown.task) follow(connect(goal, carrier), shown.name, answer);
    return { kind: "answer", answer };
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled" };
    if (isStreamError(error)) return { kind: "error", error };
    return { kind: "failure", message: reasonOf(error) };
  }
}

type Method = (...input: unknown[]) => Promise<Record<string, unknown>>;

/** Calls a method by its name, such as `moderation.ban`. Omitted arguments stay omitted. */
function invoke(client: StreamClient, shown: Operation, input: unknown[], signal: AbortSignal) {
  const names = shown.name.split(".");
  const owner = names.slice(0, -1).reduce((owner, name) => owner[name] as Fields, client as unknown as Fields);
  const method = owner[names.at(-1) ?? ""] as Method;
  const given = shown.arguments.map((_, place) => input[place]);
  return method.call(owner, ...given, { signal });
}

type Fields = Record<string, unknown>;

export function elapsed({ start, end }: Run): number {
  return (end ?? performance.now()) - start;
}

/** The result of a call, in one line. */
export function summary(run: Run): string {
  const time = `${Math.round(elapsed(run))} ms`;
  const attempts = run.exchanges.length > 1 ? `, ${run.exchanges.length} attempts` : "";
  switch (run.outcome?.kind) {
    case "answer":
      return `${run.operation}: answered with ${run.exchanges.at(-1)?.status ?? "an answer"} in ${time}${attempts}`;
    case "error":
      return `${run.operation}: ${run.outcome.error.kind}, ${run.outcome.error.message}${attempts}`;
    case "failure":
      return `${run.operation}: ${run.outcome.message}`;
    case "cancelled":
      return `${run.operation}: cancelled after ${time}`;
    default:
      return `${run.operation} is running`;
  }
}
