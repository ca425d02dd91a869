#!/usr/bin/env bash
# csv-parse: `cast: true` rounds integers beyond 2^53, and reads 0x10 as 0.
#
# Guess: a cell becomes a number only if the number represents it exactly, and stays a string
#   otherwise (Papa Parse's dynamicTyping keeps large integers as strings).
# What happens: nanoseconds and long numeric ids lose their last digits; "0x10" passes the test for
#   a number and is then parsed only up to the x.
# Seen: csv-parse 7.0.3 (npm), Node 20.20.2, 2026-11-28. The output was:
#> [ { id: 0, created_at: 1795840392722425300 } ]
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund csv-parse@7.0.3
cat > probe.mjs <<'JS'
import { parse } from "csv-parse/sync";

console.log(parse("id,created_at\n0x10,1795840392722425339\n", { columns: true, cast: true }));
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
