#!/usr/bin/env bash
# ky uses X-RateLimit-Reset for the time of its retry; got uses only Retry-After.
#
# Guess: only Retry-After, the standard header, counts; Stream's `x-ratelimit-reset`, in seconds
#   since 1970, is informational.
# What happens: ky waits until that second. Nothing in the response says whether it is a time or a
#   duration: ky infers it from the size of the number. got makes its usual pause of a second.
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
