"""The rules of opsi 4.2 in NumPy as a script has them: one of the other sides of bench/python_bench.py.

One server that is config server and depot server; clients and connections are columns of whole numbers, everything else
has its default. One line a rule, whole columns at a time, every common part computed once; numpy_tuned.py is the same
with its temporaries, its branches and its cache misses tuned away.
"""

import numpy as np

MOST = 10_000_000  # clients: where a curve's last slope ends here
MEMORY_CURVE = ([100, 2000, 4000, MOST], [500, 1000, 2000, 2000 + (MOST - 4000) / 2])  # clients, MB
CORES_CURVE = ([500, 1000, MOST], [2, 4, 4 + (MOST - 1000) / 250])  # clients, cores
LADDER = np.array([2, 4, 8, *(power * step for power in 2.0 ** np.arange(3, 40) for step in (1.5, 2))])  # GiB on sale


def full_plan(clients, connections):
    """Every quantity of the plan, in its order, by name."""
    workers_by_connections = np.ceil(connections / 20)
    workers = np.maximum(1, workers_by_connections)
    memory_by_workers = workers * 250
    memory_by_clients = np.interp(clients, *MEMORY_CURVE) * 1.5
    opsiconfd = np.maximum(memory_by_workers, memory_by_clients)
    samba = connections * (4 * 1.5)
    database_size = clients * 0.1
    buffer_pool = np.maximum(128, database_size)
    database_connections = workers * 30
    database = 104 + buffer_pool + database_connections * 0.087
    cores_by_workers = np.ceil(workers * 0.5)
    cores_by_clients = np.ceil(np.interp(clients, *CORES_CURVE))
    services = (512 + 12.5) + opsiconfd + samba + database
    memory = np.maximum(2000, services)
    return {
        "load.clients": clients,
        "load.connections": connections,
        "opsiconfd.workers_by_connections": workers_by_connections,
        "opsiconfd.workers": workers,
        "opsiconfd.memory_by_workers": memory_by_workers,
        "opsiconfd.memory_by_clients": memory_by_clients,
        "opsiconfd.memory": opsiconfd,
        "opsiconfd.active_clients_per_worker": np.floor(clients / workers),
        "samba.memory": samba,
        "samba.memory_measured_idle": 24.2 + connections * 0.76,
        "samba.memory_measured_reading": 24.2 + connections * 14.2,
        "database.size": database_size,
        "database.buffer_pool_size": buffer_pool,
        "database.connections": database_connections,
        "database.memory": database,
        "redis.memory": np.full_like(clients, 12.5),
        "cpu.cores_by_workers": cores_by_workers,
        "cpu.cores_by_clients": cores_by_clients,
        "server.cores": np.maximum(2, np.maximum(cores_by_workers, cores_by_clients)),
        "directory_connector.memory": np.zeros_like(clients),
        "server.memory_by_services": services,
        "server.memory": memory,
        "server.memory_to_buy": LADDER[np.searchsorted(LADDER, memory * (10**6 / 2**30))],
        "disk.tmp": np.full_like(clients, 15),
        "disk.var_lib_opsi": np.full_like(clients, 60),
        "disk.logs": (30 + clients * 25) / 1000,
        "disk.database": database_size / 1000,
        "disk.backup": clients * (0.0058 / 1000),
    }
