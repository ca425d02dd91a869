// The activity of the target's emulator, by all clients: requests, webhook deliveries, connections.

import { signal } from "@preact/signals";
import type { EmulatorRequest, EmulatorWebhook } from "getstream-users/emulator";
import type { Connection, Control } from "../client/control.ts";
import { control } from "./emulator.ts";

/** The last requests, the latest first. */
export const requests = signal<readonly EmulatorRequest[]>([]);
/** The webhook deliveries, past and pending, the latest first. */
export const deliveries = signal<readonly EmulatorWebhook[]>([]);
export const connections = signal<readonly Connection[]>([]);

/** Reads all of these again. What cannot be read stays unchanged: the list of users shows the emulator's problem. */
export async function readActivity(): Promise<void> {
  const source = control.peek();
  if (source === undefined) {
    keep([], [], []);
    return;
  }
  const [asked, told, online] = await Promise.all([
    read(source, (one) => one.requests()),
    read(source, (one) => one.deliveries()),
    read(source, (one) => one.connections()),
  ]);
  if (source === control.peek()) keep(asked.toReversed(), told.toReversed(), online);
}

function keep(asked: EmulatorRequest[], told: EmulatorWebhook[], online: Connection[]): void {
  requests.value = asked;
  deliveries.value = told;
  connections.value = online;
}

function read<T>(source: Control, what: (source: Control) => Promise<T[]>): Promise<T[]> {
  return what(source).catch(() => []);
}
