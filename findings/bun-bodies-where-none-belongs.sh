#!/usr/bin/env bash
# Bun accepts a GET request with a body, and a 204 response with a body.
#
# Guess: TypeError for both, as in the Fetch standard, Node and Deno.
# What happens: Bun creates the objects. A handler or a mock that was tested only in Bun fails in
#   another runtime.
# Seen: bun 1.4.5, deno 2.9.6, node 24.21.0 (npm), 2026-11-28. The output was:
#> node
#> GET with a body TypeError
#> 204 with a body TypeError
#> deno run
#> GET with a body TypeError
#> 204 with a body TypeError
#> bun
#> GET with a body GET
#> 204 with a body 204
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund bun@1.4.5 deno@2.9.6 node@24.21.0
cat > probe.mjs <<'JS'
for (const [what, make] of Object.entries({
  "GET with a body": () => new Request("http://localhost/", { method: "GET", body: "{}" }).method,
  "204 with a body": () => new Response("{}", { status: 204 }).status,
})) {
  try {
    console.log(what, make());
  } catch (error) {
    console.log(what, error.name);
  }
}
JS
runtimes() { for runtime in node "deno run" bun; do echo "$runtime"; node_modules/.bin/$runtime probe.mjs; done; }
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
