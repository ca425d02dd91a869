#!/usr/bin/env bash
# rollup-plugin-dts exports a class as a value that the entry re-exports only as a type.
#
# Guess: `export type { Client } from "./client"` stays a type, so that the class cannot be
#   constructed.
# What happens: the bundled declarations have `export { Client }`, so `new Client()` compiles for
#   users, and fails at run time.
# Seen: rollup-plugin-dts 6.5.1, rollup 4.68.8, typescript 5.9.3 (npm), 2026-11-28. The output was:
#> declare class Client { constructor(key: string); }
#> export { Client };
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund rollup-plugin-dts@6.5.1 rollup@4.68.8 typescript@5.9.3
echo 'export type { Client } from "./client";' > index.d.ts
echo 'export declare class Client { constructor(key: string); }' > client.d.ts
cat > rollup.config.mjs <<'JS'
import { dts } from "rollup-plugin-dts";

export default { input: "index.d.ts", output: { file: "bundle.d.ts" }, plugins: [dts()] };
JS
node_modules/.bin/rollup --silent --config rollup.config.mjs
grep Client bundle.d.ts | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
