// The error class, as JavaScript sees it. What an error says is decided in Rust (`src/error.rs`).

/** Brands errors, so that `instanceof` holds across two copies of this package and across realms. */
const BRAND = Symbol.for("getstream-users.StreamError");

export class StreamError extends Error {
  /**
   * @param {string} kind
   * @param {string} message
   * @param {{ cause?: unknown, field?: string, code?: number, status?: number }} details
   */
  constructor(kind, message, details = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.kind = kind;
    if (details.field !== undefined) this.field = details.field;
    if (details.code !== undefined) this.code = details.code;
    if (details.status !== undefined) this.status = details.status;
  }

  static [Symbol.hasInstance](value) {
    // Subclasses made by users keep the ordinary meaning of `instanceof`.
    if (this !== StreamError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && value[BRAND] === true;
  }
}

// Bundlers rename a class that mentions itself, and consoles print that name.
Object.defineProperty(StreamError, "name", { value: "StreamError", configurable: true });
Object.defineProperty(StreamError.prototype, "name", { value: "StreamError", configurable: true, writable: true });
Object.defineProperty(StreamError.prototype, BRAND, { value: true });

/** Makes the error that Rust decided on. */
export function newError(kind, message, field, code, status) {
  return new StreamError(kind, message, { field, code, status });
}
