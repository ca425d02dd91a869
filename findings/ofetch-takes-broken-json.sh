#!/usr/bin/env bash
# ofetch resolves when a body of type application/json is truncated, with the broken text as the
# data.
#
# Guess: it rejects, as `response.json()` does: a broken connection must not look like a response.
# What happens: the parser returns text that it cannot parse as a string, so a typed `{ users:
#   User[] }` is a string at run time. Integers beyond 2^53 also become strings, and keep their
#   digits.
# Seen: ofetch 1.5.1 (npm), Node 20.20.2, 2026-11-28. The output was:
#> /cut "{\"users\":[{\"id\":\"ada\""
#> /integer "1795840392722425339"
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund ofetch@1.5.1
cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import { ofetch } from "ofetch";

const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(request.url === "/cut" ? '{"users":[{"id":"ada"' : "1795840392722425339");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;
for (const path of ["/cut", "/integer"]) console.log(path, JSON.stringify(await ofetch(url + path)));
process.exit();
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
