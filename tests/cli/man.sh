#!/bin/bash
# The man pages as the formatters read them: no warning from man, groff or mandoc, and a NAME line that whatis takes.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mapfile -t commands < <("$OPSI_SIZING" help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
((${#commands[@]} > 10)) || fail "the overview lists too few commands: ${commands[*]}"

# quiet COMMAND...: it ends well and says nothing on either stream but what goes to $scratch/shown.
quiet() {
  "$@" >"$scratch/shown" 2>"$scratch/err" </dev/null || fail "$*: $(head -c 600 "$scratch/err" "$scratch/shown")"
  [[ ! -s $scratch/err ]] || fail "$*: $(head -c 600 "$scratch/err")"
}

# can PROGRAM: it is there.
can() { command -v "$1" >/dev/null; }
for program in groff man lexgrog mandoc; do can "$program" || skip "$program is not installed"; done

for command in "" "${commands[@]}"; do
  name=opsi-sizing${command:+-$command}
  page=$scratch/$name.1
  "$OPSI_SIZING" help --man ${command:+"$command"} >"$page"
  if can mandoc; then
    quiet mandoc -Tlint -Wwarning "$page"
    [[ ! -s $scratch/shown ]] || fail "mandoc: $(<"$scratch/shown")"
  fi
  if can groff; then quiet groff -ww -man -Tutf8 "$page"; fi
  if can man; then
    MANROFFSEQ='' MANWIDTH=80 quiet man --warnings -E UTF-8 -l "$page"
    says "$scratch/shown" "$name"
  fi
  if can lexgrog; then
    quiet lexgrog "$page"
    says "$scratch/shown" ": \"$name - "
  fi
done

# What is shown is what was meant, letter by letter.
if can man; then
  MANWIDTH=200 man -E UTF-8 -l "$scratch/opsi-sizing-plan.1" >"$scratch/shown"
  says "$scratch/shown" "opsi-sizing plan data/sites/school.toml --format json"
  says "$scratch/shown" "--samba-connections N"
  says "$scratch/shown" "opsi-sizing-explain(1)"
fi
echo "read ${#commands[@]} pages and the overview"
