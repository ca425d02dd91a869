// What a fact's test gets: clients of an emulator on any of its hosts.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { StreamClient } from "@stream-io/node-sdk";
import NodeWebSocket from "ws";
import { sign } from "./tokens.mjs";

/** @typedef {ReturnType<typeof contextOf>} Context */

/**
 * @typedef {object} App an emulator that runs
 * @property {string} url
 * @property {string} apiKey
 * @property {string} apiSecret
 * @property {string} [prefix] what every id begins with
 * @property {number} [pollEvery] milliseconds between two looks at a task
 * @property {number} [timeout] milliseconds that a call of the SDK may take
 * @property {typeof WebSocket} [WebSocket] what opens sockets of it; one that Node may not have when left out
 */

/**
 * The context of an app.
 *
 * @param {App} app
 * @param {(options: object, use: (context: Context) => Promise<void>) => Promise<void>} own starts another app, hands
 *   over its context and ends it
 */
export function contextOf(
  { url, apiKey, apiSecret, prefix = "", pollEvery = 5, timeout = 30_000, WebSocket = NodeWebSocket },
  own,
) {
  /** The official SDK with a server token. A machine that is busy with other things is no failure of a fact. */
  const sdk = server();

  function server(secret = apiSecret, key = apiKey) {
    return new StreamClient(key, secret, { basePath: url, timeout });
  }

  const token = (claims, header) => sign(claims, apiSecret, header);

  /** A token without a time, as SDKs make them for tests. */
  const userToken = (user_id, more) => token({ user_id, ...more });

  /** The official SDK as a user. It makes server tokens only, but what it sends is a property like any other. */
  function as(token) {
    const client = server();
    client.apiClient.apiConfig.token = token;
    return client;
  }

  /**
   * Sends a request without any SDK, by default with a server token.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} [request]
   * @param {Record<string, unknown>} [request.query] beside the key; what is no text is sent as JSON, and
   *   `api_key: null` leaves the key out
   * @param {unknown} [request.body] sent as JSON, a text as it is
   * @param {string | null} [request.token] `null` sends none
   * @param {Record<string, string>} [request.headers]
   */
  async function raw(method, path, { query, body, headers, token: sent = token({ server: true }) } = {}) {
    const parameters = Object.entries({ api_key: apiKey, ...query }).filter(([, value]) => value != null);
    const texts = parameters.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
    const response = await fetch(`${url}${path}?${new URLSearchParams(texts)}`, {
      method,
      headers: {
        "content-type": "application/json",
        "stream-auth-type": sent === null ? "anonymous" : "jwt",
        ...(sent === null ? {} : { authorization: sent }),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Asks the emulator itself for something; gives back the answer's body. */
  async function control(method, path, body) {
    const answer = await raw(method, `/__emulator${path}`, { body });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }

  /** A raw request by somebody who is not known. */
  const anonymous = (method, path, request) => raw(method, path, { token: null, ...request });

  /** The users that a query of the server finds. */
  async function find(filter_conditions, more = {}) {
    const { users } = await sdk.queryUsers({ payload: { filter_conditions, ...more } });
    return users;
  }

  /** Their ids. */
  async function ids(filter_conditions, more) {
    return (await find(filter_conditions, more)).map((user) => user.id);
  }

  /** A user as the server reads it, deactivated or not. */
  async function read(id) {
    const [user] = await find({ id }, { include_deactivated_users: true });
    return user;
  }

  /** An id that nobody else has. */
  function unique(name) {
    return `${prefix}${name}-${randomUUID().slice(0, 13)}`;
  }

  /** Creates users, each with an id of its own; `more` is what all of them have. */
  async function people(count, more = {}) {
    const users = Array.from({ length: count }, () => ({ id: unique("user"), ...more }));
    await sdk.upsertUsers(users);
    return users.map((user) => user.id);
  }

  /** Polls a task as users of the SDK do, and makes sure that it looks like one all the time. */
  async function ended({ task_id }) {
    for (let looks = 0; looks < 1000; looks++) {
      const task = await sdk.getTask({ id: task_id });
      if (task.status === "completed" || task.status === "failed") return task;
      assert.ok(["pending", "running"].includes(task.status), task.status);
      assert.equal(task.result, undefined);
      await pause(pollEvery);
    }
    throw new Error(`task ${task_id} did not end`);
  }

  return {
    url,
    apiKey,
    apiSecret,
    WebSocket,
    sdk,
    server,
    as,
    token,
    userToken,
    raw,
    control,
    anonymous,
    find,
    ids,
    read,
    people,
    ended,
    unique,
    own,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
