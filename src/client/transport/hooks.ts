// The caller's hooks and logger. They cannot affect a call; `onRateLimit`, which can, is called in `call.ts`.

import type { StreamError } from "../errors.js";
import type { ClientSettings } from "../options.js";
import type { LogLevel, RequestEvent, ResponseEvent, RetryEvent } from "../types.js";

/** A call that failed. */
interface FailureEvent extends RequestEvent {
  readonly error: StreamError;
}

/** The event that each hook gets. */
interface Events {
  onRequest: RequestEvent;
  onResponse: ResponseEvent;
  onRetry: RetryEvent;
  onFailure: FailureEvent;
}

/** The hooks of a client. A hook that nobody set is undefined, so that its event is not created. */
export type Hooks = { readonly [Name in keyof Events]: ((event: Events[Name]) => void) | undefined };

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** The log level and the text of each event. */
const LINES: { readonly [Name in keyof Events]: readonly [LogLevel, (event: Events[Name]) => string] } = {
  onRequest: ["debug", () => ""],
  onResponse: ["debug", ({ status, duration }) => `: ${status} in ${duration} ms`],
  onRetry: ["warn", ({ delay, error }) => ` failed, again in ${delay} ms: ${error.message}`],
  onFailure: ["error", ({ error }) => ` failed: ${error.message}`],
};

/** The hooks of a client, including its logger. */
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
    if (own !== undefined) run(() => own(event));
    if (isLogged) run(() => logger[level]?.(`getstream-users: ${callOf(event)}${words(event)}`, event));
  };
}

/** Runs a hook. What it throws goes to the console, because a write that has happened must not look failed. */
function run(hook: () => unknown): void {
  try {
    const returned = hook() as { catch?: (failed: (error: unknown) => void) => unknown } | null | undefined;
    // An unhandled rejection of an async hook would end a Node process.
    returned?.catch?.(console.error);
  } catch (error) {
    console.error(error);
  }
}

function callOf({ method, path, attempt }: RequestEvent): string {
  return `${method} ${path}${attempt > 1 ? `, attempt ${attempt}` : ""}`;
}
