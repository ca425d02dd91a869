#!/usr/bin/env bash
# ky takes X-RateLimit-Reset for the time of its retry, got takes Retry-After alone.
#
# Guess: only Retry-After, the header of the standard, decides; Stream's `x-ratelimit-reset`,
#   seconds since 1970, is for people to read.
# What happens: ky waits until that second, though nothing in the response names it a time rather
#   than a span: it tells by the size of the number. got makes its usual pause of a second.
# Seen: ky 1.14.3, got 14.6.6 (npm), Node 20.20.2, 2026-11-28. The output was:
#> ky waited for the reset
#> got made its usual pause
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund ky@1.14.3 got@14.6.6
cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import got from "got";
import ky from "ky";

let times = [];
const server = createServer((request, response) => {
  times.push(Date.now());
  if (times.length === 1) response.writeHead(429, { "x-ratelimit-reset": Math.ceil(Date.now() / 1000) + 5 });
  response.end();
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;
for (const [name, send] of Object.entries({ ky, got })) {
  times = [];
  await send(url);
  console.log(name, times[1] - times[0] > 4500 ? "waited for the reset" : "made its usual pause");
}
process.exit();
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
