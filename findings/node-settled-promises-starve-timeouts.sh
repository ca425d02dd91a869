#!/usr/bin/env bash
# Node: AbortSignal.timeout never ends a loop that awaits settled promises.
#
# Guess: a loop that awaits in each iteration and checks `signal.aborted` ends at about the timeout.
# What happens: awaiting settled promises never yields to the event loop, so the signal's timer
#   cannot fire, however long the loop runs. The loop has to await setTimeout, or real I/O, now and
#   then.
# Seen: node 20.20.2, 2026-11-28. The output was:
#> settled promises: went on for a second, not aborted
#> with setTimeout:  ended by the signal
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund node@20.20.2
cat > probe.mjs <<'JS'
const run = async (turn) => {
  const signal = AbortSignal.timeout(50);
  const end = performance.now() + 1000;
  while (!signal.aborted && performance.now() < end) await turn();
  return signal.aborted ? "ended by the signal" : "went on for a second, not aborted";
};
console.log("settled promises:", await run(() => Promise.resolve()));
console.log("with setTimeout: ", await run(() => new Promise((resolve) => setTimeout(resolve, 0))));
JS
node_modules/.bin/node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
