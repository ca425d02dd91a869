#!/usr/bin/env bash
# Only Node requires `duplex: "half"` when a request's body is a stream, and only Node has the
# property.
#
# Guess: Node, Deno and Bun throw a TypeError without it, as in the Fetch standard.
# What happens: Deno and Bun create the request, and `request.duplex` is undefined there even when
#   it was given. Code that was tested only in Deno or Bun throws a TypeError in Node.
# Seen: bun 1.4.5, deno 2.9.6, node 24.21.0 (npm), 2026-11-28. The output was:
#> node
#> without TypeError
#> with POST half
#> deno run
#> without POST undefined
#> with POST undefined
#> bun
#> without POST undefined
#> with POST undefined
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund bun@1.4.5 deno@2.9.6 node@24.21.0
cat > probe.mjs <<'JS'
for (const [what, more] of [["without", {}], ["with", { duplex: "half" }]]) {
  try {
    const body = new Blob(["{}"]).stream();
    const request = new Request("http://localhost/", { method: "POST", body, ...more });
    console.log(what, request.method, request.duplex);
  } catch (error) {
    console.log(what, error.name);
  }
}
JS
runtimes() { for runtime in node "deno run" bun; do echo "$runtime"; node_modules/.bin/$runtime probe.mjs; done; }
runtimes | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
