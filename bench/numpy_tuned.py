"""The rules of opsi 4.2 in NumPy, tuned: one of the other sides of the comparison in bench/python_bench.py.

One server that is config server and depot server; clients and connections are columns of whole numbers, everything else
has its default. As fast as NumPy lets it be: results are written in place, constants are folded, what two rules need is
computed once. `full_plan` goes over whole columns, `full_plan_chunked` over pieces that stay in the cache.
"""

import numpy as np

# Figures of data/tables/figures.csv, folded. Arrays without dimension: a call takes them faster than Python's floats.
CONNECTIONS_PER_WORKER = np.array(20.0)  # connections/worker
MEMORY_PER_WORKER = np.array(250.0)  # MB/worker
CORES_PER_WORKER = np.array(0.5)  # cores/worker
CLIENTS_PER_CORE = np.array(500 / 2)  # clients/core; 500:2|1000:4 is two cores, then a line through the origin
SAMBA_PER_CONNECTION = np.array(4 * 1.5)  # MB/connection, margin of half
SAMBA_BASE = np.array(24.2)  # MB
SAMBA_PER_IDLE = np.array(0.76)  # MB/connection
SAMBA_PER_READING = np.array(14.2)  # MB/connection
DATABASE_PER_CLIENT = np.array(0.1)  # MB/client
DATABASE_BASE = np.array(104.0)  # MB
DATABASE_CONNECTIONS_PER_WORKER = np.array(20.0 + 10)  # connections/worker, pool and overflow
DATABASE_PER_CONNECTION = np.array(0.087)  # MB/connection
DATABASE_PER_WORKER = np.array((20 + 10) * 0.087)  # MB/worker
SYSTEM_AND_REDIS = np.array(512 + 12.5)  # MB
SYSTEM_REDIS_AND_DATABASE = np.array(512 + 12.5 + 104)  # MB
LOG_PER_CLIENT = np.array(25 / 1000)  # GB/client
LOG_BASE = np.array(30 / 1000)  # GB
BACKUP_PER_CLIENT = np.array(0.0058 / 1000)  # GB/client
GB_PER_MB = np.array(1 / 1000)
GIB_PER_MB = np.array(10**6 / 2**30)

# The curve 100:500|2000:1000|4000:2000 (clients:MB), here with its margin of half, is convex and so the largest of its
# lines: the first value, the line through the first two points, and the line through the other two and the origin.
MARGIN = 1.5
FIRST_SLOPE = np.array(MARGIN * 500 / 1900)  # MB/client
FIRST_OFFSET = np.array(MARGIN * (500 - 100 * 500 / 1900))  # MB
LAST_SLOPE = np.array(MARGIN * 1000 / 2000)  # MB/client

# The least: workers, MB of opsiconfd, MB of the buffer pool, cores, MB of the server.
FLOORS = [np.array(least) for least in (1.0, MARGIN * 500, 128.0, 2.0, 2000.0)]

# GiB. From 2 on, exponent and first fraction bit of a float64 count the numbers 2, 3, 4, 6, 8, 12, …: the sizes on sale
# but for 3 and 6. Adding all the lower bits first rounds up to the next of them.
LADDER = np.array([2.0, 4, 4, 8] + [power * step for power in 2.0 ** np.arange(3, 63) for step in (1, 1.5)])
LOWER_BITS = np.array(51)
ROUND_UP_FROM_2 = np.array(2**51 - 1 - np.float64(2).view(np.int64))

