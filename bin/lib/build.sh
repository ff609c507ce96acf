#!/usr/bin/env bash
# Sets up what is missing, then builds the web apps and the server that carries them.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
# shellcheck source=bin/lib/common.sh
source bin/lib/common.sh
# shellcheck source=bin/lib/setup.sh
source bin/lib/setup.sh

set_up_to_run
say "Building the web apps"
cargo xtask frontend
say "Building the server"
build_server
