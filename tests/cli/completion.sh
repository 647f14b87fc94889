#!/bin/bash
# The completion scripts in the shells that they are for.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
for shell in bash zsh fish; do "$OPSI_SIZING" completion "$shell" >"$scratch/$shell"; done

# expect SHELL LINE WORD...: completing LINE in SHELL offers exactly these words; '…' as the last one allows more.
expect() {
  local shell=$1 line=$2 got wanted
  shift 2
  got=$("in_$shell" "$line" | sort -u)
  for wanted in "$@"; do
    [[ $wanted == … ]] || grep -qxF -- "$wanted" <<<"$got" || fail "$shell: '$line' does not offer $wanted but: $got"
  done
  [[ ${*: -1} == … ]] || (($(wc -l <<<"$got") == $#)) || fail "$shell: '$line' offers more than $*: $got"
}

check() {
  expect "$1" "opsi-sizing pl" plan
  expect "$1" "opsi-sizing " plan explain compare capacity sweep figures ports completion …
  expect "$1" "opsi-sizing plan --samba-" --samba-connections
  expect "$1" "opsi-sizing plan --me" --memory
  expect "$1" "opsi-sizing capacity --o" --of --opsi --online-clients --output
  expect "$1" "opsi-sizing plan --format m" markdown
  expect "$1" "opsi-sizing plan --opsi 4." 4.1 4.2 4.3
  expect "$1" "opsi-sizing ports --role d" depot
  expect "$1" "opsi-sizing plan data/sites/sch" data/sites/school.toml
  expect "$1" "opsi-sizing plan --format json data/sites/sch" data/sites/school.toml
  expect "$1" "opsi-sizing plan -o data/sites/sch" data/sites/school.toml
  echo "completed in $1"
}

in_bash() {
  bash --norc -c '
    source "$1"
    read -ra COMP_WORDS <<<"$2"
    [[ $2 != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
    _opsi_sizing opsi-sizing "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    ((${#COMPREPLY[@]} == 0)) || printf "%s\n" "${COMPREPLY[@]}"' bash "$scratch/bash" "$1" 2>&1
}

in_fish() {
  # shellcheck disable=SC2016  # for fish
  HOME=$scratch XDG_CONFIG_HOME=$scratch fish --no-config -c \
    'source $argv[1]; complete -C $argv[2]' "$scratch/fish" "$1" 2>&1 | cut -f1
}

# zsh completes on a terminal only: one of zsh's own, where the words on offer are written to a file.
cat >"$scratch/zshrc" <<'END'
PROMPT= RPROMPT=
autoload -Uz compinit && compinit -D -u
source $scratch/zsh
zstyle ':completion:*' insert-tab false
zmodload zsh/zutil
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  typeset -a words=("$@") offers folder
  builtin compadd -A offers "$@"
  set -- "${words[@]}"
  zparseopts -E -D p:=folder
  (( $#offers )) && print -rl -- ${folder[2]}${^offers} >>$scratch/offers
  builtin compadd "${words[@]}"
}
compprefuncs=() comppostfuncs=(completed)
completed() { : >$scratch/completed }
END
in_zsh() {
  : >"$scratch/offers"
  rm -f "$scratch/completed"
  # shellcheck disable=SC2016  # for zsh
  scratch=$scratch zsh -f -c '
    zmodload zsh/zpty
    zpty -b shell zsh -f -i
    zpty -w shell "source $scratch/zshrc; : >$scratch/ready"
    repeat 200; do [[ -e $scratch/ready ]] && break; zpty -rt shell screen; sleep 0.02; done
    zpty -w -n shell "$1"$'"'\t'"'
    repeat 200; do [[ -e $scratch/completed ]] && break; zpty -rt shell screen; sleep 0.02; done
    zpty -d shell' zsh "$1" >/dev/null 2>&1 || true
  sed 's/=$//' "$scratch/offers"
}

bash -n "$scratch/bash" || fail "bash does not read its completion"
check bash
for shell in zsh fish; do
  if command -v "$shell" >/dev/null; then
    "$shell" -n "$scratch/$shell" || fail "$shell does not read its completion"
    check "$shell"
  else
    skip "$shell is not installed"
  fi
done
