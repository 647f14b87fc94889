#!/usr/bin/env python3
"""The morning of a school beside SimPy, Ciw, salabim and NumPy: clients and requests per second, memory, mean waits.

152 clients come within 15 minutes in the normal shape (data/sites/school.toml); each sends 8 requests, one after the
other, to 4 threads that take them first come, first served. A request takes 1.5 s on average, exponential: chosen for
this comparison, so that the queue is real; the published time of a request is 10 ms, at which nobody waits. With
--scale 10 there are ten times the clients, ten times the threads, and a tenth of the days (30 at least).

Ours and NumPy's are recursions over requests, which can do nothing but wait in a queue; the others are event lists,
which can do far more. Random numbers are drawn inside every one of them; a day is a replication. Each side runs in a
process of its own, in turn, several times: the best CPU time counts, and the peak of resident memory over that of the
imports. The mean waits have the half-widths of 95 % confidence intervals over the days.
Needs numpy, simpy, ciw, salabim (left out where missing) and the installed package.
"""

import argparse
import importlib
import json
import math
import platform
import random
import subprocess
import sys
import time

from queueing_bench import peak_kib, rounded

CLIENTS, WINDOW, REQUESTS, THREADS, SERVICE = 152, 900.0, 8, 4, 1.5
DAYS = {"opsi_sizing": 2_000, "NumPy": 2_000, "SimPy": 200, "Ciw": 200, "salabim": 30}


def ours(days):
    from opsi_sizing import queueing

    day = queueing.simulate_day(
        clients=CLIENTS, window=WINDOW, shape="normal", requests=REQUESTS, service_time=SERVICE, threads=THREADS,
        replications=days, run_threads=1,
    )  # fmt: skip
    return day.mean_wait, day.mean_wait_half_width


def arrivals():
    """The times of coming: a bell around the middle, six standard deviations wide, cut at its ends."""
    times = []
    while len(times) < CLIENTS:
        at = random.gauss(WINDOW / 2, WINDOW / 6)
        if 0 <= at <= WINDOW:
            times.append(at)
    return times


def of_days(days, one_day):
    random.seed(1)
    waits = [one_day() for _ in range(days)]
    mean = sum(waits) / days
    deviation = math.sqrt(sum((wait - mean) ** 2 for wait in waits) / (days - 1))
    return mean, 2.05 * deviation / math.sqrt(days)  # Student's t of 30 days, rounded up


def numpy_recursion(days):
    """All days side by side: of each the request that comes next, and the thread that is free first."""
    import numpy as np

    draw = np.random.default_rng(1)
    bell = draw.normal(WINDOW / 2, WINDOW / 6, (days, CLIENTS))
    while (outside := (bell < 0) | (bell > WINDOW)).any():
        bell[outside] = draw.normal(WINDOW / 2, WINDOW / 6, outside.sum())
    left = np.full((days, CLIENTS), REQUESTS)
    free, rows, waited = np.zeros((days, THREADS)), np.arange(days), np.zeros(days)
    for _ in range(CLIENTS * REQUESTS):
        client, thread = bell.argmin(axis=1), free.argmin(axis=1)
        came = bell[rows, client]
        start = np.maximum(came, free[rows, thread])
        waited += start - came
        end = start + draw.exponential(SERVICE, days)
        free[rows, thread] = end
        left[rows, client] -= 1
        bell[rows, client] = np.where(left[rows, client] > 0, end, np.inf)
    waits = waited / (CLIENTS * REQUESTS)
    return float(waits.mean()), float(1.97 * waits.std(ddof=1) / math.sqrt(days))


def simpy_model(days):
    import simpy

    def client(environment, desk, came, waits):
        yield environment.timeout(came)
        for _ in range(REQUESTS):
            asked = environment.now
            with desk.request() as turn:
                yield turn
                waits.append(environment.now - asked)
                yield environment.timeout(random.expovariate(1 / SERVICE))

    def one_day():
        environment, waits = simpy.Environment(), []
        desk = simpy.Resource(environment, THREADS)
        for came in arrivals():
            environment.process(client(environment, desk, came, waits))
        environment.run()
        return sum(waits) / len(waits)

    return of_days(days, one_day)


