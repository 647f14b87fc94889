"""Who waits over the day: simulate(), Site.simulate() and plan(within=)."""

from __future__ import annotations

import copy
import json
import math
import pickle

import numpy as np
import opsi_sizing as sizing
import pytest
from binary import ROOT, json_of, needs_binary, unstamped

SCHOOL = "data/sites/school.toml"
# Half a second a request: with one worker on one core the morning has a queue.
SLOW = {"client.rpc_time": 500}


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_a_day_is_arrays_over_its_steps():
    steps = sizing.simulate(SCHOOL, workers=1, cores=1, figures=SLOW).day.steps
    assert steps.time.dtype == np.float64
    assert np.all(np.diff(steps.time) == 60)
    assert steps.arrivals.sum() == pytest.approx(152)
    assert steps.requests.sum() == pytest.approx(152 * 8)
    # The first come at 07:45; nobody is there before.
    assert steps.time[np.flatnonzero(steps.arrivals)[0]] >= 7 * 3600 + 45 * 60
    assert np.all(steps.p50_wait <= steps.p95_wait)
    assert np.all(steps.p95_wait <= steps.largest_wait)


def test_areas_are_sums_of_times():
    """Busy threads over the day are what requests hold them; those that wait are the waits (Little)."""
    waiting = sizing.simulate(SCHOOL, workers=1, cores=64, figures=SLOW | {"opsiconfd.request_core_share": 10})
    day = waiting.day
    held = day.steps.busy.sum() * 60
    assert held == pytest.approx(day.requests * day.mean_response - day.steps.waiting.sum() * 60, rel=1e-9)


def test_a_steady_timer_is_as_the_textbook_says():
    """M/M/1 at the core: W = S rho / (1 - rho), with 1000 clients an hour, 8 requests each, 150 ms of a core."""
    waiting = sizing.simulate(
        clients=1000,
        routines="WAN timer every hour",
        workers=1,
        figures={"client.rpc_time": 150, "opsiconfd.request_core_share": 100},
    )
    assert waiting.steady
    cores = waiting.textbook[1]
    rho = 1000 * 8 / 3600 * 0.15
    assert (cores.stage, cores.exact) == ("cores", True)
    assert cores.utilisation == pytest.approx(rho, rel=1e-12)
    assert cores.mean_wait == pytest.approx(0.15 * rho / (1 - rho), rel=1e-9)
    assert abs(waiting.day.mean_wait - cores.mean_wait) < 3 * waiting.day.mean_wait_half_width + 0.01 * cores.mean_wait
    assert cores.finite_mean_wait < cores.mean_wait


def test_the_same_seed_gives_the_same_bits():
    days = [sizing.simulate(SCHOOL, workers=1, figures=SLOW, seed=7, jobs=jobs).to_dict() for jobs in (1, 2)]
    assert unstamped(days[0]) == unstamped(days[1])
    assert (
        sizing.simulate(SCHOOL, workers=1, figures=SLOW, seed=8).day.mean_wait
        != days[0]["day"]["wait"]["mean"]["value"]
    )


def test_a_service_level_is_kept_or_not():
    assert sizing.simulate(SCHOOL).kept is None
    assert sizing.simulate(SCHOOL, within="p95 < 1 s").kept is True
    slow = sizing.simulate(SCHOOL, workers=1, cores=1, figures=SLOW, within="p95 < 1 s")
    assert slow.kept is False
    assert '"p95 < 1 s" is not kept.' in slow.answer


def test_a_plan_within_a_service_level_has_one_more_rule():
    site = {"clients": 1000, "connections": 10, "opsi": "4.3", "routines": {"preset": "school morning"}}
    plan = sizing.plan(**site, figures=SLOW, within="p95 < 2 s", replications=8)
    workers = plan["opsiconfd.workers"]
    assert workers.decided_by == "least_workers"
    assert '"p95 < 2 s" is kept with' in plan["least_workers"].origin
    assert "service_level" in [remark.code for remark in plan.remarks]
    # As many keep it, one less does not.
    asked = {"figures": SLOW, "within": "p95 < 2 s", "replications": 8}
    cores = int(plan["least_cores"].value)
    assert sizing.simulate(**site, **asked, workers=int(workers.value), cores=cores).kept
    assert not sizing.simulate(**site, **asked, workers=int(workers.value) - 1, cores=cores).kept
    again = pickle.loads(pickle.dumps(plan))
    assert again["opsiconfd.workers"].value == workers.value
    assert again["least_workers"].origin == plan["least_workers"].origin


def test_a_site_says_the_same():
    site = sizing.Site.load(SCHOOL)
    assert site.simulate().day.mean_response == sizing.simulate(SCHOOL).day.mean_response
    assert site.simulate(workers=1).serving["workers"].text == "1 worker"


def test_it_can_be_pickled_and_copied():
    waiting = sizing.simulate(SCHOOL, workers=1, figures=SLOW, replications=4)
    again = pickle.loads(pickle.dumps(waiting))
    assert unstamped(again.to_dict()) == unstamped(waiting.to_dict())
    assert copy.copy(waiting).answer == waiting.answer


@needs_binary
@pytest.mark.parametrize("options", [{}, {"workers": 1, "replications": 4, "seed": 3, "within": "p95 < 1 s"}])
def test_it_is_what_the_command_line_says(options):
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    ours = json.loads(sizing.simulate(SCHOOL, **options).to_json())
    theirs = json_of("simulate", SCHOOL, *flags)
    for each in (ours, theirs):
        each["serving"]["workers"].pop("from")  # a flag here, an argument there
    assert unstamped(ours) == unstamped(theirs)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"site": None, "clients": 100}, None),
        ({"workers": 0}, "workers"),
        ({"workers": 1.5}, "workers"),
        ({"within": "p95"}, "within"),
        ({"step": 0}, "step"),
        ({"replications": 0}, "replications"),
        ({"opsi": "4.1"}, "opsi"),
        ({"site": "data/sites/authority.toml", "server": "depot-north"}, "server"),
        ({"figures": {"client.tries": 2.5}}, "client.tries"),
    ],
)
def test_what_is_not_allowed_is_refused(asked, key):
    with pytest.raises(sizing.InputError) as refused:
        sizing.simulate(**({"site": SCHOOL} | asked))
    assert refused.value.key == key


def test_one_replication_has_no_interval():
    day = sizing.simulate(SCHOOL, workers=1, figures=SLOW, replications=1).day
    assert math.isnan(day.mean_wait_half_width)


def test_its_command_says_all_that_was_asked():
    asked = {"workers": 1, "within": "p95 < 1 s", "step": 300, "replications": 5, "seed": 7}
    command = sizing.simulate("data/sites/school.toml", **asked).to_dict()["command"]
    for words in ("workers=1", "within='p95 < 1 s'", "step=300", "replications=5", "seed=7"):
        assert words in command
    assert "workers" not in sizing.simulate("data/sites/school.toml").to_dict()["command"]


def test_a_copy_is_the_same_answer():
    waiting = sizing.simulate("data/sites/school.toml", replications=3)
    assert str(copy.deepcopy(waiting)) == str(copy.copy(waiting)) == str(waiting)


def test_a_level_takes_two_replications():
    with pytest.raises(sizing.InputError, match="replications"):
        sizing.simulate("data/sites/school.toml", within="p95 < 1 s", replications=1)
    with pytest.raises(sizing.InputError, match="replications"):
        sizing.plan("data/sites/school.toml", within="p95 < 1 s", replications=1)
