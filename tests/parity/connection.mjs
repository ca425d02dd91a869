// A client's side of a socket, as in Stream's SDKs. The other side is any host of the emulator.

import { once } from "node:events";

/** What is waited for at most: a machine may be busy with other things. */
const PATIENCE = 20_000;

/**
 * Opens a socket of an app.
 *
 * @param {import("./context.mjs").App} app
 * @param {string} path
 * @param {Record<string, unknown>} query beside the key; what is no text is sent as JSON
 */
export function open({ url, apiKey, WebSocket }, path, query) {
  const texts = Object.entries({ api_key: apiKey, ...query }).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}?${new URLSearchParams(texts)}`);
  const arrived = [];
  const waiting = [];
  const give = (what) => (waiting.length > 0 ? waiting.shift()(what) : arrived.push(what));
  socket.onmessage = ({ data }) => give(JSON.parse(data));
  socket.onclose = ({ code, reason }) => give({ closed: code, reason });
  socket.onerror = () => {};
  return {
    socket,
    opened: () => (socket.readyState === 1 ? undefined : once(socket, "open")),
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    close: () => socket.close(1000),
    /** The next message; `{ closed, reason }` when there is none any more. */
    next: () =>
      new Promise((resolve, reject) => {
        if (arrived.length > 0) return resolve(arrived.shift());
        const late = setTimeout(() => reject(new Error("nothing came over the socket")), PATIENCE);
        waiting.push((what) => {
          clearTimeout(late);
          resolve(what);
        });
      }),
  };
}
