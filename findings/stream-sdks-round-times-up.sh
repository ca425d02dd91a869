#!/usr/bin/env bash
# Stream's SDKs for Node and Python read a time just before a second as the next second.
#
# Guess: 1795840392999999999 ns is 04:33:12.999 as a Date and 04:33:12.999999 as a datetime: digits
#   that do not fit are truncated.
# What happens: both divide a double, and neither 1795840392999999999 nor its quotient is exact as a
#   double, so the last nanosecond of a second becomes the next second. Up to half a millisecond
#   (Node), or microsecond (Python), is rounded up instead of down.
# Seen: @stream-io/node-sdk 0.7.64 (npm), getstream 7.0.0 (PyPI), Node 20.20.2, Python 3.11.7,
#   2026-11-28. The output was:
#> node 2026-11-28T04:33:12.723Z 2026-11-28T04:33:13.000Z
#> python 2026-11-28T04:33:12.723000+00:00 2026-11-28T04:33:13+00:00
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund @stream-io/node-sdk@0.7.64
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q getstream==7.0.0
cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import { StreamClient } from "@stream-io/node-sdk";

const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  response.end('{"users":{"ada":{"id":"ada","created_at":1795840392722999999,"updated_at":1795840392999999999}}}');
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const basePath = `http://127.0.0.1:${server.address().port}`;
const { users } = await new StreamClient("key", "secret", { basePath }).upsertUsers([{ id: "ada" }]);
console.log("node", users.ada.created_at.toISOString(), users.ada.updated_at.toISOString());
process.exit();
JS
cat > probe.py <<'PY'
from getstream.utils import datetime_from_unix_ns

print("python", *(datetime_from_unix_ns(ns).isoformat() for ns in (1795840392722999999, 1795840392999999999)))
PY
{ node probe.mjs; venv/bin/python probe.py; } | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
