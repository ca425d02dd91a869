#!/usr/bin/env bash
# httpx reads only the first member of a gzip body.
#
# Guess: both members are read, as by requests and aiohttp: the format allows several members, and
#   logs and exports use it.
# What happens: requests and aiohttp return both, httpx only the first, with status 200 and no
#   error.
# Seen: httpx 0.28.1, requests 2.34.2 with urllib3 2.8.0, aiohttp 3.14.5 (PyPI), 2026-11-28. The
#   output was:
#> requests b'{"id":"ada"}\n{"id":"bob"}\n'
#> aiohttp  b'{"id":"ada"}\n{"id":"bob"}\n'
#> httpx    b'{"id":"ada"}\n'
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q httpx==0.28.1 requests==2.34.2 urllib3==2.8.0 aiohttp==3.14.5
cat > probe.py <<'PY'
import asyncio
import gzip
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import aiohttp
import httpx
import requests

body = gzip.compress(b'{"id":"ada"}\n') + gzip.compress(b'{"id":"bob"}\n')


class Export(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Export)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"


async def with_aiohttp():
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.read()


print("requests", requests.get(url).content)
print("aiohttp ", asyncio.run(with_aiohttp()))
print("httpx   ", httpx.get(url).content)
PY
venv/bin/python probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
