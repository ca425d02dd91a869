#!/usr/bin/env bash
# ofetch retries a 429 at once, although the response has a Retry-After.
#
# Guess: 429 is on its list of retried statuses, so it waits for Retry-After, as ky and got do.
# What happens: the header is not read, and the default delay is 0: the retry runs into the same
#   limit. (It succeeds here because the server refuses only once.)
# Seen: ofetch 1.5.1, ky 1.14.3, got 14.6.6 (npm), Node 20.20.2, 2026-11-28. The output was:
#> ky waited
#> got waited
#> ofetch did not wait
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund ofetch@1.5.1 ky@1.14.3 got@14.6.6
cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";

let times = [];
const server = createServer((request, response) => {
  times.push(Date.now());
  if (times.length === 1) response.writeHead(429, { "retry-after": "2" });
  response.end();
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;
for (const [name, send] of Object.entries({ ky, got, ofetch })) {
  times = [];
  await send(url);
  console.log(name, times[1] - times[0] < 1900 ? "did not wait" : "waited");
}
process.exit();
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
