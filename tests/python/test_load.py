"""Routines stated from Python, and the load of a day: formulas recomputed here, and the command line's answer."""

from __future__ import annotations

import copy
import math
import pathlib
import pickle

import numpy as np
import opsi_sizing as sizing
import pytest
from binary import ROOT, SITES, json_of, needs_binary, unstamped, without_origins

MORNING = {"name": "first lesson", "preset": "school morning", "clients": 152, "samba": "40 %"}
WITH_ROUTINES = [name for name, path in SITES.items() if "[[routine]]" in pathlib.Path(path).read_text()]
TOML = '[[server]]\nclients = 100\n[[routine]]\nname = "r"\nstart = "08:00"\nwindow = "1 h"\nsession = "10 min"\n'


@pytest.fixture
def shapes(tmp_path, monkeypatch):
    """A folder with a histogram, which is the current one: a quarter comes in the first half hour."""
    (tmp_path / "shape.csv").write_text("weight\n1\n3\n")
    (tmp_path / "site.toml").write_text(TOML + 'shape_file = "shape.csv"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def poisson_quantile(mean: float, share: float) -> int:
    """The smallest number that is not exceeded with this probability, by adding up."""
    term = below = math.exp(-mean)
    number = 0
    while below < share:
        number += 1
        term *= mean / number
        below += term
    return number


def normal_mean_present(time: float, clients: float, start: float, window: float, session: float) -> float:
    """m(t) of the normal shape, six standard deviations wide and cut at its ends, and a constant session."""

    def arrived(at: float) -> float:
        deviations = (min(max(at, start), start + window) - start - window / 2) / (window / 6)
        return (math.erf(deviations / math.sqrt(2)) / math.erf(3 / math.sqrt(2)) + 1) / 2

    return clients * (arrived(time) - arrived(time - session))


def test_the_school_morning_is_what_the_formula_gives():
    day = sizing.load_of_day(SITES["school"])
    server = day.server("opsi-school")
    for input, clients in (("connections", 152), ("samba.connections", 152 * 0.4)):
        by_hand = [normal_mean_present(time, clients, 27900, 900, 120) for time in day.times]
        np.testing.assert_allclose(server.mean(input), by_hand, rtol=1e-9, atol=1e-12)
        quantiles = [min(poisson_quantile(mean, 0.99), math.ceil(clients)) for mean in by_hand]
        assert server.most(input).tolist() == quantiles
        peak = server.peaks[input]
        highest = normal_mean_present(27900 + 450 + 60, clients, 27900, 900, 120)  # the middle, half a session later
        assert peak.mean == pytest.approx(highest, rel=1e-9)
        assert (peak.time, peak.clock) == (pytest.approx(28410, abs=1), "07:53:30")
        assert peak.most == poisson_quantile(highest, 0.99)


def test_the_peak_is_what_the_plan_takes():
    day = sizing.load_of_day(SITES["school"])
    plan = day.site.plan()
    peaks = day.server().peaks
    assert plan["connections"].value == peaks["connections"].most == 64
    assert plan["connections"].origin == peaks["connections"].text
    assert (peaks["connections"].stated_instead, plan["samba.connections"].value) == (None, 60)
    assert peaks["samba.connections"].stated_instead.startswith("60 connections (")


@needs_binary
@pytest.mark.parametrize("name", WITH_ROUTINES)
def test_a_site_has_the_load_that_the_command_line_tells(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    path = f"data/sites/{name}.toml"
    wanted = json_of("load", path)
    day = sizing.load_of_day(path)
    assert unstamped(day.to_dict()) == unstamped(sizing.Site.load(path).load_of_day().to_dict()) == wanted
    assert day.times.tolist() == wanted["times"]
    for server, said in zip(day.servers, wanted["servers"], strict=True):
        assert (server.name, server.answer) == (said["name"], said["answer"])
        for input, course in said["course"].items():
            assert server.mean(input).tolist() == course["mean"]
            assert server.most(input).tolist() == course["most"]
            peak, told = server.peaks[input], said["peaks"][input]
            assert (peak.clock, peak.mean, peak.most) == (told["time"], told["mean"], told["most"])
        for routine, told in zip(server.routines, said["routines"], strict=True):
            assert (routine.name, routine.clients) == (told["name"], told["clients"])
            assert {key: fact.text for key, fact in routine.values.items()} == {
                key: value["value"] for key, value in told["values"].items()
            }
            assert (routine.transfer is None) == (told["transfer"] is None)
            if routine.transfer:
                for key, value in told["transfer"].items():
                    assert key == "end_time" or getattr(routine.transfer, key) == value


@needs_binary
def test_presets_are_asked_for_as_the_command_line_does():
    words = ["office morning", "WAN timer every hour"]
    line = ["load", "--clients", "1000", "--opsi", "4.3", "--routine", words[0], "--routine", words[1]]
    wanted = without_origins(json_of(*line))
    day = sizing.load_of_day(clients=1000, opsi="4.3", routines=words)
    same = sizing.Site(clients=1000, opsi="4.3", routines=[words[0], {"preset": words[1]}]).load_of_day()
    for document in (day.to_dict(), same.to_dict()):
        said = without_origins(unstamped(document))
        for server in (*said["servers"], *wanted["servers"]):
            for peak in server["peaks"].values():
                peak.pop("text", None)
        assert said == wanted


@pytest.mark.parametrize("name", WITH_ROUTINES)
def test_routines_stated_in_python_are_those_of_the_file(name):
    """The dictionaries hold what [[routine]] holds; without the file's places the answers are the same."""
    tomllib = pytest.importorskip("tomllib")
    file = sizing.Site.load(SITES[name])
    said = tomllib.loads(pathlib.Path(SITES[name]).read_text())["routine"]
    assert file.with_(routines=said) == file
    for server, other in zip(file.load_of_day().servers, file.with_(routines=said).load_of_day().servers, strict=True):
        for input, peak in server.peaks.items():
            assert (other.peaks[input].most, other.peaks[input].time) == (peak.most, peak.time)


def sites() -> dict[str, sizing.Site]:
    base = {"clients": 240, "opsi": "4.3"}
    more = [MORNING, {"name": "night", "start": "23:30", "window": "30 min", "transfer": "2 GB", "line": "1 Gbit/s"}]
    return {
        "none": sizing.Site(**base),
        "preset": sizing.Site(**base, routines="school morning"),
        "one": sizing.Site(**base, routines=MORNING),
        "two": sizing.Site(**base, routines=more),
        "of a file": sizing.Site.load(SITES["school"]).with_(routines=["office morning"]),
        "several servers": sizing.Site(**base, name="a")
        .add("b", roles=["depot"], clients=10)
        .with_(routines={**MORNING, "server": "b", "clients": 9}),
    }


@pytest.mark.parametrize("name", sites())
def test_a_site_with_routines_is_pickled_and_copied(name):
    site = sites()[name]
    for other in [pickle.loads(pickle.dumps(site)), copy.copy(site), copy.deepcopy(site)]:
        assert other == site and hash(other) == hash(site) and repr(other) == repr(site)
        assert other.plan().to_json() == site.plan().to_json()
        if name != "none":
            assert other.load_of_day().to_json() == site.load_of_day().to_json()
    if name != "none":
        day = site.load_of_day()
        assert pickle.loads(pickle.dumps(day)).to_json() == day.to_json()


def test_sites_are_equal_where_their_routines_say_the_same():
    every = sites()
    for name, site in every.items():
        for other, same in sites().items():
            assert (site == same) is (name == other), (name, other)
    base = {"name": "r", "start": "08:00", "window": "15 min", "clients": 10}
    same = [{**base, "window": "900 s"}, {**base, "clients": np.int64(10)}, {**base, "clients": "10", "shape": None}]
    others = [
        {**base, "window": "16 min"},
        {**base, "name": "s"},
        {**base, "shape": "normal"},
        {**base, "samba": "100 %"},
    ]
    site = sizing.Site(clients=50, routines=base)
    assert all(sizing.Site(clients=50, routines=[each]) == site for each in same)
    assert all(sizing.Site(clients=50, routines=[each]) != site for each in others)
    given = {"start": "07:45", "window": "15 min", "shape": "normal", "preset": "school morning"}
    assert sizing.Site(routines="school morning") != sizing.Site(routines=given)  # assumed, and said


@pytest.mark.parametrize("routines", ["school morning", MORNING, [MORNING, "office morning"]])
def test_the_repr_makes_the_site_again(routines):
    for site in (sizing.Site(clients=9, routines=routines), sizing.Site.load(SITES["school"]).with_(routines=routines)):
        assert eval(repr(site), {"Site": sizing.Site}) == site


def test_with_replaces_a_routine_of_the_same_name_and_leaves_the_site():
    site = sizing.Site.load(SITES["school"])
    before = pickle.dumps(site)
    later = site.with_(routines={**MORNING, "start": "09:00"})
    assert [r.name for r in later.load_of_day().server().routines] == ["first lesson"]
    assert later.load_of_day().server().peaks["connections"].clock == "09:08:30"
    both = site.with_(routines=["office morning"])
    assert [r.name for r in both.load_of_day().server().routines] == ["first lesson", "office morning"]
    sizing.load_of_day(site, routines="office morning", clients=500)
    assert pickle.dumps(site) == before


def test_where_a_value_is_from_is_said():
    day = sizing.load_of_day(clients=240, routines=MORNING)
    values = day.server().routines[0].values
    assert (values["clients"].text, values["clients"].origin, values["clients"].kind) == (
        "152", "argument routines", "given",
    )  # fmt: skip
    assert (values["start"].text, values["start"].origin, values["start"].kind) == (
        "07:45", "preset school morning", "assumed",
    )  # fmt: skip
    assert "opsiconfd.session_lifetime" in values["session"].origin
    assert "routine first lesson" in day.site.plan()["connections"].origin


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: sizing.Site.load(folder / "site.toml"),
        lambda folder: sizing.Site.load("site.toml"),
        lambda folder: sizing.Site.parse((folder / "site.toml").read_text()),
        lambda folder: sizing.Site.parse((folder / "site.toml").read_text(), str(folder / "other.toml")),
        lambda folder: sizing.Site(
            clients=100,
            routines={"name": "r", "start": "08:00", "window": "1 h", "session": "10 min", "shape_file": "shape.csv"},
        ),
        lambda folder: sizing.Site(
            clients=100,
            routines={
                "name": "r", "start": "08:00", "window": "1 h", "session": "10 min", "shape_file": folder / "shape.csv",
            },
        ),
    ],
)  # fmt: skip
def test_a_histogram_is_read(shapes, make, monkeypatch):
    site = make(shapes)
    monkeypatch.chdir("/")  # it is read once
    for each in (site, pickle.loads(pickle.dumps(site))):
        server = each.load_of_day().server()
        # 75 come in the second half hour, 10 minutes of them are there: uniform within the step.
        assert server.peaks["connections"].mean == pytest.approx(25, rel=1e-9)
        assert server.mean()[(8 * 60 + 25) // 5] == pytest.approx(25 / 3, rel=1e-9)


def test_a_histogram_elsewhere_is_not_found(shapes, tmp_path):
    text = (shapes / "site.toml").read_text()
    for name in ("nowhere/site.toml", "/nowhere/site.toml"):
        with pytest.raises(sizing.InputError) as refusal:
            sizing.Site.parse(text, name)
        assert refusal.value.file == str(pathlib.Path(name).parent / "shape.csv")


@pytest.mark.parametrize(
    ("routines", "key", "found"),
    [
        ({**MORNING, "clients": -1}, "routines.clients", "-1"),
        ([MORNING, {"preset": "office morning", "window": "1 fortnight"}], "routines[1].window", "1 fortnight"),
        ([MORNING, "ofice morning"], "routines[1].preset", "ofice morning"),
        ([{"preset": "office morning", "clinets": 5}], "routines[0].clinets", None),
        ([{"name": "r"}], "routines[0].start", None),
        ({"name": "r", "start": 8}, "routines.start", "8"),
        ({**MORNING, "session": 120}, "routines.session", "120"),
        ({**MORNING, "session": "120 sec"}, "routines.session", "120 sec"),
        ({"preset": "school morning", "share": 0.5}, "routines.share", "0.5"),
        ({**MORNING, "core_share": 50}, "routines.core_share", "50"),
        ({**MORNING, "requests": 2.5}, "routines.requests", "2.5"),
        ({**MORNING, "slots": 5}, "routines.slots", "5"),
        ({"name": "r", "start": "00:00", "every": "15 min"}, "routines.every", "15 min"),
        ([MORNING, MORNING], "routines.name", "first lesson"),
        ({**MORNING, "server": "b"}, "routines.server", "b"),
        ({**MORNING, "clients": float("nan")}, "routines.clients", "nan"),
        ([{**MORNING, "name": str(i)} for i in range(101)], "routines", None),
    ],
)
def test_what_is_not_allowed_is_named(routines, key, found):
    for ask in (lambda: sizing.Site(clients=9, routines=routines), lambda: sizing.load_of_day(routines=routines)):
        with pytest.raises(sizing.InputError) as refusal:
            ask()
        assert (refusal.value.key, refusal.value.found) == (key, found)


@pytest.mark.parametrize(
    "routines", [5, [5], {"preset": ["school morning"]}, {"preset": True}, [["school morning"]], {5: "x"}, b"x"]
)
def test_what_is_of_another_type_is_a_type_error(routines):
    with pytest.raises(TypeError):
        sizing.Site(clients=9, routines=routines)


def test_a_site_without_a_routine_has_no_load():
    with pytest.raises(sizing.InputError, match="the site has no routine"):
        sizing.Site(clients=9).load_of_day()


def test_arrays_outlive_the_answer_and_cannot_be_written():
    mean = sizing.load_of_day(SITES["school"]).server().mean()
    near = sizing.load_of_day(SITES["school"]).servers[0].close_up("samba_connections")
    assert mean.max() > 14 and near[1].max() == pytest.approx(18.95, abs=0.01)
    with pytest.raises(ValueError, match="read-only"):
        mean[0] = 1
    with pytest.raises(KeyError, match=r"online_clients"):
        sizing.load_of_day(SITES["school"]).server().mean("online_clients")


def test_an_upgrade_takes_what_the_line_allows():
    """400 clients of 6 GB over 1 Gbit/s: 2.4e12 bytes at 125e6 bytes per second, 100 at a time."""
    routine = next(r for r in sizing.load_of_day(SITES["upgrade"]).server().routines if r.transfer)
    transfer = routine.transfer
    assert (routine.fetching, transfer.most_at_once) == (400, 100)
    assert transfer.end - routine.start >= 400 * 6e9 / 125e6
    assert transfer.end - routine.start <= 400 * 6e9 / 125e6 + routine.window + 1
