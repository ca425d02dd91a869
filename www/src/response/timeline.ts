// A call as time segments: its attempts and the waits between them, in order.

import type { Run } from "../state/run.ts";

export interface Piece {
  kind: "attempt" | "wait";
  /** Whether an attempt succeeded, failed or is still waiting. */
  tone: "good" | "bad" | "busy" | "wait";
  label: string;
  duration: number;
  /** Its start and length as parts of the whole, from 0 to 1. */
  from: number;
  share: number;
}

/** The segments of a call at a time, in `performance.now()` time. */
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
