#!/usr/bin/env bash
# esbuild treats /\p{Surrogate}/u as newer than any engine, and converts it to new RegExp(...),
# which parsers do not check.
#
# Guess: with a current target, the literal stays: engines have supported it since 2018. The same
#   for /\p{Script=Greek}/u.
# What happens: both become a call of the constructor for every target but `esnext`, compiled again
#   each time the line runs.
# Seen: esbuild 0.28.2 (npm), 2026-11-28. The output was:
#> esnext: literal, literal
#> chrome140: constructor, constructor
#> node24: constructor, constructor
#> safari18: constructor, constructor
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund esbuild@0.28.2
cat > probe.mjs <<'JS'
import { transform } from "esbuild";

const sources = ["x(/\\p{Surrogate}/u)", "x(/\\p{Script=Greek}/u)"];
for (const target of ["esnext", "chrome140", "node24", "safari18"]) {
  const written = await Promise.all(sources.map((source) => transform(source, { target })));
  const forms = written.map(({ code }) => (code.includes("new RegExp") ? "constructor" : "literal"));
  console.log(`${target}: ${forms.join(", ")}`);
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
