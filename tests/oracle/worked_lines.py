#!/usr/bin/env python3
"""An independent oracle: the rules table, worked by hand in exact fractions.

Written from the rules (three columns: opsi 4.1, 4.2, 4.3) and from figures.csv, without
looking at the program.  It prints opsi,inputs,quantity,value,decided_by as CSV:

    python3 worked_lines.py > worked_lines.csv

One server, config server and depot server in one; Samba, database and Redis run on it.
MB and GB are decimal; only server.memory_to_buy is in GiB.  Units of the quantities:
opsiconfd.workers in workers, *.memory* in MB, *cores* in cores, server.memory_to_buy in
GiB, disk.* in GB.  Only the inputs that are named in `inputs` are given; the others have
their defaults.
"""

import csv
import math
import sys
from fractions import Fraction

# --- the figures: each with its key in data/tables/figures.csv --------------------------------

SERVER_MIN_MEMORY = Fraction(2000)             # MB; server.min_memory: 2 GB
SERVER_MIN_CORES = Fraction(2)                 # server.min_cores
DISK_TMP_FREE = Fraction(15)                   # GB; disk.tmp_free
DISK_VAR_LIB_OPSI = Fraction(60)               # GB; disk.var_lib_opsi
MEMORY_PER_WORKER = Fraction(250)              # MB; opsiconfd.memory_per_worker
CONNECTIONS_PER_WORKER = Fraction(20)          # opsiconfd.connections_per_worker
CORES_PER_WORKER = Fraction(1, 2)              # opsiconfd.cores_per_worker: 0.5
MEMORY_BY_CLIENTS = [(100, 500), (2000, 1000), (4000, 2000)]
#                                              # client:MB; opsiconfd.memory_by_clients
MEMORY_MARGIN = Fraction(50, 100)              # opsiconfd.memory_margin: 50 %
CORES_BY_CLIENTS = [(500, 2), (1000, 4)]       # client:core; cpu.cores_by_clients
CLIENTS_PER_WORKER = Fraction(600)             # opsiconfd.clients_per_worker
MYSQL_POOL = Fraction(20)                      # per worker; opsiconfd.mysql_pool
MYSQL_OVERFLOW = Fraction(10)                  # per worker; opsiconfd.mysql_overflow
DEPOT_CLIENT_EQUIVALENTS = Fraction(10)        # depot.client_equivalents
DEPOT_CONNECTIONS = Fraction(2)                # depot.connections
SAMBA_PER_CONNECTION = Fraction(4)             # MB; samba.memory_per_connection
SAMBA_MARGIN = Fraction(50, 100)               # samba.margin: 50 %
REDIS_BASE = Fraction("12.5")                  # MB; redis.base_memory
REDIS_PER_BLOCKED = Fraction("0.0237")         # MB; redis.memory_per_blocked_connection
DATABASE_BASE = Fraction(104)                  # MB; database.base_memory
DATABASE_BUFFER_POOL = Fraction(128)           # MB; database.buffer_pool
DATABASE_PER_CONNECTION = Fraction("0.087")    # MB; database.memory_per_connection
DATABASE_PER_CLIENT = Fraction("0.1")          # MB; database.size_per_client
BACKUP_PER_CLIENT = Fraction("0.0058")         # MB; backup.size_per_client
LOG_PER_CLIENT = Fraction(25)                  # MB; log.size_per_client
LOG_BASE = Fraction(30)                        # MB; log.base_size
SYSTEM_BASE_MEMORY = Fraction(512)             # MB; system.base_memory
SIMULTANEOUS_SHARE = Fraction(10, 100)         # load.simultaneous_share: 10 %


# --- tools ------------------------------------------------------------------------------------

def ceil(x):
    return Fraction(math.ceil(x))


def curve(points, x):
    """Piecewise linear; below the first point its value, above the last the last slope."""
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            break
    return y0 + (x - x0) * Fraction(y1 - y0, x1 - x0)


