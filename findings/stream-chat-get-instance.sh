#!/usr/bin/env bash
# stream-chat: getInstance with another key returns the client of the first key.
#
# Guess: a second client, for keyB, or an error.
# What happens: there is one instance per process; the key, the secret and the options of every
#   later call are ignored without an error. Two apps, or two tests, in one process need `new
#   StreamChat()`.
# Seen: stream-chat 9.53.0 (npm), 2026-11-28. The output was:
#> same client: true, key keyA, secret secretA, https://chat.stream-io-api.com
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts stream-chat@9.53.0
cat > probe.mjs <<'JS'
import { StreamChat } from "stream-chat";

const a = StreamChat.getInstance("keyA", "secretA");
const b = StreamChat.getInstance("keyB", "secretB", { baseURL: "http://localhost:3030" });
console.log(`same client: ${a === b}, key ${b.key}, secret ${b.secret}, ${b.baseURL}`);
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
