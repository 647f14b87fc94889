# shellcheck shell=bash
# What the tests of the whole program share; they source it. Needs the binary's path in $OPSI_SIZING.
#
#   scratch               a folder of this script's own, removed at its end
#   fail WORDS            the end of the script, with exit code 1
#   ends CODE COMMAND...  runs the command; its output is then in $scratch/out and $scratch/err
#   says FILE TEXT        the file holds the text
#   skip WORDS            what is not checked here, and why

: "${OPSI_SIZING:?the path of the binary}"
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset NO_COLOR SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

ends() {
  local expected=$1 got=0
  shift
  "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || got=$?
  ((got == expected)) || fail "exit code $got, not $expected: $* ($(head -c 300 "$scratch/err"))"
}

says() { grep -qF -- "$2" "$1" || fail "'$2' is not in: $(head -c 300 "$1")"; }

skip() { echo "skipped: $*"; }
