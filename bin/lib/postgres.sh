# shellcheck shell=bash
# A private PostgreSQL for one test run: own folder, free port, stopped and deleted at the end.

POSTGRES_FOLDER=

# Sets TEST_POSTGRES_URL, unless the caller brought one.
start_postgres() {
  [ -z "${TEST_POSTGRES_URL:-}" ] || return 0
  local port log
  POSTGRES_FOLDER=$(mktemp -d /tmp/omasote-postgres.XXXXXX)
  log="$POSTGRES_FOLDER/log"
  [ "$(id -u)" -ne 0 ] || chown "$(postgres_user)" "$POSTGRES_FOLDER"
  port=$(free_port)
  as_postgres_user initdb --pgdata "$POSTGRES_FOLDER/data" --username omasote --auth trust --encoding UTF8 \
    --locale C.UTF-8 --no-sync >/dev/null || return 1
  # fsync stays on: a test kills the server and counts what was acknowledged.
  as_postgres_user pg_ctl start --wait --silent --pgdata "$POSTGRES_FOLDER/data" --log "$log" --options \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_FOLDER -c max_connections=300" || {
    cat "$log" >&2
    return 1
  }
  export TEST_POSTGRES_URL="postgres://omasote@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$POSTGRES_FOLDER" ] || return 0
  if [ -e "$POSTGRES_FOLDER/data/postmaster.pid" ]; then
    as_postgres_user pg_ctl stop --silent --mode immediate --pgdata "$POSTGRES_FOLDER/data" || true
  fi
  rm -rf "$POSTGRES_FOLDER"
  POSTGRES_FOLDER=
}

# PostgreSQL refuses to run as root.
as_postgres_user() {
  local program
  program="$(postgres_programs)/$1"
  shift
  local as=()
  if [ "$(id -u)" -eq 0 ]; then
    as=(setpriv "--reuid=$(postgres_user)" "--regid=$(id -g "$(postgres_user)")" --clear-groups)
  fi
  (cd "$POSTGRES_FOLDER" && "${as[@]}" "$program" "$@")
}

postgres_user() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }
