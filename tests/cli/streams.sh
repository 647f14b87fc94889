#!/bin/bash
# Standard input and output, messages, dates, time: the program as a part of other people's scripts.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
school=data/sites/school.toml

# A site on standard input gives what the file gives, but for its name; in this one's prose the name does not stand, so that
# lines wrap alike.
site=data/sites/upgrade.toml
"$OPSI_SIZING" plan - <"$site" | sed 's/standard input/FILE/g; s/plan -$/plan FILE/' >"$scratch/stdin"
"$OPSI_SIZING" plan "$site" | sed "s,$site,FILE,g" >"$scratch/file"
diff "$scratch/file" "$scratch/stdin" || fail "a site on standard input is planned otherwise"
diff <("$OPSI_SIZING" plan <(sleep 0.1; cat "$site") | wc -l) <(wc -l <"$scratch/file") || fail "a pipe is no file"
ends 2 "$OPSI_SIZING" plan -
says "$scratch/err" "standard input"

# Data goes to standard output, messages go to standard error.
ends 0 "$OPSI_SIZING" plan "$school"
[[ -s $scratch/out && ! -s $scratch/err ]] || fail "a plan that fits has a message"
ends 1 "$OPSI_SIZING" plan data/sites/too-small.toml
[[ -s $scratch/out && ! -s $scratch/err ]] || fail "a plan that does not fit is a plan as well"
ends 2 "$OPSI_SIZING" plan --clients -5
[[ ! -s $scratch/out && -s $scratch/err ]] || fail "a refusal belongs on standard error alone"

# A reader that has seen enough.
for line in "plan $school" "sweep --vary clients=1:100000:1 --format csv" "method" "schema"; do
  # shellcheck disable=SC2086  # words of a command line
  (timeout 20 "$OPSI_SIZING" $line 2>"$scratch/err" || echo "$?" >"$scratch/code") | head -1 >/dev/null
  code=$(cat "$scratch/code" 2>/dev/null || echo 0)
  [[ $code =~ ^(0|141)$ && ! -s $scratch/err ]] || fail "$line | head -1 ends with $code: $(cat "$scratch/err")"
done

# A simulation that is asked to end keeps the days that are complete.
"$OPSI_SIZING" simulate --clients 20000 --routine "office morning" --workers 8 --replications 10000 \
  >"$scratch/out" 2>"$scratch/err" &
simulation=$!
sleep 3
kill -TERM "$simulation"
code=0
wait "$simulation" || code=$?
((code == 0)) || fail "a simulation that was asked to end ends with $code"
says "$scratch/out" "server answers 160000 requests"
says "$scratch/err" "ended before its time, with"

# Output that cannot be written.
for line in "plan $school" "--help" "--version" "plan --help" "sweep --vary clients=1:9999:1" "init" "completion bash"; do
  code=0
  # shellcheck disable=SC2086  # words of a command line
  "$OPSI_SIZING" $line >/dev/full 2>"$scratch/err" || code=$?
  ((code == 2)) || fail "$line > /dev/full ends with $code"
  says "$scratch/err" "cannot be written"
done
code=0
"$OPSI_SIZING" plan "$school" >&- 2>"$scratch/err" || code=$?
((code == 2)) || fail "a plan without standard output ends with $code"

# The same input gives the same output; SOURCE_DATE_EPOCH fixes the date.
for line in "plan data/sites/authority.toml --format json" "distributions" "method --format markdown"; do
  # shellcheck disable=SC2086  # words of a command line
  diff <("$OPSI_SIZING" $line) <("$OPSI_SIZING" $line) || fail "$line differs from run to run"
done
SOURCE_DATE_EPOCH=86400 "$OPSI_SIZING" plan "$school" >"$scratch/out"
says "$scratch/out" "1970-01-02"
SOURCE_DATE_EPOCH=rubbish "$OPSI_SIZING" plan "$school" >"$scratch/out"
says "$scratch/out" "$(date -u +%Y-)"
diff <(LC_ALL=C "$OPSI_SIZING" plan "$school") <("$OPSI_SIZING" plan "$school") || fail "the locale changes a plan"

# From elsewhere, and by another name.
ln -s "$(readlink -f "$OPSI_SIZING")" "$scratch/another name"
(cd / && "$scratch/another name" plan --clients 5 >/dev/null) || fail "cannot be started from elsewhere"

# The whole process, the fastest of ten, in milliseconds.
best=999999
for _ in {1..10}; do
  before=${EPOCHREALTIME/./}
  "$OPSI_SIZING" plan "$school" >/dev/null
  took=$((${EPOCHREALTIME/./} - before))
  ((took >= best)) || best=$took
done
echo "plan $school as a whole process: $((best / 1000)).$(printf %03d $((best % 1000))) ms"
((best < 200000)) || fail "a plan takes too long"

# A site file that is nested without end must not end the process.
for site in "[$(printf 'a.%.0s' {1..50000})a]" "$(printf 'a.%.0s' {1..50000})a = 1" "a = $(printf '{a=%.0s' {1..50000})"; do
  code=0
  "$OPSI_SIZING" plan - <<<"$site" >"$scratch/out" 2>"$scratch/err" || code=$?
  ((code == 2)) || fail "a site file of ${site:0:12}... ends with $code"
done
