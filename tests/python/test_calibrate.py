"""calibrate(), and figures= with the file that it makes: against the command line and against NumPy."""

from __future__ import annotations

import csv
import itertools
import pathlib

import numpy
import opsi_sizing as sizing
import pytest
from binary import ROOT, SITES, json_of, needs_binary, run, unstamped, unstamped_text, without_origins

SAMBA = "data/measurements/samba_memory.csv"
REDIS = "data/measurements/redis_memory.csv"
RAYS = "data/measurements/ray_tracer.csv"
IDLE = {"x": "connections", "y": "pss_kib", "where": "state=idle"}
FIGURES = {"slope_figure": "samba.memory_idle_connection", "base_figure": "samba.base_memory"}
CALLS = [
    (SAMBA, IDLE),
    (SAMBA, IDLE | {"fit": "huber", "confidence": 99}),
    (SAMBA, IDLE | FIGURES),
    (SAMBA, IDLE | {"where": ["state=reading_peak", "connections<=100"], "at": 130}),
    (SAMBA, IDLE | {"where": "state=reading_peak"}),
    (SAMBA, IDLE | FIGURES | {"site": "data/sites/school.toml"}),
    (SAMBA, IDLE | {"quantity": "samba.connections", "clients": 500, "samba_connections": 50}),
    (REDIS, {"x": "keys", "y": "rss_kib", "where": "detail=string_64B"}),
    (RAYS, {"x": "processors", "y": "throughput", "model": "usl", "where": "processors<=20", "at": 40}),
    (RAYS, {"x": "processors", "y": "throughput", "x_unit": "worker"}),
]


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch):
    monkeypatch.chdir(ROOT)


def line_of(data: str, how: dict[str, object]) -> list[str]:
    words = ["calibrate", data]
    for name, value in how.items():
        for each in value if isinstance(value, list) else [value]:
            words += ["--" + name.replace("_", "-"), str(each)]
    return words


def columns_of(path: str) -> dict[str, list[str]]:
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def idle() -> tuple[numpy.ndarray, numpy.ndarray]:
    columns = columns_of(SAMBA)
    rows = [i for i, state in enumerate(columns["state"]) if state == "idle"]
    return tuple(numpy.array([float(columns[name][i]) for i in rows]) for name in ("connections", "pss_kib"))


def in_words(document: dict) -> dict:
    """Without what a call says in its own way: the place of a file, the option at."""
    document = unstamped(document)
    for name in ("prediction", "override"):
        if document.get(name):
            document[name] = without_origins(document[name])
    return document


