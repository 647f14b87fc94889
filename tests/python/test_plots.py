"""Pictures show what the plan and the sweep say, and leave the user's Matplotlib as it was."""

import io
import pathlib
import sys

import numpy as np
import opsi_sizing as sizing
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

SITES = sorted((pathlib.Path(__file__).parents[2] / "data/sites").glob("*.toml"))
GIB = 2**30 / 1e9


@pytest.fixture(autouse=True)
def no_figures_left():
    yield
    pyplot.close("all")


def lines_of(axes, label):
    """The heights of the horizontal lines of that label, by the bar they stand over."""
    return {
        round(np.mean(segment[:, 0])): segment[0, 1]
        for each in axes.collections
        if each.get_label() == label
        for segment in each.get_segments()
    }


def changes_of(sweep, output):
    deciders = sweep.decided_by(output)
    return [at for at in range(1, len(deciders)) if deciders[at] != deciders[at - 1]]


def marks_of(axes):
    return sorted(x for line in axes.lines if line.get_linestyle() == "None" for x in line.get_xdata())


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_the_parts_of_a_bar_add_up_to_the_memory_of_its_server(path):
    plan = sizing.plan(path)
    axes = plan.plot()
    for at, server in enumerate(plan.servers):
        assert sum(bars[at].get_height() for bars in axes.containers) == pytest.approx(
            server["server.memory"].value / 1000
        )


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_the_kinds_of_a_bar_are_those_that_the_memory_rests_on(path):
    plan = sizing.plan(path)
    axes = plan.plot()
    for at, server in enumerate(plan.servers):
        if server["server.memory"].decided_by != "server.memory_by_services":
            continue
        drawn = {}
        for bars in axes.containers:
            kind = bars.get_label().rpartition(", ")[2]
            drawn[kind] = drawn.get(kind, 0) + 1000 * bars[at].get_height()
        assert {kind: pytest.approx(size) for kind, size in drawn.items() if size > 0} == server[
            "server.memory"
        ].rests_on


def test_the_memory_to_buy_and_the_hardware_are_lines_at_their_heights():
    plan = sizing.plan(clients=1500, connections=120, memory="8 GiB")
    axes = plan.plot()
    assert lines_of(axes, "to buy") == {0: pytest.approx(plan["server.memory_to_buy"].value * GIB)}
    assert lines_of(axes, "hardware stated") == {0: pytest.approx(8 * GIB)}


def test_hardware_far_above_the_bars_is_written_and_not_drawn():
    axes = sizing.plan(clients=100, memory="64 GiB").plot()
    assert lines_of(axes, "hardware stated") == {}
    assert any("64 GiB" in text.get_text() for text in axes.texts)
    assert axes.get_ylim()[1] < 10


def test_every_server_has_its_name():
    site = sizing.Site(clients=500, name="a $x$ server")
    for at in range(20):
        site = site.add(f"depot-{at}.branch.example.org", roles=["depot"], clients=10)
    names = [label.get_text().partition("\n")[0] for label in site.plan().plot().get_xticklabels()]
    assert names == site.servers


@pytest.mark.parametrize("output", ["server.memory", "server.cores", "opsiconfd.memory"])
def test_a_curve_is_the_columns_of_the_sweep(output):
    sweep = sizing.sweep(vary={"clients": range(5000, 99, -100)}, outputs=[output], connections=100)
    line = sweep.plot(output).lines[0]
    assert np.array_equal(line.get_xdata(), sweep["clients"][::-1])
    assert np.array_equal(line.get_ydata(), sweep[output][::-1])


@pytest.mark.parametrize("output", ["server.memory", "server.cores", "opsiconfd.memory", "samba.memory"])
def test_a_mark_stands_where_another_operand_decides(output):
    sweep = sizing.sweep(vary={"clients": range(100, 5001, 50)}, outputs=[output], connections=100)
    axes = sweep.plot()
    changes = changes_of(sweep, output)
    assert marks_of(axes) == [sweep["clients"][at] for at in changes]
    legend = " ".join(text.get_text() for text in axes.get_legend().get_texts())
    assert all(sweep.decided_by(output)[at] in legend for at in changes)


