#!/usr/bin/env bash
# fast-check's webUrl generates URLs that the URL parser changes.
#
# Guess: the URLs are in the parser's normal form, perhaps except for the slash of an empty path.
# What happens: paths contain dot segments, which `new URL` removes: a property "the requested path
#   is the path that was sent" fails at "http://a.aa/.".
# Seen: fast-check 4.11.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> true [ 'http://a.aa/.' ] http://a.aa/
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund fast-check@4.11.0
cat > probe.mjs <<'JS'
import fc from "fast-check";

const kept = (text) => [text, `${text}/`].includes(new URL(text).href);
const { failed, counterexample } = fc.check(fc.property(fc.webUrl(), kept), { seed: 1 });
console.log(failed, counterexample, new URL(counterexample[0]).href);
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
