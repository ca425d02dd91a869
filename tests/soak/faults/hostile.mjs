// Hostile replacements of `fetch`: as the option of a client, and as the global function.

const never = () => new Promise(() => {});
const headers = new Headers({ "content-type": "application/json" });
const response = (over) => ({
  status: 200,
  ok: true,
  statusText: "OK",
  headers,
  json: async () => ({}),
  text: async () => "{}",
  ...over,
});
const bad = (over) => response({ status: 400, ok: false, ...over });
const boom = () => {
  throw new Error("boom");
};
const throwing = (name, base = {}) => Object.defineProperty({ ...base }, name, { get: boom, enumerable: true });
// biome-ignore lint/suspicious/noThenProperty: that is what it is about.
const thenable = (settle) => Object.defineProperty({}, "then", { value: settle });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const everything = () => new Proxy(() => {}, { get: (_, name) => (name === "then" ? undefined : everything()) });
const stream = (pull, start) => new ReadableStream({ pull, start });
/** An endless body must end by a count of ours where nothing reads it to an end. */
const endless = (chunk, most) => {
  let left = most;
  return stream((controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()));
};

export const hostile = {
  // Nothing comes.
  "never settles": never,
  "settles never, and is cut off from its signal": (url) => never(url),
  "settles after its signal": (_u, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => setTimeout(reject, 50, new Error("late")))),
  "resolves after its signal": (_u, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => setTimeout(resolve, 50, response()))),
  // It throws.
  "throws at once": boom,
  "throws undefined": () => {
    throw undefined;
  },
  "throws null": () => {
    throw null;
  },
  "throws a text": () => {
    throw "no";
  },
  "throws a number": () => {
    throw 7;
  },
  "throws a symbol": () => {
    throw Symbol("no");
  },
  "throws a function": () => {
    throw boom;
  },
  "throws a revoked proxy": () => {
    throw revoked();
  },
  "throws what throws when it is read": () => {
    throw throwing("message");
  },
  "throws an error whose message throws": () => {
    throw Object.defineProperty(new Error(), "message", { get: boom });
  },
  "throws an error whose cause throws": () => {
    throw Object.defineProperty(new Error("x"), "cause", { get: boom });
  },
  "throws an error whose code throws": () => {
    throw Object.defineProperty(new Error("x"), "code", { get: boom });
  },
  "throws an error that causes itself": () => {
    const error = new Error("again");
    error.cause = error;
    throw error;
  },
  "throws an error without a prototype": () => {
    throw Object.create(null);
  },
  "throws an error with a long message": () => {
    throw new Error("x".repeat(1_000_000));
  },
  "throws an error with the token": (_u, { headers: sent }) => {
    throw new Error(`refused ${new Headers(sent).get("authorization")}`);
  },
  "throws an error with the URL": (url) => {
    throw new TypeError(`cannot fetch ${url}`);
  },
  "throws an AbortError of its own": () => {
    throw new DOMException("stopped", "AbortError");
  },
  "throws a frozen error": () => {
    throw Object.freeze(new Error("cold"));
  },
  "rejects with undefined": () => Promise.reject(undefined),
  "rejects with a revoked proxy": () => Promise.reject(revoked()),
  "rejects with an AggregateError": () => Promise.reject(new AggregateError([revoked(), new Error("b")], "all")),
  // It returns what is no promise, or no response.
  "returns undefined": () => undefined,
  "returns null": async () => null,
  "returns a text": async () => "{}",
  "returns an empty object": async () => ({}),
  "returns a function": async () => boom,
  "returns everything": async () => everything(),
  "returns a thenable that never settles": () => thenable(() => {}),
  "returns a thenable that throws": () => thenable(boom),
  "returns a thenable that settles twice": () =>
    thenable((done, fail) => {
      done(response());
      fail(new Error("twice"));
    }),
  "returns a response, not a promise": () => response(),
  // A response with faults of its own.
  "a status that is a text": async () => response({ status: "200" }),
  "a status that is NaN": async () => bad({ status: Number.NaN }),
  "a status that is negative": async () => bad({ status: -1 }),
  "a status that throws": async () => throwing("status", response()),
  "no headers": async () => response({ headers: undefined }),
  "headers that throw": async () => response({ headers: { get: boom } }),
  "headers that are everything": async () => response({ headers: { get: () => everything() } }),
  "headers of a map": async () => response({ headers: new Map([["retry-after", "1"]]) }),
  "ok that throws": async () => throwing("ok", response()),
  "a status text that throws": async () => throwing("statusText", bad()),
  "a retry-after without end": async () =>
    bad({ status: 429, headers: new Headers({ "retry-after": "9".repeat(400) }) }),
  // A success's body.
  "json that never settles": async () => response({ json: never }),
  "json that throws": async () => response({ json: boom }),
  "json that rejects with null": async () => response({ json: () => Promise.reject(null) }),
  "json that is no function": async () => response({ json: "{}" }),
  "json that returns a function": async () => response({ json: async () => boom }),
  "json that returns a revoked proxy": async () => response({ json: async () => revoked() }),
  "json that returns a frozen object": async () =>
    response({ json: async () => Object.freeze({ users: Object.freeze([]) }) }),
  "json whose fields throw": async () => response({ json: async () => throwing("users", { task_id: "t" }) }),
  "json that returns itself": async () =>
    response({
      json: async () => {
        const loop = {};
        loop.users = loop;
        loop.user = loop;
        return loop;
      },
    }),
  "json that is very deep": async () =>
    response({
      json: async () => {
        let deep = {};
        for (let i = 0; i < 50_000; i++) deep = { users: deep };
        return deep;
      },
    }),
  // A refusal's body.
  "text that never settles": async () => bad({ text: never }),
  "text that throws": async () => bad({ text: boom }),
  "text that is a symbol": async () => bad({ text: async () => Symbol("no") }),
  "a body that never comes": async () => bad({ body: stream(never) }),
  "a body that errors": async () => bad({ body: stream((controller) => controller.error(new Error("torn"))) }),
  "a body without end": async () => bad({ body: endless(new Uint8Array(1_000), 100_000) }),
  "a body of empty chunks": async () => bad({ body: endless(new Uint8Array(0), 100_000) }),
  "a body of texts": async () => bad({ body: endless("text", 3) }),
  "a body that somebody reads already": async () => {
    const body = stream(never);
    body.getReader();
    return bad({ body });
  },
  "a body whose cancel throws": async () =>
    bad({
      body: { getReader: () => ({ read: async () => ({ done: false, value: new Uint8Array(70_000) }), cancel: boom }) },
    }),
  "a body whose reader is none": async () => bad({ body: { getReader: () => ({}) } }),
};
