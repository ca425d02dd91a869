// `delete`, `deactivate`, `reactivate` and `restore`: jobs on user ids.

import { deactivateMany, deleteMany, reactivateMany, restoreMany } from "getstream-users/bulk";
import { confirmed } from "../confirm.js";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { Failure } from "../exit.js";
import { type Entry, type Job, type JobOptions, runJob } from "../job.js";
import { type Row, type RowOptions, rowSource } from "../rows.js";
import { counted } from "../terminal.js";
import { needed } from "./import.js";

export interface IdOptions extends JobOptions, CredentialOptions, RowOptions {
  file?: string;
  hard?: boolean;
  yes?: boolean;
  markMessagesDeleted?: boolean;
}

type Operation = "delete" | "deactivate" | "reactivate" | "restore";

const DONE: Readonly<Record<Operation, string>> = {
  delete: "deleted",
  deactivate: "deactivated",
  reactivate: "reactivated",
  restore: "restored",
};

export async function run(operation: Operation, ids: readonly string[], options: IdOptions): Promise<void> {
  const { file } = options;
  if ((ids.length === 0) === (file === undefined)) {
    throw new Failure(`${operation}: pass ids of users, or --file`);
  }
  const input = file === undefined ? listed(ids) : inFile(file, options);
  if (operation === "delete" && !options.yes && !options.dryRun) {
    const users = file === undefined ? counted(ids.length, "user") : `the users in ${file === "-" ? "stdin" : file}`;
    await confirmed(`Delete ${users} ${options.hard ? "permanently, with their messages" : "softly"}?`, file === "-");
  }
  const client = options.dryRun ? undefined : await clientOf(options);
  const request = options.hard
    ? ({ user: "hard", messages: "hard", conversations: "hard" } as const)
    : ({ user: "soft" } as const);
  const mark = options.markMessagesDeleted ? { request: { mark_messages_deleted: true } } : {};
  const runs: Readonly<Record<Operation, Job<string>["run"]>> = {
    delete: (items, bulk) => deleteMany(needed(client), items, { ...bulk, request }),
    deactivate: (items, bulk) => deactivateMany(needed(client), items, { ...bulk, ...mark }),
    reactivate: (items, bulk) => reactivateMany(needed(client), items, bulk),
    restore: (items, bulk) => restoreMany(needed(client), items, bulk),
  };
  await runJob({ command: operation, done: DONE[operation], file, ...input, run: runs[operation] }, options);
}

type Input = Pick<Job<string>, "part" | "entries">;

function listed(ids: readonly string[]): Input {
  return { part: () => undefined, entries: () => ids.map((id) => ({ id, item: id })) };
}

function inFile(file: string, options: RowOptions): Input {
  const source = rowSource(file, options);
  return {
    part: source.part,
    async *entries() {
      for await (const row of source.rows()) yield entryOf(row);
    },
  };
}

/** An id alone, or in the field `id`. */
function entryOf({ number: row, value }: Row): Entry<string> {
  const id = typeof value === "object" && value !== null ? (value as { id?: unknown }).id : value;
  return typeof id === "string" && id !== "" ? { row, id, item: id } : { row, reason: "has no id" };
}
