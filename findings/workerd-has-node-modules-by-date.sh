#!/usr/bin/env bash
# workerd: from a certain compatibility date on, Node's modules are available without a flag.
#
# Guess: `node:crypto` can be imported only with the flag `nodejs_compat`, whatever the
#   compatibility date.
# What happens: a Worker with the date 2026-08-04 or later imports it without the flag. With the
#   date one day earlier, the Worker does not start. Packages for Node, such as Stream's own SDK,
#   run in a new Worker without any setting, but not in an older one that is redeployed.
# Seen: workerd 1.20261023.1 (npm), Node 20.20.2, 2026-11-28. The output was:
#> 2026-08-03: does not start
#> 2026-08-03 and nodejs_compat: 64 digits
#> 2026-08-04: 64 digits
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund workerd@1.20261023.1
cat > worker.js <<'JS'
import { createHash } from "node:crypto";
export default {
  fetch: () => new Response(`${createHash("sha256").update("ada").digest("hex").length} digits\n`),
};
JS
said() {
  cat > config.capnp <<CAPNP
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")],
    compatibilityDate = "$1", compatibilityFlags = [$2]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
CAPNP
  mkfifo control
  node_modules/.bin/workerd serve --control-fd=3 config.capnp 3> control 2> /dev/null &
  server=$!
  port=$(grep -m1 -o '"port":[0-9]*' control | grep -o '[0-9]*' || true)
  if [[ -n $port ]]; then curl -s "http://127.0.0.1:$port/"; else echo "does not start"; fi
  { kill "$server" && wait "$server"; } 2> /dev/null || true
  rm control
}
{
  echo "2026-08-03: $(said 2026-08-03 '')"
  echo "2026-08-03 and nodejs_compat: $(said 2026-08-03 '"nodejs_compat"')"
  echo "2026-08-04: $(said 2026-08-04 '')"
} | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
