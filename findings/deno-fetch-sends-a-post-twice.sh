#!/usr/bin/env bash
# Deno's fetch sends a POST again when a kept-alive connection breaks.
#
# Guess: when the connection breaks before the response to a request that is not idempotent, `fetch`
#   rejects, as in Node, because the server may have processed it. RFC 9110, section 9.2.2, allows a
#   client to repeat such a request only if it knows that it was not applied.
# What happens: if the connection has served a request before, Deno opens another one and sends the
#   request again, even a POST with a body, without an error. Bun does so only for GET, Node for
#   neither. A program that counts attempts, or promises not to repeat a write, cannot detect it.
# Seen: Node 20.20.2, Deno 2.9.6 and Bun 1.4.5 (npm: node, deno, @oven/bun-linux-x64-baseline),
#   2026-11-28. The output was:
#> node: POST sent once, GET sent once
#> deno: POST sent twice, GET sent twice
#> bun: POST sent once, GET sent twice
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund \
  node@20.20.2 deno@2.9.6 @oven/bun-linux-x64-baseline@1.4.5
cat > probe.mjs <<'JS'
import { createServer } from "node:net";

/** How often the server is sent a request on a connection that has served another and then breaks. */
async function timesSent(method) {
  let served = false;
  let sent = 0;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      if (String(bytes).includes("/second ")) sent += 1;
      if (served) return socket.destroy();
      served = true;
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}`;
  await (await fetch(`${url}/first`)).text();
  // The connection goes back to those that are kept.
  await new Promise((done) => setTimeout(done, 100));
  const init = method === "POST" ? { method, body: "x" } : { method };
  await fetch(`${url}/second`, init).catch(() => {});
  return ["never", "once", "twice"][sent] ?? `${sent} times`;
}

const name = "Deno" in globalThis ? "deno" : "Bun" in globalThis ? "bun" : "node";
const [post, get] = [await timesSent("POST"), await timesSent("GET")];
console.log(`${name}: POST sent ${post}, GET sent ${get}`);
process.exit();
JS
{
  node_modules/.bin/node probe.mjs
  node_modules/.bin/deno run --quiet --allow-net probe.mjs
  node_modules/@oven/bun-linux-x64-baseline/bin/bun probe.mjs
} | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
