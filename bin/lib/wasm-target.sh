# shellcheck shell=bash
# The standard library for wasm32-unknown-unknown: from rustup's server, else built from Debian's copy of its source.

WASM=wasm32-unknown-unknown
DEBIAN_MIRROR="${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
DEBIAN_SUITES="trixie-backports forky sid trixie bookworm-backports bookworm"

need_wasm_target() {
  wasm_target_works && return
  local library
  library="$(rustc --print sysroot)/lib/rustlib/$WASM/lib"
  say "Adding Rust's $WASM target"
  # Never two kinds of library in one folder: the compiler would find both and take neither.
  if have rustup; then
    timeout 60 rustup target remove "$WASM" >/dev/null 2>&1 || true
    rm -rf "$library"
    timeout 180 rustup target add "$WASM" || say "rustup could not add it; trying Debian's rust-src"
  fi
  if ! wasm_target_works; then
    local work
    work=$(mktemp -d)
    rm -rf "$library"
    build_wasm_target "$library" "$work" || true
    rm -rf "$work"
  fi
  wasm_target_works ||
    die "Rust's $WASM target is missing and could not be installed: run \`rustup target add $WASM\` when online."
  # What was compiled against another standard library is of no use.
  rm -rf "${TARGET:?}/$WASM"
}

# Whether this very compiler finds a standard library of its own version.
wasm_target_works() {
  local folder answer=0
  folder=$(mktemp -d)
  echo 'pub fn works() -> String { String::new() }' |
    rustc --target "$WASM" --crate-type lib --emit metadata --out-dir "$folder" - >/dev/null 2>&1 || answer=1
  rm -rf "$folder"
  return "$answer"
}

# build_wasm_target <library folder> <scratch folder>: from the source of exactly this compiler.
build_wasm_target() {
  local library=$1 work=$2 sysroot
  sysroot=$(rustc --print sysroot)
  fetch_rust_source "$(rustc --version | cut -d ' ' -f 2)" "$work" || return 1
  mkdir -p "$sysroot/lib/rustlib/src/rust" "$library"
  rm -rf "$sysroot/lib/rustlib/src/rust/library"
  cp -r "$work"/unpacked/usr/src/rustc-*/library "$sysroot/lib/rustlib/src/rust/library" || return 1
  cargo init --quiet --lib --vcs none --name empty "$work/empty"
  : >"$work/empty/src/lib.rs"
  (cd "$work/empty" && CARGO_TARGET_DIR="$work/built" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    cargo build --quiet -Zbuild-std=std,panic_abort --target "$WASM" --release) || return 1
  find "$work/built/$WASM/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$library/" \;
}

# Finds the package by the compiler's version in the suites' indexes, checks and unpacks it.
fetch_rust_source() {
  local version=$1 work=$2 suite path checksum
  need_packages "$(have curl || echo curl) $(have xz || echo xz-utils)"
  for suite in $DEBIAN_SUITES; do
    curl --silent --fail --max-time 120 "$DEBIAN_MIRROR/dists/$suite/main/binary-amd64/Packages.xz" 2>/dev/null |
      xz --decompress --stdout 2>/dev/null | rust_source_in_index "$version" >"$work/found" || true
    read -r path checksum <"$work/found" || continue
    say "Building it from Debian's rust-src of $suite"
    curl --silent --fail --max-time 600 --output "$work/rust-src.deb" "$DEBIAN_MIRROR/$path" || continue
    echo "$checksum  $work/rust-src.deb" | sha256sum --check --quiet || continue
    dpkg -x "$work/rust-src.deb" "$work/unpacked" && return
  done
  return 1
}

# Prints the path and the checksum of rust-src of one version, read from a Packages index.
rust_source_in_index() {
  awk -v version="$1" -v RS='' -F '\n' '
    /^Package: rust-src\n/ {
      path = sum = found = ""
      for (i = 1; i <= NF; i++) {
        if (index($i, "Version: " version "+") == 1 || index($i, "Version: " version "-") == 1) found = 1
        if (sub(/^Filename: /, "", $i)) path = $i
        if (sub(/^SHA256: /, "", $i)) sum = $i
      }
      if (found) print path, sum
    }' | tail -n 1
}
