// The candidates: this build, another build of this package if there is one, the two official SDKs, and the minimum that a
// client has to do.

import { StreamClient as NodeSdk } from "@stream-io/node-sdk";
import { StreamClient as Ours } from "getstream-users";
import { StreamChat } from "stream-chat";
import { BASELINE, LIMIT, NODE_SDK, OTHER, OURS, STREAM_CHAT } from "./names.mjs";

export const KEY = "benchmark-key";
export const SECRET = "benchmark-secret-of-a-usual-length-0123456789";

// The SDKs leave the timer of every call running until its timeout. With the default of 3 s these timers would fire during
// batches of other candidates, so all get a short timeout, and leftover timers expire outside the measurement.
const TIMEOUT_MS = 40;

/** The next response of `fetch` and axios. */
const next = { response: undefined, data: undefined };
globalThis.fetch = async () => next.response();

/** Answers every call with this text from now on: a plain object with real `Headers`, which costs the stub nothing. */
export function answerThinly(text, status) {
  const headers = new Headers(HEADERS);
  next.response = () => ({ ok: true, status, statusText: "OK", headers, json: async () => JSON.parse(text) });
  next.data = { data: text, status, statusText: "OK", headers: HEADERS };
}

/** Answers so many calls with platform `Response`s, created now, so that reading and decoding them is measured, too. */
export function answerReally(text, status, count) {
  const responses = Array.from({ length: count }, () => new Response(text, { status, headers: HEADERS }));
  let at = 0;
  next.response = () => responses[at++];
}

const HEADERS = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000",
  "x-ratelimit-remaining": "999",
  "x-ratelimit-reset": "1767225660",
};

/** Clients by candidate. */
export async function clients(isCompared) {
  const axiosRequestConfig = { adapter: async (config) => ({ ...next.data, config }) };
  return {
    [OURS]: new Ours(KEY, SECRET, { timeout: TIMEOUT_MS }),
    ...(isCompared && { [BASELINE]: new (await import(OTHER)).StreamClient(KEY, SECRET, { timeout: TIMEOUT_MS }) }),
    [NODE_SDK]: new NodeSdk(KEY, SECRET, { timeout: TIMEOUT_MS }),
    [STREAM_CHAT]: new StreamChat(KEY, SECRET, { timeout: TIMEOUT_MS, axiosRequestConfig }),
  };
}

/** The candidates of a row: one call, written for clients of the new API and for stream-chat's. */
export function candidatesOf(clients, { call, chat, limit }) {
  const candidates = {};
  for (const [name, client] of Object.entries(clients)) {
    const run = name === STREAM_CHAT ? chat : call;
    if (run === undefined) continue;
    candidates[name] = { call: () => run(client), leavesTimers: name === NODE_SDK ? TIMEOUT_MS : undefined };
  }
  if (limit !== undefined) candidates[LIMIT] = { call: limit };
  return candidates;
}
