#!/usr/bin/env bash
# Node: AbortSignal.timeout takes neither fractions nor more than 2^32 - 1 ms.
#
# Guess: 1.5 is taken as 1 ms and 2^32 as fifty days, as the DOM standard has it (a whole number up
#   to 2^53 - 1, fractions cut).
# What happens: RangeError in Node 24 for both; Deno and Bun take them. A limit that was computed
#   ("a third of what is left") needs Math.ceil, and one of "practically never" has an end.
# Seen: bun 1.4.5, deno 2.9.6, node 24.21.0 (npm), 2026-11-28. The output was:
#> node
#> 1.5 RangeError
#> 4294967296 RangeError
#> deno run
#> 1.5 AbortSignal
#> 4294967296 AbortSignal
#> bun
#> 1.5 AbortSignal
#> 4294967296 AbortSignal
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund bun@1.4.5 deno@2.9.6 node@24.21.0
cat > probe.mjs <<'JS'
for (const delay of [1.5, 2 ** 32]) {
  try {
    console.log(delay, AbortSignal.timeout(delay).constructor.name);
  } catch (error) {
    console.log(delay, error.name);
  }
}
// A signal of fifty days keeps some runtimes alive.
process.exit();
JS
runtimes() { for runtime in node "deno run" bun; do echo "$runtime"; node_modules/.bin/$runtime probe.mjs; done; }
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
