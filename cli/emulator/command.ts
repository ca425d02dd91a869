// `getstream-users emulator`: serves until a signal, or until its command has ended.

import { readFileSync } from "node:fs";
import { EXIT, Failure } from "../exit.js";
import { tell } from "../terminal.js";
import { childEnded, startChild } from "./child.js";
import { createEmulator, type ServedEmulator } from "./core.js";
import { type DataFile, messageOf, openDataFile } from "./data-file.js";
import { requestLog } from "./request-log.js";
import { type Running, serve as serveHttp } from "./server.js";
import { type Flags, type Settings, settingsOf } from "./settings.js";

/** Serves until a signal asks to stop. */
export async function serve(flags: Flags): Promise<void> {
  const settings = settingsOf(flags, false);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
  await whileServing(settings, async ({ url }) => {
    process.stdout.write(`listening on ${url}\n`);
    await stopped;
  });
}

/** Serves until a command has ended, and exits with its code. */
export async function exec(flags: Flags, words: string[]): Promise<void> {
  const settings = settingsOf(flags, true);
  const { apiKey, apiSecret } = settings.emulator;
  await whileServing(settings, async ({ url }) => {
    // Only the command may write to stdout.
    tell(`listening on ${url}`);
    const environment = {
      STREAM_BASE_URL: reachable(url),
      STREAM_API_KEY: apiKey,
      STREAM_API_SECRET: apiSecret,
      // The official Node SDK's tests use this name.
      STREAM_SECRET: apiSecret,
    };
    process.exitCode = await childEnded(startChild(words, environment), words);
  });
}

async function whileServing(settings: Settings, work: (running: Running) => Promise<void>): Promise<void> {
  const { host, port, log } = settings;
  const emulator = createEmulator(settings.emulator);
  const data = begin(emulator, settings);
  try {
    const running = await listening(emulator, host, port, log);
    try {
      await work(running);
    } finally {
      await running.stop();
    }
  } finally {
    data?.close();
  }
}

async function listening(emulator: ServedEmulator, host: string, port: number, log: Settings["log"]): Promise<Running> {
  try {
    return await serveHttp(emulator, host, port, requestLog(log));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const way = code === "EADDRINUSE" ? "; --port 0 takes any that is free" : "";
    throw new Failure(`cannot serve at ${host}:${port}: ${message}${way}`, EXIT.incomplete);
  }
}

/** Loads the initial state. */
function begin(emulator: ServedEmulator, { seed, data, saveEvery }: Settings): DataFile | undefined {
  const file = data === undefined ? undefined : openDataFile(data, emulator, saveEvery);
  if (seed === undefined || file?.isRestored) return file;
  try {
    const [status, body] = emulator.control("POST", "/seed", readFileSync(seed, "utf8"));
    if (status !== 200) throw new Error(messageOf(body));
  } catch (error) {
    file?.close();
    throw new Failure(`cannot begin with ${seed}: ${(error as Error).message}`);
  }
  return file;
}

/** The URL for this machine, if the server listens on all addresses. */
function reachable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
