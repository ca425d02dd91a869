#!/usr/bin/env bash
# getstream (PyPI): `Stream()` reads the key and the secret from the environment, but not
# STREAM_BASE_URL.
#
# Guess: the three variables are read together, so that a test run can use a local server.
# What happens: the constructor's default is Stream's own host, which overrides the variable. Only
#   `base_url=None`, or `Stream.from_env()`, which is deprecated in favour of the constructor, reads
#   it.
# Seen: getstream 7.0.0 (PyPI), 2026-11-28. The output was:
#> Stream()              https://chat.stream-io-api.com
#> Stream(base_url=None) http://127.0.0.1:3030
#> Stream.from_env()     http://127.0.0.1:3030
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q getstream==7.0.0
cat > probe.py <<'PY'
import warnings

from getstream import Stream

warnings.simplefilter("ignore")
print("Stream()             ", Stream().base_url)
print("Stream(base_url=None)", Stream(base_url=None).base_url)
print("Stream.from_env()    ", Stream.from_env().base_url)
PY
export STREAM_API_KEY=key STREAM_API_SECRET=secret STREAM_BASE_URL=http://127.0.0.1:3030
venv/bin/python -W ignore probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
