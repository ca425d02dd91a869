// The part of `getstream-users emulator`'s sockets that its server handles: hostile frames, all ways to close, requests for
// other protocols. `tests/parity` tests the messages.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import test from "node:test";
import { StreamClient } from "getstream-users";
import WebSocket from "ws";
import { open } from "../parity/connection.mjs";
import { startPackagedEmulator } from "../support/program.mjs";

const WITHIN = { timeout: 60_000 };

/** An emulator that ends with its test. */
async function started(t) {
  const emulator = await startPackagedEmulator();
  t.after(() => emulator.stop());
  return { ...emulator, client: new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url }) };
}

/** A user who is connected. */
async function connected({ client, ...app }, id) {
  const line = open({ ...app, WebSocket }, "/connect", {
    json: { user_id: id, user_details: { id } },
    authorization: client.generateUserToken({ user_id: id }),
    "stream-auth-type": "jwt",
  });
  assert.equal((await line.next()).me.id, id);
  return line;
}

async function isOnline({ client }, id) {
  return (await client.queryUsers({ payload: { filter_conditions: { id } } })).users[0].online;
}

/** Waits until the server has noticed that a connection is over. */
async function untilOffline(emulator, id) {
  while (await isOnline(emulator, id)) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A frame as a client has to write it: masked, here with zeros. */
const frame = (opcode, payload) =>
  Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), Buffer.from(payload)]);

test("hostile frames close the socket with the right code", WITHIN, async (t) => {
  const emulator = await started(t);
  for (const [what, bytes, code] of [
    ["no UTF-8", frame(1, [0xff, 0xfe]), 1007],
    ["no JSON", frame(1, [0x7b]), 1007],
    ["no mask", Buffer.from([0x81, 2, 0x68, 0x69]), 1002],
    ["an opcode that there is not", frame(3, []), 1002],
    ["too long", Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), 1009],
    ["bytes", frame(2, []), 1003],
  ]) {
    const { socket, next } = await connected(emulator, "ann");
    socket._socket.write(bytes);
    assert.equal((await next()).closed, code, what);
  }
  await untilOffline(emulator, "ann");
});

test("a socket that ends in any way frees its entry", WITHIN, async (t) => {
  const emulator = await started(t);
  for (const [id, end] of [
    ["closed", ({ socket }) => socket.close(1000)],
    ["dropped", ({ socket }) => socket._socket.destroy()],
    ["reset", ({ socket }) => socket._socket.resetAndDestroy()],
  ]) {
    const line = await connected(emulator, id);
    assert.equal(await isOnline(emulator, id), true, id);
    end(line);
    await untilOffline(emulator, id);
  }
});

test("the events of a task reach a socket without another request", WITHIN, async (t) => {
  const emulator = await started(t);
  const { next } = await connected(emulator, "ann");
  await emulator.client.deactivateUsers({ user_ids: ["ann"] });
  assert.equal((await next()).type, "user.deactivated");
  assert.equal((await next()).closed, 1000);
});

test("a reader that does not read does not delay others", WITHIN, async (t) => {
  const emulator = await started(t);
  const [slow, quick] = [await connected(emulator, "ann"), await connected(emulator, "ann")];
  slow.socket._socket.pause();
  const text = "x".repeat(4_000);
  for (let number = 0; number < 700; number += 1) {
    const event = { type: "nudge", custom: { number, text } };
    await emulator.client.chat.sendUserCustomEvent({ user_id: "ann", event });
    assert.equal((await quick.next()).number, number);
  }
  slow.close();
  quick.close();
});

test("a server that stops closes sockets with a code after which clients reconnect", WITHIN, async (t) => {
  const emulator = await started(t);
  const { next } = await connected(emulator, "ann");
  assert.equal(await emulator.stop(), 0);
  assert.equal((await next()).closed, 1001);
});

test(
  "a request that asks for an upgrade to another protocol is answered like any other, with its body",
  WITHIN,
  async (t) => {
    const emulator = await started(t);
    const { hostname: host, port } = new URL(emulator.url);
    const token = emulator.client.createToken("ann");
    const webSocket =
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    const http2 = "Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n";
    const body = JSON.stringify({ user: { id: "gus" } });
    for (const [request, status] of [
      [`GET /elsewhere?api_key=devkey HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n${webSocket}\r\n`, 404],
      [
        `POST /api/v2/guest?api_key=devkey HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n${http2}` +
          `Stream-Auth-Type: anonymous\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        201,
      ],
    ]) {
      const socket = connect(port, host);
      t.after(() => socket.destroy());
      // In two parts, as a body may come later than its head.
      socket.write(request.slice(0, -5));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write(request.slice(-5));
      const [answer] = await once(socket, "data");
      assert.match(String(answer), new RegExp(`^HTTP/1.1 ${request.startsWith("GET") ? `(401|${status})` : status} `));
    }
    assert.ok(token);
  },
);
