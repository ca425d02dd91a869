#!/usr/bin/env bash
# Bun: structuredClone of an error loses its cause.
#
# Guess: name, message and cause are copied, as in Node and Deno, so that a worker that posts "fetch
#   failed" also posts the reason.
# What happens: Bun copies name and message; the cause is lost, and with it the system's error code.
# Seen: bun 1.4.5, deno 2.9.6, node 24.21.0 (npm), 2026-11-28. The output was:
#> node
#> TypeError fetch failed ECONNREFUSED
#> deno run
#> TypeError fetch failed ECONNREFUSED
#> bun
#> TypeError fetch failed undefined
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund bun@1.4.5 deno@2.9.6 node@24.21.0
cat > probe.mjs <<'JS'
const clone = structuredClone(new TypeError("fetch failed", { cause: "ECONNREFUSED" }));
console.log(clone.name, clone.message, clone.cause);
JS
runtimes() { for runtime in node "deno run" bun; do echo "$runtime"; node_modules/.bin/$runtime probe.mjs; done; }
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
