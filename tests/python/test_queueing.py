"""opsi_sizing.queueing against the exact answers of data/validation, and its arrays against its single answers."""

import csv
import os
import pathlib
import pty
import re
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


def interrupted(call, after, **options):
    """What a script prints of the answer of a call that gets Ctrl-C after so many seconds."""
    script = f"""
        import os, signal, threading
        import opsi_sizing as sizing
        from opsi_sizing import queueing
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
        threading.Timer({after}, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        answer = {call}
        print(answer)
    """
    words = [sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.run(words, **{"capture_output": True, "text": True, "timeout": 60, "check": False, **options})


def test_ctrl_c_ends_a_long_run_that_has_nothing_yet():
    done = interrupted("queueing.simulate(arrival_rate=0.5, customers=3_000_000_000)", 0.5)
    assert "KeyboardInterrupt" in done.stderr and not done.stdout
    assert done.returncode in (-signal.SIGINT, 128 + signal.SIGINT, 1)


def test_ctrl_c_keeps_the_replications_that_are_complete():
    done = interrupted("queueing.simulate(arrival_rate=0.5, customers=1_000_000, replications=20_000)", 1.5)
    assert done.returncode == 0, done.stderr
    assert "RuntimeWarning: ended by Ctrl-C: " in done.stderr and "of 20000 replications" in done.stderr
    assert "customers=1000000.0" in done.stdout  # of those that are kept all were counted


def test_ctrl_c_keeps_the_rows_that_are_complete():
    call = "queueing.simulate(arrival_rate=[0.5] * 1000, customers=2_000_000).mean_wait.tolist()"
    done = interrupted(call, 1.5)
    assert done.returncode == 0, done.stderr
    assert "of 1000 rows are complete" in done.stderr
    waits = [float(each) for each in done.stdout.strip("[]\n").split(",")]
    assert waits[0] == pytest.approx(1, rel=0.05) and np.isnan(waits[-1])


def test_ctrl_c_keeps_the_days_that_are_complete():
    day = "clients=20_000, window=3600, requests=8, service_time=0.1, threads=8, replications=20_000"
    done = interrupted(f"queueing.simulate_day({day}).requests", 1.5)
    assert done.returncode == 0, done.stderr
    assert "of 20000 replications are complete" in done.stderr
    assert done.stdout == "160000.0\n"


def test_a_terminal_sees_how_far_it_is():
    terminal, behind = pty.openpty()
    call = "queueing.simulate(arrival_rate=0.5, customers=1_000_000, replications=20_000)"
    done = interrupted(call, 2.5, capture_output=False, stdout=subprocess.PIPE, stderr=behind)
    os.close(behind)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert done.returncode == 0, shown
    assert re.search(r"\rsimulating, [0-9.]+ million customers, \d+ %", shown)


def test_many_formulas_end_at_ctrl_c():
    done = interrupted("queueing.finite_source([1e7] * 100_000, 3600, 0.05, 139)", 1, timeout=10)
    assert "KeyboardInterrupt" in done.stderr


MORNING = {"clients": 152, "start": 27_900, "window": 900, "shape": "normal", "requests": 8}


def test_a_day_of_patient_clients_answers_everybody():
    day = queueing.simulate_day(**MORNING, service_time=1.5, threads=4, step=60)
    assert (day.requests, day.sessions, day.refused, day.timed_out, day.gave_up) == (1216, 152, 0, 0, 0)
    assert day.requests_half_width == 0
    steps = day.steps
    assert steps.arrivals.sum() == pytest.approx(152) and steps.requests.sum() == pytest.approx(1216)
    # What is served takes its time: threads busy over the day are all the requests' time; 1216 × 1.5 s, 16 times drawn.
    assert (steps.busy * 60).sum() == pytest.approx(1216 * 1.5, rel=4 / np.sqrt(16 * 1216))
    assert steps.busy.max() <= 4 and np.all(np.diff(steps.time) == 60)
    # Little's law: those who wait, over the day, are the waits of all.
    assert (steps.waiting * 60).sum() == pytest.approx(1216 * day.mean_wait, rel=1e-9)
    assert 27_900 <= day.first_wait < day.last_wait < day.last_answer
    assert day.p50 <= day.p90 <= day.p95 <= day.p99 <= day.largest


def test_a_day_of_single_requests_in_steady_state_is_the_formula():
    """A window so long that its ends do not count: M/M/c, 0.9 × 3 servers."""
    day = queueing.simulate_day(clients=200_000, window=200_000 / 2.7, service_time=1.0, threads=3, step=3600)
    exact = queueing.erlang_c(2.7, 3) / (3 - 2.7)
    assert abs(day.mean_wait - exact) <= 2 * day.mean_wait_half_width + 2e-3 * exact
    assert abs(day.waited - queueing.erlang_c(2.7, 3)) <= 2 * day.waited_half_width + 2e-3


def test_the_same_seed_gives_the_same_day():
    a, b = (queueing.simulate_day(**MORNING, service_time=1.0, threads=4, run_threads=n, seed=5) for n in (1, 2))
    assert a.mean_wait == b.mean_wait and np.array_equal(a.steps.waiting, b.steps.waiting)
    assert queueing.simulate_day(**MORNING, service_time=1.0, threads=4, seed=6).mean_wait != a.mean_wait


def test_kinds_of_clients_come_together():
    two = queueing.simulate_day(
        clients=[10, 30], start=[0, 3600], window=60, shape=["at once", "triangular:0.3"], requests=[1, 2], threads=50
    )
    assert (two.sessions, two.requests, two.mean_wait) == (40, 70, 0)
    assert two.steps.arrivals[0] == 10 and two.steps.arrivals[60] == pytest.approx(30)
    weights = queueing.simulate_day(clients=1000, window=100, shape=[1, 0, 3, 0], step=25, threads=9).steps.arrivals
    assert weights[1] == 0 and len(weights) > 2 and weights[2] == pytest.approx(750, rel=0.05)


def test_impatient_clients_are_counted():
    day = queueing.simulate_day(
        clients=100, window=0, shape="at once", service_time=10, service="constant", threads=1,
        backlog=3, connect=1, answer=25, retry=(5, 10), tries=2,
    )  # fmt: skip
    # One is served and two wait at most 25 s; a third waits in vain; the others do not connect, nor the second time.
    assert day.refused > 96 and day.gave_up + day.sessions == 100
    assert day.timed_out >= 1


@pytest.mark.parametrize(
    ("given", "key", "row"),
    [
        ({"clients": -1}, "clients", None),
        ({"clients": [1, -1]}, "clients", 1),
        ({"shape": "gaussian"}, "shape", None),
        ({"shape": "triangular:2"}, "shape", None),
        ({"requests": 0.5}, "requests", None),
        ({"service": "weibull"}, "service", None),
        ({"service_time": float("nan")}, "service_time", None),
        ({"core_share": 1.5}, "core_share", None),
        ({"threads": 0}, "threads", None),
        ({"tries": 0}, "tries", None),
        ({"step": 0}, "step", None),
        ({"retry": (2, 1)}, "retry", None),
        ({"replications": 0}, "replications", None),
        ({"clients": [[1, 2]]}, "clients", None),
        ({"clients": 1.5}, "clients", None),
        ({"clients": [1, 0.5]}, "clients", 1),
        ({"start": -1}, "start", None),
        ({"step": 1e-4}, "step", None),
        ({"answer": float("nan")}, "answer", None),
        ({"connect": -1}, "connect", None),
        ({"shape": [1, -1]}, "shape", None),
        ({"shape": [[1, 2], [3, 4]]}, "shape", None),
    ],
)
def test_what_a_day_does_not_allow_is_named(given, key, row):
    with pytest.raises(sizing.InputError) as refusal:
        queueing.simulate_day(**{"clients": 10, "window": 60, **given})
    assert (refusal.value.key, refusal.value.row) == (key, row)


def test_ctrl_c_ends_a_long_day_that_has_nothing_yet():
    done = interrupted("queueing.simulate_day(clients=1e9, window=1e6, threads=3, replications=1)", 0.5)
    assert "KeyboardInterrupt" in done.stderr and not done.stdout


@pytest.mark.parametrize("key", ["customers", "warm_up", "replications", "seed", "threads"])
@pytest.mark.parametrize("value", [-1, 1.5, "3", 1 << 64, True])
def test_whole_numbers_of_a_run_are_refused_by_name(key, value):
    with pytest.raises(sizing.InputError, match=f"{key}: not a whole number"):
        queueing.simulate(arrival_rate=0.5, **{key: value})


@pytest.mark.parametrize("key", ["threads", "cores", "pool", "backlog", "tries", "replications", "seed", "run_threads"])
def test_whole_numbers_of_a_day_are_refused_by_name(key):
    with pytest.raises(sizing.InputError, match=f"{key}: not a whole number"):
        queueing.simulate_day(clients=1, window=1, **{key: -1})


def test_whole_numbers_may_be_of_any_type():
    few = queueing.simulate(arrival_rate=0.5, customers=np.int32(1000), replications=4.0)
    assert few.mean_wait == queueing.simulate(arrival_rate=0.5, customers=1e3, replications=4).mean_wait
    assert (few.customers, few.replications) == (1000, 4)


def test_words_may_be_a_column_of_objects():
    words = np.array(["constant", "exponential"], dtype=object)
    found = queueing.simulate(arrival_rate=0.5, service=words, customers=1000, replications=4)
    same = queueing.simulate(arrival_rate=0.5, service=["constant", "exponential"], customers=1000, replications=4)
    assert found.mean_wait.tolist() == same.mean_wait.tolist()
    assert queueing.simulate_day(clients=3, window=1, shape=np.array(["normal"], dtype=object)).sessions == 3


def test_percentiles_hold_the_truth_as_often_as_they_say():
    """M/M/1 at 0.9: p99 = log(90) / 0.1 (Erlang's delay distribution); 19 of 20 intervals, give or take."""
    exact, runs = np.log(90) / 0.1, 200
    found = [queueing.simulate(arrival_rate=0.9, customers=50_000, seed=seed) for seed in range(runs)]
    held = sum(abs(each.p99 - exact) < each.p99_half_width for each in found)
    assert held >= 0.9 * runs
    assert np.mean([each.p99 for each in found]) == pytest.approx(exact, rel=0.01)


def test_the_columns_of_finite_source_broadcast_with_their_units():
    """Minutes or seconds: throughput is per unit, the response time in it; a column against a row makes a table."""
    minutes = queueing.finite_source([[10], [200]], 60.0, 1 / 60, [1, 4])
    seconds = queueing.finite_source([[10], [200]], 3600.0, 1.0, [1, 4])
    assert minutes.throughput.shape == seconds.response_time.shape == (2, 2)
    np.testing.assert_allclose(minutes.throughput, 60 * seconds.throughput, rtol=1e-12)
    np.testing.assert_allclose(60 * minutes.response_time, seconds.response_time, rtol=1e-12)


def test_a_simulation_scales_with_its_unit():
    seconds = queueing.simulate(servers=2, arrival_rate=1.5, service_time=1.0, customers=5000)
    hours = queueing.simulate(servers=2, arrival_rate=1.5 * 3600, service_time=1 / 3600, customers=5000)
    assert hours.mean_wait * 3600 == pytest.approx(seconds.mean_wait, rel=1e-9)
    assert hours.probability_of_waiting == pytest.approx(seconds.probability_of_waiting, rel=1e-9)
