// The demo page's data about operations matches the package: each has an example, and each example runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { repository } from "../support/paths.mjs";
import { call, filled } from "./emulator.mjs";

const read = (name) => JSON.parse(readFileSync(`${repository}www/src/${name}`, "utf8"));
const { operations, resources, $defs } = read("generated/operations.json");

test("every example belongs to an existing operation", () => {
  const names = operations.map((operation) => operation.name);
  assert.deepEqual(Object.keys(read("examples.json")).sort(), names.sort());
});

test("every referenced name exists", () => {
  const mentioned = JSON.stringify([operations, $defs]).matchAll(/#\/\$defs\/(\w+)/g);
  const answers = operations.map((operation) => operation.answer);
  const names = [...new Set([...Array.from(mentioned, ([, name]) => name), ...answers])];
  assert.deepEqual(
    names.filter((name) => !(name in $defs)),
    [],
  );
  const grouped = new Set(operations.map((operation) => operation.resource));
  assert.deepEqual(
    resources.map((resource) => resource.name),
    [...grouped],
  );
});

test("every operation and every field is described", () => {
  assert.deepEqual(
    operations.filter((operation) => !/^[A-Z].*\.$/.test(operation.summary)).map((operation) => operation.name),
    [],
  );
  const requests = operations.flatMap(({ name, arguments: signature }) =>
    signature.map(({ schema }) => [name, schema]).filter(([, { properties }]) => !properties?.payload),
  );
  const unsaid = [...Object.entries($defs), ...requests].flatMap(([name, { properties = {} }]) =>
    Object.keys(properties)
      .filter((field) => !properties[field].description)
      .map((field) => `${name}.${field}`),
  );
  assert.deepEqual(unsaid, []);
});

for (const { name, example, task, answer, method, path } of operations) {
  test(`the example of ${name} runs unchanged`, async () => {
    let sent;
    const { client } = await filled({
      fetch: (url, init, next) => {
        sent ??= `${init.method} ${new URL(url).pathname}`;
        return next(url, init);
      },
    });
    const result = await call(client, name, example);
    const segment = /\{(\w+)\}/.exec(path)?.[1];
    assert.equal(sent, `${method} ${path.replace(/\{\w+\}/, encodeURIComponent(example[0]?.[segment]))}`);
    assert.equal(typeof result.task_id === "string" && answer !== "GetTaskResponse", task);
    const missing = $defs[answer].required.filter((field) => !(field in result));
    assert.deepEqual(missing, [], `${answer} says that these are always there`);
  });
}

test("operations for servers are refused to users", async () => {
  const { emulator, client } = await filled();
  const token = client.generateUserToken({ user_id: "ada" });
  const ada = StreamClient.withToken(emulator.apiKey, token, { fetch: emulator.fetch });
  for (const { name, example } of operations.filter((operation) => operation.auth === "server")) {
    await assert.rejects(call(ada, name, example), { kind: "permission" }, name);
  }
});

test("public operations need no token", async () => {
  const { emulator } = await filled();
  const visitor = StreamClient.anonymous(emulator.apiKey, { fetch: emulator.fetch });
  const open = operations.filter(({ auth }) => auth === "public");
  assert.ok(open.length > 0);
  for (const { name, example } of open) await call(visitor, name, example);
});
