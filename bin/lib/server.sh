# shellcheck shell=bash
# A server in demo mode for one test step: own folder, own SQLite database, free port.

SERVER_PID=
SERVER_FOLDER=

# Sets BASE_URL. The server's log stays in the folder given.
start_demo_server() {
  local port log=$1
  SERVER_FOLDER=$(mktemp -d /tmp/omasote-server.XXXXXX)
  port=$(free_port)
  export BASE_URL="http://127.0.0.1:$port"
  local settings=(
    "OMASOTE_LISTEN=127.0.0.1:$port"
    "OMASOTE_DATABASE_URL=sqlite://$SERVER_FOLDER/demo.sqlite"
    "OMASOTE_DATA_DIR=$SERVER_FOLDER"
    "OMASOTE_DEMO=true"
  )
  env "${settings[@]}" "$SERVER" migrate >"$log" 2>&1 || { cat "$log" && return 1; }
  env "${settings[@]}" "$SERVER" demo-data >>"$log" 2>&1 || { cat "$log" && return 1; }
  env "${settings[@]}" "$SERVER" serve >>"$log" 2>&1 &
  SERVER_PID=$!
  wait_until_ready "$BASE_URL/health/ready" "$SERVER_PID" || { tail -n 20 "$log" && return 1; }
}

stop_demo_server() {
  if [ -n "$SERVER_PID" ]; then
    kill "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" 2>/dev/null || true
    SERVER_PID=
  fi
  [ -z "$SERVER_FOLDER" ] || rm -rf "$SERVER_FOLDER"
  SERVER_FOLDER=
}
