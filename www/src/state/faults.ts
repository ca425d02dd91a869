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

/** The number of requests that a switch affects before it turns off: fewer than the client's attempts. */
const TIMES = 2;

export const TROUBLES: readonly Trouble[] = [
  {
    name: "429",
    label: "429",
    about: "The next two requests exceed the rate limit; the client waits and retries.",
    fault: { status: 429, retry_after: 1 },
  },
  {
    name: "500",
    label: "500",
    about: "The next two requests fail; it is unknown whether they ran, so the client does not retry.",
    fault: { status: 500 },
  },
  {
    name: "503",
    label: "503",
    about: "The server is unavailable for two requests; calls that may run twice are retried.",
    fault: { status: 503 },
  },
  {
    name: "slow",
    label: "Slow",
    about: "The next two responses take two seconds; Esc cancels.",
    fault: { latency_ms: 2000 },
  },
  {
    name: "offline",
    label: "Offline",
    about: "The connection of the next two requests breaks.",
    fault: { drop: "before" },
  },
];

/** The switches that are on, with the number of requests that each will still affect. */
export const troubles = signal<ReadonlyMap<string, number>>(new Map());

/** All active rules, including those of other clients. */
export const rules = signal<readonly EmulatorFaultStanding[]>([]);

/** Turns a switch on and all others off, or turns it off. */
export async function toggle(trouble: Trouble): Promise<void> {
  const emulator = control.peek();
  if (emulator === undefined) return;
  const on = !troubles.peek().has(trouble.name);
  await emulator.removeFaults();
  if (on) await emulator.addFault({ times: TIMES, fault: trouble.fault });
  announce(on ? `${trouble.label} is on for ${TIMES} requests` : `${trouble.label} is off`);
  await look();
}

/** Reads the remaining faults, and turns off switches whose fault is used up. */
export async function look(): Promise<void> {
  const emulator = control.peek();
  const standing = (await emulator?.faults().catch(() => [])) ?? [];
  if (emulator !== control.peek()) return;
  const left = standing.filter(({ remaining }) => remaining !== 0);
  rules.value = left;
  troubles.value = new Map(
    left.flatMap((rule) => {
      // A rule for some requests only does not belong to a switch.
      const isForAll = rule.operation === undefined && rule.path === undefined && rule.user_id === undefined;
      const trouble = isForAll ? TROUBLES.find(({ fault }) => sameFault(fault, rule.fault)) : undefined;
      return trouble === undefined ? [] : [[trouble.name, rule.remaining ?? 0] as const];
    }),
  );
}

function sameFault(one: EmulatorFault, other: EmulatorFault): boolean {
  return (["status", "latency_ms", "drop"] as const).every((field) => one[field] === other[field]);
}
