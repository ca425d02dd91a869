#!/usr/bin/env bash
# msgspec rounds a time's nanoseconds to microseconds; pydantic and datetime truncate them.
#
# Guess: all truncate: a parsed time is never later than the one that was sent, and two parsers
#   agree on the same text.
# What happens: 04:33:12.722425939 is .722426 in msgspec and .722425 in pydantic and
#   datetime.fromisoformat: the same event, read by two services, is not equal.
# Seen: msgspec 0.22.0, pydantic 2.14.4 (PyPI), Python 3.11.7, 2026-11-28. The output was:
#> datetime 2026-11-28T04:33:12.722425+00:00
#> pydantic 2026-11-28T04:33:12.722425+00:00
#> msgspec  2026-11-28T04:33:12.722426+00:00
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q msgspec==0.22.0 pydantic==2.14.4
cat > probe.py <<'PY'
from datetime import datetime

import msgspec
import pydantic

text = "2026-11-28T04:33:12.722425939Z"
print("datetime", datetime.fromisoformat(text).isoformat())
print("pydantic", pydantic.TypeAdapter(datetime).validate_python(text).isoformat())
print("msgspec ", msgspec.convert(text, datetime).isoformat())
PY
venv/bin/python probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
