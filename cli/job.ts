// A bulk job on the rows of a file: progress, refusals by row number, a checkpoint, and a clean end on Ctrl-C.

import { StreamError } from "getstream-users";
import type { BulkOptions, BulkResult } from "getstream-users/bulk";
import { Checkpoint, type CheckpointOptions } from "./checkpoint.js";
import { EXIT, Failure } from "./exit.js";
import { explained } from "./failures.js";
import { Interrupted, interruption } from "./interrupt.js";
import { Progress } from "./progress.js";
import { type Refused, Report } from "./report.js";
import { count, counted, err, plain, printJson, tell } from "./terminal.js";

export interface JobOptions extends CheckpointOptions {
  report?: string;
  concurrency?: number;
  json?: boolean;
}

/** An item to send, with its row; or why the row cannot be sent. */
export type Entry<Item> = { row?: number | undefined; id?: string | undefined } & (
  | { item: Item; reason?: never }
  | { reason: string; item?: never }
);

export interface Job<Item> {
  /** The command, for its checkpoint and in messages. */
  command: string;
  /** The past participle for its users: `imported`. */
  done: string;
  /** The input; undefined for ids from the command line. */
  file: string | undefined;
  part(): number | undefined;
  entries(): AsyncIterable<Entry<Item>> | Iterable<Entry<Item>>;
  run(items: AsyncIterable<Item>, options: BulkOptions<Item>): Promise<BulkResult<Item>>;
}

/** How many refusals are printed, besides the report. */
const MOST_SHOWN = 20;

/** Runs a job to its end and sets the exit code. */
export async function runJob<Item>(job: Job<Item>, options: JobOptions): Promise<void> {
  if (options.concurrency !== undefined && !(options.concurrency >= 1 && options.concurrency <= 6)) {
    throw new Failure("--concurrency must be a whole number from 1 to 6");
  }
  const checkpoint = new Checkpoint(job.command, job.file, options);
  const outcome = new Outcome<Item>(new Report(options.report, checkpoint.resumed !== undefined), checkpoint.resumed);
  const progress = new Progress(job.done);
  const items = itemsOf(job, outcome);
  const signal = interruption();
  const begun = performance.now();
  try {
    if (options.dryRun) await drained(items);
    else {
      await job.run(items, {
        signal,
        ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
        resume: checkpoint.resumed?.token,
        onResult({ succeeded, failed }) {
          outcome.add(succeeded, failed);
        },
        onProgress() {
          progress.update({ part: job.part(), done: outcome.done, refused: outcome.refused });
        },
        onCheckpoint(token) {
          checkpoint.save(token, outcome.done, outcome.refused);
        },
      });
    }
  } catch (error) {
    progress.end();
    endEarly(error, job, outcome, checkpoint, options);
    return;
  }
  progress.end();
  outcome.end();
  checkpoint.remove();
  const seconds = (performance.now() - begun) / 1000;
  tellOutcome(job, outcome, options, seconds);
  process.exitCode = outcome.refused > 0 ? EXIT.incomplete : EXIT.ok;
}

/** Counts the outcomes of rows, and remembers the row of each item under way. */
class Outcome<Item> {
  done: number;
  refused: number;
  /** The number of valid rows. */
  good = 0;
  /** The number of invalid rows. */
  #unsendable = 0;
  readonly shown: Refused[] = [];
  readonly #report: Report;
  readonly #rows = new Map<Item, number>();

  constructor(report: Report, earlier: { done: number; refused: number } | undefined) {
    this.#report = report;
    this.done = earlier?.done ?? 0;
    this.refused = earlier?.refused ?? 0;
  }

  sending(item: Item, row: number | undefined): void {
    this.good += 1;
    if (row !== undefined) this.#rows.set(item, row);
  }

  add(succeeded: readonly string[], failed: readonly { id?: string | undefined; user: Item; error: StreamError }[]) {
    this.done += succeeded.length;
    this.#report.done(succeeded);
    const refused = failed.map(({ id, user, error }) => {
      const { code, message } = error;
      const sent = typeof user === "object" ? { user } : {};
      return { row: this.#rows.get(user), id, reason: message, ...(code !== undefined && { code }), ...sent };
    });
    for (const { user } of failed) this.#rows.delete(user);
    this.refuse(refused);
  }

  refuse(refused: readonly Refused[]): void {
    this.refused += refused.length;
    this.shown.push(...refused.slice(0, Math.max(0, MOST_SHOWN - this.shown.length)));
    this.#report.add(refused);
  }

  refuseUnsent(refused: Refused): void {
    this.#unsendable += 1;
    this.refuse([refused]);
  }

  /**
   * Completes the counts of a finished job. A resumed run repeats what its checkpoint does not cover, so the sum of two runs may
   * exceed the number of rows; the report has the outcome of each row.
   */
  end(): void {
    const { standing } = this.#report;
    if (standing !== undefined) {
      this.refused = standing;
      this.done = this.good + this.#unsendable - standing;
    }
    this.#report.end();
  }
}

/** The items of a job. Invalid rows are refused while reading. */
async function* itemsOf<Item>(job: Job<Item>, outcome: Outcome<Item>): AsyncGenerator<Item> {
  for await (const { row, id, item, reason } of job.entries()) {
    if (reason !== undefined) outcome.refuseUnsent({ row, id, reason });
    else {
      outcome.sending(item as Item, row);
      yield item as Item;
    }
  }
}

async function drained(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

function endEarly<Item>(
  error: unknown,
  job: Job<Item>,
  outcome: Outcome<Item>,
  checkpoint: Checkpoint,
  options: JobOptions,
): void {
  if (!(error instanceof Interrupted || error instanceof StreamError)) throw error;
  const { message, exitCode } = error instanceof Interrupted ? stopped : explained(error);
  const advice = checkpoint.advice;
  tell(`${err.yellow(`${message}:`)} ${counted(outcome.done, "user")} ${job.done}, ${count(outcome.refused)} refused`);
  if (advice !== undefined) tell(advice);
  if (options.json) {
    const { done, refused } = outcome;
    printJson({ error: { message }, [job.done]: done, refused, resumable: advice !== undefined });
  }
  process.exitCode = exitCode;
}

const stopped = { message: "stopped", exitCode: EXIT.interrupted };

function tellOutcome<Item>(job: Job<Item>, outcome: Outcome<Item>, options: JobOptions, seconds: number): void {
  const { done, refused, good } = outcome;
  const shown = [...outcome.shown].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  if (options.json) {
    const counts = options.dryRun ? { dry_run: true, good } : { [job.done]: done };
    printJson({ ...counts, refused, seconds: Math.round(seconds * 10) / 10, refusals: shown });
    return;
  }
  for (const { row, id, reason } of shown) {
    const place = [row === undefined ? "" : `row ${row}`, id === undefined ? "" : plain(id)].filter(Boolean).join(", ");
    tell(`${err.red("refused")} ${place || "a row"}: ${plain(reason)}`);
  }
  if (refused > shown.length) {
    tell(
      `… and ${count(refused - shown.length)} more${options.report ? `, all in ${options.report}` : "; --report FILE lists all"}`,
    );
  }
  const what = options.dryRun ? `${counted(good, "user")} can be sent` : `${counted(done, "user")} ${job.done}`;
  tell(`${err.green(what)}, ${count(refused)} refused, in ${seconds.toFixed(1)} s`);
}
