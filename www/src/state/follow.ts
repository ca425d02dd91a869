// Polls the target's emulator, because other clients change it. A small response says whether anything changed; only then
// more is requested.

import { computed, effect } from "@preact/signals";
import type { Revision } from "../client/control.ts";
import { readActivity } from "./activity.ts";
import { control } from "./emulator.ts";
import { look } from "./faults.ts";
import { refresh, world } from "./world.ts";

/** How often it is asked, in milliseconds. */
const EVERY = 1000;
/** A large app takes long to read: the page rests for so many times as long before it reads that again. */
const REST = 9;

/** Until when it rests, as `performance.now()` has it. */
let rested = 0;

const isKnown = computed(() => world.value.status === "known");

/** Asks as long as the emulator answers. One that has stopped is asked again when the visitor wants it. */
export function followEmulator(): void {
  effect(() => {
    const source = control.value;
    if (source === undefined || !isKnown.value) return undefined;
    let last: Revision | undefined;
    let isAsking = false;
    const ask = async () => {
      // A page that nobody sees has nothing to show.
      if (isAsking || document.hidden || performance.now() < rested) return;
      isAsking = true;
      const now = await source.revision().catch(() => undefined);
      isAsking = false;
      if (source !== control.peek()) return;
      if (now === undefined) clearInterval(timer);
      if (now === undefined || (last !== undefined && differs(last, now))) readAll();
      last = now;
    };
    const timer = setInterval(ask, EVERY);
    void ask();
    void readActivity();
    return () => clearInterval(timer);
  });
}

function differs(one: Revision, other: Revision): boolean {
  return (["state", "requests", "connections"] as const).some((field) => one[field] !== other[field]);
}

/** Reads everything again that is shown of the emulator. */
export function readAll(): void {
  const begun = performance.now();
  void Promise.all([refresh(), readActivity(), look()]).then(() => {
    const end = performance.now();
    rested = end + (end - begun) * REST;
  });
}
