// The caller's hooks and logger. They cannot change or end a call; `onRateLimit`, which can, is called elsewhere.

import type { StreamError } from "../errors.js";
import type { ClientSettings } from "../options.js";
import type { LogLevel, RequestEvent, ResponseEvent, RetryEvent } from "../types.js";

/** A call that failed. */
interface FailureEvent extends RequestEvent {
  readonly error: StreamError;
}

/** What is told of each kind of event. */
interface Events {
  onRequest: RequestEvent;
  onResponse: ResponseEvent;
  onRetry: RetryEvent;
  onFailure: FailureEvent;
}

/** Functions that are told of events. Where nobody listens there is none, so that no event is made. */
export type Hooks = { readonly [Name in keyof Events]: ((event: Events[Name]) => void) | undefined };

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** How important each event is for a log, and what a line says of it. */
const LINES: { readonly [Name in keyof Events]: readonly [LogLevel, (event: Events[Name]) => string] } = {
  onRequest: ["debug", () => ""],
  onResponse: ["debug", ({ status, duration }) => `: ${status} in ${duration} ms`],
  onRetry: ["warn", ({ delay, error }) => ` failed, again in ${delay} ms: ${error.message}`],
  onFailure: ["error", ({ error }) => ` failed: ${error.message}`],
};

/** The hooks of a client, with the logger among them. */
export function hooksOf(settings: ClientSettings): Hooks {
  const { onRequest, onResponse, onRetry } = settings;
  return {
    onRequest: hookOf("onRequest", onRequest, settings),
    onResponse: hookOf("onResponse", onResponse, settings),
    onRetry: hookOf("onRetry", onRetry, settings),
    onFailure: hookOf("onFailure", undefined, settings),
  };
}

function hookOf<Name extends keyof Events>(
  name: Name,
  own: ((event: Events[Name]) => unknown) | undefined,
  { logger, logLevel }: ClientSettings,
): ((event: Events[Name]) => void) | undefined {
  const [level, words] = LINES[name];
  const isLogged = logger !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(logLevel);
  if (own === undefined && !isLogged) return undefined;
  return (event) => {
    if (own !== undefined) tell(() => own(event));
    if (isLogged) tell(() => logger[level]?.(`getstream-users: ${callOf(event)}${words(event)}`, event));
  };
}

/** Calls a hook. What it throws goes to the console: a write that has happened must not look failed for it. */
function tell(hook: () => unknown): void {
  try {
    const told = hook() as { catch?: (failed: (error: unknown) => void) => unknown } | null | undefined;
    // An async function fails later, when nobody is there to catch it: that would end a process of Node.
    told?.catch?.(console.error);
  } catch (error) {
    console.error(error);
  }
}

function callOf({ method, path, attempt }: RequestEvent): string {
  return `${method} ${path}${attempt > 1 ? `, attempt ${attempt}` : ""}`;
}
