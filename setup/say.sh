# shellcheck shell=bash
# Says what a set-up step does, how long it has been at it, and, where it fails, what it printed.

STEP_QUIET_S=2

say() { printf '%s\n' "$*"; }

# stop CODE SENTENCE…: the last word of a script that cannot go on.
stop() {
  local code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

# step LABEL COMMAND…: runs the command with its output in a file; a line when it takes longer than two
# seconds, then one more every fifteen, and the whole output where it fails.
step() {
  local label=$1 log started=$SECONDS told=0 result=0 pid
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; rm -f "$log"; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.1
    if ((SECONDS - started >= STEP_QUIET_S + told * 15)); then
      say "  $label … $((SECONDS - started)) s"
      told=$((told + 1))
    fi
  done
  wait "$pid" || result=$?
  trap - INT TERM
  if ((result != 0)); then
    cat "$log" >&2
    printf '%s: failed (exit code %s)\n' "$label" "$result" >&2
  elif ((told > 0)); then
    say "  $label: done in $((SECONDS - started)) s"
  fi
  rm -f "$log"
  return "$result"
}
