// The operations of bulk work. Each uses one method of the client.

import { read, type StreamError } from "../errors.js";
import { MAX_EXPORTED_USERS, MAX_USERS } from "../generated/limits.js";
import type { StreamClient } from "../stream-client.js";
import { encodedText } from "../values.js";
import { isRestored } from "./rules.js";

/** The client methods that take many users. */
type BulkMethod =
  | "upsertUsers"
  | "updateUsersPartial"
  | "deactivateUsers"
  | "reactivateUsers"
  | "deleteUsers"
  | "restoreUsers"
  | "exportUsers";

/** An operation on many users. Its items are unknown: the client checks them. */
export interface Operation {
  /** The name of the function in `getstream-users/bulk`. */
  readonly name: string;
  /** The client method. */
  readonly method: BulkMethod & keyof StreamClient;
  /** The maximum number of users in a request. */
  readonly most: number;
  /** The name of the argument with the users. */
  readonly input: "users" | "userIds";
  /** The id of an item; undefined for an item without one. */
  idOf(item: unknown): string | undefined;
  /**
   * The argument of the client method.
   *
   * @param request - further fields to send
   */
  argumentOf(items: readonly unknown[], request: object): unknown;
  /** Whether the function has the option `request`. */
  readonly takesRequest?: true;
  /** Whether the API runs it as a task. */
  readonly isTask?: true;
  /** Whether the task's result is a file. */
  readonly hasUrls?: true;
  /** Whether an error means that an earlier attempt has already done the work for the user. */
  isDone?(error: StreamError): boolean;
}

const onUsers = {
  most: MAX_USERS,
  input: "users",
  idOf: (user: unknown) => idText(read(user, "id")),
} as const;

const onIds = {
  most: MAX_USERS,
  input: "userIds",
  idOf: idText,
  argumentOf: (user_ids: readonly unknown[], request: object) => ({ ...request, user_ids }),
} as const;

/** An id, which may be an object that JSON writes as a string. */
function idText(id: unknown): string | undefined {
  return typeof id === "string" ? id : encodedText(id);
}

export const UPSERT: Operation = {
  ...onUsers,
  name: "upsertMany",
  method: "upsertUsers",
  argumentOf: (users) => users,
};

export const UPDATE_PARTIAL: Operation = {
  ...onUsers,
  name: "updatePartialMany",
  method: "updateUsersPartial",
  argumentOf: (users) => ({ users }),
};

export const DEACTIVATE: Operation = {
  ...onIds,
  name: "deactivateMany",
  method: "deactivateUsers",
  takesRequest: true,
  isTask: true,
};

export const REACTIVATE: Operation = {
  ...onIds,
  name: "reactivateMany",
  method: "reactivateUsers",
  takesRequest: true,
  isTask: true,
};

export const DELETE: Operation = {
  ...onIds,
  name: "deleteMany",
  method: "deleteUsers",
  takesRequest: true,
  isTask: true,
};

export const RESTORE: Operation = {
  ...onIds,
  name: "restoreMany",
  method: "restoreUsers",
  isDone: isRestored,
};

export const EXPORT: Operation = {
  ...onIds,
  name: "exportMany",
  method: "exportUsers",
  most: MAX_EXPORTED_USERS,
  isTask: true,
  hasUrls: true,
};
