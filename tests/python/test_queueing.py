"""opsi_sizing.queueing against the exact answers of data/validation, and its arrays against its single answers."""

import csv
import pathlib
import signal
import subprocess
import sys
import textwrap

import numpy as np
import opsi_sizing as sizing
import pytest
from opsi_sizing import queueing

VALIDATION = pathlib.Path(__file__).resolve().parents[2] / "tests" / "queueing" / "cases"


def columns(name):
    with open(VALIDATION / name, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


def test_erlang_matches_the_published_digits():
    exact = columns("erlang_c.csv")
    blocked = queueing.erlang_b(exact["offered_load"], exact["servers"])
    waiting = queueing.erlang_c(exact["offered_load"], exact["servers"])
    np.testing.assert_allclose(blocked, exact["erlang_b"], atol=6e-11)
    np.testing.assert_allclose(waiting, exact["erlang_c"], atol=6e-11)


def test_finite_source_matches_the_published_digits():
    exact = columns("finite_source.csv")
    throughput, response = queueing.finite_source(
        exact["population"], exact["think_time"], exact["service_time"], exact["servers"]
    )
    np.testing.assert_allclose(throughput, exact["throughput"], rtol=5e-9)
    np.testing.assert_allclose(response, exact["response_time"], rtol=5e-9)


def test_finite_source_keeps_its_laws_up_to_ten_million_clients():
    population = np.logspace(0, 7, 40).astype(int)
    throughput, response = queueing.finite_source(population, 3600.0, 0.5, 200)
    assert np.all(throughput <= np.minimum(population / 3600.5, 400) * (1 + 1e-12))
    assert np.all(np.diff(throughput) >= -1e-9)
    assert np.all(response >= 0.5 * (1 - 1e-12))
    np.testing.assert_allclose(throughput * (response + 3600), population, rtol=1e-12)


def test_simulation_matches_the_exact_grid():
    exact = columns("multiserver_grid.csv")
    few = (exact["c"] <= 20) & (exact["rho"] <= 0.9)
    servers, load = exact["c"][few], exact["rho"][few]
    words = {"mm": "exponential", "md": "constant", "me2": "erlang:2", "mh2_scv2": "hyperexponential:2"}
    for column, service in words.items():
        found = queueing.simulate(servers=servers, arrival_rate=servers * load, service=service, customers=40_000)
        for name, value, half_width in (
            ("pw", found.probability_of_waiting, found.probability_of_waiting_half_width),
            ("wq", found.mean_wait, found.mean_wait_half_width),
        ):
            wanted = exact[f"{column}_{name}"][few]
            assert np.all(np.abs(value - wanted) <= 2.5 * half_width + 2e-3 * wanted), (service, name)


def test_arrays_hold_what_single_calls_give():
    servers = np.array([[1], [4]])
    services = np.array(["constant", "lognormal:2", "erlang:3"])
    found = queueing.simulate(
        servers=servers, arrival_rate=0.8, service=services, customers=2000, replications=5, seed=7
    )
    assert found.mean_wait.shape == (2, 3)
    for (row, column), value in np.ndenumerate(found.p95):
        one = queueing.simulate(
            servers=int(servers[row, 0]),
            arrival_rate=0.8,
            service=str(services[column]),
            customers=2000,
            replications=5,
            seed=7,
        )
        assert (one.p95, one.mean_wait_half_width) == (value, found.mean_wait_half_width[row, column])
        assert isinstance(one.p95, float)


def test_nobody_waits_where_nobody_comes():
    found = queueing.simulate(servers=3, arrival_rate=[0.0, 1.0], customers=1000)
    assert found.mean_wait[0] == 0
    assert found.utilisation[1] == pytest.approx(1 / 3, rel=0.02)


@pytest.mark.parametrize(
    ("call", "key", "row"),
    [
        (lambda: queueing.erlang_b(-1, 3), "offered_load", None),
        (lambda: queueing.erlang_c([1, 2], [3, 2.5]), "servers", 1),
        (lambda: queueing.finite_source(10, [1, -1], 1), "think_time", 1),
        (lambda: queueing.simulate(arrival_rate=[[0.5], [1.5]]), "arrival_rate", (1, 0)),
        (lambda: queueing.simulate(arrival_rate=float("nan")), "arrival_rate", None),
        (lambda: queueing.simulate(arrival_rate=0.5, service="weibull"), "service", None),
        (lambda: queueing.simulate(arrival_rate=0.5, service_time=-1), "service", None),
        (lambda: queueing.simulate(arrival_rate=0.5, servers=0), "servers", None),
        (lambda: queueing.simulate(arrival_rate=0.5, customers=0), "customers", None),
        (lambda: queueing.simulate(arrival_rate=0.5, replications=0), "replications", None),
    ],
)
def test_what_is_not_allowed_is_named(call, key, row):
    with pytest.raises(sizing.InputError) as refusal:
        call()
    assert (refusal.value.key, refusal.value.row) == (key, row)


@pytest.mark.parametrize("given", [{"servers": "two"}, {"service": 3}, {"service_time": None}])
def test_what_is_of_another_type_is_a_type_error(given):
    with pytest.raises(TypeError):
        queueing.simulate(**{"arrival_rate": 0.1, **given})


def test_ctrl_c_ends_a_long_run():
    script = """
        import os, signal, threading
        from opsi_sizing import queueing
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
        threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        queueing.simulate(arrival_rate=0.5, customers=3_000_000_000)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=60, check=False
    )
    assert "KeyboardInterrupt" in done.stderr
    assert done.returncode in (-signal.SIGINT, 128 + signal.SIGINT, 1)
