// Each function does something many times, and measures after each tenth of it: the JavaScript heap after a collection, and the
// memory of the package's module, in MB.

import { fileURLToPath } from "node:url";
import { startWorker } from "../../support/workerd.mjs";

/** The memories of the modules that this process has made; nobody else gets to see them. */
const memories = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    memories.push(...Object.values(this.exports).filter((one) => one instanceof WebAssembly.Memory));
  }
};
const { StreamClient } = await import("getstream-users");
const { createEmulator } = await import("getstream-users/emulator");

const STEPS = 10;
const MB = 1_000_000;
const rounded = (bytes) => Math.round((bytes / MB) * 100) / 100;

async function measured() {
  // What finalizers give back, they give back in turns of their own.
  for (let round = 0; round < 4; round++) {
    await new Promise(setImmediate);
    globalThis.gc();
  }
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return { heap: rounded(process.memoryUsage().heapUsed), wasm: rounded(wasm) };
}

async function inSteps(count, work) {
  const steps = [];
  for (let step = 0; step < STEPS; step++) {
    await work(Math.ceil(count / STEPS), step);
    steps.push(await measured());
  }
  return steps;
}

const headers = new Headers({ "content-type": "application/json" });
const thin = (status, text) => ({
  status,
  ok: status < 300,
  headers,
  json: async () => JSON.parse(text),
  text: async () => text,
});
const answers = [
  thin(201, '{"users":{},"duration":"1ms"}'),
  thin(400, '{"code":4,"message":"no","StatusCode":400}'),
  thin(200, '{"users":[{"id":"ann","created_at":1767225600000000000}],"duration":"1ms"}'),
  thin(502, "<html>"),
];

/** Calls that succeed, are refused by the API and here, and break; and tokens. */
export function callsInNode(count) {
  let calls = 0;
  const client = new StreamClient("key", "secret", {
    fetch: async () => answers[calls % answers.length],
    retry: false,
  });
  return inSteps(count, async (some) => {
    for (let index = 0; index < some; index++) {
      calls++;
      const id = `u${calls}`;
      const call = [
        () => client.upsertUsers([{ id, custom: { index } }]),
        () => client.deactivateUser({ user_id: id }),
        () => client.queryUsers({ payload: { filter_conditions: { id } } }),
        () => client.getTask({ id }),
        () => client.upsertUsers([{ id: "not an id" }]),
        async () => client.verifyToken(client.generateUserToken({ user_id: id })),
      ][calls % 6];
      await call().catch(() => {});
    }
  });
}

export function clientsInNode(count) {
  return inSteps(count, async (some) => {
    for (let index = 0; index < some; index++) {
      const client = new StreamClient("key", `secret-${index}`);
      if (index % 1_000 === 0) {
        client.createToken("ann");
        await new Promise(setImmediate);
      }
    }
  });
}

/** Sockets of the emulator in the process, opened, greeted and closed, a hundred at a time. */
export function socketsInNode(count) {
  const emulator = createEmulator();
  const server = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  const token = server.createToken("ann");
  const json = encodeURIComponent(JSON.stringify({ user_id: "ann", user_details: { id: "ann" } }));
  const query = `api_key=${emulator.apiKey}&stream-auth-type=jwt&authorization=${token}&json=${json}`;
  const url = `ws://localhost/connect?${query}`;
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = new emulator.WebSocket(url);
      socket.onerror = reject;
      socket.onmessage = () => socket.close();
      socket.onclose = resolve;
    });
  return inSteps(count, async (some) => {
    for (let opened = 0; opened < some; opened += 100) {
      await Promise.all(Array.from({ length: Math.min(100, some - opened) }, one));
    }
  });
}

/** Calls in workerd, by requests of a thousand each; a Worker tells its module's memory, and workerd's own is what Linux says. */
export async function callsInWorkerd(count) {
  const worker = await startWorker(fileURLToPath(new URL("calls.worker.mjs", import.meta.url)));
  try {
    const steps = [];
    for (let step = 0; step < STEPS; step++) {
      let said;
      for (let made = 0; made < count / STEPS; made += 1_000) {
        said = await (await fetch(`${worker.url}/?calls=${Math.min(1_000, count / STEPS)}`)).json();
      }
      steps.push({ heap: 0, wasm: rounded(said.wasm) });
    }
    return steps;
  } finally {
    await worker.stop();
  }
}
