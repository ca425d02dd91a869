// Exit codes, and failures that print one line instead of a stack.

/** The exit codes, as docs/cli.md has them. */
export const EXIT = {
  /** Everything was done. */
  ok: 0,
  /** Something was refused, or a check failed. */
  incomplete: 1,
  /** The command line or the file is invalid. Nothing was sent. */
  usage: 2,
  /** The key or the secret is missing or wrong. */
  credentials: 3,
  /** The API could not be reached, or refused the request. */
  api: 4,
  /** Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

/** Ends a command with a message for the user. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
