// The arguments of the shown operation, as values and as text. The form changes the values, the editor changes the text, and
// each updates the other. Text that is not JSON leaves the values unchanged.

import { computed, effect, signal } from "@preact/signals";
import { isTooDeep, type Path, withValue } from "../json/value.ts";
import type { Operation } from "../schema.d.ts";
import { operation, place } from "./place.ts";

interface Draft {
  input: unknown[];
  text: string;
  /** Why the text is not valid input, if so. */
  syntax?: string;
}

const drafts = signal<ReadonlyMap<string, Draft>>(new Map());

/** The latest input of the selected operation: its example, a link's input, or typed input. */
export const draft = computed<Draft>(() => {
  const shown = operation.value;
  if (shown === undefined) return draftOf([]);
  return drafts.value.get(shown.name) ?? draftOf(shown.example);
});

export const input = computed(() => draft.value.input);

export function setInput(next: unknown[]): void {
  keep(draftOf(next));
}

export function setValue(path: Path, value: unknown): void {
  setInput(trimmed(withValue(input.peek(), path, value) as unknown[]));
}

export function setText(text: string): void {
  try {
    keep({ input: fromText(JSON.parse(text)), text });
  } catch (error) {
    keep({ ...draft.peek(), text, syntax: error instanceof Error ? error.message : "no JSON" });
  }
}

export function useExample(): void {
  const shown = operation.peek();
  if (shown !== undefined) setInput(shown.example);
}

/** Whether the editor shows the single argument instead of a list of arguments. */
export function isSingle(shown: Operation | undefined): boolean {
  return shown?.arguments.length === 1;
}

function keep(next: Draft): void {
  const shown = operation.peek();
  if (shown !== undefined) drafts.value = new Map([...drafts.peek(), [shown.name, next]]);
}

function draftOf(next: unknown[]): Draft {
  return { input: next, text: toText(next) };
}

function toText(next: unknown[]): string {
  return JSON.stringify(isSingle(operation.peek()) ? next[0] : next, null, 2) ?? "";
}

function fromText(value: unknown): unknown[] {
  if (isTooDeep(value)) throw new SyntaxError("This is nested deeper than the client accepts.");
  if (isSingle(operation.peek())) return [value];
  if (!Array.isArray(value)) throw new SyntaxError("This operation takes a list of arguments: [ … ]");
  return value;
}

/** Removes omitted arguments at the end. */
function trimmed(next: unknown[]): unknown[] {
  let length = next.length;
  while (length > 0 && next[length - 1] === undefined) length -= 1;
  return next.slice(0, length);
}

// A link's input overrides earlier input.
effect(() => {
  const { value } = place;
  if (value.view === "operation" && value.input !== undefined) setInput(value.input);
});
