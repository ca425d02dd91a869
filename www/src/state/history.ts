// The calls of this visit, the latest first. They are lost when the page is closed.

import { signal } from "@preact/signals";
import { setInput } from "./input.ts";
import { go } from "./place.ts";
import type { Run } from "./run.ts";

const MOST = 50;

export const past = signal<readonly Run[]>([]);
/** The calls selected for comparison, at most two. */
export const chosen = signal<readonly number[]>([]);

export function remember(run: Run): void {
  past.value = [run, ...past.peek()].slice(0, MOST);
  chosen.value = chosen.peek().filter((id) => past.peek().some((run) => run.id === id));
}

export function forget(): void {
  past.value = [];
  chosen.value = [];
}

/** Selects or deselects a call; a third one replaces the first. */
export function choose(id: number): void {
  const ids = chosen.peek();
  chosen.value = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id].slice(-2);
}

/** Shows a call's operation with its input. */
export function bringBack(run: Run): void {
  go({ view: "operation", operation: run.operation });
  setInput(run.input);
}
