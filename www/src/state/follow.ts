// Polls the target's emulator, because other clients change it. A small response says whether anything changed; only then
// more is requested.

import { computed, effect } from "@preact/signals";
import type { Revision } from "../client/control.ts";
import { readActivity } from "./activity.ts";
import { control } from "./emulator.ts";
import { look } from "./faults.ts";
import { refresh, world } from "./world.ts";

/** The polling interval, in milliseconds. */
const EVERY = 1000;
/** Reading a large app takes long: the page waits for so many times that duration before it reads again. */
const REST = 9;

/** The end of that wait, in `performance.now()` time. */
let rested = 0;

const isKnown = computed(() => world.value.status === "known");

/** Polls while the emulator responds. After it has stopped, the visitor can retry. */
export function followEmulator(): void {
  effect(() => {
    const source = control.value;
    if (source === undefined || !isKnown.value) return undefined;
    let last: Revision | undefined;
    let isAsking = false;
    const ask = async () => {
      // A hidden page does not need updates.
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

/** Reads again everything that the page shows of the emulator. */
export function readAll(): void {
  const begun = performance.now();
  void Promise.all([refresh(), readActivity(), look()]).then(() => {
    const end = performance.now();
    rested = end + (end - begun) * REST;
  });
}
