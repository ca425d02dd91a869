// What `generated/operations.json` holds: the operations of the client and the types they take and give, as the Rust
// code has them. `cargo xtask codegen` writes it.

/** Everything that the page knows about the package. */
export interface Schema {
  /** Groups of operations, in the order in which they are shown. */
  resources: Resource[];
  /** The operations, in the order of the client's table. */
  operations: Operation[];
  /** The named types, which `$ref: "#/$defs/<name>"` means. */
  $defs: Record<string, JSONSchema>;
}

/** Operations that belong together. */
export interface Resource {
  /** What `resource` of an operation says: `users`. */
  name: string;
  /** For reading: `Creating, changing and finding users`. */
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
  /** What else there is to know; most often empty. */
  description: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path, with at most one `{parameter}` that is taken from the argument's field of that name. */
  path: string;
  /** The fields of the argument that go into the query rather than the body. */
  query: string[];
  /**
   * Where the argument travels beside path and query: nowhere, as there is none (`nothing`) or path and query have it all
   * (`url`); as the JSON body (`body`); as a body that has each user under its id (`users`); as partial updates of users
   * whose tokens are refused (`revocation`).
   */
  input: "nothing" | "url" | "body" | "users" | "revocation";
  /** The method's arguments without its last one, the options of the call. */
  arguments: Argument[];
  /** Who may call it: a server alone; users too, as far as their role and the app let them; everybody, without a token. */
  auth: "server" | "any" | "public";
  /** Whether running it twice leaves what running it once does, so that the client tries it again after a failure. */
  repeatable: boolean;
  /** Whether the answer is the beginning of a task and holds its `task_id`. */
  task: boolean;
  /** The name of the answer's type in `$defs`. */
  answer: string | null;
  /** Arguments that work as they are on an emulator that `fill.ts` has filled. */
  example: unknown[];
}

/** An argument of a method. */
export interface Argument {
  /** Its name in the signature: `request`, `userId`, `before`. */
  name: string;
  schema: JSONSchema;
  /** Whether it has to be given. */
  required: boolean;
}

/** What a value is called in a schema. A JSON Schema integer is a number without a fraction. */
export type TypeName = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/**
 * The part of JSON Schema 2020-12 that is used, with `enumDescriptions` and
 * `patternDescription`. Where two types are given, the first is the usual
 * one: `["string", "null"]`, `["array", "string"]`.
 */
export interface JSONSchema {
  /** Another schema: `#/$defs/UserRequest`. A `description` beside it is about this place. */
  $ref?: string;
  /** The name of the type that stands here in full. */
  title?: string;
  /** Absent where any value goes. */
  type?: TypeName | TypeName[];
  description?: string;
  /** Only these values. */
  enum?: (string | number)[];
  /** What the values of `enum` mean, in its order. */
  enumDescriptions?: string[];
  /** Values that are known; others go as well. */
  examples?: string[];
  properties?: Record<string, JSONSchema>;
  required?: string[];
  /** What an object's other fields are; `false` when there are none. */
  additionalProperties?: boolean | JSONSchema;
  minProperties?: number;
  maxProperties?: number;
  items?: JSONSchema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** What `pattern` says, for reading: `may hold letters and digits only`. */
  patternDescription?: string;
  minimum?: number;
  maximum?: number;
  /** A time as text, such as `2026-01-31T12:00:00Z`; in JavaScript a `Date` goes too. */
  format?: "date-time";
  deprecated?: boolean;
}