def ciw_model(days):
    import ciw

    def one_day():
        times = sorted(arrivals())
        gaps = [later - before for before, later in zip([0.0, *times], times, strict=False)]
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Sequential([*gaps, float("inf")])],
            service_distributions=[ciw.dists.Exponential(1 / SERVICE)],
            number_of_servers=[THREADS],
            routing=ciw.routing.ProcessBased(lambda _, __: [1] * (REQUESTS - 1)),
        )
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(86_400)
        waits = [record.waiting_time for record in simulation.get_all_records()]
        assert len(waits) == CLIENTS * REQUESTS, len(waits)
        return sum(waits) / len(waits)

    ciw.seed(1)
    return of_days(days, one_day)


def salabim_model(days):
    import salabim

    salabim.yieldless(False)

    class Client(salabim.Component):
        def process(self):
            for _ in range(REQUESTS):
                asked = self.env.now()
                yield self.request(self.desk)
                self.waits.append(self.env.now() - asked)
                yield self.hold(random.expovariate(1 / SERVICE))
                self.release()

    def one_day():
        environment = salabim.Environment(trace=False, random_seed="")  # goes on with random
        Client.desk, Client.waits = salabim.Resource("desk", capacity=THREADS, env=environment), []
        for came in arrivals():
            Client(at=came, env=environment)
        environment.run()
        return sum(Client.waits) / len(Client.waits)

    return of_days(days, one_day)


SIDES = {
    "opsi_sizing": (ours, "opsi_sizing"),
    "NumPy": (numpy_recursion, "numpy"),
    "SimPy": (simpy_model, "simpy"),
    "Ciw": (ciw_model, "ciw"),
    "salabim": (salabim_model, "salabim"),
}


def scaled(name, scale):
    return max(DAYS[name] // scale, 30)


def run_one(name, scale):
    """In a process of its own: what one run took, as JSON."""
    global CLIENTS, THREADS
    CLIENTS, THREADS = CLIENTS * scale, THREADS * scale
    side, module = SIDES[name]
    importlib.import_module(module)
    import numpy as _  # noqa: F401  (ours imports it when it is called)

    before, began = peak_kib(), time.process_time()
    wait, half_width = side(scaled(name, scale))
    seconds = time.process_time() - began
    print(json.dumps({"wait": wait, "half_width": half_width, "seconds": seconds, "kib": peak_kib() - before}))


def measured(name, scale):
    words = [sys.executable, __file__, "--one", name, "--scale", str(scale)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        if "ModuleNotFoundError" in done.stderr:
            return None
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--one", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return run_one(options.one, options.scale[0])

    print(f"Python {platform.python_version()}, {platform.machine()}; best of {options.repetitions}, CPU time")
    print("\n| clients, threads | side | days | clients/s | requests/s | ours is | MiB | mean wait, s |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for scale in options.scale:
        best = {}
        for _ in range(options.repetitions):
            for name in options.sides:
                found = measured(name, scale)
                if found and found["seconds"] < best.get(name, {"seconds": math.inf})["seconds"]:
                    best[name] = found
        speed = {name: scaled(name, scale) * CLIENTS * scale / found["seconds"] for name, found in best.items()}
        for name, found in best.items():
            times = "" if name == "opsi_sizing" else f"{rounded(speed['opsi_sizing'] / speed[name])} ×"
            print(
                f"| {CLIENTS * scale}, {THREADS * scale} | {name} | {rounded(scaled(name, scale))} "
                f"| {rounded(speed[name])} | {rounded(REQUESTS * speed[name])} | {times} | {found['kib'] / 1024:.1f} "
                f"| {found['wait']:.3f} ± {found['half_width']:.3f} |"
            )
    return None


if __name__ == "__main__":
    main()
