#!/usr/bin/env bash
# nock 15.0.2 declares support for Node 20, and breaks every fetch there.
#
# Guess: its `engines` (>=20.12.1) is right, and otherwise npm would warn under Node 20.20, but it
#   installs without a warning.
# What happens: it depends on ^0.44.0 of MSW's interceptors, which need Node 22: their
#   `Promise.withResolvers` is missing in Node 20. Importing nock is enough to break requests, even
#   those that it does not intercept.
# Seen: nock 15.0.2 with @mswjs/interceptors 0.44.0, Node 20.20.2 (npm: node), 2026-11-28. The
#   output was:
#> nock engines >=20.12.1
#> @mswjs/interceptors engines >=22
#> before the import: served
#> after the import: fetch failed: Promise.withResolvers is not a function
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund nock@15.0.2 @mswjs/interceptors@0.44.0 node@20.20.2
cat > probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const ask = async () => {
  const server = createServer((request, response) => response.end("served"));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}`;
  return fetch(url).then((response) => response.text(), (error) => `${error.message}: ${error.cause.message}`);
};
for (const name of ["nock", "@mswjs/interceptors"]) {
  console.log(name, "engines", JSON.parse(readFileSync(`node_modules/${name}/package.json`)).engines.node);
}
console.log("before the import:", await ask());
await import("nock");
console.log("after the import:", await ask());
process.exit();
JS
node_modules/.bin/node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
