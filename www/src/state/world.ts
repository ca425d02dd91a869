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
/** The ids of users that changed since the last reading. */
export const changed = signal<ReadonlySet<string>>(new Set());

/** With more changes than this, no rows light up, as after an import. */
const FEW = 12;

/** The emulator that is being read, and the promise for the result. */
let reading: Control | undefined;
let ended: Promise<void> = Promise.resolve();
let stale = false;

/**
 * Reads the emulator's state. Calls during a reading are combined into one more reading. An emulator that is no longer the
 * target is not awaited. Resolves when the state was read.
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
