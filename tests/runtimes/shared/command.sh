#!/bin/sh
# The package's command, run by the runtime that the arguments say: an emulator, users imported into it, and read back; and a
# socket of that emulator, whose client is the newest Node of the matrix.
set -e
newest="../node/node_modules/node-24/bin/node"
command="$* node_modules/getstream-users/dist/cli/main.js"
printf 'id,name\nada,Ada\nbob,Bob\n' > users.csv
trap 'rm -f users.csv' EXIT
$command emulator --strict --quiet exec -- \
  sh -c "$command import users.csv && $command query '{}' --sort id --json && $newest shared/socket.mjs" > found.ndjson
test "$(grep -o '"id":"[a-z]*"' found.ndjson)" = '"id":"ada"
"id":"bob"'
