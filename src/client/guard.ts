// Converts what Rust throws into a `StreamError`.

import type { Problem } from "getstream-users-core";
import { createError, type StreamError } from "./errors.js";

/** Rust reports these kinds before anything is sent. */
const BEFORE_SENDING: readonly string[] = ["invalid_argument", "config", "token_provider"];

/** The error for a problem that Rust reported. */
export function errorOf(problem: Problem): StreamError {
  const { kind, message, field, code, status } = problem;
  const outcome = BEFORE_SENDING.includes(kind) ? "not_sent" : undefined;
  return createError(kind, message, { field, code, status, outcome });
}

/** Converts what a Rust export threw. A trap is a defect of this package. */
export function explained(thrown: unknown): unknown {
  if (isProblem(thrown)) return errorOf(thrown);
  if (!isTrap(thrown)) return thrown;
  const message = `a defect of getstream-users, please report it: ${thrown.message}`;
  return createError("internal", message, { cause: thrown });
}

/** Whether wasm trapped. The code that wasm2js generates throws an `Error` with the message "abort" instead. */
function isTrap(thrown: unknown): thrown is Error {
  if (typeof WebAssembly === "object" && thrown instanceof WebAssembly.RuntimeError) return true;
  return thrown instanceof Error && thrown.message === "abort";
}

/** Calls a Rust export. */
export function guarded<Result>(decide: () => Result): Result {
  try {
    return decide();
  } catch (thrown) {
    throw explained(thrown);
  }
}

function isProblem(thrown: unknown): thrown is Problem {
  return typeof thrown === "object" && thrown !== null && (thrown as Partial<Problem>).isProblem === true;
}
