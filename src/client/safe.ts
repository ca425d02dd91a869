// Results in place of exceptions: `const { data, error } = await client.safe.queryUsers(…)`.

import { createError, isStreamError, type StreamError } from "./errors.js";

/** The result of a call: its data or its error. */
export type Result<Data> =
  | { readonly data: Data; readonly error: undefined }
  | { readonly data: undefined; readonly error: StreamError };

/** Runs a function and returns its result or error. Never rejects. */
export async function settle<Data>(run: () => Data | PromiseLike<Data>): Promise<Result<Data>> {
  try {
    return { data: await run(), error: undefined };
  } catch (thrown) {
    return failed(thrown);
  }
}

/** Like {@link settle}, but synchronous when the function is. Never throws or rejects. */
export function settled(run: () => unknown): Result<unknown> | Promise<Result<unknown>> {
  try {
    const data = run();
    return data instanceof Promise ? settle(() => data) : { data, error: undefined };
  } catch (thrown) {
    return failed(thrown);
  }
}

/** A thrown value that is not an error of this package is a signal's reason, or comes from a function of the caller's. */
function failed(thrown: unknown): { data: undefined; error: StreamError } {
  if (isStreamError(thrown)) return { data: undefined, error: thrown };
  const message = "the call was aborted, or a function of yours failed; `cause` has the reason";
  return { data: undefined, error: createError("aborted", message, { cause: thrown }) };
}
