// The emulator's controls.

import type {
  EmulatorFaultRule,
  EmulatorFaultStanding,
  EmulatorRateLimitsInForce,
  EmulatorRequest,
  EmulatorSeed,
  EmulatorWebhook,
} from "getstream-users/emulator";
import type { PageFetch } from "./fetch.ts";

/** An emulator's description of itself. */
export interface Index {
  version: string;
  api_key: string;
  /** Whether it uses the default secret. */
  has_default_secret: boolean;
}

/** Counters that change when something has happened. */
export interface Revision {
  state: number;
  requests: number;
  connections: number;
}

export interface Connection {
  connection_id: string;
  /** Null for an anonymous visitor. */
  user_id: string | null;
  path: string;
  /** The number of users it watches. */
  watches: number;
}

export interface ClockAnswer {
  now: string;
  frozen: boolean;
}

/** A change to the clock: first it is frozen, at a time or now, or unfrozen; then it is advanced. */
export interface ClockChange {
  freeze?: boolean | string;
  advance_ms?: number;
}

export type RateLimits = number | "stream" | "none";

export interface Control {
  index(): Promise<Index>;
  revision(): Promise<Revision>;
  /** The whole state, as text: it has integers that a `number` cannot represent. */
  state(): Promise<string>;
  restore(state: string): Promise<void>;
  reset(): Promise<void>;
  seed(data: EmulatorSeed): Promise<Record<string, number>>;
  requests(): Promise<EmulatorRequest[]>;
  forgetRequests(): Promise<void>;
  connections(): Promise<Connection[]>;
  deliveries(): Promise<EmulatorWebhook[]>;
  /** Replays one webhook event or all. Returns how many. */
  replay(id?: string): Promise<number>;
  clock(): Promise<ClockAnswer>;
  setClock(change: ClockChange): Promise<ClockAnswer>;
  rateLimits(): Promise<EmulatorRateLimitsInForce>;
  setRateLimits(limits: RateLimits): Promise<EmulatorRateLimitsInForce>;
  addFault(rule: EmulatorFaultRule): Promise<void>;
  faults(): Promise<EmulatorFaultStanding[]>;
  removeFault(id: number): Promise<void>;
  removeFaults(): Promise<void>;
}

export function controlOf(fetch: PageFetch, base: string): Control {
  const send = async (method: string, path: string, body?: string): Promise<string> => {
    const json = body === undefined ? {} : { body, headers: { "content-type": "application/json" } };
    const response = await fetch(`${base.replace(/\/$/, "")}/__emulator/${path}`, { method, ...json });
    const text = await response.text();
    if (!response.ok) throw new Error(`The emulator refused: ${messageOf(text) ?? `status ${response.status}`}`);
    return text;
  };
  const ask = async (path: string) => JSON.parse(await send("GET", path));
  const tell = async (method: string, path: string, body: unknown) =>
    JSON.parse(await send(method, path, JSON.stringify(body)));
  return {
    index: () => ask(""),
    revision: () => ask("revision"),
    state: () => send("GET", "state"),
    restore: async (state) => void (await send("PUT", "state", state)),
    reset: async () => void (await tell("POST", "reset", {})),
    seed: async (data) => (await tell("POST", "seed", data)).seeded,
    requests: async () => (await ask("requests")).requests,
    forgetRequests: async () => void (await send("DELETE", "requests")),
    connections: async () => (await ask("connections")).connections,
    deliveries: async () => (await ask("webhooks")).deliveries,
    replay: async (id) => (await tell("POST", "webhooks/replay", id === undefined ? {} : { id })).replayed,
    clock: () => ask("clock"),
    setClock: (change) => tell("POST", "clock", change),
    rateLimits: () => ask("rate_limits"),
    setRateLimits: (limits) => tell("PUT", "rate_limits", limits === "none" ? { preset: "none" } : limits),
    addFault: async (rule) => void (await tell("POST", "faults", rule)),
    faults: async () => (await ask("faults")).faults,
    removeFault: async (id) => void (await send("DELETE", `faults/${id}`)),
    removeFaults: async () => void (await send("DELETE", "faults")),
  };
}

function messageOf(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
