// What runs in each runtime: makes the calls that a request asks for, and tells what they ended with. It needs `Request`,
// `Response` and the package, no more.

import { hostile } from "./hostile.mjs";
import { end, operations } from "./operations.mjs";

/** The reasons of rejections that nobody has handled, by promise. */
const unhandled = new Map();

export function onUnhandled(reason, promise) {
  unhandled.set(promise, String(reason));
}

/** workerd tells of every rejection whose handler comes a microtask later, and then takes it back. */
export function onHandled(promise) {
  unhandled.delete(promise);
}

export async function handle(request) {
  const { pathname, searchParams } = new URL(request.url);
  const given = Object.fromEntries(searchParams);
  if (pathname === "/unhandled") return Response.json([...unhandled.values()]);
  if (pathname === "/fault") return Response.json(await end(given.operation, given));
  if (pathname === "/hostile") return Response.json(await withHostile(given.fetch, given.as === "global"));
  return new Response("no", { status: 404 });
}

/** Every operation with a hostile `fetch`. It is called at most as often as a call may send its request. */
async function withHostile(name, isGlobal) {
  const records = [];
  const own = globalThis.fetch;
  try {
    const calls = Object.keys(operations).map(async (operation) => {
      let count = 0;
      const counted = (...given) => {
        // One path for each, so that a global one knows whose call it is.
        count++;
        return hostile[name].call(undefined, ...given);
      };
      if (isGlobal) return { operation, counted, count: () => count };
      const record = await end(operation, { basePath: "http://stub.test/base", fetch: counted });
      records.push({ operation, ...record, requests: count });
    });
    const waiting = await Promise.all(calls);
    if (!isGlobal) return records;
    const byOperation = new Map(waiting.map(({ operation, ...call }) => [operation, call]));
    globalThis.fetch = (url, init) => byOperation.get(new URL(url).pathname.split("/")[1]).counted(url, init);
    const ends = [...byOperation].map(async ([operation, { count }]) => {
      const record = await end(operation, { basePath: `http://stub.test/${operation}` });
      records.push({ operation, ...record, requests: count() });
    });
    await Promise.all(ends);
    return records;
  } finally {
    globalThis.fetch = own;
  }
}
