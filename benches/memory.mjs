// Measures retained heap: `node --expose-gc memory.mjs clients|calls|import SPECIFIER COUNT`, which `rows/memory.mjs` runs.
// It uses a `fetch`, and an axios adapter, that retain nothing.

import { user } from "./fixtures.mjs";

const [what, specifier, number] = process.argv.slice(2);
const count = Number(number);
const headers = { "content-type": "application/json" };
const answer = '{"users":{},"duration":"1ms"}';
globalThis.fetch = async () => new Response(answer, { status: 201, headers });

const { StreamClient, StreamChat } = await import(specifier);
const axiosRequestConfig = { adapter: async (config) => ({ data: answer, status: 201, headers, config }) };
const make = () =>
  StreamChat === undefined
    ? new StreamClient("key", "secret", { timeout: 50 })
    : new StreamChat("key", "secret", { timeout: 50, axiosRequestConfig });

/** The heap, after leftovers of calls have ended. */
async function heap() {
  await new Promise((resolve) => setTimeout(resolve, 200));
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const subjects = {
  async clients() {
    make();
    const before = await heap();
    const kept = Array.from({ length: count }, make);
    return [(await heap()) - before, kept];
  },
  async calls() {
    const client = make();
    const one = [{ id: "ada" }];
    const call = async (times) => {
      for (let index = 0; index < times; index++) await client.upsertUsers(one);
    };
    await call(20_000);
    const before = await heap();
    await call(count);
    return [(await heap()) - before, client];
  },
  async import() {
    const { upsertMany } = await import(`${specifier}/bulk`);
    const client = make();
    function* users(many) {
      for (let index = 0; index < many; index++) yield user(index);
    }
    await upsertMany(client, users(5000));
    const before = await heap();
    let most = 0;
    let chunks = 0;
    const every = Math.ceil(count / 100 / 20);
    const onResult = () => {
      if (++chunks % every !== 0) return;
      globalThis.gc();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    };
    await upsertMany(client, users(count), { onResult });
    return [most, client];
  },
};

const [kept] = await subjects[what]();
console.log(JSON.stringify({ kept: Math.max(0, kept) }));
