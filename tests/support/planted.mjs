// The client's module as it ships, with two things that it does not have: a panic wherever it looks at a value of JavaScript's,
// which comes the n-th time after `arm(n)`, and an end to its memory. For Node, Workers and pages.

/** How many pages of 64 KiB its memory may have; more than it begins with, and less than some arguments take. */
export const PAGES = 40;

/** @param {Uint8Array} module whose section for memory says how many pages there are, and with a flag of 1, how many at most */
export function limited(module) {
  for (let at = 8; at < module.length; ) {
    const [size, begin] = number(module, at + 1);
    if (module[at] === 5) {
      const [initial] = number(module, begin + 2);
      // The small module that unpacks the text of the large one has an end already.
      if (module[begin + 1] !== 0 || initial >= PAGES) return module;
      const section = [1, 1, ...encoded(initial), ...encoded(PAGES)];
      return new Uint8Array([
        ...module.subarray(0, at),
        5,
        section.length,
        ...section,
        ...module.subarray(begin + size),
      ]);
    }
    at = begin + size;
  }
  return module;
}

/** An unsigned LEB128 number, and where it ends. */
function number(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
    shift += 7;
  }
}

function encoded(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...encoded(value >>> 7)];
}

/** A module whose one function traps, as a panic of Rust's does. */
const TRAP = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);
/** How often modules have asked JavaScript since the last `arm`, and at which time they panic; 0 for never. */
let [asked, due] = [0, 0];

/** Plants both into the modules that are made from now on; to be called before the package is imported. */
export function plant() {
  const { Module, Instance, RuntimeError } = WebAssembly;
  let trap = () => {
    // Workers compile nothing. What is thrown leaves the module's functions as a trap does: none of them cleans up.
    throw new RuntimeError("unreachable");
  };
  try {
    trap = new Instance(new Module(TRAP)).exports.t;
  } catch {}
  const trapping = (value) => {
    if (typeof value !== "function") return value;
    return (...given) => {
      asked++;
      if (asked === due) trap();
      return value(...given);
    };
  };
  const mapped = (object, map) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
  WebAssembly.Module = class extends Module {
    constructor(bytes) {
      super(limited(ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes)));
    }
  };
  WebAssembly.Instance = class extends Instance {
    constructor(module, imports = {}) {
      super(
        module,
        mapped(imports, (names) => mapped(names, trapping)),
      );
    }
  };
}

function arm(time) {
  asked = 0;
  due = time;
}

/** Calls of every kind, for a client whose `fetch` answers what it is told to. */
function callsOf({ StreamClient }) {
  const answer = (status, text) => ({
    status,
    ok: status < 300,
    headers: new Headers(),
    json: async () => JSON.parse(text),
    text: async () => text,
  });
  const ok = async () => answer(200, '{"users":{"ann":{"id":"ann","created_at":1767225600000000000}}}');
  const no = async () => answer(400, '{"code":4,"message":"no"}');
  const options = { retry: false, dangerouslyAllowBrowser: true };
  const client = new StreamClient("key", "a secret", { ...options, fetch: ok });
  const refused = new StreamClient("key", "a secret", { ...options, fetch: no });
  const token = client.createToken("ann");
  return {
    write: () => client.upsertUsers([{ id: "ann", custom: { color: new Date(0) } }]),
    read: () => client.queryUsers({ payload: { filter_conditions: { id: "ann" } } }),
    "a path": () => client.deactivateUser({ user_id: "a/b" }),
    mint: async () => client.generateUserToken({ user_id: "ann", team: "red" }),
    verify: async () => client.verifyToken(token),
    make: async () => new StreamClient("key", "another", options),
    "a user's client": async () => StreamClient.withToken("key", token, options),
    refusal: () => refused.getTask({ id: "task" }).catch((error) => kept(error, "invalid_request")),
    "a wrong argument": () => client.upsertUsers([{ id: "no id" }]).catch((error) => kept(error, "invalid_argument")),
  };
}

/** Lets an error pass that is meant. */
function kept(error, kind) {
  if (error.kind === kind) return undefined;
  throw error;
}

/**
 * A panic leaves behind what its functions had borrowed, of 1,024 places for references and 256 KiB of stack; after some hundred
 * panics there is none left. So many are tried of each call that all together stay far below that.
 */
const STEPS = 25;

/**
 * Makes each call with a panic at one of the times when the module asks JavaScript, then at another, and after each of them
 * again without one.
 *
 * @returns {Promise<{ panics: number, wrong: string[] }>} how many there were, and what went otherwise
 */
export async function panicEverywhere({ StreamClient, StreamError }) {
  const result = { panics: 0, wrong: [] };
  for (const [name, call] of Object.entries(callsOf({ StreamClient }))) {
    await call();
    arm(0);
    await call();
    const times = asked;
    if (times === 0) result.wrong.push(`${name} never asks`);
    const stride = Math.max(1, times / STEPS);
    for (let place = 1; place <= times; place += stride) {
      const step = Math.floor(place);
      arm(step);
      const error = await call().then(
        () => undefined,
        (reason) => reason,
      );
      arm(0);
      result.panics++;
      const isRight = error instanceof StreamError && error.kind === "internal" && !/secret/.test(error.message);
      if (!isRight) result.wrong.push(`${name}, step ${step}: ${error}`);
      await call().catch((reason) => result.wrong.push(`${name} after step ${step}: ${reason}`));
    }
  }
  return result;
}

/**
 * Makes a call for which there is no memory, and others after it.
 *
 * @returns {Promise<string[]>} what went otherwise
 */
export async function runOutOfMemory({ StreamClient, StreamError }) {
  const large = "x".repeat(PAGES * 65_536);
  const client = new StreamClient("key", "a secret", { dangerouslyAllowBrowser: true });
  const wrong = [];
  for (let turn = 0; turn < 3; turn++) {
    try {
      client.createToken(large);
      wrong.push("a token that is larger than the memory was made");
    } catch (error) {
      if (!(error instanceof StreamError) || error.kind !== "internal") wrong.push(String(error));
    }
    for (const [name, call] of Object.entries(callsOf({ StreamClient }))) {
      await call().catch((reason) => wrong.push(`${name} after it: ${reason}`));
    }
  }
  return wrong;
}
