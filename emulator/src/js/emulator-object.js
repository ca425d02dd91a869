// The object that `createEmulator` returns.

// The module cannot be created without these. The engine's own error would not say how to fix that.
for (const name of ["TextDecoder", "TextEncoder", "WebAssembly"]) {
  if (globalThis[name] === undefined) throw new TypeError(missing(name));
}

/** @returns {string} the error for a global that every runtime has, but not every test environment */
export function missing(name) {
  return (
    `getstream-users/emulator needs ${name}, which this environment does not have. Under jest-environment-jsdom, begin ` +
    'the test file with "@jest-environment node", or use an environment that keeps what Node has ' +
    "(jest-fixed-jsdom, vitest's jsdom or happy-dom)"
  );
}

/**
 * @param parts from Rust: `now`, `advance`, the credentials and the `controls`, each a function of one value; from
 *   JavaScript: `fetch`, the webhook `dispatcher` and the `sockets`
 */
export function emulatorObject({ controls, dispatcher, sockets, apiKey, apiSecret, now, ...parts }) {
  const { settled } = dispatcher;
  const { WebSocket } = sockets;
  /** Sends due events to webhooks and sockets. */
  const { dispatch } = dispatcher;
  dispatcher.with(sockets.flush);
  const fetch = (input, init) => {
    const response = parts.fetch(input, init);
    response.then(dispatch, dispatch);
    return response;
  };
  const advance = (milliseconds) => {
    parts.advance(milliseconds);
    dispatch();
  };
  /** Wraps a control: events may be due after it. */
  const control = (name) => (given) => {
    const result = controls[name](given);
    dispatch();
    return result;
  };
  return Object.freeze({
    fetch,
    WebSocket,
    apiKey,
    apiSecret,
    now,
    advance,
    reset: control("reset"),
    seed: control("seed"),
    state: control("state"),
    restore: control("restore"),
    requests: control("requests"),
    clock: Object.freeze({ now, advance, freeze: control("freeze"), unfreeze: control("unfreeze") }),
    faults: Object.freeze({
      add: control("addFault"),
      list: control("listFaults"),
      clear: control("clearFaults"),
    }),
    rateLimits: Object.freeze({ get: control("getRateLimits"), set: control("setRateLimits") }),
    settings: Object.freeze({ get: control("getSettings"), set: control("setSettings") }),
    webhooks: Object.freeze({
      settled,
      deliveries: control("listDeliveries"),
      replay: control("replayDeliveries"),
    }),
  });
}