def ladder():
    """2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, ... GiB."""
    yield 2
    yield 4
    yield 8
    power = 16
    while True:
        yield power * 3 // 4
        yield power
        power *= 2


def memory_to_buy(megabytes):
    return Fraction(next(s for s in ladder() if s * 2**30 >= megabytes * 10**6))


def largest(*named):
    """The largest of (name, value) pairs, as (value, name); the first named wins a tie."""
    best = max(value for _, value in named)
    return best, next(name for name, value in named if value == best)


# --- the inputs, with their defaults ----------------------------------------------------------

class Site:
    def __init__(self, given):
        given = {name: Fraction(value) for name, value in given.items()}
        self.clients = given.pop("clients")
        self.active = given.pop("active_clients", self.clients)
        self.connections = given.pop("connections", self.clients * SIMULTANEOUS_SHARE)
        self.samba = given.pop("samba.connections", self.connections)
        self.depots = given.pop("depots", Fraction(0))
        self.online = given.pop("online_clients", self.clients)
        self.packages = given.pop("packages", Fraction(0))  # GB
        assert not given, given
        self.C = self.clients + self.depots * DEPOT_CLIENT_EQUIVALENTS
        self.A = self.connections + self.depots * DEPOT_CONNECTIONS


# --- rules that read the same in every column of the table ------------------------------------

def memory_by_workers(workers):
    return workers * MEMORY_PER_WORKER


def memory_by_clients(s):
    return curve(MEMORY_BY_CLIENTS, s.C) * (1 + MEMORY_MARGIN)


def cores_by_workers(workers):
    return ceil(workers * CORES_PER_WORKER)


def cores_by_clients(s):
    return ceil(curve(CORES_BY_CLIENTS, s.C))


def samba_memory(s):
    return s.samba * SAMBA_PER_CONNECTION * (1 + SAMBA_MARGIN)


def database_memory(s, workers):
    pool = max(DATABASE_BUFFER_POOL, s.clients * DATABASE_PER_CLIENT)
    connections = workers * (MYSQL_POOL + MYSQL_OVERFLOW)
    return DATABASE_BASE + pool + connections * DATABASE_PER_CONNECTION


def server_memory(*parts):
    return max(SERVER_MIN_MEMORY, SYSTEM_BASE_MEMORY + sum(parts))


def disks(s, room_for_packages):
    return [
        ("disk.tmp", DISK_TMP_FREE, ""),
        ("disk.var_lib_opsi", max(DISK_VAR_LIB_OPSI, room_for_packages), ""),
        ("disk.logs", (LOG_BASE + s.clients * LOG_PER_CLIENT) / 1000, ""),
        ("disk.database", s.clients * DATABASE_PER_CLIENT / 1000, ""),
        ("disk.backup", s.clients * BACKUP_PER_CLIENT / 1000, ""),
    ]


# --- the three columns of the table -----------------------------------------------------------

def rules_4_1(s):
    opsiconfd = memory_by_clients(s)
    samba = samba_memory(s)
    by_clients = cores_by_clients(s)
    cores, cores_by = largest(("server.min_cores", SERVER_MIN_CORES),
                              ("cpu.cores_by_clients", by_clients))
    memory = server_memory(opsiconfd, samba)
    return [
        ("opsiconfd.workers", Fraction(1), ""),
        ("opsiconfd.memory_by_clients", opsiconfd, ""),
        ("opsiconfd.memory", opsiconfd, ""),
        ("samba.memory", samba, ""),
        ("cpu.cores_by_clients", by_clients, ""),
        ("server.cores", cores, cores_by),
        ("server.memory", memory, ""),
        ("server.memory_to_buy", memory_to_buy(memory), ""),
    ] + disks(s, s.packages)


