// The options of a client, of a call and of a wait: read once, checked, and completed with the defaults. Nothing reads
// the caller's object again, so nothing can read it differently.

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
  /** What a call without options of its own does. */
  readonly call: CallSettings;
}

/** The options of a call, resolved with those of its client. */
export interface CallSettings {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Milliseconds that the call may take; infinite for no limit. */
  readonly deadline: number;
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Milliseconds that the call may wait between its attempts. */
  readonly budget: number;
  readonly onRateLimit: RequestOptions["onRateLimit"];
  /** Headers of this call alone, by their lower-case names. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** The options of a wait, resolved. */
export interface WaitSettings {
  /** Milliseconds between two requests for the task. */
  readonly interval: number;
  /** Milliseconds after which waiting ends. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: WaitForTaskOptions["onProgress"];
}

/** The names of an interface's options; the compiler refuses a list that lacks one. */
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
/** The names of the options of a call. */
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

/** What a call does where neither it nor its client says otherwise. */
const DEFAULTS: CallSettings = {
  signal: undefined,
  timeout: DEFAULT_TIMEOUT_MS,
  deadline: Number.POSITIVE_INFINITY,
  attempts: DEFAULT_ATTEMPTS,
  budget: DEFAULT_RETRY_BUDGET_MS,
  onRateLimit: undefined,
  headers: undefined,
};

/** The options of a client. Whether its secrets can be right is for Rust to say. */
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
    // The client's headers are among those of all its requests.
    call: callSettings(options, DEFAULTS, undefined),
  };
}

/**
 * The options of one call.
 *
 * @param method - the method that was called
 * @param client - what calls without options do
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

/** The options of a wait for a task. The defaults are those of Stream's Go SDK. */
export function waitSettingsOf(given: unknown): WaitSettings {
  const options = new OptionReader("waitForTask", given, WAIT_OPTIONS);
  return {
    interval: options.duration("pollInterval") ?? 1000,
    timeout: options.duration("timeout") ?? 60_000,
    signal: options.signal(),
    onProgress: options.callback("onProgress"),
  };
}

/** How a call is repeated: `false` for not at all. */
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

/** Where the API is, without slashes at the end. */
function basePathOf(options: OptionReader): string {
  const base = options.text("basePath");
  if (base === undefined) return BASE_PATH;
  // Nothing that paths and queries cannot be appended to, and no credentials, which would show in errors of `fetch`.
  if (/^https?:\/\/[^/?#@\\\0-\x20\x7f][^?#@\\\0-\x20\x7f]*$/.test(base) && isUrl(base))
    return base.replace(/\/+$/, "");
  // Not repeated: it may hold a password.
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
/** What `fetch` sends; it refuses the rest too, in words that repeat the value, which may be a credential. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers by their lower-case names. */
function headersOf(options: OptionReader): Record<string, string> | undefined {
  const given = options.get("headers");
  if (given === undefined) return undefined;
  const { caller } = options;
  // A `Headers`, a `Map` or a `Date` has no fields, so it would be taken for an empty object.
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
