// One line per request, on stderr, in the format of the native server.

import type { Answer } from "./core.js";

/** The most lines to buffer: memory must not grow without limit when nobody reads the log. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

export interface RequestLog {
  add(method: string, path: string, answer: Answer, tookMs: number): void;
}

export function requestLog(
  format: "text" | "json" | undefined,
  stream: NodeJS.WriteStream = process.stderr,
): RequestLog {
  if (format === undefined) return { add: () => undefined };
  const lineOf = format === "json" ? jsonLine : textLine;
  let leftOut = 0;
  return {
    add(method, path, answer, tookMs) {
      if (answer.isUnlogged) return;
      if (stream.writableLength > MAX_WAITING_BYTES) {
        leftOut += 1;
        return;
      }
      const gap = leftOut === 0 ? "" : `${gapLine(format, leftOut)}\n`;
      leftOut = 0;
      stream.write(`${lineOf(method, path, answer, tookMs, new Date())}\n${gap}`);
    },
  };
}

function gapLine(format: "text" | "json", leftOut: number): string {
  return format === "json" ? JSON.stringify({ left_out: leftOut }) : `${leftOut} lines before this one were left out`;
}

function jsonLine(method: string, path: string, answer: Answer, tookMs: number, now: Date): string {
  const { status, reason, fields } = answer;
  const times = { time: now.toISOString(), duration_ms: Math.round(tookMs * 10) / 10 };
  return JSON.stringify({ ...times, ...(fields ?? { method, path, status, reason }) });
}

function textLine(method: string, path: string, answer: Answer, tookMs: number, now: Date): string {
  const { status, reason, text } = answer;
  const what = text ?? `${status} ${method} ${path}${reason === undefined ? "" : `: ${reason}`}`;
  return `${now.toISOString().slice(11, 23)} ${tookMs.toFixed(1)}ms ${what}`;
}
