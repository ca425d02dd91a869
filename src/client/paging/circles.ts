// Detects a server that returns the same pages again and again.

/**
 * Notices that a walk goes in circles, however long they are, from what it passes. It keeps one value, and replaces it after
 * twice as many steps each time (Brent's algorithm).
 */
export class Circles {
  #kept: string | undefined;
  #steps = 0;
  #until = 1;

  /** Whether the walk has passed this before. A walk that goes on for long enough in circles gets a yes. */
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
