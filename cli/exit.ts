// Exit codes, and failures that print one line instead of a stack.

/** The exit codes, as docs/cli.md has them. */
export const EXIT = {
  /** Everything was done. */
  ok: 0,
  /** Some of it was refused, or a check found something wrong. */
  incomplete: 1,
  /** The command line or the file makes no sense. Nothing was sent. */
  usage: 2,
  /** Key or secret are missing or wrong. */
  credentials: 3,
  /** The API could not be reached, or refused what was asked for. */
  api: 4,
  /** Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

/** What ends a command, in words for whoever called it. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
