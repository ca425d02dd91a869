#!/usr/bin/env bash
# Papa Parse's dynamicTyping turns an ISO time into a Date, and keeps a large integer as a string.
#
# Guess: it converts numbers and booleans, as documented, and times stay strings.
# What happens: a column of times becomes Dates without their nanoseconds; the same times as integer
#   nanoseconds stay strings, because they are too large; and the id 007 becomes 7. An export with
#   Stream's times in both forms is read as two types.
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
