// Tokens that come from a function of the caller's.

import { withCause, wordsOf } from "./errors.js";

/** Says what is wrong with a token; set when the module starts. @type {(token: unknown) => Error | undefined} */
let refuse;
/** Makes the error of a function that failed; set when the module starts. @type {(words: string) => Error} */
let failed;

export function setTokenRules(refusal, failure) {
  refuse = refusal;
  failed = failure;
}

/**
 * Keeps the token that the caller's function returned last. Calls that need one at the same time share one call of the
 * function, except in Workers: there a promise belongs to the request it was made in, and another one that waits for it
 * may wait for ever.
 */
export class TokenSource {
  /**
   * @param {() => string | Promise<string>} provide
   * @param {boolean} isShared whether calls may wait for each other
   */
  constructor(provide, isShared) {
    this.provide = provide;
    this.isShared = isShared;
    this.token = undefined;
    this.pending = undefined;
  }

  /** The token, from the caller's function if there is none yet. */
  get() {
    if (this.token !== undefined) return this.token;
    if (!this.isShared) return this.load();
    this.pending ??= this.load().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  /** Forgets a token that the API refused, unless another call has replaced it already. */
  drop(token) {
    if (this.token === token) this.token = undefined;
  }

  async load() {
    let token;
    try {
      token = await this.provide();
    } catch (cause) {
      throw withCause(failed(wordsOf(cause)), cause);
    }
    const error = refuse(token);
    if (error !== undefined) throw error;
    this.token = token;
    return token;
  }
}
