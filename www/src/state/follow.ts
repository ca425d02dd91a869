// Follows the target's emulator: others use it, too. A small answer tells that something has happened; only then is more
// asked for.

import { computed, effect } from "@preact/signals";
import type { Revision } from "../client/control.ts";
import { readActivity } from "./activity.ts";
import { control } from "./emulator.ts";
import { look } from "./faults.ts";
import { refresh, world } from "./world.ts";

/** How often it is asked, in milliseconds. */
const EVERY = 1000;

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
      if (isAsking || document.hidden) return;
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
  refresh();
  void readActivity();
  void look();
}
