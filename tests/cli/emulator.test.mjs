// `getstream-users emulator`: the HTTP server and `exec`. `tests/parity` tests the responses.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { folderWith } from "../support/folder.mjs";
import { run, startPackagedEmulator } from "../support/program.mjs";

const clientOf = ({ url, apiKey, apiSecret }) => new StreamClient(apiKey, apiSecret, { basePath: url });

/** An emulator that ends with its test. */
async function started(t, args) {
  const emulator = await startPackagedEmulator(args);
  t.after(() => emulator.stop());
  return emulator;
}

test("exec runs a command that finds the emulator, and exits with its code", async () => {
  const script =
    "const { StreamClient } = await import('getstream-users');" +
    "const { STREAM_BASE_URL: basePath, STREAM_API_KEY: key, STREAM_API_SECRET: secret } = process.env;" +
    "await new StreamClient(key, secret, { basePath }).upsertUsers([{ id: 'ada' }]);" +
    "console.log('done'); process.exit(7)";
  const command = [process.execPath, "--input-type=module", "--eval", script];
  const { code, stdout, stderr } = await run(["emulator", "exec", "--", ...command], {
    cwd: path.join(import.meta.dirname, ".."),
  });
  assert.equal(code, 7, stderr);
  assert.equal(stdout, "done\n");
  assert.match(stderr, /^listening on http:\/\/127\.0\.0\.1:\d+\n/);
  assert.match(stderr, /201 UpdateUsers by server/);
});

test("exec passes the command's flags on, and reports a missing command", async () => {
  const { stdout } = await run(["emulator", "--quiet", "exec", "--", process.execPath, "-p", "process.argv.length"]);
  assert.equal(stdout, "1\n");
  const { code, stderr } = await run(["emulator", "exec", "nosuchcommand"]);
  assert.equal(code, 127);
  assert.match(stderr, /cannot run nosuchcommand/);
});

test("a signal also ends the command", async () => {
  const args = ["emulator", "--quiet", "exec", "--", process.execPath, "-e", "setInterval(() => {}, 1000)"];
  const { code } = await run(args, {
    onStart: (child) => child.stderr.once("data", () => setTimeout(() => child.kill("SIGTERM"), 300)),
  });
  assert.equal(code, 143);
});

test("invalid flags are refused before the server starts", async () => {
  for (const [args, reason] of [
    [["--port", "x"], /--port: x is not a whole number from 0 to 65535/],
    [["--host", "0.0.0.0"], /say --allow-remote/],
    [["--host", "localhost"], /is no address/],
    [["--log", "xml"], /neither text nor json/],
    [["--webhook-times", "s"], /neither nanoseconds nor rfc3339/],
    [["--rate-limit", "-1"], /--rate-limit/],
    [["--allow-host", "http://a"], /name of a host/],
    [["--seed", "nofile.json"], /cannot begin with nofile\.json/],
  ]) {
    const { code, stderr } = await run(["emulator", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, reason);
  }
});

test("a port in use is an error that says what to do", async (t) => {
  const first = await started(t);
  const { code, stderr } = await run(["emulator", "--port", new URL(first.url).port]);
  assert.equal(code, 1);
  assert.match(stderr, /--port 0 takes any that is free/);
});

test("the emulator starts with a seed and keeps its state in a file", async (t) => {
  const seed = JSON.stringify({ users: ["ada", { id: "bob", name: "Bob" }] });
  const cwd = await folderWith(t, { "seed.json": seed });
  const args = ["--seed", path.join(cwd, "seed.json"), "--data", path.join(cwd, "state.json")];
  const first = await started(t, args);
  await clientOf(first).upsertUsers([{ id: "cy" }]);
  assert.equal(await first.stop(), 0);
  assert.match(await readFile(path.join(cwd, "state.json"), "utf8"), /"cy"/);

  const second = await started(t, args);
  const { code, stderr } = await run(["emulator", "--port", "0", ...args]);
  assert.equal(code, 2);
  assert.match(stderr, /another emulator uses/);
  const users = await clientOf(second).users().toArray();
  assert.deepEqual(users.map((user) => user.id).sort(), ["ada", "bob", "cy"]);
});

test("the log can be JSON, with refusals and their reasons", async () => {
  const script = "fetch(process.env.STREAM_BASE_URL + '/api/v2/app').then((r) => r.text())";
  const { stderr } = await run(["emulator", "--log", "json", "exec", process.execPath, "-e", script]);
  const line = JSON.parse(stderr.split("\n")[1]);
  assert.equal(line.operation, "GetApp");
  assert.deepEqual([line.status, line.code, line.caller], [401, 2, "none"]);
});

test("a page of another origin can neither use the controls nor call under its own host name", async (t) => {
  const emulator = await started(t);
  const elsewhere = { origin: "https://evil.example" };
  const control = await fetch(`${emulator.url}/__emulator/reset`, { method: "POST", headers: elsewhere });
  assert.equal(control.status, 403);
  const { port } = new URL(emulator.url);
  const answer = await raw(port, "GET /__emulator/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  assert.match(answer, /^HTTP\/1\.1 403 /);
});

test("malformed requests and oversized bodies get an error envelope", async (t) => {
  const emulator = await started(t);
  const { port } = new URL(emulator.url);
  const malformed = await raw(port, "NONSENSE\r\n\r\n");
  assert.match(malformed, /^HTTP\/1\.1 400 [\s\S]*the request is not valid HTTP\/1\.1/);
  const long = "x".repeat(70_000);
  assert.match(await raw(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${long}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  const users = { ada: { id: "ada", custom: { text: "x".repeat(3 * 1024 * 1024) } } };
  await assert.rejects(clientOf(emulator).request("POST", "/api/v2/users", { body: { users } }), { status: 413 });
});

test("preflight requests are answered", async (t) => {
  const emulator = await started(t);
  const response = await fetch(`${emulator.url}/api/v2/users`, {
    method: "OPTIONS",
    headers: { origin: "http://localhost:3000", "access-control-request-method": "POST" },
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("access-control-allow-headers"), /stream-auth-type/);
});

/** The server's whole response to these bytes. */
function raw(port, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => {
      socket.end();
      resolve(text);
    });
    socket.on("error", reject);
    socket.write(bytes);
  });
}
