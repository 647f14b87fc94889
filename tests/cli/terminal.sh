#!/bin/bash
# Colour on a terminal only, and not where it is not wanted; lines as wide as the terminal.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
command -v script >/dev/null || { skip "no script (util-linux), so no terminal"; exit 0; }

# What "$@" prints on a terminal of 60 columns, where stderr is the terminal too.
on_terminal() {
  script -qec "stty cols 60 2>/dev/null; $*" /dev/null </dev/null | tr -d '\r' >"$scratch/screen"
}
coloured() { grep -q $'\e\[' "$1"; }
plan="'$OPSI_SIZING' plan data/sites/too-small.toml"

export TERM=xterm
on_terminal "$plan || true"
coloured "$scratch/screen" || fail "no colour on a terminal"
sed 's/\x1b\[[0-9;]*m//g' "$scratch/screen" >"$scratch/plain"
! grep -q $'\e' "$scratch/plain" || fail "an escape that is no colour"
[[ $(head -1 "$scratch/plain" | wc -m) -le 61 ]] || fail "the first line is wider than the terminal"

for way in "NO_COLOR=1 $plan || true" "TERM=dumb $plan || true" "$plan | cat" "$plan --format json || true" \
  "$plan --format csv || true" "$plan --format markdown || true" \
  "$plan -o '$scratch/file' || true; cat '$scratch/file'" "'$OPSI_SIZING' plan --clients -5 || true" \
  "'$OPSI_SIZING' plan --help" "'$OPSI_SIZING' completion bash"; do
  on_terminal "$way"
  [[ -s $scratch/screen ]] || fail "nothing is printed: $way"
  ! coloured "$scratch/screen" || fail "escapes: $way"
done
on_terminal "NO_COLOR= $plan || true"
coloured "$scratch/screen" || fail "an empty NO_COLOR means nothing"

# Words are the same with and without colour.
"$OPSI_SIZING" plan data/sites/too-small.toml >"$scratch/pipe" || true
! coloured "$scratch/pipe" || fail "escapes in a pipe"
diff <(grep -o '[^ ]*' "$scratch/plain") <(grep -o '[^ ]*' "$scratch/pipe") || fail "colour changes words"
echo "colour: on a terminal, not with NO_COLOR, TERM=dumb, a pipe, a file, other formats"
