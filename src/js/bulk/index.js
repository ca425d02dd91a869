// `getstream-users/bulk`: any number of users, in as many calls as it takes. Plain JavaScript: nothing of the client's
// wasm is loaded with it, and it reaches the client's rules through the client it is given.

import { newError } from "../errors.js";
import { Source } from "./chunks.js";
import { Job, resultOf } from "./job.js";
import { settingsOf } from "./options.js";
import { isRestored, MOST_EXPORTED, MOST_USERS } from "./rules.js";

/**
 * An operation on many users.
 *
 * @typedef {object} Operation
 * @property {string} name
 * @property {number} most users in one call
 * @property {string} input what the argument with the users is called
 * @property {(item: any) => unknown} idOf
 * @property {(client: any, items: any[], request: object, options: object) => Promise<any>} call
 * @property {boolean} [isTask] whether a task does it
 * @property {boolean} [hasUrls] whether the task's result is a file
 * @property {(error: any) => boolean} [mayBeDone] whether a refusal means that an earlier try went through unheard
 */

const objects = { most: MOST_USERS, input: "users", idOf: (user) => user?.id };
const ids = { most: MOST_USERS, input: "userIds", idOf: (id) => id };

/** The operation behind a method that takes `user_ids`. */
function onIds(name, method, more) {
  const call = (client, user_ids, request, options) => client[method]({ ...request, user_ids }, options);
  return { ...ids, name, call, ...more };
}

const UPSERT = {
  ...objects,
  name: "upsertMany",
  call: (client, users, _, options) => client.upsertUsers(users, options),
};
const UPDATE_PARTIAL = {
  ...objects,
  name: "updatePartialMany",
  call: (client, users, _, options) => client.updateUsersPartial({ users }, options),
};
const DEACTIVATE = onIds("deactivateMany", "deactivateUsers", { isTask: true });
const REACTIVATE = onIds("reactivateMany", "reactivateUsers", { isTask: true });
const DELETE = onIds("deleteMany", "deleteUsers", { isTask: true });
const RESTORE = onIds("restoreMany", "restoreUsers", { mayBeDone: isRestored });
const EXPORT = onIds("exportMany", "exportUsers", { isTask: true, hasUrls: true, most: MOST_EXPORTED });

async function run(operation, client, input, options) {
  const { name } = operation;
  if (typeof client?.waitForTask !== "function") {
    throw newError("invalid_argument", `${name}: client must be a StreamClient`, "client");
  }
  const settings = settingsOf(operation, options);
  const source = new Source(input);
  if (!source.isValid) {
    const problem = "must be an array, an iterable, an async iterable or a ReadableStream";
    throw newError("invalid_argument", `${name}: ${operation.input} ${problem}`, operation.input);
  }
  return new Job(operation, client, source, settings).run();
}

export const upsertMany = (client, users, options) => run(UPSERT, client, users, options);
export const updatePartialMany = (client, users, options) => run(UPDATE_PARTIAL, client, users, options);
export const deactivateMany = (client, userIds, options) => run(DEACTIVATE, client, userIds, options);
export const reactivateMany = (client, userIds, options) => run(REACTIVATE, client, userIds, options);
export const deleteMany = (client, userIds, options) => run(DELETE, client, userIds, options);
export const restoreMany = (client, userIds, options) => run(RESTORE, client, userIds, options);
export const exportMany = (client, userIds, options) => run(EXPORT, client, userIds, options);
export { resultOf };
