#!/usr/bin/env bash
# fflate's gunzipSync takes the length of the whole output from the last four bytes of the input.
#
# Guess: two members are both read, as by zlib and pako; zeros after the end are skipped, as by zlib
#   and pako, or refused.
# What happens: for two members it returns as many bytes as the last one has, here only the first
#   member; with four zeros after the end it returns nothing. There is no error in either case.
# Seen: fflate 0.8.3, pako 3.0.3 (npm), Node 20.20.2, 2026-11-28. The output was:
#> two members zlib "ada\nbob\n"
#> two members pako "ada\nbob\n"
#> two members fflate "ada\n"
#> zeros behind zlib "ada\n"
#> zeros behind pako "ada\n"
#> zeros behind fflate ""
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund fflate@0.8.3 pako@3.0.3
cat > probe.mjs <<'JS'
import { gunzipSync, gzipSync } from "node:zlib";
import { gunzipSync as fflate } from "fflate";
import { ungzip } from "pako";

const [ada, bob] = [gzipSync("ada\n"), gzipSync("bob\n")];
const bodies = { "two members": Buffer.concat([ada, bob]), "zeros behind": Buffer.concat([ada, Buffer.alloc(4)]) };
for (const [what, body] of Object.entries(bodies)) {
  for (const [name, inflate] of Object.entries({ zlib: gunzipSync, pako: ungzip, fflate })) {
    console.log(what, name, JSON.stringify(Buffer.from(inflate(body)).toString()));
  }
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
