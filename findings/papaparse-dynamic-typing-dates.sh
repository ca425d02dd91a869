#!/usr/bin/env bash
# Papa Parse's dynamicTyping makes a Date of an ISO time, and keeps a large integer as text.
#
# Guess: it types numbers and booleans, as its option is described; times stay text.
# What happens: a column of times becomes Dates, with their nanoseconds gone; the same times as
#   integer nanoseconds stay text, since they do not fit; and an id of 007 is 7. One export, written
#   in two forms of Stream's times, reads as two types.
# Seen: papaparse 5.7.1 (npm), Node 20.20.2, 2026-11-28. The output was:
#> id Number 7
#> created_at Date "2026-11-28T04:33:12.722Z"
#> updated_at String "1795840392722425339"
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund papaparse@5.7.1
cat > probe.mjs <<'JS'
import papa from "papaparse";

const csv = "id,created_at,updated_at\n007,2026-11-28T04:33:12.722425339Z,1795840392722425339\n";
const [row] = papa.parse(csv, { header: true, dynamicTyping: true, skipEmptyLines: true }).data;
for (const [name, value] of Object.entries(row)) console.log(name, value.constructor.name, JSON.stringify(value));
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
