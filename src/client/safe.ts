// Results in place of exceptions: `const { data, error } = await client.safe.queryUsers(…)`.

import { createError, isStreamError, type StreamError } from "./errors.js";

/** What a call came to: its data, or the error that it failed with. */
export type Result<Data> =
  | { readonly data: Data; readonly error: undefined }
  | { readonly data: undefined; readonly error: StreamError };

/** Runs something, and returns what it came to. Never rejects. */
export async function settle<Data>(run: () => Data | PromiseLike<Data>): Promise<Result<Data>> {
  try {
    return { data: await run(), error: undefined };
  } catch (thrown) {
    return failed(thrown);
  }
}

/** What something came to that may be a promise of it. Never throws, never rejects. */
export function settled(run: () => unknown): Result<unknown> | Promise<Result<unknown>> {
  try {
    const data = run();
    return data instanceof Promise ? settle(() => data) : { data, error: undefined };
  } catch (thrown) {
    return failed(thrown);
  }
}

/** Whatever is no error of this package is the reason of a signal, or what a function of the caller's threw. */
function failed(thrown: unknown): { data: undefined; error: StreamError } {
  if (isStreamError(thrown)) return { data: undefined, error: thrown };
  const message = "the call was aborted, or a function of yours failed; `cause` has the reason";
  return { data: undefined, error: createError("aborted", message, { cause: thrown }) };
}
