#!/usr/bin/env bash
# Bun gives a Request or Response with a string body no content type, and Response.json another one
# than other runtimes.
#
# Guess: text/plain;charset=UTF-8 and application/json, as in the Fetch standard, Node and Deno.
# What happens: Bun: null for a string, and application/json;charset=utf-8. A server that depends on
#   `content-type` gets a different request, and a comparison with "application/json" fails.
# Seen: bun 1.4.5, deno 2.9.6, node 24.21.0 (npm), 2026-11-28. The output was:
#> node
#> text/plain;charset=UTF-8 text/plain;charset=UTF-8 application/json
#> deno run
#> text/plain;charset=UTF-8 text/plain;charset=UTF-8 application/json
#> bun
#> none none application/json;charset=utf-8
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund bun@1.4.5 deno@2.9.6 node@24.21.0
cat > probe.mjs <<'JS'
const request = new Request("http://localhost/", { method: "POST", body: "{}" });
const types = [request, new Response("{}"), Response.json({})].map(({ headers }) => headers.get("content-type") ?? "none");
console.log(...types);
JS
runtimes() { for runtime in node "deno run" bun; do echo "$runtime"; node_modules/.bin/$runtime probe.mjs; done; }
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
