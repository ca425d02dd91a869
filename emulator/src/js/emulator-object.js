// What `createEmulator` returns: functions that share an emulator.

// The module cannot even be made without them, and says so before the engine does in words that help nobody.
for (const name of ["TextDecoder", "TextEncoder", "WebAssembly"]) {
  if (globalThis[name] === undefined) throw new TypeError(missing(name));
}

/** @returns {string} what to do about something that every runtime has, but not every test environment. */
export function missing(name) {
  return (
    `getstream-users/emulator needs ${name}, which this environment does not have. Under jest-environment-jsdom, begin ` +
    'the test file with "@jest-environment node", or use an environment that keeps what Node has ' +
    "(jest-fixed-jsdom, vitest's jsdom or happy-dom)"
  );
}

/**
 * @param parts what is made in Rust: `now`, `advance`, the credentials and the `controls`, each a function of one value; and
 *   beside it in JavaScript: `fetch`, the `dispatcher` of webhooks and the `sockets`.
 */
export function emulatorObject({ controls, dispatcher, sockets, apiKey, apiSecret, now, ...parts }) {
  const { settled } = dispatcher;
  const { WebSocket } = sockets;
  /** Tells hooks and sockets what there is to tell. */
  const { dispatch } = dispatcher;
  dispatcher.with(sockets.flush);
  const fetch = (input, init) => {
    const answer = parts.fetch(input, init);
    answer.then(dispatch, dispatch);
    return answer;
  };
  const advance = (milliseconds) => {
    parts.advance(milliseconds);
    dispatch();
  };
  /** A control, after which events may be due. */
  const control = (name) => (given) => {
    const answer = controls[name](given);
    dispatch();
    return answer;
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
