// A Cloudflare Worker that makes a call.

import type { Operation } from "../schema.d.ts";
import { call, options, type Place, taken } from "./call.ts";
import { indented } from "./literal.ts";

export function worker(operation: Operation, input: readonly unknown[], place: Place): string {
  return `import { StreamClient } from "getstream-users";

interface Env {
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
}

let client: StreamClient | undefined;

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    client ??= new StreamClient(env.STREAM_API_KEY, env.STREAM_API_SECRET${options(place)});
    ${indented(body(operation, input), 2)}
  },
};
`;
}

function body(operation: Operation, input: readonly unknown[]): string {
  const { declaration, value } = taken(operation);
  const lead = `${declaration}await `;
  const lines = [`${lead}${call(operation, input, lead.length + 4)};`];
  if (operation.task)
    lines.push("// The task continues: client.tasks(task_id).wait() waits for its result, here or elsewhere.");
  lines.push(value === undefined ? "return new Response(null, { status: 204 });" : `return Response.json(${value});`);
  return lines.join("\n");
}
