# shellcheck shell=bash
# Brings a Debian machine with rustup and npm to where the project builds. What is there is not done again.

# shellcheck source=bin/lib/wasm-target.sh
source "$ROOT/bin/lib/wasm-target.sh"

NODE_WANTED=20
NODE_BROUGHT=22.23.3

# Everything that building and running needs.
set_up_to_run() {
  find_rust
  need_packages "$(packages_to_build)"
  need_rust
  need_wasm_target
  need_node
  need_npm_packages
}

# The same and what only the tests need.
set_up_to_test() {
  find_rust
  need_packages "$(packages_to_build) $(packages_to_test)"
  set_up_to_run
  need_rust_component rustfmt fmt
  need_rust_component clippy clippy
  need_python_packages
}

packages_to_build() {
  have cc || echo gcc libc6-dev
  have pkg-config || echo pkg-config
  [ -e /usr/include/postgresql/libpq-fe.h ] || have pg_config || echo libpq-dev
}

packages_to_test() {
  [ -n "${TEST_POSTGRES_URL:-}" ] || [ -n "$(postgres_programs)" ] || echo postgresql
  [ -n "$(browser)" ] || echo chromium
  [ -x /usr/sbin/clamd ] || echo clamav-daemon
  have oathtool || echo oathtool
  have curl || echo curl
  have jq || echo jq
  python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
  have shellcheck || echo shellcheck
}

# The folder of the newest PostgreSQL server here, or nothing.
postgres_programs() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort --version-sort | tail -n 1) || true
  [ -z "$newest" ] || dirname "$newest"
}

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

need_packages() {
  local missing
  missing=$(xargs <<<"$1")
  [ -n "$missing" ] || return 0
  have apt-get || die "Missing here: $missing (Debian's names); install them in your system's way and start again."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "Debian packages are missing; run: sudo apt-get install $missing"
    as_root=(sudo -n)
  fi
  say "Installing Debian packages: $missing"
  # Without this file Debian would start a PostgreSQL of its own, which nobody asked for.
  if [[ " $missing " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  local log
  log=$(mktemp)
  # shellcheck disable=SC2086 # one word per package
  if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
      -o Dpkg::Options::=--force-confold $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "Debian packages could not be installed ($missing): see above, and install them by hand."
  fi
  rm -f "$log"
}

# rustup's programs may be there without being in the path of this shell.
find_rust() {
  have cargo || PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
  export PATH
}

need_rust() {
  { have cargo && have rustc; } || die "Rust is missing: install it from https://rustup.rs and start again."
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")
  found=$(rustc --version | cut -d ' ' -f 2)
  [ "$(printf '%s\n' "$wanted" "$found" | sort --version-sort | head -n 1)" = "$wanted" ] ||
    die "Rust $wanted or newer is needed and this is $found: run \`rustup update stable\`."
}

need_rust_component() {
  cargo "$2" --version >/dev/null 2>&1 && return
  say "Installing $1"
  { have rustup && timeout 300 rustup component add "$1"; } ||
    die "$1 is missing and could not be installed: run \`rustup component add $1\`."
}

# Debian 12's own Node.js is too old for the tools; npm can bring a newer one without touching the system.
need_node() {
  have npm || die "npm is missing: install it (on Debian: apt-get install npm) and start again."
  use_own_node
  local version system
  version=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  [ "${version:-0}" -lt "$NODE_WANTED" ] || return 0
  say "Fetching Node.js $NODE_BROUGHT: version $NODE_WANTED or newer is needed"
  system="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')"
  rm -rf "$OWN_NODE"
  npm install --silent --no-save --ignore-scripts --prefix "$OWN_NODE" "node-$system@$NODE_BROUGHT" ||
    die "Node.js $NODE_WANTED or newer is missing and could not be fetched: install it from https://nodejs.org."
  ln -s "node_modules/node-$system/bin" "$OWN_NODE/bin"
  use_own_node
}

need_npm_packages() {
  local lock stamp="$ROOT/frontend/node_modules/.installed"
  lock=$(sha256sum "$ROOT/frontend/package-lock.json" | cut -d ' ' -f 1)
  [ "$(cat "$stamp" 2>/dev/null)" != "$lock" ] || return 0
  say "Installing npm packages"
  local log
  log=$(mktemp)
  (cd "$ROOT/frontend" && npm ci) >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    die "The npm packages could not be installed: see above, then run \`npm ci\` in frontend/."
  }
  rm -f "$log"
  echo "$lock" >"$stamp"
}

# Schemathesis, the FHIR checker and what makes pictures in a virtual environment of its own.
need_python_packages() {
  local wanted="$ROOT/bin/lib/requirements.txt" place="$ROOT/target/python"
  cmp --silent "$wanted" "$place/installed.txt" && return
  say "Installing Python packages"
  rm -rf "$place"
  { python3 -m venv "$place" && "$place/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"; } ||
    die "The Python packages of bin/lib/requirements.txt could not be installed: see above."
  cp "$wanted" "$place/installed.txt"
}
