// Turns failures into a message and an exit code.

import { StreamError } from "getstream-users";
import { EXIT, Failure } from "./exit.js";
import { plain } from "./terminal.js";

export interface Explained {
  message: string;
  exitCode: number;
  /** For programs. */
  details: Record<string, unknown>;
}

export function explained(thrown: unknown): Explained {
  if (thrown instanceof Failure) return { message: plain(thrown.message), exitCode: thrown.exitCode, details: {} };
  if (!(thrown instanceof StreamError)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { message: plain(message), exitCode: EXIT.usage, details: {} };
  }
  const { kind, code, status } = thrown;
  return {
    message: plain(thrown.message) + wayOut(thrown),
    exitCode: exitCodeOf(thrown),
    details: { kind, ...(code !== undefined && { code }), ...(status !== undefined && { status }) },
  };
}

function exitCodeOf({ kind }: StreamError): number {
  if (kind === "invalid_argument") return EXIT.usage;
  return kind === "authentication" || kind === "config" ? EXIT.credentials : EXIT.api;
}

function wayOut({ kind }: StreamError): string {
  if (kind === "authentication") return "; `getstream-users doctor` checks key and secret";
  if (kind === "connection" || kind === "timeout") return "; `getstream-users doctor` checks the connection";
  return "";
}
