// Values that nobody should pass, and some may: each is made anew by its name, so that a run can print what it tried.

const broken = () => new RangeError("it throws when it is read");
const fail = () => {
  throw broken();
};
/** The reason of a signal, and what an input's own iterator throws: these come out as they are. */
export const THROWN = [
  (error) => error === "enough",
  (error) => error instanceof RangeError && error.message === broken().message,
  (error) => error instanceof TypeError && /detached ArrayBuffer/.test(error.message),
];
const TRAPS = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "apply", "construct"];
const throwing = (target) => new Proxy(target, Object.fromEntries(TRAPS.map((trap) => [trap, fail])));

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Another answer each time it is asked. */
function fickle(...answers) {
  let asked = 0;
  return () => answers[asked++ % answers.length];
}

const deep = (levels, make) => Array.from({ length: levels }).reduce((inner) => make(inner), 1);
const cyclic = (value, name) => Object.assign(value, { [name]: value });

/** By what they are. */
export const HOSTILE = {
  // What is no JSON.
  undefined: () => undefined,
  "not a number": () => Number.NaN,
  infinity: () => Number.NEGATIVE_INFINITY,
  "minus zero": () => -0,
  "a BigInt": () => 2n ** 70n,
  "a symbol": () => Symbol("id"),
  "a known symbol": () => Symbol.iterator,
  "a function": () => () => "ann",
  "a class": () => class Ann {},
  "a lone surrogate": () => "\ud800",
  "a line end": () => "ann\nben",
  "zero bytes": () => "\0\0",
  "a long text": () => "x".repeat(70_000),
  "a prototype's name": () => "__proto__",
  "a path": () => "../../users?x=1#y",
  "an empty text": () => "",
  // What throws.
  "an object that throws": () => throwing({}),
  "an array that throws": () => throwing([{ id: "ann" }]),
  "a function that throws": () => throwing(() => {}),
  "a revoked object": () => revoked({}),
  "a revoked array": () => revoked([]),
  "a revoked function": () => revoked(() => {}),
  "a toJSON that throws": () => ({ id: "ann", toJSON: fail }),
  "a toString that throws": () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail, toISOString: fail }),
  "a toStringTag that throws": () => Object.defineProperty({ id: "ann" }, Symbol.toStringTag, { get: fail }),
  "an id that throws": () => Object.defineProperty({}, "id", { get: fail, enumerable: true }),
  "a length that throws": () => new Proxy([], { get: (array, name) => (name === "length" ? fail() : array[name]) }),
  "an iterator that throws": () => ({ [Symbol.iterator]: fail, [Symbol.asyncIterator]: fail }),
  "a step that throws": () => ({ [Symbol.iterator]: () => ({ next: fail }) }),
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
  "a thenable that throws": () => Object.defineProperty({}, "then", { get: fail }),
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
  "a rejected thenable": () => ({ then: (_, reject) => reject(broken()) }),
  "a signal that throws": () => ({ aborted: false, addEventListener: fail, removeEventListener: fail }),
  "a request that throws": () =>
    Object.defineProperty(new Request("http://a", { method: "POST", body: "{}" }), "body", { get: fail }),
  // What says two things.
  "an id that changes": () => Object.defineProperty({}, "id", { get: fickle("ann", 7, "b d"), enumerable: true }),
  "a length that changes": () => {
    const length = fickle(1, 3, 0, 5_000);
    return new Proxy([{ id: "ann" }], { get: (array, name) => (name === "length" ? length() : array[name]) });
  },
  // No longer: JSON.stringify takes as long as an array says that it is.
  "an array that says it is long": () =>
    new Proxy([], { get: (array, name) => (name === "length" ? 5_000 : array[name]) }),
  "a toJSON that says something else": () => ({ id: "ann", toJSON: fickle("ann", 7, null, undefined) }),
  "an array with a toJSON": () => Object.assign([{ id: "ann" }], { toJSON: () => 7 }),
  "a type that changes": () => {
    const prototype = fickle(Object.prototype, null, Array.prototype, Date.prototype);
    return new Proxy({}, { getPrototypeOf: prototype });
  },
  // What is deep, round, or has holes.
  "a deep object": () => deep(9_000, (inner) => ({ inner })),
  "a deep array": () => deep(9_000, (inner) => [inner]),
  "a circle of objects": () => cyclic({ id: "ann" }, "self"),
  "a circle of arrays": () => cyclic([], 0),
  "an array with holes": () => Object.assign([], { length: 3 }),
  "an array with a name": () => Object.assign([], { id: "ann" }),
  "a long array": () => Array.from({ length: 101 }, (_, index) => `u${index}`),
  // What has other fields than it seems.
  "an object without a prototype": () => Object.assign(Object.create(null), { id: "ann" }),
  "inherited fields": () => Object.create({ id: "ann", user_id: "ann" }),
  "a field of a prototype's name": () => JSON.parse('{"__proto__":{"id":"ann","polluted":true},"constructor":{}}'),
  "a field with a symbol": () => ({ id: "ann", [Symbol("x")]: 1 }),
  "a hidden field": () => Object.defineProperty({}, "id", { value: "ann" }),
  "a frozen object": () => Object.freeze({ id: "ann" }),
  "a setter alone": () => Object.defineProperty({}, "id", { set() {}, enumerable: true }),
  // What is of another class.
  "a date": () => new Date(0),
  "a date that is none": () => new Date(Number.NaN),
  "a map": () => new Map([["id", "ann"]]),
  "a set": () => new Set(["ann"]),
  bytes: () => new TextEncoder().encode('{"type":"x"}'),
  "a buffer": () => new ArrayBuffer(8),
  "a buffer that was given away": () => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  "shared bytes": () => new Uint8Array(new SharedArrayBuffer(8)),
  "a view that was given away": () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  "a boxed text": () => Object("ann"),
  "a boxed number": () => Object(3),
  "a boxed BigInt": () => Object(3n),
  "a boxed symbol": () => Object(Symbol("x")),
  "a pattern": () => /ann/g,
  "an error": () => new Error("ann"),
  "a promise": () => Promise.resolve("ann"),
  "a URL": () => new URL("http://ann"),
  headers: () => new Headers({ "x-signature": "ann" }),
  "a request": () => new Request("http://a", { method: "POST", body: '{"type":"x"}', headers: { "x-signature": "0" } }),
  "a response": () => new Response("{}"),
  "an aborted signal": () => AbortSignal.abort("enough"),
  "a signal": () => new AbortController().signal,
  "a generator": () =>
    (function* ids() {
      yield "ann";
      yield 7;
    })(),
  "an async generator": () =>
    (async function* ids() {
      yield { id: "ann" };
      throw broken();
    })(),
  "a stream": () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue("ann");
        // What never ends is waited for, and rightly so.
        controller.close();
      },
    }),
  "an instance": () =>
    new (class Ann {
      id = "ann";
      get user_id() {
        return "ann";
      }
    })(),
  "the global object": () => globalThis,
  "a compiled module's memory": () => new WebAssembly.Memory({ initial: 1 }),
};

