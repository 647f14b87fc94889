"""What evaluation from Python costs, beside NumPy and plain Python, in one run of one process.

    python bench/python_bench.py [--rows 1000 1000000 10000000] [--repetitions 7]

The other sides are the same rules: as a NumPy script has them (numpy_rules.py), the same tuned (numpy_tuned.py: in
place, in chunks that stay in the cache) and as a plain loop (plain_rules.py). All answers are compared before anything
is timed. The repetitions of all sides are interleaved; the best of each counts, with its results freed before the next,
as in a script that goes over its data part by part; "into the same arrays" has none to free. Needs numpy and the
installed package.
"""

import argparse
import functools
import os
import platform
import resource
import subprocess
import sys
import time

import numpy as np
import numpy_rules
import numpy_tuned
import opsi_sizing as sizing
import plain_rules

OUTPUTS = list(numpy_tuned.PLAN)


def sites(rows):
    """Clients and connections of as many made-up sites; the same in every run."""
    random = np.random.default_rng(1)
    return random.integers(0, 8000, rows).astype(float), random.integers(0, 800, rows).astype(float)


def plain_loop(clients, connections):
    return [plain_rules.full_plan(*site) for site in zip(clients.tolist(), connections.tolist(), strict=True)]


def evaluate(clients, connections, outputs=OUTPUTS, threads=1, out=None):
    site = {"clients": clients, "connections": connections}
    return sizing.evaluate(**site, outputs=outputs, opsi="4.2", threads=threads, out=out)


def sides(rows):
    """What is compared, by name; plain Python for few rows only, since it takes long and scales with them."""

    def into_the_same(call):
        kept = {}

        def again(clients, connections):
            kept.update(call(clients, connections, out=kept or None))

        return again

    headline = list(numpy_tuned.HEADLINE)
    return {
        "evaluate, full plan, 1 thread": evaluate,
        "evaluate, full plan, all cores": functools.partial(evaluate, threads=0),
        "evaluate, full plan, 1 thread, into the same arrays": into_the_same(evaluate),
        "evaluate, full plan, all cores, into the same arrays": into_the_same(functools.partial(evaluate, threads=0)),
        "NumPy script, full plan": numpy_rules.full_plan,
        "NumPy tuned, full plan": numpy_tuned.full_plan_chunked,
        "NumPy tuned, full plan, into the same arrays": into_the_same(numpy_tuned.full_plan_chunked),
        **({"plain Python, full plan": plain_loop} if rows <= 100_000 else {}),
        "evaluate, six results, 1 thread": functools.partial(evaluate, outputs=headline),
        "evaluate, six results, all cores": functools.partial(evaluate, outputs=headline, threads=0),
        "NumPy tuned, six results": numpy_tuned.headline,
    }


def check(rows=20_000):
    """All sides give the same plan."""
    clients, connections = sites(rows)
    ours = evaluate(clients, connections)
    loop = plain_loop(clients, connections)
    for name, column in ours.items():
        for other in (numpy_rules.full_plan, numpy_tuned.full_plan, numpy_tuned.full_plan_chunked):
            np.testing.assert_allclose(other(clients, connections)[name], column, rtol=1e-12, err_msg=name)
        np.testing.assert_allclose([plan[name] for plan in loop], column, rtol=1e-12, err_msg=name)


def seconds(call, *args):
    start = time.perf_counter()
    answer = call(*args)
    taken = time.perf_counter() - start
    del answer
    return taken


def compare(rows, repetitions):
    clients, connections = sites(rows)
    called = sides(rows)
    calls = max(1, 100_000 // rows)  # small calls are timed by the hundred
    best = dict.fromkeys(called, float("inf"))
    for _ in range(repetitions):
        for name, call in called.items():
            total = sum(seconds(call, clients, connections) for _ in range(calls)) / calls
            best[name] = min(best[name], total)
    script = best["NumPy script, full plan"]
    print(f"\n| {rows:,} rows | million rows/s | times the NumPy script |\n| --- | ---: | ---: |")
    for name, taken in best.items():
        ratio = f"{script / taken:.1f}" if "six" not in name else ""
        print(f"| {name} | {rows / taken / 1e6:.1f} | {ratio} |")


def one_plan(calls=20_000):
    sizing.plan(clients=1500, connections=120)
    taken = min(seconds(lambda: [sizing.plan(clients=1500, connections=120) for _ in range(calls)]) for _ in range(5))
    print(f"\nplan(clients=1500, connections=120): {taken / calls * 1e6:.1f} us a call")


def import_time(repetitions=21):
    def taken(code):
        return min(seconds(subprocess.run, [sys.executable, "-c", code]) for _ in range(repetitions)) * 1000

    numpy_alone, both = taken("import numpy"), taken("import numpy, opsi_sizing")
    print(f"import numpy: {numpy_alone:.1f} ms with the interpreter; opsi_sizing adds {both - numpy_alone:.1f} ms")


def peak_memory(rows):
    """In a process of its own: what the call needs beyond its inputs and outputs."""
    code = f"""if True:
        import pathlib, numpy as np, opsi_sizing as sizing
        clients, connections = np.full({rows}, 1500.0), np.full({rows}, 120.0)
        sizing.evaluate(clients=clients[:10], connections=connections[:10])
        def kib(what):
            return int(pathlib.Path("/proc/self/status").read_text().split(what + ":")[1].split()[0])
        pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
        before = kib("VmRSS")
        results = sizing.evaluate(clients=clients, connections=connections, outputs={OUTPUTS[-6:]!r}, threads=0)
        used = (kib("VmHWM") - before) * 1024
        print((used - sum(column.nbytes for column in results.values())) / 2**20)"""
    extra = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    print(f"peak memory of {rows:,} rows beyond inputs and outputs: {extra:.1f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 1_000_000, 10_000_000])
    parser.add_argument("--repetitions", type=int, default=7)
    arguments = parser.parse_args()
    check()
    print(
        f"opsi_sizing {sizing.__version__}, NumPy {np.__version__}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores"
    )
    import_time()
    one_plan()
    for rows in arguments.rows:
        compare(rows, arguments.repetitions)
    print()
    peak_memory(max(arguments.rows))
    print(f"peak memory of this benchmark: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


main()
