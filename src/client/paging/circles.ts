// Detects a server that repeats its pages, which would make a walk endless.

/**
 * Detects cycles of any length in a sequence of values (Brent's algorithm): it keeps one value, and replaces it after twice
 * as many steps each time.
 */
export class Circles {
  #kept: string | undefined;
  #steps = 0;
  #until = 1;

  /** Whether the value was passed before. In a cycle, this becomes true after at most a few rounds. */
  isClosedBy(passed: string): boolean {
    if (passed === this.#kept) return true;
    this.#steps++;
    if (this.#steps === this.#until) {
      this.#kept = passed;
      this.#steps = 0;
      this.#until *= 2;
    }
    return false;
  }
}
