#!/bin/bash
# --output writes a file whole or not at all.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
school=data/sites/school.toml file=$scratch/plan.json

# The file holds what standard output would, nothing else is printed, nothing is left beside it.
for format in text json csv markdown; do
  ends 0 "$OPSI_SIZING" plan "$school" --format "$format" -o "$file"
  [[ ! -s $scratch/out && ! -s $scratch/err ]] || fail "--output prints something"
  diff <(sed "s, -o $file,," "$file") <("$OPSI_SIZING" plan "$school" --format "$format" | cat) ||
    fail "--output gives another $format"
done
ends 1 "$OPSI_SIZING" plan data/sites/too-small.toml -o "$file"
says "$file" "does not fit"
[[ $(find "$scratch" -name 'plan*' | wc -l) == 1 ]] || fail "something is left beside the file"
ends 0 "$OPSI_SIZING" plan "$school" -o -
[[ -s $scratch/out && ! -e - ]] || fail "-o - is not standard output"
for command in "schema plan" "init" "sweep --vary clients=1,2" "figures" "explain clients --clients 5" \
  "capacity --memory 16GB" "compare 4.2 4.3 $school"; do
  rm -f "$file"
  # shellcheck disable=SC2086  # words of a command line
  ends 0 "$OPSI_SIZING" $command --output "$file"
  [[ -s $file && ! -s $scratch/out ]] || fail "$command --output writes no file"
done

# A site file is not written over.
echo "my site" >"$file"
ends 2 "$OPSI_SIZING" init -o "$file"
says "$scratch/err" "$file"
[[ $(<"$file") == "my site" ]] || fail "init wrote over a site file"

# A reader never sees a part of a file, or none.
"$OPSI_SIZING" plan data/sites/large.toml --format json -o "$file"
(
  while [[ ! -e $scratch/stop ]]; do
    tail -c 2 "$file" >"$scratch/end" 2>/dev/null || echo missing >>"$scratch/partial"
    [[ $(<"$scratch/end") == "}" ]] || echo "ends otherwise" >>"$scratch/partial"
  done
) &
reader=$!
for _ in {1..60}; do "$OPSI_SIZING" plan data/sites/large.toml --format json -o "$file"; done
touch "$scratch/stop"
wait "$reader"
[[ ! -e $scratch/partial ]] || fail "a reader saw a file that $(sort "$scratch/partial" | uniq -c)"

# Permissions and links stay; a new file has those that the mask leaves.
chmod 640 "$file"
ln -s plan.json "$scratch/link"
ends 0 "$OPSI_SIZING" plan "$school" -o "$scratch/link"
[[ -L $scratch/link && $(stat -c %a "$file") == 640 ]] || fail "a link or its permissions did not stay"
(umask 027 && "$OPSI_SIZING" plan "$school" -o "$scratch/masked")
[[ $(stat -c %a "$scratch/masked") == 640 ]] || fail "a new file has $(stat -c %a "$scratch/masked")"

# Where it cannot be written: exit code 2, a sentence with the path, nothing left.
refused() {
  ends 2 "$OPSI_SIZING" plan "$school" -o "$1"
  says "$scratch/err" "$1: cannot be written"
  [[ ! -s $scratch/out ]] || fail "output to $1 went to standard output"
}
refused "$scratch/no/such/folder"
refused "$scratch"
refused "$file/below"
refused /dev/full
ends 2 "$OPSI_SIZING" plan "$school" -o "$scratch/$(printf 'x%.0s' {1..300})"
says "$scratch/err" "cannot be written"
refused /proc/version
mkdir "$scratch/locked"
if ((EUID == 0)); then
  skip "a folder without the right to write: root writes everywhere"
else
  chmod 500 "$scratch/locked"
  refused "$scratch/locked/plan"
  chmod 700 "$scratch/locked"
fi
[[ -z $(find "$scratch/locked" -mindepth 1) ]] || fail "something is left in the folder"
# A file that grows too large: here a limit of the shell, elsewhere a full disk.
code=0
(ulimit -f 1 && trap '' XFSZ && "$OPSI_SIZING" plan data/sites/large.toml -o "$scratch/locked/plan") \
  2>"$scratch/err" || code=$?
((code == 2)) || fail "a disk that is full ends with $code"
[[ -z $(find "$scratch/locked" -mindepth 1) ]] || fail "a part of a file is left"

# Bad input leaves an existing file as it was.
echo "as it was" >"$file"
ends 2 "$OPSI_SIZING" plan --clients -5 -o "$file"
ends 2 "$OPSI_SIZING" plan "$scratch/missing.toml" -o "$file"
[[ $(<"$file") == "as it was" ]] || fail "bad input changed a file"

# A device is written straight.
ends 0 "$OPSI_SIZING" plan "$school" -o /dev/null
[[ -c /dev/null ]] || fail "/dev/null was replaced"
mkfifo "$scratch/pipe"
cat "$scratch/pipe" >"$scratch/piped" &
ends 0 "$OPSI_SIZING" plan "$school" -o "$scratch/pipe"
wait $!
says "$scratch/piped" opsi-school
echo "--output: whole or not at all"
