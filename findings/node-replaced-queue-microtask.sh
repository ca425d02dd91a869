#!/usr/bin/env bash
# Node 24: with a replaced queueMicrotask, Response.text() never settles.
#
# Guess: the platform's own bodies do not depend on a global that a program may replace; fake timers
#   do replace it.
# What happens: under a queueMicrotask that does nothing, text() of a response made of a text or of
#   bytes stays pending; one made of a stream is there. Fake clocks that take over queueMicrotask
#   therefore stop each mocked response that a test awaits.
# Seen: node 24.21.0 (npm), 2026-11-28. The output was:
#> stream served
#> text still pending after a second
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund node@24.21.0
cat > probe.mjs <<'JS'
globalThis.queueMicrotask = () => {};
const late = () => new Promise((resolve) => setTimeout(resolve, 1000, "still pending after a second"));
const bodies = { stream: new Blob(["served"]).stream(), text: "served" };
for (const [what, body] of Object.entries(bodies)) {
  console.log(what, await Promise.race([new Response(body).text(), late()]));
}
JS
node_modules/.bin/node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
