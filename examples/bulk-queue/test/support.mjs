// What the tests and the benchmark share: files of users, a Worker that can be killed, and its routes.
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;
if (!STREAM_BASE_URL) throw new Error("STREAM_BASE_URL is not set: cargo xtask emulator exec -- npm test");

export const IMPORT_TOKEN = "a token for the tests";
export const bindings = { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET, IMPORT_TOKEN, RETRY_SECONDS: 0 };

/** Users as NDJSON. */
export function ndjson(count, idOf) {
  const line = (_, index) =>
    `{"id":"${idOf(index)}","name":"User ${index}","custom":{"score":${index},"city":"London"}}`;
  return Array.from({ length: count }, line).join("\n");
}

/** A Worker in a separate process group; `kill` kills it immediately. */
export async function startProcess(options) {
  const script = fileURLToPath(new URL("serve.mjs", import.meta.url));
  const stdio = ["ignore", "pipe", "inherit"];
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio, detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    return ended;
  };
  process.once("exit", kill);
  const url = await new Promise((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(String(text).trim()));
    child.once("exit", (code) => reject(new Error(`the Worker ended with ${code} before it was ready`)));
  });
  return { url, kill, pid: child.pid };
}

/** The routes of a Worker. */
export function routes(url, token = IMPORT_TOKEN) {
  const ask = async (method, path, body, headers = {}) => {
    const authorization = `Bearer ${token}`;
    const response = await fetch(new URL(path, url), {
      method,
      body,
      headers: { authorization, ...headers },
      duplex: "half",
    });
    return { status: response.status, text: await response.text() };
  };
  const json = async (...request) => {
    const { status, text } = await ask(...request);
    return { status, ...JSON.parse(text) };
  };
  return {
    upload: (id, file, type) => json("PUT", `/imports/${id}`, file, { "content-type": type }),
    begin: (id, what) => json("POST", `/imports/${id}`, JSON.stringify(what)),
    progress: (id) => json("GET", `/imports/${id}`),
    forget: (id) => json("DELETE", `/imports/${id}`),
    resume: (id) => json("POST", `/imports/${id}/resume`),
    async failures(id) {
      const { text } = await ask("GET", `/imports/${id}/failures`);
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    },
  };
}

/** Waits until an import's progress is as wanted, and returns it. */
export async function until(import_, id, isSo, patience = 60_000) {
  const end = Date.now() + patience;
  for (;;) {
    const progress = await import_.progress(id);
    if (isSo(progress)) return progress;
    if (Date.now() > end) throw new Error(`still not so: ${JSON.stringify(progress)}`);
    await pause(100);
  }
}

export const isDone = ({ state }) => state === "done";
