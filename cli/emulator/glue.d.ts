// The emulator's glue, as the package has it beside this program: as much of it as the server uses.

/** A request's head: method, origin, path, query and headers as pairs. */
export type Head = [method: string, origin: string, path: string, query: string, headers: [string, string][]];

export interface Answer {
  status: number;
  headers: [string, string][];
  bytes: Uint8Array;
  /** How long it is held back, in milliseconds. */
  delay: number;
  /** Whether all of it is sent, nothing, or so many bytes of its body. */
  ending: "whole" | "dropped" | number;
  /** Whether a log leaves it out. */
  isUnlogged: boolean;
  /** What a log says of a request to the app, as text and for programs. */
  text?: string;
  fields?: Record<string, unknown>;
  /** Why any other was refused. */
  reason?: string;
}

export interface ServedEmulator {
  answer(head: Head, body: Uint8Array): Answer;
  bodyLimit(head: Head): number;
  refusal(reason: "malformed" | "head-too-large" | "too-slow"): Answer;
  /** Another one after every change of the state. */
  revision(): string;
  /** Asks a control for something, as whoever holds the emulator. Returns status and body. */
  control(method: string, path: string, body: string): [status: number, body: string];
  /** The headers of an answer to a browser that asks whether a page may call. */
  preflight: Record<string, string>;
  dispatcher: { dispatch(): void; settled(): Promise<void> };
}

export function createServedEmulator(options: string): ServedEmulator;
