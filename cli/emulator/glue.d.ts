// The emulator's glue beside this program in the package: the part that the server uses.

/** A request's head: method, origin, path, query, and headers as the JSON of pairs. */
export type Head = [method: string, origin: string, path: string, query: string, headers: string];

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
  /** The connection for whose events it waits. */
  waitsFor?: number;
}

/** What is to be done with a socket, in order. */
export type Frame =
  | [what: "text", text: string]
  | [what: "wait", milliseconds: number]
  | [what: "close", code: number, reason: string]
  | [what: "cut"];

/** The core's side of sockets, each of which it knows by a number. */
export interface ServedSockets {
  /** Whether there is a socket at a path. */
  isAt(path: string): boolean;
  /** Takes in a socket that a request has opened. */
  open(head: Head): number | undefined;
  text(number: number, text: string): void;
  bytes(number: number): void;
  closed(number: number): void;
  /** The frames that wait for a socket, each handed out once. */
  take(number: number): Frame[];
  /** The sockets for which frames wait, each told once. */
  woken(): number[];
  /** The clients that have no socket and poll for their events. */
  polls: {
    /** To be called when something is to be done with a connection. */
    wake(number: number): void;
    /** The body with the events of a connection; nothing when there are none in time, or nobody waits for them any more. */
    events(number: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
  };
  /** How long a socket may be without a message, in milliseconds. */
  idle: number;
  /** How long a client may take for its handshake, in milliseconds. */
  greeting: number;
  /** The largest message that is taken. */
  messageBytes: number;
}

export interface ServedEmulator {
  answer(head: Head, body: Uint8Array): Answer;
  bodyLimit(head: Head): number;
  refusal(reason: "malformed" | "head-too-large" | "too-slow"): Answer;
  /** Another one after every change of the state. */
  revision(): string;
  /** Calls a control as a trusted caller. Returns status and body. */
  control(method: string, path: string, body: string): [status: number, body: string];
  /** The headers of an answer to a browser that asks whether a page may call. */
  preflight: Record<string, string>;
  sockets: ServedSockets;
  dispatcher: {
    dispatch(): void;
    settled(): Promise<void>;
    /** Has others than hooks told, too, whenever there may be anything to tell. */
    with(tell: () => void): void;
  };
}

export function createServedEmulator(options: string): ServedEmulator;