def test_of_two_inputs_the_second_makes_a_curve_each():
    vary = {"clients": range(100, 3001, 100), "connections": [20, 60, 240]}
    sweep = sizing.sweep(vary=vary, outputs=["server.memory"])
    curves = [line for line in sweep.plot().lines if line.get_linestyle() != "None"]
    assert len(curves) == 3
    for curve, connections in zip(curves, vary["connections"], strict=True):
        assert np.array_equal(curve.get_ydata(), sweep["server.memory"][sweep["connections"] == connections])
        assert f"connections = {connections}" == curve.get_label()


def test_more_than_a_picture_holds_is_refused():
    many = sizing.sweep(vary={"clients": [1, 2], "connections": range(11)}, outputs=["server.memory"])
    with pytest.raises(sizing.InputError) as refused:
        many.plot()
    assert refused.value.key == "vary connections"
    three = sizing.sweep(vary={"clients": [1], "connections": [1], "depots": [0]}, outputs=["server.memory"])
    with pytest.raises(sizing.InputError, match="one or two"):
        three.plot()
    with pytest.raises(KeyError, match=r"no output server\.memry"):
        three.plot("server.memry")


@pytest.mark.parametrize("values", [[100], [100, 2000], [0]])
def test_few_points_are_drawn(values):
    sizing.sweep(vary={"clients": values}).plot().figure.savefig(io.BytesIO())


@pytest.mark.parametrize("draw", [sizing.plan(clients=500).plot, sizing.sweep(vary={"clients": range(9)}).plot])
def test_axes_of_the_user_are_used_and_nothing_else_changes(draw):
    before = dict(matplotlib.rcParams)
    axes = Figure().add_subplot()
    assert draw(axes=axes) is axes
    assert dict(matplotlib.rcParams) == before
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("draw", [sizing.plan(clients=500).plot, sizing.sweep(vary={"clients": range(9)}).plot])
def test_a_picture_is_saved_and_shows_something(draw, form):
    file = io.BytesIO()
    figure = draw().figure
    figure.savefig(file, format=form)
    assert len(file.getvalue()) > 5000
    figure.canvas.draw()
    assert np.asarray(figure.canvas.buffer_rgba())[..., :3].std() > 10


def test_without_matplotlib_the_line_that_installs_it_is_named(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r'pip install "opsi-sizing\[plot\]"'):
        sizing.plan(clients=500).plot()


@pytest.mark.parametrize("name", ["school", "company", "upgrade"])
def test_the_day_is_drawn_as_it_is_told(name):
    day = sizing.load_of_day(next(path for path in SITES if path.stem == name))
    axes = day.plot()
    of = day.server()
    lines = {line.get_label(): line for line in axes.lines}
    for input, peak in of.peaks.items():
        mean, most = lines[f"{input}, mean"], lines[f"{input}, 99 % quantile"]
        assert (
            dict(zip(*mean.get_data(), strict=True)).items()
            >= dict(zip(day.times, of.mean(input), strict=True)).items()
        )
        assert dict(zip(*most.get_data(), strict=True))[peak.time] == peak.most
        assert max(mean.get_ydata()) == pytest.approx(peak.mean) and np.all(np.diff(mean.get_xdata()) > 0)
        assert any(line.get_data()[0][0] == peak.time and len(line.get_xdata()) == 1 for line in axes.lines)
        assert any(f"at {peak.clock}" in text.get_text() for text in axes.texts)
    low, high = axes.get_xlim()
    assert all(low <= peak.time <= high for peak in of.peaks.values())
    axes.figure.canvas.draw()
    assert "07:50" in [label.get_text() for label in axes.get_xticklabels()] or name != "school"


def test_a_server_without_a_routine_is_not_drawn():
    site = sizing.Site(clients=9, name="a").add("b", roles=["depot"], clients=5)
    day = site.with_(routines={"preset": "office morning", "server": "b"}).load_of_day()
    with pytest.raises(sizing.InputError, match="without a routine"):
        day.plot()
    assert "b" in day.plot("b").get_title()


def test_a_simulated_day_has_four_pictures():
    waiting = sizing.simulate("data/sites/school.toml", workers=1, figures={"client.rpc_time": 500})
    axes = waiting.plot()
    assert len(axes) == 4
    steps = waiting.day.steps
    drawn = axes[2].lines[0].get_ydata()
    assert list(drawn) == [*steps.waiting, steps.waiting[-1]]  # to the end of the last step
    first, last = axes[0].get_xlim()
    assert first <= 7.75 * 3600 and last >= steps.time[steps.waiting > 0.01].max()
    with pytest.raises(TypeError, match="axes takes 4"):
        waiting.plot(axes[:1])
