#!/usr/bin/env bash
# node-fetch: AbortSignal.timeout rejects with an AbortError, and the reason of an abort is lost.
#
# Guess: it rejects with `signal.reason`, a TimeoutError or the argument of `abort()`, as in the
#   Fetch standard and Node's fetch.
# What happens: it always rejects with its own AbortError without a cause, so a timeout cannot be
#   distinguished from an abort by the user.
# Seen: node-fetch 3.3.2 (npm), Node 20.20.2, 2026-11-28. The output was:
#> Node's fetch timeout: TimeoutError (cause: undefined)
#> Node's fetch reason: RangeError (cause: undefined)
#> node-fetch timeout: AbortError (cause: undefined)
#> node-fetch reason: AbortError (cause: undefined)
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund node-fetch@3.3.2
cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import nodeFetch from "node-fetch";

const server = createServer(() => {}); // never answers
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;
for (const [name, send] of Object.entries({ "Node's fetch": fetch, "node-fetch": nodeFetch })) {
  const ended = async (signal) => send(url, { signal }).catch((error) => `${error.name} (cause: ${error.cause})`);
  console.log(name, "timeout:", await ended(AbortSignal.timeout(50)));
  console.log(name, "reason:", await ended(AbortSignal.abort(new RangeError("the user left"))));
}
process.exit();
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
