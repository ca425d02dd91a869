#!/usr/bin/env bash
# stream-chat (PyPI): the asynchronous client loses the path of its base URL, the synchronous one
# keeps it.
#
# Guess: both send to /proxy/app.
# What happens: StreamChatAsync passes the base URL to aiohttp and requests "/app", which aiohttp
#   resolves from the root. Without a trailing slash, the same base URL is refused when the client
#   is created.
# Seen: stream-chat 4.33.0, aiohttp 3.14.5 (PyPI), 2026-11-28. The output was:
#> synchronous               /proxy/app
#> asynchronous, with slash  /app
#> asynchronous, without     base_url must have a trailing '/'
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q stream-chat==4.33.0 aiohttp==3.14.5
cat > probe.py <<'PY'
import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from stream_chat import StreamChat, StreamChatAsync

paths = []


class Recorder(BaseHTTPRequestHandler):
    def do_GET(self):
        paths.append(self.path.split("?")[0])
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}/proxy"


async def ask(base_url):
    async with StreamChatAsync(api_key="key", api_secret="secret", base_url=base_url) as client:
        await client.get_app_settings()


StreamChat(api_key="key", api_secret="secret", base_url=base).get_app_settings()
print("synchronous              ", paths[-1])
asyncio.run(ask(base + "/"))
print("asynchronous, with slash ", paths[-1])
try:
    asyncio.run(ask(base))
except ValueError as error:
    print("asynchronous, without    ", error)
PY
venv/bin/python -W ignore probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
