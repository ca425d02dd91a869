// `doctor`: checks the connection to the API, from the nearest cause of a failure to the furthest.

import { lookup } from "node:dns/promises";
import { type StreamClient, StreamError } from "getstream-users";
import { type CredentialOptions, clientWith, credentialsOf } from "../credentials.js";
import { EXIT } from "../exit.js";
import { explained } from "../failures.js";
import { count, out, print, printJson } from "../terminal.js";

interface Check {
  name: string;
  state: "ok" | "warning" | "wrong" | "skipped";
  message: string;
}

/** The default address of the API. */
const STREAM = "https://chat.stream-io-api.com";
/** The API allows no clock skew in tokens; the client dates them back by a second. */
const MOST_SKEW_MS = 1_000;

export async function doctor(options: CredentialOptions & { json?: boolean }): Promise<void> {
  const checks: Check[] = [];
  for await (const check of examined(options)) {
    checks.push(check);
    if (!options.json) print(lineOf(check));
  }
  const isWell = checks.every(({ state }) => state === "ok" || state === "warning");
  if (options.json) printJson({ ok: isWell, checks });
  if (!isWell) process.exitCode = EXIT.incomplete;
}

async function* examined(options: CredentialOptions): AsyncGenerator<Check> {
  let address: string;
  let client: StreamClient;
  try {
    const credentials = await credentialsOf(options);
    client = clientWith(credentials, { retry: false, timeout: 10_000 });
    address = credentials.basePath ?? STREAM;
    yield { name: "credentials", state: "ok", message: `key ${credentials.apiKey}, and a secret` };
  } catch (error) {
    yield { name: "credentials", state: "wrong", message: explained(error).message };
    return;
  }
  yield* reached(address);
  const begun = Date.now();
  try {
    const { metadata } = await client.getApp();
    const took = Date.now() - begun;
    yield { name: "key and secret", state: "ok", message: "the API accepts them" };
    yield { name: "latency", state: took > 1000 ? "warning" : "ok", message: `${took} ms for one request` };
    yield clock(metadata.responseHeaders, begun, took);
    const { rateLimit, rateLimitRemaining } = metadata.rateLimit;
    if (rateLimit !== undefined && rateLimitRemaining !== undefined) {
      const message = `${count(rateLimitRemaining)} of ${count(rateLimit)} requests for the app's settings left this minute`;
      yield { name: "rate limit", state: rateLimitRemaining * 10 < rateLimit ? "warning" : "ok", message };
    }
    await client.queryUsers({ payload: { filter_conditions: {}, limit: 1 } });
    yield { name: "users", state: "ok", message: "can be read" };
  } catch (error) {
    yield refused(error);
  }
}

/** Checks whether the address resolves and responds. */
async function* reached(address: string): AsyncGenerator<Check> {
  const { hostname } = new URL(address);
  try {
    await lookup(hostname.replace(/^\[|\]$/g, ""));
    yield { name: "address", state: "ok", message: `${hostname} resolves` };
  } catch {
    yield {
      name: "address",
      state: "wrong",
      message: `this machine's DNS does not resolve ${hostname}: see --base-url`,
    };
  }
}

function clock(headers: Headers, begun: number, took: number): Check {
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return { name: "clock", state: "skipped", message: "the response has no date" };
  // The header has whole seconds.
  const behind = Math.max(0, date - (begun + took), begun - (date + 1000));
  if (behind <= MOST_SKEW_MS) return { name: "clock", state: "ok", message: "matches the server's" };
  const side = date > begun ? "behind" : "ahead of";
  const message = `this machine is about ${Math.round(behind / 1000)} s ${side} the server; tokens may be refused`;
  return { name: "clock", state: "wrong", message };
}

function refused(error: unknown): Check {
  const { message } = explained(error);
  if (!(error instanceof StreamError)) return { name: "request", state: "wrong", message };
  const plainMessage = error.message;
  if (error.kind === "connection" || error.kind === "timeout") {
    return {
      name: "reachability",
      state: "wrong",
      message: `${plainMessage}; check the address, a proxy or a firewall`,
    };
  }
  if (error.kind === "authentication") {
    const reason =
      error.code === 2 ? "the key is wrong" : "the secret does not belong to this key, or the clock is wrong";
    return { name: "key and secret", state: "wrong", message: `${reason}: ${plainMessage}` };
  }
  return { name: "request", state: "wrong", message: plainMessage };
}

const MARKS = { ok: "✓", warning: "!", wrong: "✗", skipped: "-" } as const;

function lineOf({ name, state, message }: Check): string {
  const color = { ok: out.green, warning: out.yellow, wrong: out.red, skipped: out.dim }[state];
  return `${color(MARKS[state])} ${name}: ${message}`;
}
