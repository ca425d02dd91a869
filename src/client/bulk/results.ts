// The results of bulk work: after each chunk and at the end.

import type { StreamError } from "../index.js";
import type { Operation } from "./operations.js";
import { checkpoint } from "./rules.js";

/** The progress of bulk work. */
export interface BulkProgress {
  /** Users that were read from the input and sent. */
  sent: number;
  /** Users that succeeded. */
  succeeded: number;
  /** Users that failed. */
  failed: number;
  /** Users at the beginning of the input that `resume` skipped. */
  skipped: number;
  /** Users in the input, if its size is known, as for arrays, sets and maps. */
  total?: number;
}

/** A user that failed. */
export interface BulkFailure<Item> {
  /** The user's id, if it has one. */
  id?: string | undefined;
  /** The item of the input. */
  user: Item;
  /** Why it failed. */
  error: StreamError;
}

/** The outcome of a chunk. */
export interface BulkOutcome<Item> {
  /** Ids of the users that succeeded. */
  succeeded: string[];
  /** The users that failed. */
  failed: BulkFailure<Item>[];
  /** The ids of the tasks; none for operations without tasks. */
  task_ids: string[];
  /** The URLs of exported files; none for other operations. */
  urls: string[];
}

/** The result of bulk work. It does not list the users that succeeded; `onResult` gets their ids. */
export interface BulkResult<Item> {
  /** Users that were read from the input and sent. */
  sent: number;
  /** How many users succeeded. */
  succeeded: number;
  /** The users that failed. */
  failed: BulkFailure<Item>[];
  /** Users at the beginning of the input that `resume` skipped. */
  skipped: number;
  /** The checkpoint for `resume`: how much of the input is done. */
  checkpoint: string;
}

/** The result of bulk work that the API runs as tasks. */
export interface BulkTaskResult<Item> extends BulkResult<Item> {
  /** The ids of the started tasks, with `wait: false`. */
  task_ids?: string[];
}

/** The result of an export. */
export interface BulkExportResult extends BulkTaskResult<string> {
  /** The URLs of the files, one for up to 25 users; missing with `wait: false`. */
  urls?: string[];
}

/** The result of any bulk work. */
export interface AnyResult<Item> extends BulkTaskResult<Item> {
  urls?: string[];
}

/** Accumulates the outcomes of chunks. */
export class Tally<Item> {
  /** The latest checkpoint. */
  checkpoint: string;
  sent = 0;
  readonly #operation: Operation;
  readonly #isWaiting: boolean;
  readonly #skipped: number;
  #succeeded = 0;
  readonly #failed: BulkFailure<Item>[] = [];
  readonly #task_ids: string[] = [];
  readonly #urls: string[] = [];

  /**
   * @param isWaiting - whether the work waits for tasks
   * @param skipped - the number of items that were done before
   */
  constructor(operation: Operation, isWaiting: boolean, skipped: number) {
    this.#operation = operation;
    this.#isWaiting = isWaiting;
    this.#skipped = skipped;
    this.checkpoint = checkpoint(operation.name, skipped);
  }

  add({ succeeded, failed, task_ids, urls }: BulkOutcome<Item>): void {
    this.#succeeded += succeeded.length;
    this.#failed.push(...failed);
    if (!this.#isWaiting) this.#task_ids.push(...task_ids);
    this.#urls.push(...urls);
  }

  /** Records how many items of the input are done. Returns whether that changed. */
  moveTo(done: number): boolean {
    const token = checkpoint(this.#operation.name, done);
    const hasMoved = token !== this.checkpoint;
    this.checkpoint = token;
    return hasMoved;
  }

  progress(total: number | undefined): BulkProgress {
    return {
      sent: this.sent,
      succeeded: this.#succeeded,
      failed: this.#failed.length,
      skipped: this.#skipped,
      ...(total !== undefined && { total }),
    };
  }

  result(): AnyResult<Item> {
    const { isTask, hasUrls } = this.#operation;
    return {
      sent: this.sent,
      succeeded: this.#succeeded,
      failed: this.#failed,
      skipped: this.#skipped,
      checkpoint: this.checkpoint,
      ...(hasUrls && this.#isWaiting && { urls: this.#urls }),
      ...(isTask && !this.#isWaiting && { task_ids: this.#task_ids }),
    };
  }
}
