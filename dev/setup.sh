# shellcheck shell=bash
# What ./opsi-sizing and ./test share; they source it with $root set to the source tree.
#
#   install_packages LIST...   installs what the lists dev/packages/LIST name and this machine lacks, by apt-get, as root
#                              or by sudo; where there is no apt-get it leaves everything to the build
#   compile PRESET [ARGS...]   configures, with the arguments for cmake, and builds into build/PRESET
#   lock NAME                  waits until no other script holds the lock; held until the calling (sub)shell ends
#   say, give_up               one line on stderr; the same, the end of a log, and exit code 2

: "${root:?}"

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

give_up() {
  say "$1"
  [[ -z ${2-} ]] || tail -n 40 -- "$2" >&2
  exit 2
}

lock() {
  local file=$root/build/$1.lock
  mkdir -p "$root/build" 2>/dev/null
  [[ -w $root/build ]] || give_up "cannot write to $root/build"
  exec {lock_file}>"$file" || give_up "cannot write $file"
  flock "$lock_file" || give_up "cannot lock $file"
}

has() { command -v "$1" >/dev/null; }

# The packages of the lists that are not installed, one a line.
missing_packages() {
  local package wanted
  wanted=$(cd "$root/dev/packages" && sed 's/#.*//' "$@")
  for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

# The command that gives root's rights: nothing, or words for sudo. Asks for a password only where somebody can type it.
as_root() {
  if ((EUID == 0)); then return 0; fi
  if has sudo && sudo -n true 2>/dev/null; then echo "sudo -n"; return 0; fi
  if has sudo && [[ -t 2 ]] && (: </dev/tty) 2>/dev/null; then echo "sudo"; return 0; fi
  return 1
}

install_packages() {
  if ! has apt-get || ! has dpkg-query; then return 0; fi
  local missing rights log=$root/build/packages.log install
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  install="apt-get install --no-install-recommends ${missing[*]}"
  if ! rights=$(as_root); then
    say "packages are missing and installing them needs root; run as root:"
    apt-get install --simulate "${missing[@]}" >/dev/null 2>&1 || echo "apt-get update" >&2
    echo "$install" >&2
    exit 2
  fi
  say "installing ${missing[*]} (log: $log)"
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 --yes)
  # shellcheck disable=SC2086  # rights are words, or nothing
  {
    $rights "${get[@]}" --no-install-recommends install "${missing[@]}" ||
      { $rights "${get[@]}" update; $rights "${get[@]}" --no-install-recommends install "${missing[@]}"; }
  } >"$log" 2>&1 || give_up "the installation failed ($install); the end of $log:" "$log"
}

compile() (
  cd "$root" || exit
  has cmake || { echo "cmake is missing; needed are the packages of dev/packages/build, or what they are called here"; exit 2; }
  # After the tree was moved or copied, the old configuration points to its old place.
  local cache=build/$1/CMakeCache.txt fresh=()
  [[ ! -e $cache ]] || grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$cache" || fresh=(--fresh)
  cmake --preset "$1" "${fresh[@]}" "${@:2}" && cmake --build --preset "$1"
)
