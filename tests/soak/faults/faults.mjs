// The faults of servers and proxies, each with the allowed outcomes of a call, and who may send it again.

const ERRORS = ["response", "connection"];
const BROKEN = [...ERRORS, "timeout"];
/** A success whose JSON has other fields than promised passes where nothing reads them. */
const ODD = ["ok", "response"];

const error = (code, status) =>
  JSON.stringify({ code, message: "no", StatusCode: status, duration: "1ms", details: [] });
const later = () => new Date(Date.now() + 86_400_000).toUTCString();

/** A whole answer, after which the connection stays open. */
function answer(status, body = "", headers = {}) {
  return (socket) => {
    const bytes = Buffer.from(body);
    const all = { "content-type": "application/json", "content-length": bytes.length, ...headers };
    const lines = Object.entries(all).filter(([, value]) => value !== undefined);
    socket.write(`HTTP/1.1 ${status} Said\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
    socket.write(bytes);
  };
}

/** Bytes as they are, after which the connection ends, or stays open. */
const raw =
  (text, ending = "end") =>
  (socket) => {
    socket.write(text);
    if (ending === "end") socket.end();
    if (ending === "reset") setTimeout(() => socket.resetAndDestroy(), 20);
  };

/** A byte now and then, for as long as the client stays. */
const dribble = (text) => (socket) => {
  socket.write(text);
  const timer = setInterval(() => socket.write("x"), 100);
  socket.once("close", () => clearInterval(timer));
};

/** A body of so many bytes around a text. */
function large(status, before, after) {
  return (socket, { megabytes }) => {
    const size = megabytes * 1_000_000;
    socket.write(`HTTP/1.1 ${status} Said\r\ncontent-type: application/json\r\n`);
    socket.write(`content-length: ${before.length + size + after.length}\r\n\r\n${before}`);
    const chunk = Buffer.alloc(100_000, "x");
    let left = size;
    const write = () => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) return socket.once("drain", write);
      }
      socket.write(after);
    };
    write();
  };
}

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const rate = (value) => ({ "x-ratelimit-limit": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": value });

/**
 * `again` says who may send the request again: nobody, those that may run twice, or all. `port` is one of its own, for what
 * happens before a request is there. `early` faults strike when the head of the request is there.
 */
const entries = {
  // Before there is an answer.
  "nobody listens": { port: "refused", kinds: ["connection"], again: "repeatable" },
  "reset when it is accepted": { port: "reset", kinds: ["connection"], again: "repeatable" },
  "closed when it is accepted": { port: "closed", kinds: ["connection"], again: "repeatable" },
  "accepted and never read": { port: "silent", kinds: ["timeout"], again: "repeatable" },
  "reset before the body is read": {
    early: true,
    act: (s) => s.resetAndDestroy(),
    kinds: ["connection"],
    again: "repeatable",
  },
  "closed before the body is read": { early: true, act: (s) => s.end(), kinds: ["connection"], again: "repeatable" },
  "reset after the request": { act: (s) => s.resetAndDestroy(), kinds: ["connection"], again: "repeatable" },
  "closed after the request": { act: (s) => s.end(), kinds: ["connection"], again: "repeatable" },
  "no answer": { act: () => {}, kinds: ["timeout"], again: "repeatable" },
  // In the head.
  "a head that takes for ever": {
    act: dribble("HTTP/1.1 200 OK\r\nx-slow: "),
    kinds: ["timeout"],
    again: "repeatable",
  },
  "reset in the head": { act: raw("HTTP/1.1 200 OK\r\ncontent-", "reset"), kinds: ["connection"], again: "repeatable" },
  "closed in the head": { act: raw("HTTP/1.1 200 OK\r\ncontent-"), kinds: ["connection"], again: "repeatable" },
  "no HTTP": { act: raw("SSH-2.0-OpenSSH_9.2\r\n"), kinds: ERRORS, again: "repeatable" },
  "a head of one megabyte": {
    act: raw(`${head}x-long: ${"x".repeat(1_000_000)}\r\n\r\n{}`),
    kinds: ["ok", ...ERRORS],
    again: "repeatable",
  },
  "a header without a colon": {
    act: raw(`${head}nonsense\r\ncontent-length: 2\r\n\r\n{}`),
    kinds: ["ok", ...ERRORS],
    again: "repeatable",
  },
  "a switch of protocols": {
    act: raw("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", "stay"),
    kinds: BROKEN,
    again: "repeatable",
  },
  "hints before nothing": { act: raw("HTTP/1.1 103 Early Hints\r\n\r\n", "stay"), kinds: BROKEN, again: "repeatable" },
  // In the body of a success.
  "reset in the body": {
    act: raw(`${head}content-length: 100\r\n\r\n{"users":`, "reset"),
    kinds: ERRORS,
    again: "repeatable",
  },
  "closed in the body": { act: raw(`${head}content-length: 100\r\n\r\n{"users":`), kinds: ERRORS, again: "repeatable" },
  "a body that takes for ever": {
    act: dribble(`${head}content-length: 9999\r\n\r\n{"a":"`),
    kinds: ["timeout"],
    again: "repeatable",
  },
  "a body that stops": {
    act: raw(`${head}content-length: 100\r\n\r\n{"users":`, "stay"),
    kinds: ["timeout"],
    again: "repeatable",
  },
  "reset between chunks": {
    act: raw(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n`, "reset"),
    kinds: ERRORS,
    again: "repeatable",
  },
  "chunks of no size": {
    act: raw(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`),
    kinds: ERRORS,
    again: "repeatable",
  },
  "a length too short": { act: raw(`${head}content-length: 1\r\n\r\n{"a":1}`), kinds: ERRORS, again: "repeatable" },
  "a length that is no number": {
    act: raw(`${head}content-length: many\r\n\r\n{}`),
    kinds: ["ok", ...BROKEN],
    again: "repeatable",
  },
  "two lengths": {
    act: raw(`${head}content-length: 2\r\ncontent-length: 9\r\n\r\n{}`),
    kinds: ["ok", ...BROKEN],
    again: "repeatable",
  },
  "HTML with status 200": {
    act: answer(200, "<html>Sign in</html>", { "content-type": "text/html" }),
    kinds: ["response"],
    again: "repeatable",
  },
  "an empty body": { act: answer(200), kinds: ["response"], again: "repeatable" },
  "no content": { act: answer(204, "", { "content-length": undefined }), kinds: ["response"], again: "repeatable" },
  "truncated JSON": { act: answer(200, '{"users":{"a":{"id"'), kinds: ["response"], again: "repeatable" },
  "invalid UTF-8 outside of texts": {
    act: answer(200, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    kinds: ["response"],
    again: "repeatable",
  },
  "an array": { act: answer(200, "[]"), kinds: ["response"], again: "repeatable" },
  "a text": { act: answer(200, '"users"'), kinds: ["response"], again: "repeatable" },
  "a number": { act: answer(200, "7"), kinds: ["response"], again: "repeatable" },
  null: { act: answer(200, "null"), kinds: ["response"], again: "repeatable" },
  "an empty object": { act: answer(200, "{}"), kinds: ODD, again: "never" },
  "users that are a text": {
    act: answer(200, '{"users":"all","task_id":7,"status":[],"access_token":{}}'),
    kinds: ODD,
    again: "never",
  },
  "users that are null": {
    act: answer(200, '{"users":[null],"task_id":null,"status":null,"user":null}'),
    kinds: ODD,
    again: "never",
  },
  "a prototype for users": {
    act: answer(200, '{"__proto__":{"users":[]},"constructor":{"prototype":1},"users":{"__proto__":{}}}'),
    kinds: ODD,
    again: "never",
  },
  // Node 20 does not always tell that it cannot unpack one.
  "gzip that is none": {
    act: answer(200, "{}{}{}{}{}", { "content-encoding": "gzip" }),
    kinds: BROKEN,
    again: "repeatable",
  },
  "gzip that breaks off": {
    act: answer(200, Buffer.from("1f8b0800000000000003ab56", "hex"), { "content-encoding": "gzip" }),
    kinds: ERRORS,
    again: "repeatable",
  },
  "an encoding that nobody knows": {
    act: answer(200, "{}", { "content-encoding": "quux" }),
    kinds: [...ODD, "connection"],
    again: "repeatable",
  },
  "100 MB": { heavy: true, act: large(200, '{"x":"', '"}'), kinds: [...ODD, "timeout"], again: "repeatable" },
  // Statuses.
  ...Object.fromEntries(
    [
      [400, 4, "invalid_request"],
      [401, 2, "authentication"],
      [401, 43, "authentication"],
      [403, 17, "permission"],
      [404, 16, "not_found"],
      [405, 4242, "invalid_request"],
      [408, 4242, "timeout"],
      [409, 4242, "invalid_request"],
      [413, 22, "invalid_request"],
      [418, 4242, "invalid_request"],
      [422, 4242, "invalid_request"],
      [451, 4242, "invalid_request"],
      [500, -1, "server"],
      [501, -1, "server"],
      [505, -1, "server"],
      [520, -1, "server"],
      [599, -1, "server"],
    ].map(([status, code, kind]) => [
      `status ${status}, code ${code}`,
      { act: answer(status, error(code, status)), kinds: [kind], again: "never" },
    ]),
  ),
  ...Object.fromEntries(
    [502, 503, 504].map((status) => [
      `status ${status}`,
      { act: answer(status, error(-1, status)), kinds: ["server"], again: "repeatable" },
    ]),
  ),
  "503 with Retry-After: 0": {
    act: answer(503, error(-1, 503), { "retry-after": "0" }),
    kinds: ["server"],
    again: "repeatable",
    prompt: true,
  },
  "503 with Retry-After: 9999999": {
    act: answer(503, error(-1, 503), { "retry-after": "9999999" }),
    kinds: ["server"],
    again: "never",
  },
  429: { act: answer(429, error(9, 429)), kinds: ["rate_limit"], again: "always" },
  "429 with Retry-After: 0": {
    act: answer(429, error(9, 429), { "retry-after": "0" }),
    kinds: ["rate_limit"],
    again: "always",
    prompt: true,
  },
  "429 with Retry-After: 1": {
    act: answer(429, error(9, 429), { "retry-after": "1" }),
    kinds: ["rate_limit"],
    again: "always",
  },
  "429 with Retry-After: -5": {
    act: answer(429, error(9, 429), { "retry-after": "-5" }),
    kinds: ["rate_limit"],
    again: "always",
  },
  "429 with Retry-After: soon": {
    act: answer(429, error(9, 429), { "retry-after": "soon" }),
    kinds: ["rate_limit"],
    again: "always",
  },
  "429 with Retry-After of tomorrow": {
    act: (s, c) => answer(429, error(9, 429), { "retry-after": later() })(s, c),
    kinds: ["rate_limit"],
    again: "never",
  },
  "429 with a reset that is past": {
    act: answer(429, error(9, 429), rate("1")),
    kinds: ["rate_limit"],
    again: "always",
    prompt: true,
  },
  "429 with a reset of the year 9999": {
    act: answer(429, error(9, 429), rate("253370764800")),
    kinds: ["rate_limit"],
    again: "never",
  },
  "429 with a reset that is no number": {
    act: answer(429, error(9, 429), rate("now")),
    kinds: ["rate_limit"],
    again: "always",
  },
  "status 999": { act: answer(999, "{}"), kinds: ["response", "connection"], again: "repeatable" },
  "status 304": {
    act: answer(304, "", { "content-length": undefined }),
    kinds: ["response", "invalid_request"],
    again: "never",
  },
  // The body of a refusal.
  "a proxy's page with 400": {
    act: answer(400, "<html>no</html>", { "content-type": "text/html" }),
    kinds: ["invalid_request"],
    again: "never",
  },
  "no body with 403": { act: answer(403), kinds: ["permission"], again: "never" },
  "an array with 404": { act: answer(404, "[]"), kinds: ["not_found"], again: "never" },
  "a code that is a text": {
    act: answer(400, '{"code":"4","message":7,"exception_fields":[1]}'),
    kinds: ["invalid_request"],
    again: "never",
  },
  "a refusal that takes for ever": {
    act: dribble(`HTTP/1.1 400 No\r\ncontent-length: 9999\r\n\r\n{"a":"`),
    kinds: ["invalid_request"],
    again: "never",
  },
  "reset in a refusal": {
    act: raw("HTTP/1.1 404 No\r\ncontent-length: 99\r\n\r\n{", "reset"),
    kinds: ["not_found", "connection"],
    again: "never",
  },
  "gzip that is none with 404": {
    act: answer(404, "nothing", { "content-encoding": "gzip" }),
    kinds: ["not_found"],
    again: "never",
  },
  "a refusal of 100 MB": {
    heavy: true,
    act: large(400, '{"code":4,"message":"', '"}'),
    kinds: ["invalid_request"],
    again: "never",
  },
  // Redirects, which would take the token elsewhere.
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `a redirect with ${status}`,
      { redirect: status, kinds: ["response"], again: "never" },
    ]),
  ),
  "a redirect to nowhere": { act: answer(302, ""), kinds: ["response"], again: "never" },
};

export const faults = Object.entries(entries).map(([name, fault], index) => ({ name, id: `f${index}`, ...fault }));
export { answer };