CONSTANT = {"redis.memory": 12.5, "directory_connector.memory": 0.0, "disk.tmp": 15.0, "disk.var_lib_opsi": 60.0}
PLAN = (
    "load.clients",
    "load.connections",
    "opsiconfd.workers_by_connections",
    "opsiconfd.workers",
    "opsiconfd.memory_by_workers",
    "opsiconfd.memory_by_clients",
    "opsiconfd.memory",
    "opsiconfd.active_clients_per_worker",
    "samba.memory",
    "samba.memory_measured_idle",
    "samba.memory_measured_reading",
    "database.size",
    "database.buffer_pool_size",
    "database.connections",
    "database.memory",
    "redis.memory",
    "cpu.cores_by_workers",
    "cpu.cores_by_clients",
    "server.cores",
    "directory_connector.memory",
    "server.memory_by_services",
    "server.memory",
    "server.memory_to_buy",
    "disk.tmp",
    "disk.var_lib_opsi",
    "disk.logs",
    "disk.database",
    "disk.backup",
)
COMPUTED = tuple(name for name in PLAN[2:] if name not in CONSTANT)  # without the load, which is what was given
HEADLINE = (
    "opsiconfd.workers",
    "opsiconfd.memory",
    "samba.memory",
    "server.cores",
    "server.memory",
    "server.memory_to_buy",
)
CHUNK = 32768  # rows: 256 KiB a column


def full_plan(clients, connections, out=None):
    """Every quantity of the plan, in its order, by name; `out` is an earlier answer for as many rows, overwritten."""
    clients, connections = np.asarray(clients, dtype=float), np.asarray(connections, dtype=float)
    plan = _columns(clients, connections, out)
    _fill_plan([plan[name] for name in COMPUTED], clients, connections, np.empty(len(clients)), FLOORS)
    return plan


def full_plan_chunked(clients, connections, chunk=CHUNK, out=None):
    """The same, `chunk` rows at a time."""
    clients, connections = np.asarray(clients, dtype=float), np.asarray(connections, dtype=float)
    plan = _columns(clients, connections, out)
    _in_chunks(_fill_plan, [plan[name] for name in COMPUTED], clients, connections, chunk)
    return plan


def headline(clients, connections, chunk=CHUNK, out=None):
    """What `opsi-sizing sweep` shows by default, `chunk` rows at a time."""
    clients, connections = np.asarray(clients, dtype=float), np.asarray(connections, dtype=float)
    plan = out or dict(zip(HEADLINE, np.empty((len(HEADLINE), len(clients))), strict=True))
    _in_chunks(_fill_headline, [plan[name] for name in HEADLINE], clients, connections, chunk)
    return plan


def _columns(clients, connections, out):
    """The columns of a plan, with what needs no computing filled in."""
    load = {"load.clients": clients, "load.connections": connections}
    if out:
        return out | load
    plan = load | dict(zip(PLAN[2:], np.empty((len(PLAN) - 2, len(clients))), strict=True))
    for name, value in CONSTANT.items():
        plan[name].fill(value)
    return plan


def _in_chunks(fill, columns, clients, connections, chunk):
    rows = len(clients)
    if rows <= chunk:
        return fill(columns, clients, connections, np.empty(rows), FLOORS)
    scratch = np.empty(chunk)
    floors = [np.full(chunk, least) for least in FLOORS]  # np.maximum is faster with a column than with one number
    for start in range(0, rows, chunk):
        stop = min(start + chunk, rows)
        pieces = [column[start:stop] for column in columns]
        least = [floor[: stop - start] for floor in floors]
        fill(pieces, clients[start:stop], connections[start:stop], scratch[: stop - start], least)


