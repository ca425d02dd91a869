// The app's own server, which the SDKs on the client side have somewhere else: what it tells the API, and what it controls.

import { createHmac, randomUUID } from "node:crypto";
import { apiKey, apiSecret, baseURL } from "./emulator.mjs";

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with these claims. */
export function token(claims) {
  const content = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${content}.${createHmac("sha256", apiSecret).update(content).digest("base64url")}`;
}

/** The token of a user. */
export const userToken = (user_id) => token({ user_id });

/** Calls the API as a server. */
export async function server(method, path, body) {
  const url = `${baseURL}/api/v2${path}${path.includes("?") ? "&" : "?"}api_key=${apiKey}`;
  const headers = { "stream-auth-type": "jwt", authorization: token({ server: true }) };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/** A user as a query finds it. */
export async function found(id) {
  const payload = encodeURIComponent(JSON.stringify({ filter_conditions: { id } }));
  return (await server("GET", `/users?payload=${payload}`)).users[0];
}

/** Makes a user and gives back its id. */
export async function person(name) {
  const id = `${name}-${randomUUID()}`;
  await server("POST", "/users", { users: { [id]: { id } } });
  return id;
}

/** Lets something go wrong with the next connections of a user. */
export async function faultConnecting(user_id, fault, times = 1) {
  const rule = { operation: "Connect", user_id, times, fault };
  const response = await fetch(`${baseURL}/__emulator/faults`, { method: "POST", body: JSON.stringify(rule) });
  if (!response.ok) throw new Error(await response.text());
}

/** Waits until something holds: it takes a socket's close a moment to arrive. */
export async function until(holds) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
