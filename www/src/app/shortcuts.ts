// The keyboard shortcuts of the page, as its key map lists them.

import { schema } from "../operations/catalog.ts";
import { go, operation } from "../state/place.ts";
import { cancel, running, start } from "../state/run.ts";
import { closeDrawer, drawerOpen, keyMapOpen } from "../state/view.ts";

export interface Shortcut {
  keys: string[];
  about: string;
}

const COMMAND = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

export const RUN_KEYS = [COMMAND, "↵"];

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: RUN_KEYS, about: "Run the operation, wherever the focus is" },
  { keys: ["Esc"], about: "Cancel the call, or close the open dialog" },
  { keys: ["/"], about: "Search the operations" },
  { keys: ["↑", "↓"], about: "Move through the operations, starting in the search" },
  { keys: ["["], about: "Previous operation" },
  { keys: ["]"], about: "Next operation" },
  { keys: ["←", "→"], about: "Move through tabs" },
  { keys: ["?"], about: "This list" },
];

export const SEARCH_ID = "search";

export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
  const work = workOf(event);
  if (work === undefined) return;
  event.preventDefault();
  work();
}

/** The shortcut of a key; undefined for keys that are typed into a field. */
function workOf(event: KeyboardEvent): (() => void) | undefined {
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && isCommand) return () => void start();
  if (event.key === "Escape" && running.peek()) return cancel;
  if (event.key === "Escape" && drawerOpen.peek()) return closeDrawer;
  return isCommand || event.altKey || isTyping(event.target) ? undefined : PLAIN_KEYS[event.key];
}

const PLAIN_KEYS: Record<string, () => void> = {
  "/": () => document.getElementById(SEARCH_ID)?.focus(),
  "?": () => {
    keyMapOpen.value = true;
  },
  "[": () => step(-1),
  "]": () => step(1),
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

/** Goes to the operation some places further in the list, wrapping around at the end. */
function step(places: number): void {
  const { operations } = schema;
  const current = operations.findIndex(({ name }) => name === operation.peek()?.name);
  const next = operations[(current + places + operations.length) % operations.length];
  if (next !== undefined) go({ view: "operation", operation: next.name });
}
