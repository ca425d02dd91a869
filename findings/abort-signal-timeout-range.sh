#!/usr/bin/env bash
# Node: AbortSignal.timeout accepts neither fractions nor more than 2^32 - 1 ms.
#
# Guess: 1.5 counts as 1 ms and 2^32 as fifty days, as in the DOM standard, which accepts whole
#   numbers up to 2^53 - 1 and truncates fractions.
# What happens: Node 24 throws a RangeError for both; Deno and Bun accept them. A computed timeout
#   ("a third of the remaining time") needs Math.ceil, and a practically infinite one has a maximum.
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