def _fill_plan(columns, clients, connections, scratch, floors):
    workers_by_connections, workers, memory_by_workers, memory_by_clients, opsiconfd, *rest = columns
    clients_per_worker, samba, samba_idle, samba_reading, *rest = rest
    database_size, buffer_pool, database_connections, database, *rest = rest
    cores_by_workers, cores_by_clients, cores, services, memory, to_buy, logs, files, backup = rest
    least_workers, least_opsiconfd, least_pool, least_cores, least_memory = floors

    np.divide(connections, CONNECTIONS_PER_WORKER, out=workers_by_connections)
    np.ceil(workers_by_connections, out=workers_by_connections)
    np.maximum(workers_by_connections, least_workers, out=workers)
    np.multiply(workers, MEMORY_PER_WORKER, out=memory_by_workers)
    _memory_by_clients(clients, least_opsiconfd, scratch, out=memory_by_clients)
    np.maximum(memory_by_workers, memory_by_clients, out=opsiconfd)
    np.divide(clients, workers, out=clients_per_worker)
    np.floor(clients_per_worker, out=clients_per_worker)

    np.multiply(connections, SAMBA_PER_CONNECTION, out=samba)
    np.multiply(connections, SAMBA_PER_IDLE, out=samba_idle)
    np.add(samba_idle, SAMBA_BASE, out=samba_idle)
    np.multiply(connections, SAMBA_PER_READING, out=samba_reading)
    np.add(samba_reading, SAMBA_BASE, out=samba_reading)

    np.multiply(clients, DATABASE_PER_CLIENT, out=database_size)
    np.maximum(database_size, least_pool, out=buffer_pool)
    np.multiply(workers, DATABASE_CONNECTIONS_PER_WORKER, out=database_connections)
    np.multiply(database_connections, DATABASE_PER_CONNECTION, out=scratch)
    np.add(buffer_pool, DATABASE_BASE, out=database)
    np.add(database, scratch, out=database)

    np.multiply(workers, CORES_PER_WORKER, out=cores_by_workers)
    np.ceil(cores_by_workers, out=cores_by_workers)
    np.divide(clients, CLIENTS_PER_CORE, out=cores_by_clients)
    np.ceil(cores_by_clients, out=cores_by_clients)
    np.maximum(cores_by_clients, least_cores, out=cores_by_clients)
    np.maximum(cores_by_workers, cores_by_clients, out=cores)

    np.add(opsiconfd, SYSTEM_AND_REDIS, out=services)
    np.add(services, samba, out=services)
    np.add(services, database, out=services)
    np.maximum(services, least_memory, out=memory)
    _size_on_sale(memory, scratch, out=to_buy)

    np.multiply(clients, LOG_PER_CLIENT, out=logs)
    np.add(logs, LOG_BASE, out=logs)
    np.multiply(database_size, GB_PER_MB, out=files)
    np.multiply(clients, BACKUP_PER_CLIENT, out=backup)


def _fill_headline(columns, clients, connections, scratch, floors):
    workers, opsiconfd, samba, cores, memory, to_buy = columns
    least_workers, least_opsiconfd, least_pool, least_cores, least_memory = floors

    np.divide(connections, CONNECTIONS_PER_WORKER, out=workers)
    np.ceil(workers, out=workers)
    np.maximum(workers, least_workers, out=workers)
    _memory_by_clients(clients, least_opsiconfd, scratch, out=opsiconfd)
    np.multiply(workers, MEMORY_PER_WORKER, out=scratch)
    np.maximum(opsiconfd, scratch, out=opsiconfd)
    np.multiply(connections, SAMBA_PER_CONNECTION, out=samba)

    np.multiply(workers, CORES_PER_WORKER, out=cores)
    np.maximum(cores, least_cores, out=cores)
    np.divide(clients, CLIENTS_PER_CORE, out=scratch)
    np.maximum(cores, scratch, out=cores)
    np.ceil(cores, out=cores)

    np.multiply(clients, DATABASE_PER_CLIENT, out=memory)
    np.maximum(memory, least_pool, out=memory)
    np.multiply(workers, DATABASE_PER_WORKER, out=scratch)
    np.add(memory, scratch, out=memory)
    np.add(memory, opsiconfd, out=memory)
    np.add(memory, samba, out=memory)
    np.add(memory, SYSTEM_REDIS_AND_DATABASE, out=memory)
    np.maximum(memory, least_memory, out=memory)
    _size_on_sale(memory, scratch, out=to_buy)


def _memory_by_clients(clients, least, scratch, out):
    np.multiply(clients, FIRST_SLOPE, out=out)
    np.add(out, FIRST_OFFSET, out=out)
    np.maximum(out, least, out=out)
    np.multiply(clients, LAST_SLOPE, out=scratch)
    np.maximum(out, scratch, out=out)


def _size_on_sale(memory, scratch, out):
    np.multiply(memory, GIB_PER_MB, out=scratch)
    rung = scratch.view(np.int64)
    np.add(rung, ROUND_UP_FROM_2, out=rung)
    np.right_shift(rung, LOWER_BITS, out=rung)
    LADDER.take(rung, out=out, mode="clip")  # less than 2 GiB is rung 0
