// A server on raw sockets that produces faults: the first part of a request's path selects the fault, the second identifies the call.

import { createServer } from "node:net";
import { answer } from "./faults.mjs";

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/**
 * @param {object[]} faults
 * @param {{ megabytes: number }} settings how large its large bodies are
 * @returns {Promise<{ baseOf: (fault: object, call: string) => string, requests: Map<string, number>, strayed: () => number,
 *   stop: () => void }>} `requests` counts those that came whole, by call; `strayed` those that followed a redirect
 */
export async function faultServer(faults, settings) {
  const byId = new Map(faults.map((fault) => [fault.id, fault]));
  const requests = new Map();
  const sockets = new Set();
  const servers = [];
  const ports = {};
  let strayed = 0;

  const listen = async (name, onSocket) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => {});
      // A client that has closed its side gets no more.
      socket.on("end", () => socket.end());
      onSocket(socket);
    });
    servers.push(server);
    ports[name] = await listening(server);
  };
  await listen("refused", () => {});
  servers.pop().close();
  await listen("reset", (socket) => socket.resetAndDestroy());
  await listen("closed", (socket) => socket.end());
  await listen("silent", (socket) => socket.pause());
  await listen("elsewhere", (socket) => {
    strayed++;
    answer(200, "{}")(socket);
  });

  await listen("faults", (socket) => {
    let received = Buffer.alloc(0);
    let isOver = false;
    socket.on("data", (bytes) => {
      received = Buffer.concat([received, bytes]);
      for (let request = take(); request !== undefined && !isOver; request = take()) serve(request);
    });

    function take() {
      const end = received.indexOf("\r\n\r\n");
      if (end === -1 || isOver) return undefined;
      const text = received.subarray(0, end).toString("latin1");
      const [, id, call, rest] = /^\w+ \/([^/]*)\/([^/]*)(\S*)/.exec(text) ?? [];
      const fault = byId.get(id);
      const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
      const whole = received.length >= end + 4 + length;
      const isEarly = fault?.early === true && !rest.startsWith("/alive");
      if (!whole && !isEarly) return undefined;
      received = received.subarray(Math.min(received.length, end + 4 + length));
      return { fault, call, rest };
    }

    function serve({ fault, call, rest }) {
      if (rest.startsWith("/alive")) return answer(200, '{"alive":true}')(socket);
      requests.set(call, (requests.get(call) ?? 0) + 1);
      if (fault === undefined) return answer(404, "{}")(socket);
      isOver = fault.early === true;
      if (fault.redirect === undefined) return fault.act(socket, settings);
      const location = `http://127.0.0.1:${ports.elsewhere}/elsewhere`;
      return answer(fault.redirect, "", { location })(socket, settings);
    }
  });

  return {
    // A call of a fault that strikes before its request is there goes to a port that does nothing else.
    baseOf: ({ id, port }, call) => `http://127.0.0.1:${ports[port ?? "faults"]}/${id}/${call}`,
    aliveAt: (call) => `http://127.0.0.1:${ports.faults}/alive/${call}`,
    requests,
    strayed: () => strayed,
    stop() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
}
