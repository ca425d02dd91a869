// Tokens from the caller's function.

import { userOfToken } from "getstream-users-core";
import { createError } from "../errors.js";
import { guarded } from "../guard.js";
import type { TokenProvider } from "../types.js";
import { EXPIRED, withinLimit } from "./deadline.js";

/**
 * Keeps the token that the caller's function returned last. Calls that need one at the same time share one call of the
 * function, except in Workers: there a promise belongs to the request it was made in, and another one that waits for it
 * may wait for ever.
 */
export class TokenSource {
  /** The user that the token names, once there is one. */
  userId: string | undefined;
  readonly #provide: TokenProvider;
  readonly #isShared: boolean;
  readonly #timeout: number;
  #token: string | undefined;
  #pending: Promise<string> | undefined;

  /**
   * @param isShared - whether calls may wait for each other
   * @param timeout - milliseconds that the function may take
   */
  constructor(provide: TokenProvider, isShared: boolean, timeout: number) {
    this.#provide = provide;
    this.#isShared = isShared;
    this.#timeout = timeout;
  }

  /** The token, from the caller's function if there is none yet. */
  get(): string | Promise<string> {
    if (this.#token !== undefined) return this.#token;
    if (!this.#isShared) return this.#load();
    this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Forgets a token that the API refused, unless another call has replaced it already. */
  drop(token: string | undefined): void {
    if (this.#token === token) this.#token = undefined;
  }

  async #load(): Promise<string> {
    let token: string | typeof EXPIRED;
    try {
      // A function that hangs would disable the client for good: everybody waits for the same promise.
      token = await withinLimit(this.#provide(), this.#timeout, undefined);
    } catch (cause) {
      // Its words are not repeated: they may hold a token.
      throw failed("the token provider failed; `cause` has the reason", cause);
    }
    if (token === EXPIRED) throw failed(`the token provider did not return within ${this.#timeout} ms`);
    this.userId = guarded(() => userOfToken(token));
    this.#token = token;
    return token;
  }
}

function failed(message: string, cause?: unknown) {
  return createError("token_provider", message, { outcome: "not_sent", ...(cause !== undefined && { cause }) });
}
