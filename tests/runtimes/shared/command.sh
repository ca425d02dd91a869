#!/bin/sh
# The package's command, run by the runtime that the arguments say: an emulator, users imported into it, and read back.
set -e
command="$* node_modules/getstream-users/dist/cli/main.js"
printf 'id,name\nada,Ada\nbob,Bob\n' > users.csv
trap 'rm -f users.csv' EXIT
$command emulator --strict --quiet exec -- \
  sh -c "$command import users.csv && $command query '{}' --sort id --json" > found.ndjson
test "$(grep -o '"id":"[a-z]*"' found.ndjson)" = '"id":"ada"
"id":"bob"'
