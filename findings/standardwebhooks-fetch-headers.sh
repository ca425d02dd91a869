#!/usr/bin/env bash
# standardwebhooks and svix: verify() finds no header in a Request's Headers.
#
# Guess: `webhook.verify(await request.text(), request.headers)` works, because a Worker has exactly
#   these values.
# What happens: "Missing required headers": they read own properties, and Headers has none.
#   `Object.fromEntries(request.headers)` works.
# Seen: standardwebhooks 1.1.1, svix 1.99.1 (npm), Node 20.20.2, 2026-11-28. The output was:
#> standardwebhooks Object user.updated
#> standardwebhooks Headers Missing required headers
#> svix Object user.updated
#> svix Headers Missing required headers
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund standardwebhooks@1.1.1 svix@1.99.1
cat > probe.mjs <<'JS'
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

for (const [name, Class] of Object.entries({ standardwebhooks: Webhook, svix: SvixWebhook })) {
  const webhook = new Class(`whsec_${Buffer.alloc(24, 7).toString("base64")}`);
  const at = new Date();
  const body = '{"type":"user.updated"}';
  const request = new Request("http://localhost/", {
    method: "POST",
    body,
    headers: {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(at / 1000)),
      "webhook-signature": webhook.sign("msg_1", at, body),
    },
  });
  for (const headers of [Object.fromEntries(request.headers), request.headers]) {
    try {
      console.log(name, headers.constructor.name, webhook.verify(body, headers).type);
    } catch (error) {
      console.log(name, headers.constructor.name, error.message);
    }
  }
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
