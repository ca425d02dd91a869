import { exchanges, settings } from "./recorded.json";
import { inEngine } from "./shared/engine.mjs";
import { failure } from "./shared/scenario.mjs";

async function fetch(url, { method, body }) {
  const { request, status, headers, text } = exchanges.shift();
  const [sent, expected] = [JSON.stringify([method, url, body]), JSON.stringify(request)];
  if (sent !== expected) throw new Error(`sent ${sent} in place of ${expected}`);
  return {
    ok: status < 300,
    status,
    headers: { get: (wanted) => headers.find(([name]) => name === wanted.toLowerCase())?.[1] ?? null },
    json: async () => JSON.parse(text),
    text: async () => text,
  };
}

// Its program's timers do not wait, so limits of time must not become timers.
const native = globalThis.setTimeout;
globalThis.setTimeout = (run, milliseconds, ...given) => (milliseconds < 1000 ? native(run, 0, ...given) : undefined);
globalThis.clearTimeout = () => {};

// A dynamic import would be another bundle.
inEngine(() => require("getstream-users"), settings, fetch)
  .catch(failure)
  .then((outcome) => print(JSON.stringify(outcome)));