def rules_4_2(s):
    workers = max(Fraction(1), ceil(s.A / CONNECTIONS_PER_WORKER))
    mem_workers = memory_by_workers(workers)
    mem_clients = memory_by_clients(s)
    opsiconfd, opsiconfd_by = largest(("opsiconfd.memory_by_workers", mem_workers),
                                      ("opsiconfd.memory_by_clients", mem_clients))
    samba = samba_memory(s)
    by_workers = cores_by_workers(workers)
    by_clients = cores_by_clients(s)
    cores, cores_by = largest(("server.min_cores", SERVER_MIN_CORES),
                              ("cpu.cores_by_workers", by_workers),
                              ("cpu.cores_by_clients", by_clients))
    redis = REDIS_BASE
    database = database_memory(s, workers)
    memory = server_memory(opsiconfd, samba, database, redis)
    return [
        ("opsiconfd.workers", workers, ""),
        ("opsiconfd.memory_by_workers", mem_workers, ""),
        ("opsiconfd.memory_by_clients", mem_clients, ""),
        ("opsiconfd.memory", opsiconfd, opsiconfd_by),
        ("samba.memory", samba, ""),
        ("cpu.cores_by_workers", by_workers, ""),
        ("cpu.cores_by_clients", by_clients, ""),
        ("server.cores", cores, cores_by),
        ("redis.memory", redis, ""),
        ("database.memory", database, ""),
        ("server.memory", memory, ""),
        ("server.memory_to_buy", memory_to_buy(memory), ""),
    ] + disks(s, s.packages)


def rules_4_3(s):
    workers = max(Fraction(1), ceil(s.A / CONNECTIONS_PER_WORKER),
                  ceil(s.active / CLIENTS_PER_WORKER))
    opsiconfd = memory_by_workers(workers)
    samba = samba_memory(s)
    by_workers = cores_by_workers(workers)
    cores, cores_by = largest(("server.min_cores", SERVER_MIN_CORES),
                              ("cpu.cores_by_workers", by_workers))
    redis = REDIS_BASE + s.online * REDIS_PER_BLOCKED
    database = database_memory(s, workers)
    memory = server_memory(opsiconfd, samba, database, redis)
    return [
        ("opsiconfd.workers", workers, ""),
        ("opsiconfd.memory_by_workers", opsiconfd, ""),
        ("opsiconfd.memory", opsiconfd, ""),
        ("samba.memory", samba, ""),
        ("cpu.cores_by_workers", by_workers, ""),
        ("server.cores", cores, cores_by),
        ("redis.memory", redis, ""),
        ("database.memory", database, ""),
        ("server.memory", memory, ""),
        ("server.memory_to_buy", memory_to_buy(memory), ""),
        # 4.3: the 15 GB that /tmp must have free count for the packages' file system too
    ] + disks(s, s.packages + DISK_TMP_FREE)


RULES = {"4.1": rules_4_1, "4.2": rules_4_2, "4.3": rules_4_3}

# --- the cases --------------------------------------------------------------------------------

EVERY_RULE_SET = """
clients=0
clients=1
clients=50
clients=100;connections=60
clients=200;connections=20
clients=200;connections=21
clients=500
clients=501
clients=999
clients=1000
clients=1001
clients=1000;connections=100;samba.connections=130
clients=1000;connections=101;samba.connections=500
clients=1000;connections=160;samba.connections=1
clients=1000;connections=0;samba.connections=0
clients=1999
clients=2000
clients=2001
clients=4000
clients=4001
clients=6000
clients=300;depots=1
clients=480;depots=2;packages=59.5
clients=2000;depots=20;packages=61
clients=6000;connections=100
clients=4000;connections=30;samba.connections=765
clients=491;depots=1;connections=18
clients=490;depots=5;connections=11
clients=10000000
clients=180;connections=60;samba.connections=60;packages=80
clients=408;connections=45;packages=120
clients=2300;connections=240;samba.connections=180;depots=7;packages=250
clients=12000;connections=900;samba.connections=0;depots=12;packages=400
clients=3000;connections=600;samba.connections=600;packages=45
""".split()  # the last five lines: school, company, authority, large, too small

