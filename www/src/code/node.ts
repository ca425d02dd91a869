// A script for Node that makes a call.

import type { Operation } from "../schema.d.ts";
import { call, options, type Place, shown, taken } from "./call.ts";

export function node(operation: Operation, input: readonly unknown[], place: Place): string {
  return `import { StreamClient } from "getstream-users";

const { STREAM_API_KEY = "", STREAM_API_SECRET = "" } = process.env;
const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET${options(place)});

${operation.task ? waiting(operation, input) : printing(operation, input)}
`;
}

/** Makes the call and prints its response. */
export function printing(operation: Operation, input: readonly unknown[]): string {
  const { declaration, value } = taken(operation);
  const lead = `${declaration}await `;
  const line = `${lead}${call(operation, input, lead.length)};`;
  return value === undefined ? line : `${line}\nconsole.log(${shown(value)});`;
}

function waiting(operation: Operation, input: readonly unknown[]): string {
  const lead = "const started = await ";
  return `${lead}${call(operation, input, lead.length)};
const { status, result } = await started.wait();
console.log(status, result);`;
}
