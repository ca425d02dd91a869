// Tokens from the caller's token provider.

import { userOfToken } from "getstream-users-core";
import { createError } from "../errors.js";
import { guarded } from "../guard.js";
import type { TokenProvider } from "../types.js";
import { EXPIRED, withinLimit } from "./deadline.js";

/**
 * Caches the token that the provider returned last. Calls that need a token at the same time share one call of the provider,
 * except in Workers: there a promise belongs to the request that created it, and another request that awaits it may wait
 * forever.
 */
export class TokenSource {
  /** The user in the token, once there is one. */
  userId: string | undefined;
  readonly #provide: TokenProvider;
  readonly #isShared: boolean;
  readonly #timeout: number;
  #token: string | undefined;
  #pending: Promise<string> | undefined;

  /**
   * @param isShared - whether calls may share one call of the provider
   * @param timeout - milliseconds that the provider may take
   */
  constructor(provide: TokenProvider, isShared: boolean, timeout: number) {
    this.#provide = provide;
    this.#isShared = isShared;
    this.#timeout = timeout;
  }

  /** The cached token, or a new one from the provider. */
  get(): string | Promise<string> {
    if (this.#token !== undefined) return this.#token;
    if (!this.#isShared) return this.#load();
    this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Drops a token that the API refused, unless another call has already replaced it. */
  drop(token: string | undefined): void {
    if (this.#token === token) this.#token = undefined;
  }

  async #load(): Promise<string> {
    let token: string | typeof EXPIRED;
    try {
      // All calls share this promise: without a time limit, a provider that hangs would block the client permanently.
      token = await withinLimit(this.#provide(), this.#timeout, undefined);
    } catch (cause) {
      // The message leaves the reason out, which may contain a token.
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
