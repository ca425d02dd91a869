// What users may be after calls that succeeded, failed, or have an unknown outcome.

/** For how long a server that was killed may have had changes in memory alone, in milliseconds: generously more than it says. */
const UNSAVED = 10_000;

/** One user's number: what it may be by all that was said of it. */
export class Model {
  /** The values that it may have. `undefined` is that there is none. */
  #possible = new Set([undefined]);
  /** Every value that it has had or may have had, with when the answer came. */
  #history = [{ value: undefined, at: Number.NEGATIVE_INFINITY }];

  /** Takes note of how a change to `value` ended: `done`, `not done`, or `unknown`. */
  changed(value, end) {
    if (end === "not done") return;
    this.#history.push({ value, at: end === "done" ? performance.now() : Number.POSITIVE_INFINITY });
    if (end === "done") this.#possible = new Set([value]);
    else this.#possible.add(value);
  }

  /** Whether it may be what it is; if so, that is what it is from here on. */
  settles(value) {
    if (!this.#possible.has(value)) return false;
    this.#begin(value);
    return true;
  }

  /** The same after a server was killed at a time: of what it had not saved, anything may be gone, but nothing else. */
  settlesAfterKill(value, killed) {
    const last = this.#history.findLastIndex(({ at }) => at < killed - UNSAVED);
    const may = this.#history.slice(Math.max(0, last)).some((entry) => Object.is(entry.value, value));
    if (may) this.#begin(value);
    return may;
  }

  #begin(value) {
    this.#possible = new Set([value]);
    this.#history = [{ value, at: Number.NEGATIVE_INFINITY }];
  }

  toString() {
    return [...this.#possible].join(" or ");
  }
}

/** How a call ended, for the model. */
export function endOf(error) {
  if (error === undefined) return "done";
  return error.outcome === "unknown" ? "unknown" : "not done";
}
