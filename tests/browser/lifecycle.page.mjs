// A page that runs the lifecycle scenario without a bundler, under the strictest policy that works.

import { lifecycle } from "/js/lifecycle.mjs";
import * as bulk from "/node_modules/getstream-users/dist/bulk/index.js";
import { createEmulator } from "/node_modules/getstream-users/dist/emulator/index.js";
import { StreamClient, StreamError } from "/node_modules/getstream-users/dist/index.js";
import { counting } from "/support/assert.mjs";

const settings = Object.fromEntries(new URL(location.href).searchParams);
const targets = {
  http: () => [settings.apiKey, settings.apiSecret, { basePath: settings.basePath, timeout: 30_000 }],
  "in-process": () => {
    const { apiKey, apiSecret, fetch } = createEmulator();
    return [apiKey, apiSecret, { fetch }];
  },
};

async function live(name) {
  const [apiKey, secret, options] = targets[name]();
  const server = new StreamClient(apiKey, secret, { ...options, dangerouslyAllowBrowser: true });
  const counter = counting();
  const connect = { apiKey, server, options, isPage: name === "http" };
  await lifecycle({ StreamClient, StreamError, bulk, connect, assert: counter.assert });
  return { assertions: counter.count };
}

/** The functions that the page's tests call. */
window.package = {
  live: (name) => live(name).catch((error) => ({ failed: String(error?.stack ?? error) })),

  /** The result of creating a client: its class, or the error's kind and message. */
  make(kind, ...args) {
    try {
      const client = kind === "new" ? new StreamClient(...args) : StreamClient[kind](...args);
      return client.constructor === StreamClient ? "made" : "odd";
    } catch (error) {
      return [error instanceof StreamError, error.kind, error.message];
    }
  },

  /** A page that is left while a call is under way. */
  async leave() {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const [apiKey, secret, more] = targets.http();
    const client = new StreamClient(apiKey, secret, { ...more, dangerouslyAllowBrowser: true });
    const call = client.queryUsers({ payload: { filter_conditions: {} } }, options);
    const reason = new Error("left");
    controller.abort(reason);
    return call.then(
      () => "answered",
      (error) => error === reason,
    );
  },
};
