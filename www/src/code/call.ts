// The call of an operation as source text, and what is taken of its answer.

import { $defs } from "../definitions.ts";
import type { Operation } from "../schema.d.ts";
import { literal, quoted } from "./literal.ts";

/** Where the API is; Stream's own when left out. */
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

/** The last argument of a constructor, with a comma before it; nothing where the API is where it usually is. */
export function options({ basePath }: Place): string {
  return basePath === undefined ? "" : `, { basePath: ${quoted(basePath)} }`;
}

/** Fields of an answer that hardly anybody looks at. */
const ASIDE = ["duration", "membership_deletion_task_id"];
/** More fields than these are taken as a whole. */
const FEW = 3;

/** What a program does with an answer. */
export interface Taken {
  /** What the call is assigned to: `const { users } = `. Empty where the answer says nothing. */
  declaration: string;
  /** What holds the answer then: `{ users }`, `answer`; nothing where the answer says nothing. */
  value: string | undefined;
}

export function taken({ answer }: Operation): Taken {
  const fields = Object.keys($defs[answer ?? ""]?.properties ?? {}).filter((name) => !ASIDE.includes(name));
  if (fields.length === 0) return { declaration: "", value: undefined };
  if (fields.length > FEW) return { declaration: "const answer = ", value: "answer" };
  const names = `{ ${fields.join(", ")} }`;
  return { declaration: `const ${names} = `, value: names };
}

/** What holds an answer, as `console.log` shows it best: a single field without a name. */
export function shown(value: string): string {
  return /^\{ (\w+) \}$/.exec(value)?.[1] ?? value;
}
