// The format of `generated/operations.json`: the client's operations and their types, which `cargo xtask codegen` writes from
// the Rust code.

/** The page's data about the package. */
export interface Schema {
  /** Groups of operations, in the order in which they are shown. */
  resources: Resource[];
  /** The operations, in the order of the client's table. */
  operations: Operation[];
  /** The named types, for `$ref: "#/$defs/<name>"`. */
  $defs: Record<string, JSONSchema>;
}

/** Operations that belong together. */
export interface Resource {
  /** The value of an operation's `resource`: `users`. */
  name: string;
  /** The title: `Creating, changing and finding users`. */
  title: string;
}

/** A method of the client that is an operation of the API. */
export interface Operation {
  /** The method's name: `upsertUsers`, or `moderation.ban` for a method of `client.moderation`. */
  name: string;
  /** The name of its resource. */
  resource: string;
  /** What it does, in a sentence. */
  summary: string;
  /** Further details; usually empty. */
  description: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path, with at most one `{parameter}`, which is the argument's field of that name. */
  path: string;
  /** The fields of the argument that go into the query rather than the body. */
  query: string[];
  /**
   * Where the argument goes besides path and query: nowhere, because there is none (`nothing`) or path and query contain it
   * (`url`); into the JSON body (`body`); into a body with the users by id (`users`); into partial updates that revoke tokens
   * (`revocation`).
   */
  input: "nothing" | "url" | "body" | "users" | "revocation";
  /** The method's arguments without its last one, the options of the call. */
  arguments: Argument[];
  /** Who may call it: only servers; users, too, if their role and the app allow it; everybody, without a token. */
  auth: "server" | "any" | "public";
  /** Whether running it twice has the same effect as once, so that the client retries it after a failure. */
  repeatable: boolean;
  /** Whether it starts a task and the response has its `task_id`. */
  task: boolean;
  /** The name of the response's type in `$defs`. */
  answer: string | null;
  /** Arguments that work unchanged on an emulator that `fill.ts` has filled. */
  example: unknown[];
}

/** An argument of a method. */
export interface Argument {
  /** Its name in the signature: `request`, `userId`, `before`. */
  name: string;
  schema: JSONSchema;
  /** Whether it is required. */
  required: boolean;
}

/** The types of values in a schema. A JSON Schema integer is a number without a fraction. */
export type TypeName = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/**
 * The part of JSON Schema 2020-12 that is used, with `enumDescriptions` and
 * `patternDescription`. Where two types are given, the first is the usual
 * one: `["string", "null"]`, `["array", "string"]`.
 */
export interface JSONSchema {
  /** Another schema: `#/$defs/UserRequest`. A `description` next to it is about this use. */
  $ref?: string;
  /** The name of the type that is written out here. */
  title?: string;
  /** Missing when any value is allowed. */
  type?: TypeName | TypeName[];
  description?: string;
  /** Only these values. */
  enum?: (string | number)[];
  /** The descriptions of the values of `enum`, in the same order. */
  enumDescriptions?: string[];
  /** Known values; others are allowed, too. */
  examples?: string[];
  properties?: Record<string, JSONSchema>;
  required?: string[];
  /** The schema of an object's other fields; `false` when there are none. */
  additionalProperties?: boolean | JSONSchema;
  minProperties?: number;
  maxProperties?: number;
  items?: JSONSchema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** The description of `pattern`: `may hold letters and digits only`. */
  patternDescription?: string;
  minimum?: number;
  maximum?: number;
  /** A time as text, such as `2026-01-31T12:00:00Z`; in JavaScript also a `Date`. */
  format?: "date-time";
  deprecated?: boolean;
}
