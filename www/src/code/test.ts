// A test for Node's test runner, with its own emulator: it needs no network and no account.

import { $defs } from "../definitions.ts";
import { isObject } from "../json/value.ts";
import type { Operation } from "../schema.d.ts";
import { call, taken } from "./call.ts";
import { indented, literal } from "./literal.ts";

export function test(operation: Operation, input: readonly unknown[]): string {
  const settings = operation.task ? "{ taskDuration: 0 }" : "";
  const lead = "emulator.seed(";
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";

test("${operation.name}", async () => {
  const emulator = createEmulator(${settings});
  ${indented(`${lead}${literal(seedFor(operation, input), {}, lead.length + 2)});`)}
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });

  ${indented(body(operation, input))}
});
`;
}

function body(operation: Operation, input: readonly unknown[]): string {
  if (operation.task) {
    const lead = "const started = await ";
    return `${lead}${call(operation, input, lead.length + 2)};
const { status } = await started.wait();
assert.equal(status, "completed");`;
  }
  if (operation.name === "getTask") {
    return `// No task has been started yet; deleteUsers and others start one.
await assert.rejects(${call(operation, input, 24)}, { kind: "not_found" });`;
  }
  const { declaration, value } = taken(operation);
  const first = value?.match(/\w+/)?.[0] ?? "";
  const isSure = first === "answer" || ($defs[operation.answer ?? ""]?.required ?? []).includes(first);
  if (!isSure) {
    return `await ${call(operation, input, 8)};
assert.equal(emulator.requests().at(-1)?.status, ${success(operation)});`;
  }
  const lead = `${declaration.replace(/\{ .* \}/, `{ ${first} }`)}await `;
  return `${lead}${call(operation, input, lead.length + 2)};\nassert.ok(${first});`;
}

/** The status of a successful response. */
function success({ method }: Operation): number {
  return method === "POST" || method === "PUT" ? 201 : 200;
}

/** The fields whose values are ids of users that must exist. */
const USER_FIELDS =
  /^(?:user_id|user_ids|userId|userIds|member_ids|target_user_id|target_ids|target_user_ids|blocked_user_id|banned_by_id|created_by_id|unbanned_by_id|entity_id|entity_creator_id)$/;
/** With more users, the seed would belong in a file. */
const MOST_USERS = 20;

/** The state that the call needs: the users and other resources that it refers to. */
function seedFor({ name, path }: Operation, input: readonly unknown[]): Record<string, unknown[]> {
  const ids = new Set<string>();
  // The second argument of a revocation is a time.
  if (name.startsWith("revokeUserToken")) collect(input[0], true, ids);
  else for (const argument of input) collect(argument, false, ids);
  const users = [...ids].slice(0, MOST_USERS);
  const { id, name: role, member_ids = [] } = isObject(input[0]) ? input[0] : {};
  if (name === "restoreUsers") return { users: users.map((id) => ({ id, deleted: true })) };
  if (name.startsWith("reactivate")) return { users: users.map((id) => ({ id, deactivated: true })) };
  if (path.startsWith("/api/v2/usergroups/{id}")) {
    const members = name === "removeUserGroupMembers" ? { member_ids } : {};
    return { users, groups: [{ id, name: "A group", ...members }] };
  }
  if (name === "deleteRole") return { roles: [role] };
  if (name === "deleteDevice") return { users, devices: [{ ...DEVICE, ...(input[0] as object) }] };
  return { users };
}

const DEVICE = { push_provider: "firebase" };

/** Finds the ids of users in a value. */
function collect(value: unknown, isId: boolean, ids: Set<string>): void {
  if (typeof value === "string") {
    if (isId) ids.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, isId, ids);
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) collect(inner, USER_FIELDS.test(name), ids);
  }
}
