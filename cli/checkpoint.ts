// The progress of a job, in a file next to its input, so that another run can continue.

import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "./exit.js";

/** The content of the file. */
interface Saved {
  command: string;
  /** Identifies the input. */
  input: string;
  token: string;
  done: number;
  refused: number;
}

export interface CheckpointOptions {
  checkpoint?: string;
  resume?: boolean;
  restart?: boolean;
  dryRun?: boolean;
}

/** The checkpoint of one run of a command. */
export class Checkpoint {
  /** The checkpoint to resume from, if any. */
  readonly resumed: Saved | undefined;
  readonly #path: string | undefined;
  readonly #command: string;
  readonly #input: string;
  #isSaved = false;

  /**
   * @param file - the input; `-` and lists of ids have no checkpoint
   * @throws Failure when there is a checkpoint and neither `--resume` nor `--restart` was given
   */
  constructor(command: string, file: string | undefined, options: CheckpointOptions) {
    const isFile = file !== undefined && file !== "-";
    this.#path = options.dryRun ? undefined : (options.checkpoint ?? (isFile ? `${file}.checkpoint` : undefined));
    this.#command = command;
    this.#input = isFile ? fingerprint(file) : "";
    const saved = options.restart ? undefined : this.#read();
    if (options.resume && saved === undefined && !options.dryRun) {
      throw new Failure(`--resume: there is no checkpoint ${this.#path ?? ""}; leave --resume out to start`);
    }
    if (saved !== undefined && !options.resume) {
      throw new Failure(
        `an earlier run stopped at ${saved.done} and left ${this.#path}: --resume continues from there, --restart starts again`,
      );
    }
    this.resumed = saved;
    this.#isSaved = saved !== undefined;
  }

  /** How to continue after an interruption. */
  get advice(): string | undefined {
    return this.#isSaved ? "run it again with --resume to continue" : undefined;
  }

  save(token: string, done: number, refused: number): void {
    if (this.#path === undefined) return;
    const saved: Saved = { command: this.#command, input: this.#input, token, done, refused };
    // Renaming is atomic, so a killed process leaves either the old or the new checkpoint.
    const fresh = `${this.#path}.tmp`;
    writeFileSync(fresh, `${JSON.stringify(saved)}\n`);
    renameSync(fresh, this.#path);
    this.#isSaved = true;
  }

  /** Deletes the checkpoint, because everything is done. */
  remove(): void {
    if (this.#path !== undefined) rmSync(this.#path, { force: true });
    this.#isSaved = false;
  }

  #read(): Saved | undefined {
    if (this.#path === undefined) return undefined;
    let text: string;
    try {
      text = readFileSync(this.#path, "utf8");
    } catch {
      return undefined;
    }
    const saved = parsed(text);
    if (saved === undefined) throw new Failure(`${this.#path} is not a checkpoint; --restart starts again`);
    if (saved.command !== this.#command) {
      throw new Failure(
        `${this.#path} belongs to \`${saved.command}\`; name another file with --checkpoint, or pass --restart`,
      );
    }
    if (saved.input !== this.#input) {
      throw new Failure(`the input has changed since ${this.#path} was written; --restart starts again`);
    }
    return saved;
  }
}

function parsed(text: string): Saved | undefined {
  try {
    const saved = JSON.parse(text) as Saved;
    return typeof saved.token === "string" ? saved : undefined;
  } catch {
    return undefined;
  }
}

const SAMPLE_BYTES = 65_536;

/** The size of a file and its first and last bytes, as one string: fast for files of any size. */
function fingerprint(file: string): string {
  const handle = openSync(file, "r");
  try {
    const { size } = fstatSync(handle);
    const hash = createHash("sha256").update(String(size));
    const sample = Buffer.alloc(SAMPLE_BYTES);
    for (const position of [0, Math.max(0, size - SAMPLE_BYTES)]) {
      hash.update(sample.subarray(0, readSync(handle, sample, 0, SAMPLE_BYTES, position)));
    }
    return hash.digest("hex");
  } catch (error) {
    throw new Failure((error as Error).message);
  } finally {
    closeSync(handle);
  }
}
