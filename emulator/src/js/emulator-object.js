// What `createEmulator` returns. The controls are asked as they are over HTTP, so that both faces have the same.

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
 * @param parts what is made in Rust: `now`, `advance`, the credentials, `control`, which sends a method, a path and a body
 *   and returns status and body of the answer; and beside it in JavaScript: `fetch` and the `dispatcher` of webhooks.
 */
export function emulatorObject({ control, dispatcher, apiKey, apiSecret, now, ...parts }) {
  const { dispatch, settled } = dispatcher;
  const fetch = (input, init) => {
    const answer = parts.fetch(input, init);
    answer.then(dispatch, dispatch);
    return answer;
  };
  const advance = (milliseconds) => {
    parts.advance(milliseconds);
    dispatch();
  };
  const text = (method, path, body = "") => {
    const [status, answer] = control(method, path, body);
    dispatch();
    if (status === 200) return answer;
    const { message } = JSON.parse(answer);
    throw status === 400 ? new TypeError(message) : new Error(message);
  };
  const ask = (method, path, body) => JSON.parse(text(method, path, body === undefined ? "" : JSON.stringify(body)));
  const setClock = (change) => void ask("POST", "/clock", change);
  return Object.freeze({
    fetch,
    apiKey,
    apiSecret,
    now,
    advance,
    reset: () => void text("POST", "/reset"),
    seed: (data) => ask("POST", "/seed", data).seeded,
    state: () => text("GET", "/state"),
    restore(state) {
      if (typeof state !== "string") throw new TypeError("`state` must be a text that `state()` returned");
      text("PUT", "/state", state);
    },
    requests: (filter) => ask("GET", `/requests?${query(filter)}`).requests,
    clock: Object.freeze({
      now,
      advance,
      freeze: (at) => setClock({ freeze: at === undefined ? true : time(at) }),
      unfreeze: () => setClock({ freeze: false }),
    }),
    faults: Object.freeze({
      add: (rule) => ask("POST", "/faults", rule).id,
      list: () => ask("GET", "/faults").faults,
      clear: (id) => void text("DELETE", id === undefined ? "/faults" : `/faults/${encodeURIComponent(id)}`),
    }),
    rateLimits: Object.freeze({
      get: () => ask("GET", "/rate_limits"),
      set: (limits) => void ask("PUT", "/rate_limits", limits),
    }),
    settings: Object.freeze({
      get: () => ask("GET", "/settings"),
      set: (changes) => void ask("PATCH", "/settings", changes),
    }),
    webhooks: Object.freeze({
      settled,
      deliveries: () => ask("GET", "/webhooks").deliveries,
      replay: (id) => ask("POST", "/webhooks/replay", { id }).replayed,
    }),
  });
}

/** A time as text. Whatever `Date` makes no time of goes on as it is, and is refused with the name of its field. */
function time(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

function query({ operation, since, limit } = {}) {
  const parameters = { operation, since: since instanceof Date ? time(since) : since, limit };
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}
