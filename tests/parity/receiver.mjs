// Somebody who is told of events: an HTTP server that keeps what it gets.

import { createServer } from "node:http";

const PATIENCE_MS = 10_000;

/**
 * Starts a receiver for the time of `use`. It answers its calls with these statuses, all further ones with the last.
 *
 * @param {(receiver: { url: string, next: () => Promise<Call> }) => Promise<void>} use
 * @typedef {{ method: string, headers: Record<string, string>, body: Buffer }} Call
 */
export async function withReceiver(use, statuses = [200]) {
  const calls = [];
  const waiting = [];
  let answered = 0;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    response.writeHead(statuses[Math.min(answered++, statuses.length - 1)]).end();
    const call = { method: request.method, headers: request.headers, body };
    const resolve = waiting.shift();
    if (resolve) resolve(call);
    else calls.push(call);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const next = () =>
    new Promise((resolve, reject) => {
      if (calls.length > 0) return resolve(calls.shift());
      const patience = setTimeout(() => reject(new Error("no call came")), PATIENCE_MS);
      waiting.push((call) => {
        clearTimeout(patience);
        resolve(call);
      });
    });
  try {
    await use({ url: `http://127.0.0.1:${server.address().port}/hook`, next });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
