// The call of an operation as source code, and the fields used from its response.

import { $defs } from "../definitions.ts";
import type { Operation } from "../schema.d.ts";
import { literal, quoted } from "./literal.ts";

/** The address of the API; Stream's by default. */
export interface Place {
  basePath?: string | undefined;
}

/** `client.upsertUsers([…])` */
export function call({ name, arguments: signature }: Operation, input: readonly unknown[], before = 0): string {
  const method = `client.${name}(`;
  const only = input.length === 1;
  const values = input.map((value, index) =>
    literal(value, signature[index]?.schema, only ? before + method.length : 0),
  );
  return `${method}${values.join(", ")})`;
}

/** The last argument of a constructor, with a comma before it; empty for the default address. */
export function options({ basePath }: Place): string {
  return basePath === undefined ? "" : `, { basePath: ${quoted(basePath)} }`;
}

/** Fields of a response that are rarely needed. */
const ASIDE = ["duration", "membership_deletion_task_id"];
/** With more fields, the code uses the whole response. */
const FEW = 3;

/** How the code uses a response. */
export interface Taken {
  /** What the call is assigned to: `const { users } = `. Empty when the response has nothing of interest. */
  declaration: string;
  /** The expression for the response: `{ users }`, `answer`; undefined when it has nothing of interest. */
  value: string | undefined;
}

export function taken({ answer }: Operation): Taken {
  const fields = Object.keys($defs[answer ?? ""]?.properties ?? {}).filter((name) => !ASIDE.includes(name));
  if (fields.length === 0) return { declaration: "", value: undefined };
  if (fields.length > FEW) return { declaration: "const answer = ", value: "answer" };
  const names = `{ ${fields.join(", ")} }`;
  return { declaration: `const ${names} = `, value: names };
}

/** The expression for `console.log`: a single field is printed without braces. */
export function shown(value: string): string {
  return /^\{ (\w+) \}$/.exec(value)?.[1] ?? value;
}
