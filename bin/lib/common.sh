# shellcheck shell=bash
# What every script here needs. Sourced, with ROOT set to the checkout.

TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
# shellcheck disable=SC2034 # the scripts that source this use it
SERVER="$TARGET/release/omasote"
# A newer Node.js than the system's, when set-up had to bring one.
OWN_NODE="$ROOT/target/node"

say() { printf '%s\n' "$*"; }

# Ends the script with one sentence that says what to do.
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

use_own_node() {
  [ ! -x "$OWN_NODE/bin/node" ] || export PATH="$OWN_NODE/bin:$PATH"
}

# Whether something listens on a port of this machine.
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# wait_until_ready <address> <pid>: until it answers with success, as long as that process lives.
wait_until_ready() { node "$ROOT/bin/lib/wait-until-ready.mjs" "$1" "$2"; }

build_server() { cargo build --release --locked --package omasote-backend --bin omasote; }
