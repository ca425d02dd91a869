#!/usr/bin/env bash
# Node loads all of Web Crypto for a program's first random value.
#
# Guess: `crypto.getRandomValues` on four numbers gets 16 bytes from the system within microseconds,
#   because the global already exists.
# What happens: the global is a getter, and its first use loads the whole implementation of Web
#   Crypto and its dependencies before a random value is generated. In a program without other
#   cryptography, that adds milliseconds to its start. The second value loads nothing, and
#   `Math.random` never does.
# Seen: Node 20.20.2, 22.23.3 and 24.21.0 (npm: node), 2026-11-28. The output was:
#> v20.20.2: Math.random loads 0 modules of Node's, the first getRandomValues 27, the second 0
#> v22.23.3: Math.random loads 0 modules of Node's, the first getRandomValues 28, the second 0
#> v24.21.0: Math.random loads 0 modules of Node's, the first getRandomValues 28, the second 0
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund \
  node-20@npm:node@20.20.2 node-22@npm:node@22.23.3 node-24@npm:node@24.21.0
cat > probe.mjs <<'JS'
const loadedBy = (act) => {
  const before = process.moduleLoadList.length;
  act();
  return process.moduleLoadList.length - before;
};
const draw = () => globalThis.crypto.getRandomValues(new Uint32Array(4));
const counts = [loadedBy(() => Math.random()), loadedBy(draw), loadedBy(draw)];
console.log(
  `${process.version}: Math.random loads ${counts[0]} modules of Node's, ` +
    `the first getRandomValues ${counts[1]}, the second ${counts[2]}`,
);
JS
for release in 20 22 24; do "node_modules/node-$release/bin/node" probe.mjs; done |
  diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
