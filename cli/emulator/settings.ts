// Checks the flags of the emulator, which are the same as the native server's.

import { isIP } from "node:net";
import { Failure } from "../exit.js";
import type { ServedOptions } from "./core.js";

/** USER on a phone's keypad; the native server has the same. */
const DEFAULT_PORT = 8737;

/** The flags as they come from the command line. */
export interface Flags {
  port?: string;
  host: string;
  allowRemote?: boolean;
  allowHost?: string[];
  apiKey: string;
  apiSecret: string;
  taskDuration: string;
  idSeed: string;
  rateLimit?: string;
  strict?: boolean;
  webhookTimes: string;
  seed?: string;
  data?: string;
  saveEvery: string;
  log: string;
  quiet?: boolean;
}

export interface Settings {
  port: number;
  host: string;
  emulator: ServedOptions;
  seed: string | undefined;
  data: string | undefined;
  saveEvery: number;
  log: "text" | "json" | undefined;
}

/** @throws Failure when a flag is invalid */
export function settingsOf(flags: Flags, isExec: boolean): Settings {
  const { host, webhookTimes, log, quiet } = flags;
  if (isIP(host) === 0) throw new Failure(`--host: ${host} is no address; 127.0.0.1 is this machine's own`);
  if (!isLoopback(host) && !flags.allowRemote) {
    throw new Failure(`${host} can be reached from other machines; say --allow-remote if it should`);
  }
  if (webhookTimes !== "nanoseconds" && webhookTimes !== "rfc3339") {
    throw new Failure(`--webhook-times: ${webhookTimes} is neither nanoseconds nor rfc3339`);
  }
  if (log !== "text" && log !== "json") throw new Failure(`--log: ${log} is neither text nor json`);
  for (const [flag, text] of [
    ["--api-key", flags.apiKey],
    ["--api-secret", flags.apiSecret],
  ]) {
    if (text === "") throw new Failure(`${flag} must not be empty`);
  }
  return {
    port: flags.port === undefined ? (isExec ? 0 : DEFAULT_PORT) : whole("--port", flags.port, 0, 65_535),
    host,
    emulator: {
      apiKey: flags.apiKey,
      apiSecret: flags.apiSecret,
      taskDuration: whole("--task-duration", flags.taskDuration, 0),
      idSeed: whole("--id-seed", flags.idSeed, 0),
      ...(flags.rateLimit !== undefined && { rateLimits: rateLimitOf(flags.rateLimit) }),
      strict: flags.strict === true,
      webhookTimes,
      allowedHosts: (flags.allowHost ?? []).map(hostName),
    },
    seed: flags.seed,
    data: flags.data,
    saveEvery: whole("--save-every", flags.saveEvery, 1),
    log: quiet ? undefined : log,
  };
}

function whole(flag: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`;
  throw new Failure(`${flag}: ${text} is not a whole number${range}`);
}

function rateLimitOf(text: string): number | "stream" {
  return text === "stream" ? text : whole("--rate-limit", text, 0, 2 ** 32 - 1);
}

function hostName(text: string): string {
  const name = text.replace(/\.$/, "");
  if (/^[\w.-]+$/.test(name)) return name;
  throw new Failure(`--allow-host: ${text} must be the name of a host, without scheme, port and path`);
}

function isLoopback(host: string): boolean {
  return host.startsWith("127.") || host === "::1" || host.startsWith("::ffff:127.");
}
