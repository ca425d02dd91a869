#!/usr/bin/env bash
# urllib3: Retry(total=3) repeats a GET that got a 429 with Retry-After, although no status is on
# its list.
#
# Guess: `status_forcelist` is empty, so no status is retried: total is for failed connections.
# What happens: 413, 429 and 503 are retried if the response has Retry-After, after that delay, and
#   not otherwise. A rate limit blocks the caller for that long, unless `respect_retry_after_header`
#   is False.
# Seen: requests 2.34.2 with urllib3 2.8.0 (PyPI), 2026-11-28. The output was:
#> /silent status 429 requests 1
#> /says-when status 200 requests 2
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q requests==2.34.2 urllib3==2.8.0
cat > probe.py <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

hits = 0


class Limiting(BaseHTTPRequestHandler):
    def do_GET(self):
        global hits
        hits += 1
        self.send_response(429 if hits == 1 else 200)
        if self.path == "/says-when":
            self.send_header("retry-after", "1")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Limiting)
threading.Thread(target=server.serve_forever, daemon=True).start()
session = requests.Session()
session.mount("http://", HTTPAdapter(max_retries=Retry(total=3)))
for path in ("/silent", "/says-when"):
    hits = 0
    status = session.get(f"http://127.0.0.1:{server.server_port}{path}").status_code
    print(path, "status", status, "requests", hits)
PY
venv/bin/python probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
