// The report of refused rows, one line of JSON each, so that people can correct them. A resumed run appends to the
// file, and removes the rows that it has sent again.

import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { Failure } from "./exit.js";

export interface Refused {
  /** The number of the row in its file. */
  row?: number | undefined;
  id?: string | undefined;
  reason: string;
  /** Stream's error code. */
  code?: number | undefined;
  /** The user that was sent. */
  user?: unknown;
}

export class Report {
  readonly #path: string | undefined;
  /** The refusals of an earlier run that still apply, by row number. */
  readonly #earlier = new Map<number, Refused>();
  /** The rows that this run or an earlier one refused. */
  readonly #standing = new Set<number>();
  #hasRows = true;
  /** The number of lines that an earlier run has written. */
  #earlierLines = 0;
  #isStale = false;

  /** @throws Failure when the file cannot be written */
  constructor(path: string | undefined, isResumed: boolean) {
    this.#path = path;
    if (path === undefined) return;
    try {
      if (isResumed) this.#read(path);
      else writeFileSync(path, "");
    } catch (error) {
      throw new Failure(`--report: ${(error as Error).message}`);
    }
  }

  add(refused: readonly Refused[]): void {
    if (this.#path === undefined || refused.length === 0) return;
    for (const { row } of refused) {
      this.#forget(row);
      if (row === undefined) this.#hasRows = false;
      else this.#standing.add(row);
    }
    appendFileSync(this.#path, refused.map((one) => `${JSON.stringify(one)}\n`).join(""));
  }

  /** Forgets an earlier run's refusals of users who have succeeded now. */
  done(ids: readonly string[]): void {
    if (this.#earlier.size === 0) return;
    const done = new Set(ids);
    for (const [row, { id }] of this.#earlier) if (id !== undefined && done.has(id)) this.#forget(row);
  }

  /** The number of refused rows, over all runs; undefined without a report or rows. */
  get standing(): number | undefined {
    return this.#path === undefined || !this.#hasRows
      ? undefined
      : new Set([...this.#standing, ...this.#earlier.keys()]).size;
  }

  /** Removes the lines of refusals that no longer apply. */
  end(): void {
    if (this.#path === undefined || !this.#isStale) return;
    const lines = linesOf(this.#path).filter((line, index) => {
      const { row } = JSON.parse(line) as Refused;
      return index >= this.#earlierLines || row === undefined || this.#earlier.has(row);
    });
    replace(this.#path, lines);
  }

  #forget(row: number | undefined): void {
    if (row !== undefined && this.#earlier.delete(row)) this.#isStale = true;
  }

  #read(path: string): void {
    const lines = linesOf(path);
    // A killed run may have left an incomplete line.
    const whole = lines.filter(isJson);
    if (whole.length < lines.length) replace(path, whole);
    this.#earlierLines = whole.length;
    for (const line of whole) {
      const refused = JSON.parse(line) as Refused;
      if (refused.row !== undefined) this.#earlier.set(refused.row, refused);
    }
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function replace(path: string, lines: readonly string[]): void {
  writeFileSync(`${path}.tmp`, lines.map((line) => `${line}\n`).join(""));
  renameSync(`${path}.tmp`, path);
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
