"""The rules of opsi 4.2 in plain Python: one of the other sides of the comparison in bench/python_bench.py.

One server that is config server and depot server; clients and connections are whole numbers, everything else has its
default.
"""

from math import ceil, frexp

# Figures of data/tables/figures.csv.
CONNECTIONS_PER_WORKER = 20  # connections/worker
MEMORY_PER_WORKER = 250  # MB/worker
OPSICONFD_MARGIN = 1.5  # the memory of opsiconfd with its margin of half
CORES_PER_WORKER = 0.5  # cores/worker
SAMBA_PER_CONNECTION = 4 * 1.5  # MB/connection, with its margin of half
SAMBA_BASE = 24.2  # MB
SAMBA_PER_IDLE = 0.76  # MB/connection
SAMBA_PER_READING = 14.2  # MB/connection
DATABASE_PER_CLIENT = 0.1  # MB/client
DATABASE_BASE = 104  # MB
DATABASE_BUFFER_POOL = 128  # MB
DATABASE_CONNECTIONS_PER_WORKER = 20 + 10  # connections/worker, pool and overflow
DATABASE_PER_CONNECTION = 0.087  # MB/connection
REDIS_MEMORY = 12.5  # MB
SYSTEM_MEMORY = 512  # MB
LEAST_WORKERS = 1
LEAST_CORES = 2
LEAST_MEMORY = 2000  # MB
MB_PER_GIB = 2**30 / 10**6
TMP_FREE = 15  # GB
VAR_LIB_OPSI = 60  # GB
LOG_BASE = 30  # MB
LOG_PER_CLIENT = 25  # MB/client
BACKUP_PER_CLIENT = 0.0058  # MB/client


def full_plan(clients, connections):
    """Every quantity of the plan, in its order, by name."""
    workers_by_connections = ceil(connections / CONNECTIONS_PER_WORKER)
    workers = max(LEAST_WORKERS, workers_by_connections)
    memory_by_workers = workers * MEMORY_PER_WORKER
    memory_by_clients = memory_curve(clients) * OPSICONFD_MARGIN
    opsiconfd = max(memory_by_workers, memory_by_clients)
    samba = connections * SAMBA_PER_CONNECTION

    database_size = clients * DATABASE_PER_CLIENT
    buffer_pool = max(DATABASE_BUFFER_POOL, database_size)
    database_connections = workers * DATABASE_CONNECTIONS_PER_WORKER
    database = DATABASE_BASE + buffer_pool + database_connections * DATABASE_PER_CONNECTION

    cores_by_workers = ceil(workers * CORES_PER_WORKER)
    cores_by_clients = ceil(cores_curve(clients))
    services = SYSTEM_MEMORY + opsiconfd + samba + database + REDIS_MEMORY
    memory = max(LEAST_MEMORY, services)

    return {
        "load.clients": clients,
        "load.connections": connections,
        "opsiconfd.workers_by_connections": workers_by_connections,
        "opsiconfd.workers": workers,
        "opsiconfd.memory_by_workers": memory_by_workers,
        "opsiconfd.memory_by_clients": memory_by_clients,
        "opsiconfd.memory": opsiconfd,
        "opsiconfd.active_clients_per_worker": clients // workers,
        "samba.memory": samba,
        "samba.memory_measured_idle": SAMBA_BASE + connections * SAMBA_PER_IDLE,
        "samba.memory_measured_reading": SAMBA_BASE + connections * SAMBA_PER_READING,
        "database.size": database_size,
        "database.buffer_pool_size": buffer_pool,
        "database.connections": database_connections,
        "database.memory": database,
        "redis.memory": REDIS_MEMORY,
        "cpu.cores_by_workers": cores_by_workers,
        "cpu.cores_by_clients": cores_by_clients,
        "server.cores": max(LEAST_CORES, cores_by_workers, cores_by_clients),
        "directory_connector.memory": 0,
        "server.memory_by_services": services,
        "server.memory": memory,
        "server.memory_to_buy": size_on_sale(memory / MB_PER_GIB),
        "disk.tmp": TMP_FREE,
        "disk.var_lib_opsi": VAR_LIB_OPSI,
        "disk.logs": (LOG_BASE + clients * LOG_PER_CLIENT) / 1000,
        "disk.database": database_size / 1000,
        "disk.backup": clients * BACKUP_PER_CLIENT / 1000,
    }


def memory_curve(clients):
    """MB of opsiconfd by clients, before the margin: 100:500|2000:1000|4000:2000, the last slope goes on."""
    if clients < 100:
        return 500
    if clients < 2000:
        return 500 + (clients - 100) * 500 / 1900
    return 1000 + (clients - 2000) * 1000 / 2000


def cores_curve(clients):
    """Cores by clients: 500:2|1000:4, the slope goes on."""
    return 2 if clients < 500 else 2 + (clients - 500) * 2 / 500


def size_on_sale(size):
    """The next of 2, 4, 8, 12, 16, 24, 32, …: the powers of two, and from 12 on three quarters of them (GiB)."""
    if size <= 2:
        return 2
    fraction, exponent = frexp(size)
    power = 2.0 ** (exponent - (fraction == 0.5))
    return 0.75 * power if power >= 16 and size <= 0.75 * power else power
