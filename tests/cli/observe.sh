#!/bin/bash
# observe against a real Samba and a real Redis, both of this script's own, on loopback.
set -euo pipefail
# shellcheck source=tests/cli/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
dev/live-packages
export PATH=$PATH:/usr/sbin

pids=()
stop_all() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap stop_all EXIT
stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# Waits until a command succeeds, for 10 seconds at most.
until_so() {
  for _ in {1..100}; do
    if "$@" 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}
answers() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 12000))
    if ! answers "$port"; then echo "$port"; return; fi
  done
  fail "no port is free"
}

observe() { "$OPSI_SIZING" observe "$@"; }
# A column of the rows in a file, one value a line.
column() { grep -v '^#' "$2" | awk -F, -v name="$1" 'NR == 1 { for (c = 1; c <= NF; c++) if ($c == name) at = c; next } { print $at }'; }
# One look: the value of a column.
look() {
  observe --pid "$1" --for 0s >"$scratch/look" 2>/dev/null || return 1
  column "$2" "$scratch/look"
}
connected() { [[ $(look "$1" connections) == "$2" ]]; }

# ------------------------------------------------------------------------------------------------------------ Redis
if command -v redis-server >/dev/null; then
  port=$(free_port)
  redis-server --port "$port" --bind 127.0.0.1 --save "" --dir "$scratch" --unixsocket "$scratch/redis.sock" \
    >"$scratch/redis.log" 2>&1 &
  redis=$!
  pids+=("$redis")
  until_so answers "$port" || fail "Redis does not answer: $(tail -3 "$scratch/redis.log")"
  until_so connected "$redis" 0 || fail "an idle Redis has $(look "$redis" connections) connections, not 0"

  exec 20<>"/dev/tcp/127.0.0.1/$port" 21<>"/dev/tcp/127.0.0.1/$port" 22<>"/dev/tcp/127.0.0.1/$port"
  until_so connected "$redis" 3 || fail "3 connections are $(look "$redis" connections)"
  mkfifo "$scratch/redis.in"
  exec 23<>"$scratch/redis.in"
  for _ in 1 2; do
    redis-cli -s "$scratch/redis.sock" <"$scratch/redis.in" >/dev/null 2>&1 &
    pids+=("$!")
  done
  until_so connected "$redis" 5 || fail "3 connections and 2 by the socket file are $(look "$redis" connections)"

  # 8,000,000 bytes that it is given are 7812 KiB; the buffer that they came in may still be there.
  before=$(look "$redis" pss_kib)
  head -c 8000000 /dev/zero | tr '\0' x | redis-cli -p "$port" -x SET key >/dev/null
  after=$(look "$redis" pss_kib)
  ((after - before >= 7700 && after - before <= 30000)) || fail "8 MB in Redis take $((after - before)) KiB"

  # What it is told to observe, and for how long.
  ends 0 observe --pid "$redis" --for 1s --every 0.25s --state idle
  [[ $(column time_s "$scratch/out" | wc -l) == 5 ]] || fail "not 5 samples: $(column time_s "$scratch/out" | xargs)"
  [[ $(column state "$scratch/out" | sort -u) == idle ]] || fail "no state"
  [[ $(column connections "$scratch/out" | sort -u) == 5 ]] || fail "connections are $(column connections "$scratch/out")"
  says "$scratch/out" "# host: $(cat /proc/sys/kernel/hostname)"
  says "$scratch/err" "5 samples in 1"

  # Ctrl-C, and being told to end: what there is, whole, and exit code 0.
  for signal in INT TERM HUP; do
    ends 0 timeout --foreground --preserve-status -s "$signal" 2 "$OPSI_SIZING" observe --pid "$redis" --for 1h --every 0.4s \
      -o "$scratch/rows.csv"
    says "$scratch/err" "ended before its time"
    rows=$(column connections "$scratch/rows.csv" | wc -l)
    ((rows >= 2 && rows <= 6)) || fail "$rows rows after $signal"
    [[ $(find "$scratch" -name 'rows.csv*' | wc -l) == 1 ]] || fail "something is left beside the file"
    rm "$scratch/rows.csv"
  done

  # The file is there only when it is whole; the rows of a pipe are there as they come.
  "$OPSI_SIZING" observe --pid "$redis" --for 1h -o "$scratch/killed.csv" >/dev/null 2>&1 &
  observer=$!
  pids+=("$observer")
  sleep 0.3
  [[ ! -e $scratch/killed.csv ]] || fail "a part of a file has its name"
  stop "$observer"
  [[ -s $scratch/killed.csv ]] || fail "no file of what there was"
  (timeout 20 "$OPSI_SIZING" observe --pid "$redis" --for 1h --every 0.1s 2>"$scratch/err" || echo "$?" >"$scratch/code") |
    head -40 >"$scratch/out"
  [[ $(cat "$scratch/code") == 141 && ! -s $scratch/err ]] || fail "a closed pipe ends with $(cat "$scratch/code" "$scratch/err")"
  [[ $(wc -l <"$scratch/out") == 40 ]] || fail "rows do not come as they are taken"
  code=0
  observe --pid "$redis" --for 1h >/dev/full 2>"$scratch/err" || code=$?
  ((code == 2)) || fail "observe > /dev/full ends with $code"

  # Without the right to see it.
  if ((EUID == 0)) && command -v setpriv >/dev/null; then
    as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups "$OPSI_SIZING")
    if "${as_nobody[@]}" --version >/dev/null 2>&1; then
      ends 0 "${as_nobody[@]}" observe --pid "$redis" --for 0s
      [[ -z $(column pss_kib "$scratch/out") && $(column rss_kib "$scratch/out") -gt 0 ]] || fail "PSS without the right"
      says "$scratch/err" "1 of 1 processes of redis not readable (PSS, USS); run as root"
    else
      skip "without rights: nobody cannot start $OPSI_SIZING"
    fi
  fi
  stop "$redis"
  ends 1 observe --pid "$redis" --for 1h
  says "$scratch/err" "none of these runs"
  echo "Redis: 5 of 5 connections, its end after a signal, a closed pipe, without rights"
