// Finds what has to change in a file: imports to rewrite, and places to change by hand.

import { StreamClient } from "getstream-users";
import { type CodeToken, callsOf, instancesOf, namesOfModule } from "./code.js";
import { STREAM_CHAT } from "./stream-chat.js";

export interface Finding {
  /** Where it is in the file. */
  readonly at: number;
  readonly message: string;
}

export interface Findings {
  /** The module names that can be changed to this package's. */
  readonly imports: readonly CodeToken[];
  /** The places to change by hand. */
  readonly hands: readonly Finding[];
}

const OFFICIAL = "@stream-io/node-sdk";

/** The methods that return a promise in this package, and a result in the official SDK. */
const ASYNCHRONOUS = ["verifyAndParseWebhook", "parseSqs", "parseSns"];

/** Examines a file. `exported` are the names that this package exports, including types. */
export function findingsOf(tokens: readonly CodeToken[], exported: ReadonlySet<string>): Findings {
  const official = namesOfModule(tokens, OFFICIAL);
  const hands = [...(official.length > 0 ? ofOfficial(tokens, official, exported) : []), ...ofStreamChat(tokens)];
  return { imports: official.map(({ token }) => token), hands: hands.sort((one, other) => one.at - other.at) };
}

function ofOfficial(
  tokens: readonly CodeToken[],
  modules: ReturnType<typeof namesOfModule>,
  exported: ReadonlySet<string>,
): Finding[] {
  const missing = modules.flatMap(({ token, names }) =>
    names
      .filter((name) => !exported.has(name))
      .map((name) => ({
        at: token.at,
        message: `${name} is not in getstream-users: keep its import from ${OFFICIAL}`,
      })),
  );
  const clients = instancesOf(tokens, ["StreamClient"]);
  const calls = callsOf(tokens).flatMap(({ path, method, at, isAwaited }) => {
    const [name = "", ...products] = path;
    if (!clients.has(name)) return [];
    if (ASYNCHRONOUS.includes(method) && !isAwaited) {
      return [
        {
          at,
          message: `${method} returns a promise here: write await before it; the official SDK's result stays the same`,
        },
      ];
    }
    if (hasMethod(products, method)) return [];
    const whole = [...products, method].join(".");
    return [{ at, message: `${whole} is not about users: keep a client of ${OFFICIAL} for it` }];
  });
  return [...missing, ...calls];
}

/** Whether this package's client has a method, such as `ban` of `["moderation"]`. */
function hasMethod(products: readonly string[], method: string): boolean {
  let target: unknown = new StreamClient("key", "secret");
  for (const name of [...products, method]) target = (target as Record<string, unknown> | undefined)?.[name];
  return typeof target === "function";
}

function ofStreamChat(tokens: readonly CodeToken[]): Finding[] {
  const isImported = namesOfModule(tokens, "stream-chat").length > 0;
  const clients = instancesOf(tokens, ["StreamChat"]);
  return callsOf(tokens).flatMap(({ path, method, at }) => {
    const instead = Object.hasOwn(STREAM_CHAT, method) ? STREAM_CHAT[method] : undefined;
    const isClient = path.length === 1 && (clients.has(path[0] ?? "") || (isImported && clients.size === 0));
    return instead !== undefined && isClient ? [{ at, message: `${method} becomes ${instead}` }] : [];
  });
}
