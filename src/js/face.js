// The class, as people get it: what wasm-bindgen adds for itself is taken away, and nothing that goes wrong inside goes
// further than the call it happened in.

import { StreamError } from "./errors.js";
import { UserList } from "./paging/list.js";
import { taskOf } from "./tasks.js";
import { parseSns, parseSqs, receive } from "./webhooks/receive.js";

/** Methods that take the app's secret. */
const SECRET = [
  "generateUserToken",
  "generatePermanentUserToken",
  "generateCallToken",
  "createToken",
  "createCallToken",
  "verifyToken",
  "verifyWebhook",
];
/** Methods of JavaScript alone: what they send goes through the others. */
const COMPOSED = {
  tasks(id) {
    return taskOf(this, id);
  },
  users(filter, options) {
    return new UserList(this, filter, options);
  },
  verifyAndParseWebhook(body, signature) {
    return receive(this, body, signature);
  },
  parseSqs,
  parseSns,
};
/** Methods that return a value rather than a promise. */
const SYNCHRONOUS = [...SECRET, "tasks", "users"];
/** Methods whose answer is the beginning of a task. */
const STARTING = ["deactivateUsers", "reactivateUsers", "deleteUsers", "exportUsers"];

/** Methods with more than a request and options: their arguments as those two. */
const SHAPES = {
  revokeUserToken: (userId, before, options) => [{ userId, before }, options],
  revokeUserTokens: (userIds, before, options) => [{ userIds, before }, options],
  request: (method, path, given) => {
    const { query, body, idempotent, ...options } = given ?? {};
    return [{ method, path, query, body, idempotent }, options];
  },
};

/**
 * @param {{ free(): void }} client any client, which is given back
 * @param {string} operations the names of the operations, in their order: `upsertUsers moderation.ban`
 */
export function seal(client, operations) {
  const prototype = Object.getPrototypeOf(client);
  client.free();
  // Memory is given back when a client is garbage. By hand, the next call would meet memory that is no client any more.
  delete prototype.free;
  delete prototype[Symbol.dispose];
  delete prototype.__destroy_into_raw;
  // Bundlers rename a class that mentions itself, and consoles print that name.
  Object.defineProperty(prototype.constructor, "name", { value: "StreamClient", configurable: true });

  addOperations(prototype, operations.split(" "));
  const { withSecret } = prototype;
  delete prototype.withSecret;
  for (const name of SECRET) {
    define(prototype, name, function (first, second, third, fourth) {
      return withSecret.call(this, name, first, second, third, fourth);
    });
  }
  for (const name in COMPOSED) define(prototype, name, COMPOSED[name]);

  for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor") continue;
    const guarded = guard(prototype.constructor, name, get ?? value, get !== undefined || SYNCHRONOUS.includes(name));
    Object.defineProperty(prototype, name, get === undefined ? { value: guarded } : { get: guarded });
  }
}

function define(prototype, name, value) {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

/** Gives an answer that a task goes on with a way to wait for it, which JSON and copies pass over. */
function waitable(client, answer) {
  return Object.defineProperty(answer, "wait", { value: taskOf(client, answer.task_id).wait });
}

/** Gives every operation its method: one of the client, or of an object such as `client.moderation`. */
function addOperations(prototype, operations) {
  const { call } = prototype;
  delete prototype.call;
  const spaces = {};
  operations.forEach((path, index) => {
    const shape = SHAPES[path];
    const value = function (first, second, third) {
      if (shape === undefined) return call.call(this, index, first, second);
      return call.call(this, index, ...shape(first, second, third));
    };
    const [space, name] = path.split(".");
    if (name === undefined) {
      define(prototype, path, value);
    } else {
      spaces[space] = { ...spaces[space], [name]: value };
    }
  });
  for (const [space, methods] of Object.entries(spaces)) {
    const get = function () {
      const value = {};
      for (const name in methods) {
        value[name] = guard(prototype.constructor, `${space}.${name}`, methods[name]).bind(this);
      }
      // From now on the client has it: the same object whenever it is asked for.
      Object.defineProperty(this, space, { value });
      return value;
    };
    Object.defineProperty(prototype, space, { get, configurable: true });
  }
}

// Not `then`: a module with an export of that name is taken for a promise by who imports it at run time.
export function follow(promise, next) {
  return promise.then(next);
}

function guard(Class, name, method, isSynchronous) {
  const isStarting = STARTING.includes(name);
  const fail = (error) => {
    const explained = explain(error);
    if (isSynchronous) throw explained;
    return Promise.reject(explained);
  };
  const guarded = function (first, second, third, fourth) {
    // Its own pointer: a copy of a client's fields is no client, and outlives it.
    if (!(this instanceof Class && this.__wbg_ptr > 0))
      return fail(new TypeError(`${name} was called without the StreamClient it belongs to`));
    try {
      const result = method.call(this, first, second, third, fourth);
      return isStarting ? result.then((answer) => waitable(this, answer)) : result;
    } catch (error) {
      return fail(error);
    }
  };
  return Object.defineProperty(guarded, "name", { value: name });
}

/** A trap in wasm is a defect of this package; everything else says itself what it is. */
function explain(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new StreamError("internal", `a defect of getstream-users, please report it: ${error.message}`, {
    cause: error,
  });
}
