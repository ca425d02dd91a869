// The fault rules of the target's emulator.

import { signal } from "@preact/signals";
import type { EmulatorFault, EmulatorFaultStanding } from "getstream-users/emulator";
import { announce } from "./announce.ts";
import { control } from "./emulator.ts";

export interface Trouble {
  name: string;
  label: string;
  about: string;
  fault: EmulatorFault;
}

/** How many requests a switch spoils before it goes off by itself: fewer than the client tries. */
const TIMES = 2;

export const TROUBLES: readonly Trouble[] = [
  {
    name: "429",
    label: "429",
    about: "The next two requests are one too many; the client waits and tries again.",
    fault: { status: 429, retry_after: 1 },
  },
  {
    name: "500",
    label: "500",
    about: "The next two requests fail; nobody knows whether they ran, so there is no second try.",
    fault: { status: 500 },
  },
  {
    name: "503",
    label: "503",
    about: "The server is not there for two requests; what may run twice is tried again.",
    fault: { status: 503 },
  },
  {
    name: "slow",
    label: "Slow",
    about: "The next two answers take two seconds; Esc cancels.",
    fault: { latency_ms: 2000 },
  },
  {
    name: "offline",
    label: "Offline",
    about: "The connection of the next two requests breaks.",
    fault: { drop: "before" },
  },
];

/** The names of the switches that are on, and how many requests each will still spoil. */
export const troubles = signal<ReadonlyMap<string, number>>(new Map());

/** All rules that still hit something, those of others too. */
export const rules = signal<readonly EmulatorFaultStanding[]>([]);

/** Switches one on in place of all others, or off. */
export async function toggle(trouble: Trouble): Promise<void> {
  const emulator = control.peek();
  if (emulator === undefined) return;
  const on = !troubles.peek().has(trouble.name);
  await emulator.removeFaults();
  if (on) await emulator.addFault({ times: TIMES, fault: trouble.fault });
  announce(on ? `${trouble.label} is on for ${TIMES} requests` : `${trouble.label} is off`);
  await look();
}

/** Looks which faults are left: those that are used up are off. */
export async function look(): Promise<void> {
  const emulator = control.peek();
  const standing = (await emulator?.faults().catch(() => [])) ?? [];
  if (emulator !== control.peek()) return;
  const left = standing.filter(({ remaining }) => remaining !== 0);
  rules.value = left;
  troubles.value = new Map(
    left.flatMap((rule) => {
      // A rule for some requests alone is none of the switches.
      const isForAll = rule.operation === undefined && rule.path === undefined && rule.user_id === undefined;
      const trouble = isForAll ? TROUBLES.find(({ fault }) => sameFault(fault, rule.fault)) : undefined;
      return trouble === undefined ? [] : [[trouble.name, rule.remaining ?? 0] as const];
    }),
  );
}

function sameFault(one: EmulatorFault, other: EmulatorFault): boolean {
  return (["status", "latency_ms", "drop"] as const).every((field) => one[field] === other[field]);
}
