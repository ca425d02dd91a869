#!/usr/bin/env bash
# orjson reads an integer of 2^64 or more as a float, and refuses to write it.
#
# Guess: an int with all its digits, as with json and msgspec.
# What happens: 18446744073709551616 becomes 1.8446744073709552e+19; writing the same Python int
#   fails: "Integer exceeds 64-bit range". Long numeric ids in custom data change without an error.
# Seen: orjson 3.13.0, msgspec 0.22.0 (PyPI), Python 3.11.7, 2026-11-28. The output was:
#> json 18446744073709551617
#> msgspec 18446744073709551617
#> orjson 1.8446744073709552e+19
#> orjson.dumps: Integer exceeds 64-bit range
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q orjson==3.13.0 msgspec==0.22.0
cat > probe.py <<'PY'
import json

import msgspec
import orjson

text = '{"account":18446744073709551617}'
for name, read in {"json": json.loads, "msgspec": msgspec.json.decode, "orjson": orjson.loads}.items():
    print(name, read(text)["account"])
try:
    orjson.dumps(json.loads(text))
except TypeError as error:
    print("orjson.dumps:", error)
PY
venv/bin/python probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
