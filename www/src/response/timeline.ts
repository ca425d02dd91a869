// A call as pieces of time: its attempts and the waits between them, in order.

import type { Run } from "../state/run.ts";

export interface Piece {
  kind: "attempt" | "wait";
  /** Whether an attempt was answered well, or still waits for its answer. */
  tone: "good" | "bad" | "busy" | "wait";
  label: string;
  duration: number;
  /** Where it is in the whole, from 0 to 1, and how much of it it takes. */
  from: number;
  share: number;
}

/** The pieces of a call at a time; both as `performance.now()` has it. */
export function piecesOf({ start, end, exchanges, waits }: Run, now: number): Piece[] {
  const until = end ?? now;
  const attempts = exchanges.map((exchange) => ({
    kind: "attempt" as const,
    tone: toneOf(exchange),
    label: exchange.status === undefined ? (exchange.failure ?? "sent") : String(exchange.status),
    start: exchange.start,
    end: exchange.end ?? until,
  }));
  const pauses = waits.map(({ start, delay }) => ({
    kind: "wait" as const,
    tone: "wait" as const,
    label: "wait",
    start,
    end: Math.min(start + delay, Math.max(until, start)),
  }));
  const span = Math.max(until - start, 1);
  return [...attempts, ...pauses]
    .sort((one, other) => one.start - other.start)
    .map(({ kind, tone, label, start: began, end: ended }) => {
      const duration = Math.max(0, ended - began);
      return { kind, tone, label, duration, from: (began - start) / span, share: duration / span };
    });
}

function toneOf({ status, failure }: { status?: number; failure?: string }): Piece["tone"] {
  if (status !== undefined) return status < 400 ? "good" : "bad";
  return failure === undefined ? "busy" : "bad";
}