@needs_binary
@pytest.mark.parametrize(("data", "how"), CALLS)
def test_a_file_is_calibrated_as_on_the_command_line(data, how):
    done = run(*line_of(data, how), "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    found = sizing.calibrate(data, **how)
    assert in_words(found.to_dict()) == in_words(json_of(*line_of(data, how)))
    if "at" not in how and "slope_figure" not in how:
        said = run(*line_of(data, how)).stdout
        assert unstamped_text(found.to_text()) == unstamped_text(said)
    refused = found.prediction is not None and found.prediction.refused is not None
    assert (found.usable and not refused) == (done.returncode == 0)
    assert str(found) == found.to_text() and found.to_html() == found._repr_html_() and found.to_csv()


@needs_binary
def test_attributes_are_those_of_the_document():
    found = sizing.calibrate(SAMBA, **IDLE, **FIGURES, at=130)
    said = json_of(*line_of(SAMBA, IDLE | FIGURES | {"at": 130}))
    for name in ("answer", "usable", "slope", "intercept", "slope_stderr", "intercept_stderr", "r2", "n", "confidence"):
        assert getattr(found, name) == said[name], name
    assert list(found.slope_interval) == said["slope_interval"]
    assert list(found.intercept_interval) == said["intercept_interval"]
    assert found.figures == {name: own["value"] for name, own in said["override"].items()}
    assert list(found.prediction.interval) == said["prediction"]["interval"]
    assert list(found.prediction.mean_interval) == said["prediction"]["mean_interval"]
    assert [(out.line, out.x, out.y, out.residual) for out in found.outliers] == [
        tuple(row[key] for key in ("line", "x", "y", "residual")) for row in said["outliers"]
    ]
    robust = sizing.calibrate(SAMBA, **IDLE, fit="huber")
    assert robust.slope == said["robust"]["slope"] and robust.intercept == said["robust"]["intercept"]


def test_a_line_is_that_of_numpy():
    x, y = idle()
    (slope, intercept), covariance = numpy.polyfit(x, y, 1, cov=True)
    found = sizing.calibrate(SAMBA, **IDLE)
    assert found.n == len(x)
    assert found.slope == pytest.approx(slope, rel=1e-10)
    assert found.intercept == pytest.approx(intercept, rel=1e-10)
    assert found.slope_stderr == pytest.approx(covariance[0, 0] ** 0.5, rel=1e-8)
    assert found.intercept_stderr == pytest.approx(covariance[1, 1] ** 0.5, rel=1e-8)
    assert found.r2 == pytest.approx(numpy.corrcoef(x, y)[0, 1] ** 2, rel=1e-10)


def tables() -> dict[str, object]:
    columns = columns_of(SAMBA)
    numbers = {name: numpy.array([float(cell) for cell in columns[name]]) for name in ("connections", "pss_kib")}
    made: dict[str, object] = {
        "texts": columns,
        "arrays": numbers | {"state": numpy.array(columns["state"])},
        "lists": {name: list(array) for name, array in numbers.items()} | {"state": columns["state"]},
    }
    for library in ("pandas", "polars", "pyarrow"):
        try:
            module = __import__(library)
        except ImportError:
            continue
        make = module.table if library == "pyarrow" else module.DataFrame
        made[library] = make({**made["lists"], "what else": [None] * len(columns["state"])})
    return made


@pytest.mark.parametrize("name", ["texts", "arrays", "lists", "pandas", "polars", "pyarrow"])
def test_columns_are_calibrated_as_the_file(name):
    if name not in (made := tables()):
        pytest.skip(f"{name} is not there")
    found, expected = sizing.calibrate(made[name], **IDLE), sizing.calibrate(SAMBA, **IDLE)
    for attribute in ("slope", "intercept", "slope_stderr", "r2", "n", "x_unit", "y_unit", "slope_interval"):
        assert getattr(found, attribute) == getattr(expected, attribute), attribute
    assert [(out.x, out.y) for out in found.outliers] == [(out.x, out.y) for out in expected.outliers]
    assert found.to_dict()["file"] == "data"


def test_a_row_without_a_value_is_left_out():
    x = numpy.arange(12.0)
    y = 3 * x + 5 + numpy.tile([0.1, -0.1], 6)
    holes = y.copy()
    holes[[2, 7]] = numpy.nan
    found = sizing.calibrate({"connections": x, "mb": holes}, x="connections", y="mb")
    kept = numpy.isfinite(holes)
    expected = sizing.calibrate({"connections": x[kept], "mb": y[kept]}, x="connections", y="mb")
    assert found.slope == expected.slope and found.n == 10
    assert found.to_dict()["rows"] == {"file": 12, "used": 10, "of_other_conditions": 0, "without_value": 2}
    nothing = [None if hole else value for hole, value in zip(~kept, y, strict=True)]
    assert sizing.calibrate({"connections": x, "mb": nothing}, x="connections", y="mb").slope == found.slope


def test_a_made_line_is_found_again():
    random = numpy.random.default_rng(7)
    covered = 0
    for _ in range(40):
        slope, base, spread = random.uniform(1, 50), random.uniform(0, 100), random.uniform(0.1, 5)
        x = random.integers(1, 200, 30)
        y = base + slope * x + random.normal(0, spread, 30)
        found = sizing.calibrate({"connections": x, "rss_mb": y}, x="connections", y="rss_mb", at=100)
        assert found.usable and found.prediction.y == pytest.approx(found.intercept + 100 * found.slope)
        low, high = found.prediction.interval
        assert low < found.prediction.mean_interval[0] < found.prediction.y < found.prediction.mean_interval[1] < high
        covered += found.slope_interval[0] <= slope <= found.slope_interval[1]
    assert covered >= 33  # of 40 at 95 %: fewer by chance once in ten thousand


def test_an_outlier_is_named_by_its_row():
    x = numpy.arange(20.0)
    y = 2 * x + 1 + numpy.tile([0.1, -0.1], 10)
    y[4] += 50
    found = sizing.calibrate({"keys": x, "mb": y}, x="keys", y="mb", fit="huber")
    assert [(out.line, out.x) for out in found.outliers] == [(5, 4.0)]
    assert found.slope == pytest.approx(2, abs=0.05)


@needs_binary
def test_a_throughput_follows_the_law():
    how = {"x": "processors", "y": "throughput", "model": "usl", "where": "processors<=20"}
    found, said = sizing.calibrate(RAYS, **how), json_of(*line_of(RAYS, how))
    assert isinstance(found, sizing.ThroughputCalibration)
    assert (found.g, found.a, found.b) == (said["g"], said["a"], said["b"])
    assert list(found.stderrs) == [said["g_stderr"], said["a_stderr"], said["b_stderr"]]
    assert (found.peak and list(found.peak)) == (said["peak"] and [said["peak"]["n"], said["peak"]["throughput"]])
    n = found.peak[0] if found.peak else 10
    assert found.g * n / (1 + found.a * (n - 1) + found.b * n * (n - 1)) > 0


def test_slips_are_named():
    good = {"connections": [1, 2, 3, 4], "mb": [1.0, 2.1, 2.9, 4.2]}
    ask = {"x": "connections", "y": "mb"}
    wrong: list[tuple[object, dict[str, object], str | None]] = [
        (good, ask | {"x": "conections"}, "x"),
        (good, ask | {"where": "state"}, "where"),
        (good, ask | {"where": "state=idle"}, "where state=idle"),
        (good, ask | {"confidence": 100}, "confidence"),
        (good, ask | {"fit": "hubert"}, "fit"),
        (good, ask | {"model": "cubic"}, "model"),
        (good, ask | {"at": 1000}, "at"),
        (good, ask | {"at": 5, "clients": 5}, "at"),
        (good, ask | {"quantity": "samba.connections"}, "quantity"),
        (good, ask | {"clients": 5}, "quantity"),
        (good, ask | {"unit": "parsec"}, "unit"),
        (good, ask | {"x_unit": "parsec"}, "x_unit"),
        (good, ask | {"slope_figure": "samba.nothing"}, "slope_figure"),
        (good | {"mb": [1, 2, 3]}, ask, "mb"),
        (good, ask | {"where": "connections>3"}, None),
        ("data/none.csv", ask, None),
    ]
    for data, how, key in wrong:
        with pytest.raises(sizing.InputError) as refused:
            sizing.calibrate(data, **how)
        assert refused.value.key == key, how
    with pytest.raises(sizing.InputError) as refused:
        sizing.calibrate(good | {"mb": [1.0, 2.1, "many", 4.2]}, **ask)
    assert (refused.value.row, refused.value.key, refused.value.found) == (2, "mb", "many")
    for data, how in [(5, ask), (good, ask | {"x": 5}), (good, ask | {"where": [5]}), (good, ask | {"at": "many"})]:
        with pytest.raises(TypeError):
            sizing.calibrate(data, **how)


def test_a_wrong_cell_of_a_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "measured.csv"
    path.write_text("connections,mb\n1,2\n2,3\n3,much\n")
    with pytest.raises(sizing.InputError) as refused:
        sizing.calibrate(path, x="connections", y="mb")
    assert (refused.value.file, refused.value.line, refused.value.key) == (str(path), 4, "mb")


# Files of figures.


@pytest.fixture
def own(tmp_path) -> pathlib.Path:
    path = tmp_path / "own.toml"
    path.write_text(sizing.calibrate(SAMBA, **IDLE, **FIGURES).figures_file)
    return path


@needs_binary
def test_the_figures_file_is_that_of_the_command_line(tmp_path, own):
    path = tmp_path / "theirs.toml"
    assert run(*line_of(SAMBA, IDLE | FIGURES), "--write-figures", str(path)).returncode == 0
    lines = [[line for line in file.read_text().splitlines() if not line.startswith("#")] for file in (own, path)]
    assert lines[0] == lines[1] and len(lines[0]) > 5


@needs_binary
def test_a_file_of_figures_plans_as_on_the_command_line(own):
    school = SITES["school"]
    asked = [
        (sizing.plan(school, figures=own), ["plan", school]),
        (sizing.plan(school, figures=str(own)), ["plan", school]),
        (sizing.capacity(SITES["too-small"], figures=own), ["capacity", SITES["too-small"]]),
        (sizing.tune(school, figures=own), ["tune", school]),
        (sizing.firewall(school, figures=own), ["firewall", school]),
        (sizing.check(school, root="data/hosts/school", figures=own), ["check", school, "--root", "data/hosts/school"]),
    ]
    for answer, line in asked:
        assert unstamped(answer.to_dict()) == json_of(*line, "--figures", str(own)), line
    vary = {"clients": [100, 200]}
    swept = sizing.sweep(school, vary=vary, figures=own)
    assert unstamped(swept.to_dict()) == json_of("sweep", school, "--vary", "clients=100,200", "--figures", str(own))


def test_a_file_of_figures_is_its_values(own):
    values = sizing.calibrate(SAMBA, **IDLE, **FIGURES).figures
    asked = {"clients": 900, "connections": 90}
    of_file, of_values = sizing.plan(**asked, figures=own), sizing.plan(**asked, figures=values)
    assert [of_file[name].value for name in of_file] == [of_values[name].value for name in of_values]
    for figures in (own, [own], [{"samba.memory_idle_connection": 9}, own]):
        arrays = sizing.evaluate(clients=[900], connections=[90], figures=figures, outputs=["samba.memory"])
        assert arrays["samba.memory"][0] == of_file["samba.memory"].value
    assert sizing.Site(**asked, figures=own).plan()["samba.memory"].value == of_file["samba.memory"].value
    assert sizing.Site(**asked).with_(figures=own) == sizing.Site(**asked, figures=own)


def test_of_two_the_later_one_wins(own):
    name, lower = "samba.base_memory", {"samba.base_memory": 1.0}
    for figures, expected in [
        ([own, lower], 1.0),
        ([lower, own], sizing.calibrate(SAMBA, **IDLE, **FIGURES).figures[name]),
    ]:
        model = sizing.Model(figures=figures)
        assert model.figures[name].value == expected


def test_a_site_says_which_file_of_figures_it_has(own):
    site = sizing.Site(clients=5, figures=[own, {"samba.margin": 40}])
    assert repr(site) == f"Site(clients=5, figures=['{own}', {{'samba.margin': 40}}])"
    assert eval(repr(site), {"Site": sizing.Site}) == site
    assert f"figures='{own}'" in sizing.plan(clients=5, figures=own).to_json()


def test_wrong_files_of_figures_are_refused(tmp_path, own):
    path = tmp_path / "wrong.toml"
    path.write_text('[figures."samba.margn"]\nvalue = 40\n')
    functions = [sizing.plan, sizing.capacity, sizing.evaluate, sizing.Site, sizing.tune, sizing.firewall, sizing.check]
    for function, wrong in itertools.product(functions, [path, [own, path]]):
        with pytest.raises(sizing.InputError) as refused:
            function(clients=5, figures=wrong)
        assert (refused.value.file, refused.value.line) == (str(path), 1)
    for function in functions:
        with pytest.raises(sizing.InputError):
            function(clients=5, figures=tmp_path / "none.toml")
        with pytest.raises(TypeError):
            function(clients=5, figures=[5])
