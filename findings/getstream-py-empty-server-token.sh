#!/usr/bin/env bash
# getstream (PyPI): the server's token has no claims.
#
# Guess: `{"server": true}`, as in Stream's documentation of server tokens and in stream-chat
#   (PyPI).
# What happens: the payload is `{}`, without `server`, `user_id`, `iat` and `exp`. A check that
#   requires any of them refuses this SDK.
# Seen: getstream 7.0.0, stream-chat 4.33.0 (PyPI), 2026-11-28. The output was:
#> getstream   {}
#> stream-chat {"server":true}
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q getstream==7.0.0 stream-chat==4.33.0
cat > probe.py <<'PY'
import base64

from getstream import Stream
from stream_chat import StreamChat


def payload(token):
    part = token.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()


secret = "a secret of thirty-two characters"
print("getstream  ", payload(Stream(api_key="key", api_secret=secret).token))
print("stream-chat", payload(StreamChat(api_key="key", api_secret=secret).auth_token))
PY
venv/bin/python probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
