// What those who run an emulator can do with it, over the paths that both of its faces have.

import type { EmulatorFaultRule, EmulatorFaultStanding, EmulatorSeed } from "getstream-users/emulator";
import type { PageFetch } from "./fetch.ts";

export interface Control {
  /** Everything the app knows, as text: it has whole numbers that a `number` cannot hold. */
  state(): Promise<string>;
  reset(): Promise<void>;
  seed(data: EmulatorSeed): Promise<void>;
  addFault(rule: EmulatorFaultRule): Promise<void>;
  faults(): Promise<EmulatorFaultStanding[]>;
  removeFaults(): Promise<void>;
}

export function controlOf(fetch: PageFetch, base: string): Control {
  const send = async (method: string, path: string, body?: unknown): Promise<string> => {
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${base.replace(/\/$/, "")}/__emulator/${path}`, { method, ...json });
    const text = await response.text();
    if (!response.ok) throw new Error(`The emulator refused: ${messageOf(text) ?? `status ${response.status}`}`);
    return text;
  };
  return {
    state: () => send("GET", "state"),
    reset: async () => void (await send("POST", "reset", {})),
    seed: async (data) => void (await send("POST", "seed", data)),
    addFault: async (rule) => void (await send("POST", "faults", rule)),
    faults: async () => (JSON.parse(await send("GET", "faults")) as { faults: EmulatorFaultStanding[] }).faults,
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