/** Ways to put something else around a value. */
export const WRAPPED = {
  "behind a proxy": (value) => (Object(value) === value ? new Proxy(value, {}) : value),
  frozen: (value) => Object.freeze(value),
  "without a prototype": (value) =>
    Object(value) === value && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value,
  "of a class": (value) =>
    Object(value) === value && !Array.isArray(value) ? Object.assign(new (class Own {})(), value) : value,
  inherited: (value) => (Object(value) === value && !Array.isArray(value) ? Object.create(value) : value),
  "in an array": (value) => [value],
  "in an object": (value) => ({ value }),
  "as a text": (value) => JSON.stringify(value),
  "as its toJSON": (value) => ({ toJSON: () => value }),
  boxed: (value) => Object(value),
};

/** Ways to put a value where something else was. */
export const PLACED = {
  plainly: (object, name, value) => define(object, name, { value, writable: true }),
  "as a getter": (object, name, value) => define(object, name, { get: () => value }),
  "as a getter that throws the second time": (object, name, value) => {
    let asked = 0;
    define(object, name, { get: () => (asked++ === 0 ? value : fail()) });
  },
  "as a getter that changes": (object, name, value) => define(object, name, { get: fickle(object[name], value) }),
};

function define(object, name, descriptor) {
  Object.defineProperty(object, name, { ...descriptor, enumerable: true, configurable: true });
}
