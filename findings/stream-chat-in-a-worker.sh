#!/usr/bin/env bash
# stream-chat: a client cannot be created in a Worker, with or without a secret, although the
# package has a build for browsers.
#
# Guess: bundled with the conditions of a Worker, `new StreamChat(key, secret)` works as in Node,
#   because workerd has Node's modules from the compatibility date 2026-08-04 on; at worst, the
#   error says that a secret is only for servers.
# What happens: these conditions select the build for browsers, in which `https` is an empty module.
#   Without a `window`, the constructor creates an `https.Agent`, and throws a TypeError that
#   mentions neither secrets nor Workers.
# Seen: stream-chat 9.53.0 (npm), esbuild 0.28.2, workerd 1.20261023.1, Node 20.20.2, 2026-11-28. The output was:
#> with a secret: TypeError: https.default.Agent is not a constructor
#> without one: TypeError: https.default.Agent is not a constructor
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund stream-chat@9.53.0 esbuild@0.28.2 workerd@1.20261023.1
cat > worker.js <<'JS'
import { StreamChat } from "stream-chat";

function made(...args) {
  try {
    return (new StreamChat(...args), "a client");
  } catch (error) {
    return `${error.name}: ${error.message.replace("import_https", "https")}`;
  }
}

export default {
  fetch: () => new Response(`with a secret: ${made("key", "secret")}\nwithout one: ${made("key")}\n`),
};
JS
cat > external.mjs <<'JS'
import { builtinModules } from "node:module";
for (const name of builtinModules) console.log(`--external:${name}\n--external:node:${name}`);
JS
require='import { createRequire } from "node:module"; const require = createRequire("/");'
node external.mjs | xargs node_modules/.bin/esbuild worker.js --bundle --format=esm --target=es2022 \
  --conditions=workerd,worker,browser --banner:js="$require" --outfile=bundle.js --log-level=error
cat > config.capnp <<'CAPNP'
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "bundle.js", esModule = embed "bundle.js")],
    compatibilityDate = "2026-08-04"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
CAPNP
mkfifo control
node_modules/.bin/workerd serve --control-fd=3 config.capnp 3> control &
server=$!
port=$(grep -m1 -o '"port":[0-9]*' control | grep -o '[0-9]*')
curl -s "http://127.0.0.1:$port/" | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
