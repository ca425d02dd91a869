#!/usr/bin/env bash
# typescript 7.0.2 contains a compiler, but not the compiler's API.
#
# Guess: `require("typescript").createProgram` exists, as in every version before, so
#   rollup-plugin-dts, api-extractor and linters work with 7 as with 6.
# What happens: the main entry exports the version, and nothing to compile with; tools that write
#   declarations need an older TypeScript as well.
# Seen: typescript 7.0.2 and 5.9.3 (npm), 2026-11-28. The output was:
#> 5.9.3 createProgram: function
#> 7.0.2 createProgram: undefined
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund typescript-7@npm:typescript@7.0.2 typescript-5@npm:typescript@5.9.3
cat > probe.cjs <<'JS'
for (const name of ["typescript-5", "typescript-7"]) {
  const { version, createProgram } = require(name);
  console.log(version, "createProgram:", typeof createProgram);
}
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
