// The progress of a job: a line that is redrawn in a terminal, and an occasional line elsewhere.

import { count, err, tell, widthOf } from "./terminal.js";

export interface State {
  /** How much of the input is done, from 0 to 1, if known. */
  part: number | undefined;
  done: number;
  refused: number;
}

const DRAW_EVERY_MS = 100;
const TELL_EVERY_MS = 10_000;
/** A rate over a shorter time is meaningless. */
const RATE_AFTER_MS = 500;

export class Progress {
  readonly #noun: string;
  readonly #isTerminal = process.stderr.isTTY === true;
  readonly #begun = performance.now();
  #first: State | undefined;
  #shown = 0;
  #isDrawn = false;

  /** @param noun - the label of the count: `imported` */
  constructor(noun: string) {
    this.#noun = noun;
    this.#shown = this.#isTerminal ? Number.NEGATIVE_INFINITY : this.#begun;
  }

  update(state: State): void {
    this.#first ??= state;
    const now = performance.now();
    if (now - this.#shown < (this.#isTerminal ? DRAW_EVERY_MS : TELL_EVERY_MS)) return;
    this.#shown = now;
    const text = this.#text(state, now - this.#begun);
    if (!this.#isTerminal) {
      tell(text);
      return;
    }
    this.#isDrawn = true;
    process.stderr.write(`\r\u001b[K${fitted(text, state.part)}`);
  }

  /** Clears the line, so that the next output replaces it. */
  end(): void {
    if (this.#isDrawn) process.stderr.write("\r\u001b[K");
    this.#isDrawn = false;
  }

  #text({ part, done, refused }: State, tookMs: number): string {
    const words = [`${count(done)} ${this.#noun}`];
    if (refused > 0) words.push(`${count(refused)} refused`);
    const { part: from = 0, done: before = 0 } = this.#first ?? {};
    if (tookMs > RATE_AFTER_MS) {
      words.push(`${count(Math.round(((done - before) / tookMs) * 1000))}/s`);
      if (part !== undefined && part > from && part < 1) {
        words.push(`${duration((tookMs / (part - from)) * (1 - part))} left`);
      }
    }
    const percentage = part === undefined ? "" : `${String(Math.floor(part * 100)).padStart(3)} % `;
    return percentage + words.join(", ");
  }
}

/** The line with a bar before it, if it fits. */
function fitted(text: string, part: number | undefined): string {
  const room = widthOf(process.stderr) - 1;
  const bar = Math.min(30, room - text.length - 1);
  if (part === undefined || bar < 8) return text.slice(0, room);
  const full = Math.round(part * bar);
  return `${err.green("█".repeat(full))}${err.dim("░".repeat(bar - full))} ${text}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}
