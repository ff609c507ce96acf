#!/usr/bin/env bash
# One file of journeys, against the server of its place; its output comes whole, not mixed with that of another.
set -euo pipefail
address="BASE_URL_$PLACE"
said=$(mktemp /tmp/omasote-journey.XXXXXX)
trap 'rm -f "$said"' EXIT
answer=0
# A journey that fails may leave a server of its own open: the process ends all the same. No file takes ten minutes.
BASE_URL="${!address}" node --test --test-reporter=tap --test-force-exit --test-timeout=600000 "$1" >"$said" 2>&1 || answer=1
flock "$ROOT/bin/lib/journey.sh" cat "$said"
exit "$answer"