ONLY_IN = {
    # the floor of 2000 MB met exactly, and either side of 2 GiB = 2147.483648 MB
    "4.1": """
clients=480;samba.connections=98
clients=2000;samba.connections=22
clients=2000;samba.connections=23
""".split(),
    # active clients are an input of every rule set and decide nothing before 4.3;
    # one depot brings C to the bend of the memory curve, and one client past it
    "4.2": """
clients=1000;active_clients=1
clients=1990;depots=1
clients=1991;depots=1
clients=1280
clients=1281
""".split(),
    "4.3": """
clients=1000;active_clients=600;connections=20
clients=1000;active_clients=601;connections=20
clients=1500;active_clients=1200;connections=20
clients=1500;active_clients=1201;connections=20
clients=1500;active_clients=1202;connections=20
clients=1500;active_clients=0;connections=0
clients=12000;online_clients=9000
clients=12000;online_clients=0;depots=20
clients=200;packages=45.5
clients=1280
clients=1281
""".split(),
}


def parse(inputs):
    return dict(pair.split("=") for pair in inputs.split(";"))


def work(opsi, inputs):
    return RULES[opsi](Site(parse(inputs)))


def text(value):
    """The exact decimal if it is finite, else 17 significant digits."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1:
        return repr(float(value))
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (digits[:-places] + "." + digits[-places:] if places else digits)


# --- lines worked by hand -------------------------------------------------------------------

def check():
    def line(inputs, opsi="4.2"):
        return {name: (value, by) for name, value, by in work(opsi, inputs)}

    a = line("clients=1000;connections=100;samba.connections=130")
    assert a["opsiconfd.workers"][0] == 5
    assert a["opsiconfd.memory_by_workers"][0] == 1250
    assert a["opsiconfd.memory_by_clients"][0] == Fraction(21000, 19)
    assert f"{float(a['opsiconfd.memory_by_clients'][0]):.2f}" == "1105.26"
    assert a["opsiconfd.memory"] == (1250, "opsiconfd.memory_by_workers")
    assert a["samba.memory"][0] == 780
    assert a["cpu.cores_by_workers"][0] == 3
    assert a["cpu.cores_by_clients"][0] == 4
    assert a["server.cores"] == (4, "cpu.cores_by_clients")
    assert line("clients=1000;samba.connections=500")["samba.memory"][0] == 3000
    assert line("clients=50")["opsiconfd.memory"] == (750, "opsiconfd.memory_by_clients")
    assert line("clients=6000")["opsiconfd.memory_by_clients"][0] == 4500
    assert (line("clients=6000;connections=100")["opsiconfd.memory"]
            == (4500, "opsiconfd.memory_by_clients"))
    for users, published in ((1, 4), (130, 520), (500, 2000)):
        got = line(f"clients=1000;samba.connections={users}")["samba.memory"][0]
        assert got / (1 + SAMBA_MARGIN) == published
    # the published points of both curves, and the ladder
    for clients, memory in MEMORY_BY_CLIENTS:
        assert line(f"clients={clients}", "4.1")["opsiconfd.memory"][0] == memory * Fraction(3, 2)
    for clients, cores in CORES_BY_CLIENTS:
        assert line(f"clients={clients}", "4.1")["server.cores"][0] == cores
    steps = ladder()
    assert [next(steps) for _ in range(11)] == [2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128]
    # 1201 active clients need three workers by the rule
    assert line("clients=1201;connections=0", "4.3")["opsiconfd.workers"][0] == 3
    assert (text(Fraction(1, 8)), text(Fraction(50)), text(Fraction(0))) == ("0.125", "50", "0")


def main():
    check()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["opsi", "inputs", "quantity", "value", "decided_by"])
    for opsi in RULES:
        for inputs in EVERY_RULE_SET + ONLY_IN[opsi]:
            for quantity, value, decided_by in work(opsi, inputs):
                out.writerow([opsi, inputs, quantity, text(value), decided_by])


if __name__ == "__main__":
    main()
