# shellcheck shell=bash
# The browser tests, two files at a time, each of the two with a demo server of its own: much of a journey is waiting.

JOURNEYS_AT_ONCE=2

browser_tests() {
  local answer=0
  browser_and_servers || answer=1
  return "$answer"
}

# In a shell of its own, so that its servers end with it.
browser_and_servers() (
  local place pids=() folders=()
  trap 'kill "${pids[@]}" 2>/dev/null; wait "${pids[@]}" 2>/dev/null; rm -rf "${folders[@]}"' EXIT
  CHROMIUM=$(browser)
  export SERVER CHROMIUM ROOT
  for ((place = 0; place < JOURNEYS_AT_ONCE; place++)); do
    start_demo_server "$LOGS/browser-server-$place.log" || return 1
    pids+=("$SERVER_PID")
    folders+=("$SERVER_FOLDER")
    export "BASE_URL_$place=$BASE_URL"
  done
  printf '%s\n' frontend/e2e/*.test.mjs |
    xargs --max-args=1 --max-procs="$JOURNEYS_AT_ONCE" --process-slot-var=PLACE bin/lib/journey.sh
)
