// The state of the target's emulator, read again after each change.

import { signal } from "@preact/signals";
import type { Control } from "../client/control.ts";
import { type Person, peopleIn } from "../dock/world.ts";
import { reasonOf } from "../ui/reason.ts";
import { control } from "./emulator.ts";

export type World =
  | { status: "loading" }
  | { status: "known"; people: readonly Person[] }
  | { status: "unknown"; reason: string };

export const world = signal<World>({ status: "loading" });
/** The ids of those who were not as they are now the last time. */
export const changed = signal<ReadonlySet<string>>(new Set());

/** More changes at once than these light up nothing: an import is no news of single users. */
const FEW = 12;

/** The emulator that is being read, and the end of that. */
let reading: Control | undefined;
let ended: Promise<void> = Promise.resolve();
let stale = false;

/**
 * Reads the emulator's state; calls that come while it is read are one more reading. Nobody waits for an emulator that
 * is the target no longer. Resolves when it was read.
 */
export function refresh(): Promise<void> {
  const source = control.peek();
  if (source === undefined) {
    world.value = { status: "unknown", reason: "Stream does not show its whole app; an emulator does." };
    return Promise.resolve();
  }
  stale = source === reading;
  if (stale) return ended;
  reading = source;
  ended = read(source).finally(() => {
    if (source !== reading) return;
    reading = undefined;
    if (stale) void refresh();
  });
  return ended;
}

async function read(source: Control): Promise<void> {
  try {
    const people = peopleIn(await source.state());
    if (source !== control.peek()) return;
    const before = world.peek();
    const different = before.status === "known" ? differing(before.people, people) : new Set<string>();
    changed.value = different.size <= FEW ? different : new Set();
    world.value = { status: "known", people };
  } catch (error) {
    if (source !== control.peek()) return;
    world.value = { status: "unknown", reason: reasonOf(error) };
  }
}

function differing(before: readonly Person[], after: readonly Person[]): Set<string> {
  const known = new Map(before.map((person) => [person.id, JSON.stringify(person)]));
  return new Set(after.filter((person) => known.get(person.id) !== JSON.stringify(person)).map(({ id }) => id));
}