else
  skip "no redis-server, so no real Redis is observed"
fi

# ------------------------------------------------------------------------------------------------------------ Samba
if ! command -v smbd >/dev/null || ! command -v smbclient >/dev/null; then
  skip "no smbd or smbclient, so no real Samba is observed"
  exit 0
fi
if ((EUID != 0)); then
  skip "smbd needs root, so no real Samba is observed"
  exit 0
fi
port=$(free_port)
mkdir "$scratch"/{share,state,cache,lock,pid,private,ncalrpc}
echo hello >"$scratch/share/file"
cat >"$scratch/smb.conf" <<END
[global]
interfaces = lo
bind interfaces only = yes
smb ports = $port
state directory = $scratch/state
cache directory = $scratch/cache
lock directory = $scratch/lock
pid directory = $scratch/pid
private dir = $scratch/private
ncalrpc dir = $scratch/ncalrpc
log file = $scratch/smbd.log
map to guest = Bad User
guest account = $(id -un)
disable netbios = yes
load printers = no
disable spoolss = yes
[share]
path = $scratch/share
guest ok = yes
END
# Its own process group, which it ends with itself.
smbd --foreground -s "$scratch/smb.conf" >"$scratch/smbd.out" 2>&1 </dev/null &
smbd=$!
pids+=("$smbd")
until_so answers "$port" || fail "Samba does not answer: $(tail -3 "$scratch/smbd.out" "$scratch/smbd.log")"
mkfifo "$scratch/smb.in"
exec 24<>"$scratch/smb.in"

# The clients have libraries of their own: pages that they shared with smbd would count for it in part only.
mkdir "$scratch/lib"
ldd "$(command -v smbclient)" | awk '$3 ~ /^\// { print $3 }' | xargs cp -L -t "$scratch/lib"

sessions=0
open_sessions() {
  while ((sessions < $1)); do
    LD_LIBRARY_PATH=$scratch/lib smbclient -N -p "$port" //127.0.0.1/share <"$scratch/smb.in" >>"$scratch/clients.out" 2>&1 &
    pids+=("$!")
    ((sessions += 1))
  done
}

last=0
for count in 0 2 5 10; do
  open_sessions "$count"
  until_so connected "$smbd" "$count" ||
    fail "$count sessions are $(look "$smbd" connections) connections: $(tail -3 "$scratch/clients.out")"
  sleep 0.3
  ends 0 observe --pid "$smbd" --for 0.4s --every 0.2s --service samba --state idle
  [[ $(column connections "$scratch/out" | sort -u) == "$count" ]] || fail "$count sessions: $(column connections "$scratch/out")"
  pss=$(column pss_kib "$scratch/out" | tail -1)
  ((pss > last)) || fail "$count sessions take $pss KiB, fewer took $last"
  echo "Samba: $count sessions, $(column processes "$scratch/out" | tail -1) processes, $pss KiB"
  last=$pss
done
