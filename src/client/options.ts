// The options of a client, a call and a wait: read once, checked, and completed with defaults. The caller's object is not
// read again, so it cannot give two different answers.

import type { CoreSettings } from "getstream-users-core";
import { createError } from "./errors.js";
import { DEFAULT_ATTEMPTS, DEFAULT_RETRY_BUDGET_MS, DEFAULT_TIMEOUT_MS } from "./generated/limits.js";
import { isArray, isObject, OptionReader, readable, refusal, wrongType } from "./option-reader.js";
import type {
  FetchFunction,
  Logger,
  LogLevel,
  RequestOptions,
  StreamClientOptions,
  WaitForTaskOptions,
} from "./types.js";

/** The options of a client, resolved. */
export interface ClientSettings extends CoreSettings {
  readonly fetch: FetchFunction | undefined;
  readonly onRequest: StreamClientOptions["onRequest"];
  readonly onResponse: StreamClientOptions["onResponse"];
  readonly onRetry: StreamClientOptions["onRetry"];
  readonly logger: Logger | undefined;
  readonly logLevel: LogLevel;
  /** The settings of a call that has no options. */
  readonly call: CallSettings;
}

/** The options of a call, merged with those of its client. */
export interface CallSettings {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds for one attempt. */
  readonly timeout: number;
  /** Milliseconds for the whole call; infinite for no limit. */
  readonly deadline: number;
  /** Attempts, including the first. */
  readonly attempts: number;
  /** Milliseconds that the call may wait between attempts, in total. */
  readonly budget: number;
  readonly onRateLimit: RequestOptions["onRateLimit"];
  /** Headers of this call only, with lower-case names. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** The options of a wait, resolved. */
export interface WaitSettings {
  /** Milliseconds between two polls. */
  readonly interval: number;
  /** Milliseconds after which the wait ends. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: WaitForTaskOptions["onProgress"];
}

/** The option names of an interface. The type checker refuses an incomplete list. */
function namesOf<Options>(names: Readonly<Record<keyof Options, true>>): readonly (string & keyof Options)[] {
  return Object.keys(names) as (string & keyof Options)[];
}

const CLIENT_OPTIONS = /* @__PURE__ */ namesOf<StreamClientOptions>({
  basePath: true,
  timeout: true,
  deadline: true,
  retry: true,
  headers: true,
  fetch: true,
  previousSecrets: true,
  onRequest: true,
  onResponse: true,
  onRetry: true,
  onRateLimit: true,
  logger: true,
  logLevel: true,
  dangerouslyAllowBrowser: true,
});
/** The option names of a call. */
export const CALL_OPTIONS = /* @__PURE__ */ namesOf<RequestOptions>({
  signal: true,
  timeout: true,
  deadline: true,
  retry: true,
  onRateLimit: true,
  headers: true,
});
const WAIT_OPTIONS = ["pollInterval", "timeout", "signal", "onProgress"];
const RETRY_OPTIONS = ["attempts", "budget"];
const LOG_LEVELS = ["debug", "info", "warn", "error"];

/** The settings of a call when neither its options nor the client's say otherwise. */
const DEFAULTS: CallSettings = {
  signal: undefined,
  timeout: DEFAULT_TIMEOUT_MS,
  deadline: Number.POSITIVE_INFINITY,
  attempts: DEFAULT_ATTEMPTS,
  budget: DEFAULT_RETRY_BUDGET_MS,
  onRateLimit: undefined,
  headers: undefined,
};

/** The options of a client. Rust checks whether its secrets can be valid. */
export function clientSettingsOf(given: unknown): ClientSettings {
  const options = new OptionReader("", given, CLIENT_OPTIONS);
  const headers = headersOf(options);
  return {
    basePath: basePathOf(options),
    headers,
    previousSecrets: textsOf(options, "previousSecrets"),
    dangerouslyAllowBrowser: options.flag("dangerouslyAllowBrowser") ?? false,
    fetch: options.callback("fetch"),
    onRequest: options.callback("onRequest"),
    onResponse: options.callback("onResponse"),
    onRetry: options.callback("onRetry"),
    logger: loggerOf(options),
    logLevel: logLevelOf(options),
    // Not here: Rust puts the client's headers into every route.
    call: callSettings(options, DEFAULTS, undefined),
  };
}

/**
 * The options of one call.
 *
 * @param method - the method that was called
 * @param client - the client's settings, used where the call has no option
 */
export function callSettingsOf(method: string, given: unknown, client: CallSettings): CallSettings {
  const options = new OptionReader(method, given, CALL_OPTIONS);
  return callSettings(options, client, headersOf(options));
}

function callSettings(options: OptionReader, defaults: CallSettings, headers: CallSettings["headers"]): CallSettings {
  return {
    signal: options.signal(),
    timeout: options.duration("timeout") ?? defaults.timeout,
    deadline: options.duration("deadline") ?? defaults.deadline,
    ...retryOf(options, defaults),
    onRateLimit: options.callback("onRateLimit") ?? defaults.onRateLimit,
    headers,
  };
}

/** The options of a wait for a task. The defaults are the ones of Stream's Go SDK. */
export function waitSettingsOf(given: unknown): WaitSettings {
  const options = new OptionReader("waitForTask", given, WAIT_OPTIONS);
  return {
    interval: options.duration("pollInterval") ?? 1000,
    timeout: options.duration("timeout") ?? 60_000,
    signal: options.signal(),
    onProgress: options.callback("onProgress"),
  };
}

/** The `retry` option; `false` means no retries. */
function retryOf(options: OptionReader, defaults: CallSettings): Pick<CallSettings, "attempts" | "budget"> {
  const { attempts, budget } = defaults;
  const retry = options.get("retry");
  if (retry === undefined) return { attempts, budget };
  if (retry === false) return { attempts: 1, budget };
  if (!isObject(retry)) options.refuse("retry", "false, or an object of attempts and budget");
  const own = options.within("retry", RETRY_OPTIONS);
  return { attempts: own.count("attempts", 100) ?? attempts, budget: own.duration("budget") ?? budget };
}

const BASE_PATH = "https://chat.stream-io-api.com";

/** The base URL of the API, without trailing slashes. */
function basePathOf(options: OptionReader): string {
  const base = options.text("basePath");
  if (base === undefined) return BASE_PATH;
  // No query or fragment, since paths are appended; no credentials, since errors of `fetch` would show them.
  if (/^https?:\/\/[^/?#@\\\0-\x20\x7f][^?#@\\\0-\x20\x7f]*$/.test(base) && isUrl(base))
    return base.replace(/\/+$/, "");
  // The message leaves the URL out, which may hold a password.
  const message = "basePath must be an http or https URL without query, fragment or credentials";
  throw createError("config", message, { outcome: "not_sent" });
}

function isUrl(text: string): boolean {
  try {
    return new URL(text).host !== "";
  } catch {
    return false;
  }
}

/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** What `fetch` accepts. Its own error for anything else repeats the value, which may be a credential. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers with lower-case names. */
function headersOf(options: OptionReader): Record<string, string> | undefined {
  const given = options.get("headers");
  if (given === undefined) return undefined;
  const { caller } = options;
  // A `Headers`, a `Map` or a `Date` has no own fields and would look like an empty object.
  if (!isObject(given) || readable(caller, "headers", () => Symbol.iterator in given || "toJSON" in given)) {
    options.refuse("headers", "a plain object of names and values");
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of readable(caller, "headers", () => Object.entries(given))) {
    const field = `headers[${JSON.stringify(name)}]`;
    if (!HEADER_NAME.test(name)) throw refusal(caller, field, `${field} has a name that no header may have`);
    if (typeof value !== "string" || !HEADER_VALUE.test(value)) {
      throw refusal(caller, field, `${field} must be a string of characters up to U+00FF without line ends`);
    }
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function textsOf(options: OptionReader, name: string): readonly string[] {
  const texts = options.get(name) ?? [];
  if (!isArray(texts)) options.refuse(name, "an array of strings");
  const copy = readable(options.caller, name, () => [...texts]);
  const bad = copy.find((text) => typeof text !== "string");
  if (bad !== undefined) throw wrongType(options.caller, name, "an array of strings", bad);
  return copy as string[];
}

function loggerOf(options: OptionReader): Logger | undefined {
  const logger = options.get("logger");
  if (logger === undefined || isObject(logger)) return logger;
  return options.refuse("logger", "an object with functions such as warn and error");
}

function logLevelOf(options: OptionReader): LogLevel {
  const level = options.get("logLevel") ?? "warn";
  return LOG_LEVELS.includes(level as string)
    ? (level as LogLevel)
    : options.refuse("logLevel", `one of ${LOG_LEVELS.join(", ")}`);
}
