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

/** What an emulator says of itself. */
export interface Index {
  version: string;
  api_key: string;
  /** Whether its secret is the one that everybody knows. */
  has_default_secret: boolean;
}

/** Numbers that are others when something has happened. */
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
  /** How many users it watches. */
  watches: number;
}

export interface ClockAnswer {
  now: string;
  frozen: boolean;
}

/** What becomes of the clock: first it is stopped, at a time or where it is, or let go; then it is moved. */
export interface ClockChange {
  freeze?: boolean | string;
  advance_ms?: number;
}

export type RateLimits = number | "stream" | "none";

export interface Control {
  index(): Promise<Index>;
  revision(): Promise<Revision>;
  /** Everything the app knows, as text: it has whole numbers that a `number` cannot hold. */
  state(): Promise<string>;
  restore(state: string): Promise<void>;
  reset(): Promise<void>;
  seed(data: EmulatorSeed): Promise<Record<string, number>>;
  requests(): Promise<EmulatorRequest[]>;
  forgetRequests(): Promise<void>;
  connections(): Promise<Connection[]>;
  deliveries(): Promise<EmulatorWebhook[]>;
  /** Tells hooks again, of one event or of all. Returns of how many. */
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
