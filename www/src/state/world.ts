// What the target's emulator knows: read again whenever something may have changed it.

import { signal } from "@preact/signals";
import { type Person, peopleIn } from "../dock/world.ts";
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

let reading: Promise<void> | undefined;
let stale = false;

/** Reads the emulator's state; calls that come while it is read are one more reading. */
export function refresh(): void {
  if (reading !== undefined) {
    stale = true;
    return;
  }
  reading = read().finally(() => {
    reading = undefined;
    if (!stale) return;
    stale = false;
    refresh();
  });
}

async function read(): Promise<void> {
  const source = control.peek();
  if (source === undefined) {
    world.value = { status: "unknown", reason: "Stream does not show its whole app; an emulator does." };
    return;
  }
  try {
    const people = peopleIn(await source.state());
    if (source !== control.peek()) return;
    const before = world.peek();
    const different = before.status === "known" ? differing(before.people, people) : new Set<string>();
    changed.value = different.size <= FEW ? different : new Set();
    world.value = { status: "known", people };
  } catch (error) {
    world.value = { status: "unknown", reason: error instanceof Error ? error.message : String(error) };
  }
}

function differing(before: readonly Person[], after: readonly Person[]): Set<string> {
  const known = new Map(before.map((person) => [person.id, JSON.stringify(person)]));
  return new Set(after.filter((person) => known.get(person.id) !== JSON.stringify(person)).map(({ id }) => id));
}
