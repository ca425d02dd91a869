// Many sockets at once, for as long as is asked for: what they cost the server, and whether each is answered.
//
//   getstream-users-emulator --port 0 exec -- node tests/soak/sockets.mjs [sockets] [seconds]
//
// The server is this process's parent, whose memory Linux tells.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import WebSocket from "ws";

const { STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret } = process.env;
const [count = 1_000, seconds = 60] = process.argv.slice(2).map(Number);
/** How often each client says that it is there: ten times as often as SDKs do. */
const EVERY = 2_500;

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
function token(claims) {
  const content = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}

/** What the server has in memory, in MB. */
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.ppid}/status`, "utf8"))[1]) / 1_000;

async function server(path, body) {
  const response = await fetch(`${url}/api/v2${path}?api_key=${apiKey}`, {
    method: "POST",
    headers: { "stream-auth-type": "jwt", authorization: token({ server: true }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

let [messages, lost, sent] = [0, 0, 0];

function connect(index, listens = true) {
  const id = `user-${index}`;
  const json = encodeURIComponent(JSON.stringify({ user_id: id, user_details: { id } }));
  const query = `json=${json}&api_key=${apiKey}&authorization=${token({ user_id: id })}&stream-auth-type=jwt`;
  const socket = new WebSocket(`${url.replace("http", "ws")}/connect?${query}`);
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => lost++);
    socket.once("message", () => {
      if (!listens) socket.pause();
      resolve(socket);
    });
    socket.on("message", () => messages++);
  });
}

const before = memory();
const begun = performance.now();
const sockets = [];
while (sockets.length < count) {
  const next = Array.from({ length: Math.min(50, count - sockets.length) }, (_, index) => sockets.length + index);
  sockets.push(...(await Promise.all(next.map((index) => connect(index)))));
}
const opened = performance.now() - begun;
const idle = memory();
messages = 0;

let peak = idle;
const end = performance.now() + seconds * 1_000;
while (performance.now() < end) {
  for (const socket of sockets) {
    if (socket.readyState !== WebSocket.OPEN) continue;
    socket.send('[{"type":"health.check"}]');
    sent++;
  }
  await pause(EVERY);
  peak = Math.max(peak, memory());
}
await pause(1_000);
const [answered, dropped] = [messages, lost];

// One that does not read is told more than may wait for it; the others go on.
const slow = await connect("slow", false);
const payload = "x".repeat(4_000);
for (let index = 0; index < 1_500; index++) {
  await server("/chat/users/user-slow/event", { event: { type: "noise", custom: { payload } } });
}
const flooded = memory();
messages = 0;
sockets[0]?.send('[{"type":"health.check"}]');
await pause(1_000);
const others = messages > 0;
slow.terminate();

for (const socket of sockets) socket.terminate();
await pause(1_000);
console.log(
  JSON.stringify({
    sockets: count,
    seconds,
    opened_ms: Math.round(opened),
    health_checks: { sent, answered },
    dropped,
    memory_mb: { before, idle, peak, with_a_slow_reader: flooded, after: memory() },
    others_are_answered: others,
  }),
);
process.exitCode = answered === sent && dropped === 0 && others && peak < 100 ? 0 : 1;
