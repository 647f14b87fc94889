"""What a customer costs in simulation, beside SimPy, Ciw, salabim and NumPy, in one run.

    python bench/queueing_bench.py [--servers 1 8 64] [--repetitions 3] [--customers 1000000]

The station is M/M/c at 80 % load. Theirs are event lists, which can do far more than wait in a queue; ours and NumPy's
are recursions over customers (Lindley; Kiefer and Wolfowitz), which can do that alone. Random numbers are drawn inside
every one of them. Ours also counts percentiles; theirs keep the waits, as they do by themselves.

NumPy's single server is one long run in whole-array operations (cumulative sums and a running minimum); its several
servers are a thousand replications side by side, which is what makes a step worth its call. SimPy, Ciw and salabim run
fewer customers, since the time of each grows with their number. Each side runs in a process of its own, in turn,
several times: the best CPU time counts, and the peak of resident memory over that of the imports. Mean waits stand
beside Erlang's exact answer. Needs numpy, simpy, ciw, salabim (left out where missing) and the installed package.
"""

import argparse
import importlib
import json
import math
import platform
import resource
import subprocess
import sys
import time

LOAD = 0.8
THEIRS = 30_000  # customers of an event list


def ours(servers, customers):
    from opsi_sizing import queueing

    each = customers // 10
    found = queueing.simulate(servers=servers, arrival_rate=LOAD * servers, customers=each, warm_up=0, threads=1)
    return each * 32, found.mean_wait


def numpy_recursion(servers, customers):
    import numpy as np

    random = np.random.default_rng(1)
    if servers == 1:
        steps = random.exponential(1.0, customers) - random.exponential(1 / LOAD, customers)
        walk = np.cumsum(steps)
        return customers, (walk - np.minimum.accumulate(np.minimum(walk, 0))).mean()
    side_by_side, block = 1000, 256
    free = np.zeros((side_by_side, servers))
    rows, now, waited = np.arange(side_by_side), np.zeros(side_by_side), 0.0
    for _ in range(customers // side_by_side // block):
        between = random.exponential(1 / LOAD / servers, (block, side_by_side))
        service = random.exponential(1.0, (block, side_by_side))
        for step in range(block):
            now += between[step]
            first = free.argmin(axis=1)
            start = np.maximum(now, free[rows, first])
            waited += (start - now).sum()
            free[rows, first] = start + service[step]
    counted = customers // side_by_side // block * block * side_by_side
    return counted, waited / counted


def simpy_model(servers, _):
    import random

    import simpy

    draw = random.Random(1).expovariate
    waits = []

    def customer(environment, desk):
        came = environment.now
        with desk.request() as turn:
            yield turn
            waits.append(environment.now - came)
            yield environment.timeout(draw(1.0))

    def source(environment, desk):
        for _ in range(THEIRS):
            yield environment.timeout(draw(LOAD * servers))
            environment.process(customer(environment, desk))

    environment = simpy.Environment()
    environment.process(source(environment, simpy.Resource(environment, servers)))
    environment.run()
    return THEIRS, sum(waits) / len(waits)


def ciw_model(servers, _):
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD * servers)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[servers],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(THEIRS)
    waits = [record.waiting_time for record in simulation.get_all_records()]
    return len(waits), sum(waits) / len(waits)


def salabim_model(servers, _):
    import salabim

    salabim.yieldless(False)
    environment = salabim.Environment(trace=False, random_seed=1)
    desk = salabim.Resource("desk", capacity=servers, env=environment)
    service = salabim.Exponential(1.0, env=environment)
    waits = []

    class Customer(salabim.Component):
        def process(self):
            came = self.env.now()
            yield self.request(desk)
            waits.append(self.env.now() - came)
            yield self.hold(service.sample())
            self.release()

    gap = salabim.Exponential(1 / LOAD / servers, env=environment)
    salabim.ComponentGenerator(Customer, iat=gap, number=THEIRS // 10, env=environment)
    environment.run()
    return len(waits), sum(waits) / len(waits)


SIDES = {
    "opsi_sizing": (ours, "opsi_sizing"),
    "NumPy": (numpy_recursion, "numpy"),
    "SimPy": (simpy_model, "simpy"),
    "Ciw": (ciw_model, "ciw"),
    "salabim": (salabim_model, "salabim"),
}


def peak_kib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run_one(name, servers, customers):
    """In a process of its own: what one run took, as JSON."""
    side, module = SIDES[name]
    importlib.import_module(module)
    import numpy as _  # noqa: F401  (ours imports it when it is called)

    before, began = peak_kib(), time.process_time()
    counted, mean_wait = side(servers, customers)
    seconds = time.process_time() - began
    print(json.dumps({"customers": counted, "wait": mean_wait, "seconds": seconds, "kib": peak_kib() - before}))


def measured(name, servers, customers):
    words = [sys.executable, __file__, "--one", name, "--servers", str(servers), "--customers", str(customers)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        if "ModuleNotFoundError" in done.stderr:
            return None
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def growth(servers):
    """Time and memory from ten thousand customers to a hundred million."""
    print(f"\n| customers, {servers} servers | CPU seconds | MiB |")
    print("| ---: | ---: | ---: |")
    for exponent in range(4, 9):
        found = measured("opsi_sizing", servers, 10 * 10**exponent // 32)
        print(f"| 10^{exponent} | {found['seconds']:.4f} | {found['kib'] / 1024:.1f} |")


def rounded(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--servers", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--customers", type=int, default=10_000_000)
    parser.add_argument("--one", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return run_one(options.one, options.servers[0], options.customers)

    from opsi_sizing import queueing

    print(f"Python {platform.python_version()}, {platform.machine()}; best of {options.repetitions}, CPU time")
    print("\n| servers | side | thousand customers/s | ours is | MiB | mean wait | exact |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for servers in options.servers:
        exact = queueing.erlang_c(LOAD * servers, servers) / (servers - LOAD * servers)
        best = {}
        for _ in range(options.repetitions):
            for name in SIDES:
                found = measured(name, servers, options.customers)
                if found and found["seconds"] < best.get(name, {"seconds": math.inf})["seconds"]:
                    best[name] = found
        speed = {name: found["customers"] / found["seconds"] / 1000 for name, found in best.items()}
        for name, found in best.items():
            times = "" if name == "opsi_sizing" else f"{rounded(speed['opsi_sizing'] / speed[name])} ×"
            print(
                f"| {servers} | {name} | {rounded(speed[name])} | {times} | {found['kib'] / 1024:.1f} "
                f"| {found['wait']:.4f} | {exact:.4f} |"
            )
    growth(options.servers[-1])
    return None


if __name__ == "__main__":
    main()
