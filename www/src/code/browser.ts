// Code for a call in a page, by a caller that is allowed there.

import type { Operation } from "../schema.d.ts";
import { options, type Place, shown, taken } from "./call.ts";
import { literal, quoted } from "./literal.ts";
import { printing } from "./node.ts";

export function browser(operation: Operation, input: readonly unknown[], place: Place): string {
  switch (operation.auth) {
    case "server":
      return askingTheServer(operation, input);
    case "any":
      return `${IMPORT}
// Your server signs tokens: client.generateUserToken({ user_id }).
async function fetchToken() {
  const response = await fetch("/api/stream-token");
  if (!response.ok) throw new Error(\`no token: \${response.status}\`);
  return response.text();
}

const client = StreamClient.withToken("your-api-key", fetchToken${options(place)});

${printing(operation, input)}
`;
    case "public":
      return `${IMPORT}
const client = StreamClient.anonymous("your-api-key"${options(place)});

${printing(operation, input)}
`;
  }
}

const IMPORT = 'import { StreamClient } from "getstream-users";\n';

/** A call that needs the app's secret does not belong in a page: the page asks a server, which makes the call. */
function askingTheServer(operation: Operation, input: readonly unknown[]): string {
  const { declaration, value } = taken(operation);
  const lines = [
    `// ${operation.name} takes the app's secret, which must not get into a page. Your server`,
    "// makes the call, as a Worker or in Node, after it has checked who asks for it.",
    `const response = await fetch(${quoted(endpoint(operation.name))}, ${init(operation, input)});`,
    `if (!response.ok) throw new Error(\`${operation.name} failed: \${response.status}\`);`,
  ];
  if (value !== undefined) lines.push(`${declaration}await response.json();`, `console.log(${shown(value)});`);
  return `${lines.join("\n")}\n`;
}

/** `moderation.unban` → `/api/moderation-unban` */
function endpoint(name: string): string {
  return `/api/${name.replace(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function init(operation: Operation, input: readonly unknown[]): string {
  const body = bodyOf(operation, input);
  if (body === undefined) return '{ method: "POST" }';
  const lines = ['method: "POST"', 'headers: { "content-type": "application/json" }', `body: JSON.stringify(${body})`];
  return `{\n${lines.map((line) => `  ${line.replaceAll("\n", "\n  ")},\n`).join("")}}`;
}

/** The one argument, or all of them by their names. */
function bodyOf({ arguments: signature }: Operation, input: readonly unknown[]): string | undefined {
  const [only] = signature;
  if (input.length === 0 || only === undefined) return undefined;
  if (signature.length === 1) return literal(input[0], only.schema, "  body: JSON.stringify(".length);
  const named = signature.map(({ name }, index) => [name, input[index]]).filter(([, value]) => value !== undefined);
  const properties = Object.fromEntries(signature.map(({ name, schema }) => [name, schema]));
  return literal(Object.fromEntries(named), { properties });
}
