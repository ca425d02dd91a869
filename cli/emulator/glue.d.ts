// The part of the emulator's glue, which is next to this program in the package, that the server uses.

/** The head of a request: method, origin, path, query, and headers as the JSON of pairs. */
export type Head = [method: string, origin: string, path: string, query: string, headers: string];

export interface Answer {
  status: number;
  headers: [string, string][];
  bytes: Uint8Array;
  /** The delay before the response, in milliseconds. */
  delay: number;
  /** Whether all of the response is sent, nothing, or some bytes of its body. */
  ending: "whole" | "dropped" | number;
  /** Whether the log omits it. */
  isUnlogged: boolean;
  /** The log entry of a request to the app, as text and for programs. */
  text?: string;
  fields?: Record<string, unknown>;
  /** Why another request was refused. */
  reason?: string;
  /** The connection for whose events the response waits. */
  waitsFor?: number;
}

/** The actions for a socket, in order. */
export type Frame =
  | [what: "text", text: string]
  | [what: "wait", milliseconds: number]
  | [what: "close", code: number, reason: string]
  | [what: "cut"];

/** The core's side of sockets, which are identified by numbers. */
export interface ServedSockets {
  /** Whether a path serves sockets. */
  isAt(path: string): boolean;
  /** Registers a socket that a request has opened. */
  open(head: Head): number | undefined;
  text(number: number, text: string): void;
  bytes(number: number): void;
  closed(number: number): void;
  /** Takes the waiting frames of a socket. */
  take(number: number): Frame[];
  /** Takes the numbers of the sockets with waiting frames. */
  woken(): number[];
  /** The long-polling clients. */
  polls: {
    /** Called when a connection may have events. */
    wake(number: number): void;
    /** The body with the events of a connection; undefined when there are none in time or the request is aborted. */
    events(number: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
  };
  /** How long a socket may be silent, in milliseconds. */
  idle: number;
  /** How long a client may take for its handshake, in milliseconds. */
  greeting: number;
  /** The maximum size of a message. */
  messageBytes: number;
}

export interface ServedEmulator {
  answer(head: Head, body: Uint8Array): Answer;
  bodyLimit(head: Head): number;
  refusal(reason: "malformed" | "head-too-large" | "too-slow"): Answer;
  /** A number that changes with every change of the state. */
  revision(): string;
  /** Calls a control as a trusted caller. Returns status and body. */
  control(method: string, path: string, body: string): [status: number, body: string];
  /** The headers of the response to a preflight request. */
  preflight: Record<string, string>;
  sockets: ServedSockets;
  dispatcher: {
    dispatch(): void;
    settled(): Promise<void>;
    /** Sets a function to call after each dispatch, to send events elsewhere. */
    with(tell: () => void): void;
  };
}

export function createServedEmulator(options: string): ServedEmulator;
