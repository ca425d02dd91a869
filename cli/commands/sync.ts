// `sync`: makes the app's users equal to a file. It counts the changes first, and applies them after confirmation.

import { StreamError, type UserRequest } from "getstream-users";
import { type SyncChange, type SyncOptions, type SyncResult, syncUsers } from "getstream-users/bulk";
import { Checkpoint } from "../checkpoint.js";
import { confirmed } from "../confirm.js";
import { clientOf } from "../credentials.js";
import { EXIT, Failure } from "../exit.js";
import { Interrupted, interruption } from "../interrupt.js";
import { mappingOf } from "../mapping.js";
import { Progress } from "../progress.js";
import { type Refused, Report } from "../report.js";
import { rowSource } from "../rows.js";
import { count, counted, err, plain, print, printJson, tell } from "../terminal.js";
import type { FileOptions } from "./import.js";

interface SyncFlags extends FileOptions {
  missing: string;
  hard?: boolean;
  allowMany?: boolean;
  yes?: boolean;
}

/** How many changes a dry run shows, unless it writes JSON. */
const MOST_SHOWN = 50;

export async function sync(file: string, flags: SyncFlags): Promise<void> {
  const { missing } = flags;
  if (missing !== "keep" && missing !== "deactivate" && missing !== "delete") {
    throw new Failure(`--missing: ${missing} is neither keep, deactivate nor delete`);
  }
  if (flags.hard && missing !== "delete") throw new Failure("--hard goes with --missing delete");
  const needsYes = missing !== "keep" && !flags.yes && !flags.dryRun;
  if (needsYes)
    await confirmed(`${missing === "delete" ? "Delete" : "Deactivate"} users who are not in the file?`, file === "-");
  const source = rowSource(file, flags, ["csv", "json", "ndjson"]);
  const mapping = mappingOf(flags.map);
  const checkpoint = new Checkpoint("sync", file, flags);
  const report = new Report(flags.report, checkpoint.resumed !== undefined);
  const client = await clientOf(flags);
  const progress = new Progress("looked up");
  const refused: Refused[] = [];
  let lookedUp = 0;
  const refuse = (one: Refused) => {
    refused.push(one);
    report.add([one]);
  };
  async function* users(): AsyncGenerator<UserRequest> {
    for await (const row of source.rows()) {
      const { number, id, user, reason } = mapping(row);
      if (user === undefined) refuse({ row: number, id, reason });
      else yield user;
    }
    // A row that cannot be read may contain a user, who must not be removed as missing.
    if (refused.length > 0 && missing !== "keep") {
      throw new Failure(
        `${counted(refused.length, "row")} of ${source.name} cannot be read (${describe(refused[0])}), ` +
          `so the command cannot tell which users are missing; correct the file, or leave out --missing`,
        EXIT.incomplete,
      );
    }
  }
  const plan = new Plan(flags.json === true);
  try {
    const result = await syncUsers(client, users(), {
      missing,
      allowMany: flags.allowMany === true,
      dryRun: flags.dryRun === true,
      ...(flags.hard && { request: { user: "hard", messages: "hard", conversations: "hard" } }),
      ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
      signal: interruption(),
      resume: checkpoint.resumed?.token,
      ...(flags.dryRun && { onChange: (change: SyncChange) => plan.add(change) }),
      onProgress({ done, failed }) {
        lookedUp = done;
        progress.update({ part: source.part(), done, refused: failed });
      },
      onCheckpoint: (token) => checkpoint.save(token, lookedUp, refused.length),
    } satisfies SyncOptions);
    progress.end();
    for (const { id, action, error } of result.failed)
      refuse({ id, reason: `${action}: ${error.message}`, code: error.code });
    report.end();
    checkpoint.remove();
    tellResult(result, refused, flags);
  } catch (error) {
    progress.end();
    if (error instanceof StreamError && error.field === "allowMany") {
      // All other changes have been made.
      checkpoint.remove();
      throw new Failure(
        error.message.replace("syncUsers: ", "").replace("allowMany: true", "--allow-many"),
        EXIT.incomplete,
      );
    }
    if (checkpoint.advice !== undefined) tell(checkpoint.advice);
    if (!(error instanceof Interrupted)) throw error;
    tell(err.yellow("stopped"));
    process.exitCode = EXIT.interrupted;
  }
}

/** What a dry run would do. */
class Plan {
  readonly #json: boolean;
  #shown = 0;

  constructor(json: boolean) {
    this.#json = json;
  }

  add({ id, action, set, unset = [] }: SyncChange): void {
    this.#shown += 1;
    if (this.#json) printJson({ id, action, ...(set !== undefined && { set }), ...(unset.length > 0 && { unset }) });
    else if (this.#shown <= MOST_SHOWN) {
      const fields = Object.entries(set ?? {}).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
      const details = [...fields, ...unset.map((name) => `without ${name}`)].join(", ");
      print(plain(`${action} ${id}${details === "" ? "" : ` (${details})`}`));
    } else if (this.#shown === MOST_SHOWN + 1) print("… --json shows all");
  }
}

function describe({ row, reason }: Refused = { reason: "" }): string {
  return `row ${row} ${reason}`;
}

function tellResult(result: SyncResult, refused: readonly Refused[], flags: SyncFlags): void {
  const { created, changed, unchanged, reactivated, removed } = result;
  if (flags.json) {
    const kind = flags.dryRun ? { dry_run: true } : {};
    printJson({
      ...kind,
      created,
      changed,
      unchanged,
      reactivated,
      removed,
      refused: refused.length,
      refusals: refused.slice(0, 20),
    });
  } else {
    for (const { row, id, reason } of refused.slice(0, 20)) {
      tell(`${err.red("refused")} ${row === undefined ? plain(id ?? "") : `row ${row}`}: ${plain(reason)}`);
    }
    const counts = {
      created,
      changed,
      unchanged,
      reactivated,
      [flags.missing === "delete" ? "deleted" : "deactivated"]: removed,
    };
    const words = Object.entries(counts).filter(([name, number]) => number > 0 || name !== "reactivated");
    tell(
      `${flags.dryRun ? "to do: " : ""}${words.map(([name, number]) => `${count(number)} ${name}`).join(", ")}, ${count(refused.length)} refused`,
    );
  }
  process.exitCode = refused.length > 0 ? EXIT.incomplete : EXIT.ok;
}
