// A webhook in Stream's form, signed with Node's crypto, and a client with its secret.

import { createHmac } from "node:crypto";
import { StreamClient } from "getstream-users";
import { noFetch } from "../support/stub.mjs";

export const secret = "test_secret_do_not_use_in_production";
export const client = new StreamClient("key", secret, { fetch: noFetch });
export const sign = (body, key = secret) => createHmac("sha256", key).update(body).digest("hex");

export const event = {
  type: "user.updated",
  created_at: "2026-01-02T03:04:05.678901234Z",
  members: [],
  user: {
    id: "jörg 🦀",
    role: "user",
    teams: [],
    created_at: "2026-01-01T00:00:00.5Z",
    custom: { born_at: "1990-01-01T00:00:00Z", expires: 7, nested: { created_at: "x" } },
  },
  request_info: { type: "server", ip: "127.0.0.1" },
};
export const json = JSON.stringify(event);
export const bytes = Buffer.from(json);

/** The event as a client returns it. */
export const parsed = {
  ...event,
  created_at: new Date("2026-01-02T03:04:05.678Z"),
  user: { ...event.user, created_at: new Date("2026-01-01T00:00:00.500Z") },
};

/** A webhook request with this body. */
export const requestOf = (body, headers = {}) =>
  new Request("https://app.test/hook", { method: "POST", body, headers, duplex: "half" });

/** Runs a function with another value of a global; undefined for none. */
export async function withGlobal(name, value, run) {
  const own = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    Object.defineProperty(globalThis, name, own);
  }
}
