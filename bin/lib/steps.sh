# shellcheck shell=bash
# Named steps with their time and counts. A failed step does not end the run, nor does one that never ends.

LOGS="$ROOT/target/test-logs"
PASSED=0
FAILED=0
SUMMARY=()
FAILURES=""
# In seconds: no step takes half of it, even on a machine where everything is to be built first.
STEP_LIMIT=2400
STEP=
rm -rf "$LOGS"
mkdir -p "$LOGS"

# step <name> <command…>: counts as one check.
step() {
  local name=$1 answer=0
  shift
  run_logged "$name" "$@" || answer=$?
  if [ "$answer" -eq 0 ]; then report "$name" 1 0; else report "$name" 0 1; fi
}

# counted_step <name> <command…>: a test runner, whose own counts are added up. A runner that fails without naming a
# failed test, or that ran none, is one failure.
counted_step() {
  local name=$1 answer=0 passed failed
  shift
  run_logged "$name" "$@" || answer=$?
  passed=$(sum_of 'passed' <"$LOG")
  failed=$(sum_of 'failed' <"$LOG")
  if [ "$failed" -eq 0 ] && { [ "$answer" -ne 0 ] || [ "$passed" -eq 0 ]; }; then failed=1; fi
  report "$name" "$passed" "$failed"
}

# Adds up the counts in the output of cargo test and of node --test.
sum_of() {
  local node_word=pass
  [ "$1" = passed ] || node_word=fail
  awk -v word="$1" -v node_word="$node_word" '
    /^test result: / { for (i = 2; i <= NF; i++) if ($i == word ";" ) sum += $(i - 1) }
    $1 == "#" && $2 == node_word { sum += $3 }
    END { print sum + 0 }'
}

run_logged() {
  local name=$1 started=$SECONDS answer=0
  shift
  LOG="$LOGS/${name//[^a-zA-Z0-9]/-}.log"
  printf '== %s\n' "$name"
  run_limited "$@" >"$LOG" 2>&1 || answer=$?
  TOOK=$((SECONDS - started))
  if [ "$answer" -ne 0 ]; then
    tail -n 200 "$LOG"
    FAILURES+=$(printf '\n== %s\n' "$name" && what_failed <"$LOG")$'\n'
  fi
  return "$answer"
}

# Runs a command in a process group of its own, which is ended when it takes too long.
run_limited() {
  local answer=0 started=$SECONDS
  set -m
  ("$@") &
  STEP=$!
  set +m
  while kill -0 "$STEP" 2>/dev/null && [ $((SECONDS - started)) -lt "$STEP_LIMIT" ]; do sleep 0.2; done
  if kill -0 "$STEP" 2>/dev/null; then
    echo "This step has not ended within $STEP_LIMIT seconds; what ran last stands above."
    stop_step
  fi
  wait "$STEP" || answer=$?
  STEP=
  return "$answer"
}

# Ends what the present step started: at its limit, and when the run is interrupted.
stop_step() {
  [ -n "$STEP" ] || return 0
  kill -TERM -- "-$STEP" 2>/dev/null || true
  sleep 2
  kill -KILL -- "-$STEP" 2>/dev/null || true
}

# The failed tests of cargo test and of node --test, each with what it said; of anything else the last lines.
what_failed() {
  awk '
    { last[NR % 30] = $0 }
    /^not ok / || /^---- .* stdout ----$/ { told = 40 }
    told > 0 { print; told -= 1; any = 1 }
    /^  \.\.\.$/ { told = 0 }
    END { if (!any) for (line = NR - 29; line <= NR; line++) if (line > 0) print last[line % 30] }'
}

report() {
  local line
  line=$(printf '%5d s  %5d passed %3d failed  %s' "$TOOK" "$2" "$3" "$1")
  PASSED=$((PASSED + $2))
  FAILED=$((FAILED + $3))
  SUMMARY+=("$line")
  printf '%s\n' "$line"
}

# Prints what failed and the steps once more, then the line of counts; fails when anything failed or nothing ran.
finish() {
  [ -z "$FAILURES" ] || printf '\nWhat failed:\n%s\n' "$FAILURES"
  printf '\nSteps, with the logs of each in target/test-logs:\n'
  printf '%s\n' "${SUMMARY[@]}"
  printf '\n%d s in all\n' "$SECONDS"
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}
