"""plot(): what is drawn is what the plan and the sweep say, and nothing beside the picture changes."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import numpy
import opsi_sizing as sizing
import pytest
from binary import SITES

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

GB = {"MB": 0.001, "GiB": 2**30 / 1e9}
CLIENTS = range(100, 5001, 100)
OUTPUTS = ["opsiconfd.workers", "opsiconfd.memory", "server.cores", "server.memory_to_buy", "server.memory"]
LONG = "opsi-config.services.intern.landesverwaltung.example"


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    pyplot.close("all")


def own_axes(**figure):
    """Axes of a figure that pyplot does not know."""
    return Figure(**figure).add_subplot()


def many_servers(count):
    site = sizing.Site(name=LONG, title="$a$ & b_1", clients=5000, connections=400)
    for at in range(1, count):
        stated = {"clients": 100 + 150 * at, "connections": 30 + 20 * at, "memory": f"{at} GiB"}
        site = site.add(f"depot-{at}.aussenstelle-nord.example.org", roles=["depot"], **stated)
    return site.plan()


PLANS = {
    **{name: lambda path=path: sizing.plan(path) for name, path in SITES.items()},
    **{f"opsi {opsi}": lambda opsi=opsi: sizing.plan(clients=1000, opsi=opsi) for opsi in sizing.rule_sets()},
    "one client": lambda: sizing.plan(clients=1),
    "much hardware": lambda: sizing.plan(clients=100, memory="1 TiB"),
    "twenty": lambda: many_servers(20),
}
each_plan = pytest.mark.parametrize("plan", [pytest.param(make(), id=name) for name, make in PLANS.items()])


def bars(axes, server):
    """The parts of a server's bar: (name and kind, lower end, height)."""
    parts = [(each.get_label(), each.patches[server]) for each in axes.containers]
    return [(label, patch.get_y(), patch.get_height()) for label, patch in parts]


def ticks(axes, label):
    """Where ticks of this name stand: the bar's place, the height."""
    lines = [each for each in axes.collections if each.get_label() == label]
    return [(segment[:, 0].mean(), *set(segment[:, 1])) for each in lines for segment in each.get_segments()]


def legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def curves(axes):
    return [line for line in axes.lines if not line.get_label().startswith("_")]


def marks(axes):
    """The points at which a mark says that another operand decides: (x, y, who)."""
    lines = [line for line in axes.lines if line.get_label().startswith("_") and "." in line.get_label()]
    return sorted((x, y, line.get_label()[1:]) for line in lines for x, y in line.get_xydata())


def changes(sweep, output, keep=slice(None)):
    order = numpy.argsort(sweep[sweep.axes[0]][keep], kind="stable")
    x, y = sweep[sweep.axes[0]][keep][order], sweep[output][keep][order]
    by = numpy.array(sweep.decided_by(output), dtype=object)[keep][order]
    return [(x[at], y[at], by[at]) for at in range(1, len(x)) if by[at] != by[at - 1]]


def picture(axes, kind="png"):
    file = io.BytesIO()
    axes.figure.figure.savefig(file, format=kind)
    return file.getvalue()


# A plan.


@each_plan
def test_the_parts_of_a_bar_stand_on_each_other_and_add_up_to_the_memory(plan):
    axes = plan.plot()
    for at, server in enumerate(plan.servers):
        parts = bars(axes, at)
        assert sum(height for _, _, height in parts) == pytest.approx(server["server.memory"].value / 1000, rel=1e-12)
        level = 0.0
        for _, low, height in parts:
            assert low == pytest.approx(level, abs=1e-12) and height >= 0
            level += height


@each_plan
def test_each_service_and_each_kind_has_its_size(plan):
    axes = plan.plot()
    for at, server in enumerate(plan.servers):
        sizes = {label: height for label, _, height in bars(axes, at) if height > 0}
        services = {}
        for label, height in sizes.items():
            name = label.rpartition(", ")[0].strip("[]")
            services[name] = services.get(name, 0) + height
        minimum = services.pop("minimum", 0)
        terms = server.explain("server.memory_by_services").operands
        assert services == pytest.approx({term.name: term.value / 1000 for term in terms if term.value})
        by_services = server["server.memory_by_services"]
        assert minimum == pytest.approx((server["server.memory"].value - by_services.value) / 1000)
        kinds = {}
        for label, height in sizes.items():
            if not label.startswith("minimum"):
                kind = label.rpartition(", ")[2]
                kinds[kind] = kinds.get(kind, 0) + height
        assert kinds == pytest.approx({kind: size / 1000 for kind, size in by_services.rests_on.items()})


@each_plan
def test_ticks_stand_at_the_memory_to_buy_and_at_the_hardware(plan):
    axes = plan.plot()
    to_buy = [(at, server["server.memory_to_buy"]) for at, server in enumerate(plan.servers)]
    assert ticks(axes, "to buy") == pytest.approx([(at, each.value * GB[each.unit]) for at, each in to_buy])
    hardware = [
        (at, fit.offered * GB[fit.unit])
        for at, server in enumerate(plan.servers)
        for fit in server.hardware
        if fit.resource == "memory"
    ]
    assert ticks(axes, "hardware stated") == pytest.approx(hardware)
    # All that is needed and to buy is in sight; hardware is, or an arrow points to it.
    top = axes.get_ylim()[1]
    assert all(height < top for _, height in ticks(axes, "to buy"))
    arrows = sum(text.get_text().endswith("↑") for text in axes.texts)
    assert arrows == sum(height > top for _, height in hardware)
    assert ("hardware stated" in legend(axes)) == any(height <= top for _, height in hardware)


@each_plan
def test_the_legend_names_what_is_drawn_and_nothing_else(plan):
    axes = plan.plot()
    labels = [label for at in range(len(plan.servers)) for label, _, height in bars(axes, at) if height > 0]
    services = {label.rpartition(", ")[0] for label in labels}
    kinds = {label.rpartition(", ")[2] + " figures" for label in labels}
    assert set(legend(axes)) - {"hardware stated"} == services | kinds | {"to buy", "resting on"}


@each_plan
def test_the_values_are_written_and_inside(plan):
    axes = plan.plot()
    axes.figure.canvas.draw()
    written = [text.get_text().removesuffix(" GB").removeprefix("buy ") for text in axes.texts]
    frame = axes.get_window_extent()
    for server in plan.servers:
        assert f"{server['server.memory'].value / 1000:.2f}" in written
        assert server["server.memory_to_buy"].text in written
    for text in axes.texts:
        box = text.get_window_extent()
        assert frame.y0 <= box.y0 and box.y1 <= frame.y1 + 1, text
        assert frame.x0 <= box.x0 and box.x1 <= frame.x1 + 1, text


@each_plan
def test_no_two_values_beside_a_bar_overlap(plan):
    axes = plan.plot()
    axes.figure.canvas.draw()
    beside = [text for text in axes.texts if text.get_horizontalalignment() == "left"]
    boxes = [text.get_window_extent().shrunk(1, 0.7) for text in beside]
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[at + 1 :]), beside[at]


def test_a_kind_that_is_assumed_is_hatched():
    axes = sizing.plan(clients=1500, connections=120).plot()
    hatches = {each.get_label(): each.patches[0].get_hatch() or "" for each in axes.containers}
    assert hatches["[system.base_memory], assumed"] == "//" and hatches["opsiconfd.memory, published"] == ""
    assert hatches["redis.memory, measured"] == ".."
    assert [label for label in legend(axes) if label.endswith("figures")] == [
        "published figures",
        "measured figures",
        "assumed figures",
    ]


def test_a_service_has_the_same_colour_in_every_plan():
    def colours(plan):
        axes = plan.plot()
        return {each.get_label().rpartition(", ")[0]: each.patches[0].get_facecolor() for each in axes.containers}

    whole = colours(sizing.plan(clients=1500))
    without = colours(sizing.plan(clients=1500, service_samba=False))
    assert "samba.memory" in whole and "samba.memory" not in without
    assert without.items() <= (whole | {"minimum": without.get("minimum")}).items()


@pytest.mark.parametrize("count", [1, 2, 5, 12, 20])
def test_the_servers_names_are_whole_and_do_not_overlap(count):
    plan = many_servers(count)
    axes = plan.plot()
    axes.figure.canvas.draw()
    labels = axes.get_xticklabels()
    assert [label.get_text().replace("\n", "") for label in labels] == [server.name for server in plan.servers]
    if not any(label.get_rotation() for label in labels):
        boxes = [label.get_window_extent() for label in labels]
        assert all(left.x1 <= right.x0 for left, right in zip(boxes, boxes[1:]))  # noqa: B905, RUF007


@pytest.mark.parametrize("name", ["$\\frac$", "a" * 200, "-" * 200, " ", "x" * 99 + "." + "y" * 99, "ä ö", "_a"])
def test_any_name_is_drawn_as_it_is(name):
    plan = sizing.Site(name=name, title=name, clients=50).plan()
    axes = plan.plot()
    assert [label.get_text().replace("\n", "") for label in axes.get_xticklabels()] == [name]
    assert picture(axes)


def test_a_plan_says_its_title_unit_and_rules():
    axes = sizing.plan(SITES["school"]).plot()
    assert axes.get_title().split("\n") == ["Grammar school, two computer rooms", "Memory by service, rules of opsi 4.2"]
    assert axes.get_ylabel() == "memory in GB (1 GB = 1000 MB)"
    assert sizing.plan(clients=5, opsi="4.3").plot().get_title() == "Memory by service, rules of opsi 4.3"


# A sweep.


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("values", [CLIENTS, [700], [5000, 100], [900, 100, 800, 700, 700], range(10, 5001, 10)], ids=str)
def test_the_curve_is_the_columns_of_the_sweep(output, values):
    sweep = sizing.sweep(vary={"clients": values}, outputs=OUTPUTS)
    axes = sweep.plot(output)
    (curve,) = curves(axes)
    order = numpy.argsort(sweep["clients"], kind="stable")
    assert curve.get_xdata().tolist() == sweep["clients"][order].tolist()
    assert curve.get_ydata().tolist() == sweep[output][order].tolist()
    low, top = axes.get_ylim()
    assert low == 0 and sweep[output].max() < top


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("values", [CLIENTS, [5000, 100], [900, 100, 800, 700], range(10, 5001, 10)], ids=str)
def test_a_mark_stands_at_each_change_of_what_decides(output, values):
    sweep = sizing.sweep(vary={"clients": values}, outputs=OUTPUTS)
    axes = sweep.plot(output)
    expected = changes(sweep, output)
    assert marks(axes) == sorted(expected)
    lines = sorted(line.get_xdata()[0] for line in axes.lines if line.get_label() == "_change")
    assert lines == [x for x, _, _ in expected]
    for x, _, name in expected:
        assert any(text.startswith("from ") and f"{x:g}" in text and text.endswith(name) for text in legend(axes))
    assert not expected or legend(axes)[0] == f"at first: {sweep.decided_by(output)[numpy.argmin(sweep['clients'])]}"


def test_changes_close_together_are_all_said():
    axes = sizing.sweep(vary={"clients": CLIENTS}, outputs=["opsiconfd.memory"]).plot()
    assert legend(axes) == [
        "at first: opsiconfd.memory_by_clients",
        "from 700, 900 clients: opsiconfd.memory_by_workers",
        "from 800 clients: opsiconfd.memory_by_clients",
    ]
    shapes = {line.get_label(): line.get_marker() for line in axes.lines if "_by_" in line.get_label()}
    assert len(set(shapes.values())) == 2


@pytest.mark.parametrize("figure", [{}, {"layout": "constrained"}])
@pytest.mark.parametrize("output", OUTPUTS)
def test_the_legend_of_a_curve_hides_nothing_of_it(output, figure):
    for values in (CLIENTS, [700], range(5000, 99, -100)):
        axes = sizing.sweep(vary={"clients": values}, outputs=OUTPUTS).plot(output, axes=own_axes(**figure))
        axes.figure.draw_without_rendering()
        box = axes.get_legend() and axes.get_legend().get_window_extent()
        points = axes.transData.transform(curves(axes)[0].get_xydata())
        assert box is None or not any(box.contains(x, y) for x, y in points)


def test_what_stays_all_along_is_said():
    axes = sizing.sweep(vary={"samba.margin": range(0, 101, 20)}, clients=1500, outputs=["server.memory"]).plot()
    assert axes.get_xlabel() == "samba.margin in %" and axes.get_ylabel() == "server.memory in MB"
    assert legend(axes) == ["decided by: server.memory_by_services"] and not marks(axes)
    assert sizing.sweep(vary={"clients": [5, 6]}, outputs=["samba.memory"]).plot().get_legend() is None


def test_the_title_says_server_rules_and_what_is_assumed():
    sweep = sizing.sweep(SITES["authority"], server="depot-west", vary={"clients": CLIENTS}, outputs=["server.cores"])
    assert sweep.plot().get_title() == "server.cores of depot-west, rules of opsi 4.2"
    assumed = sizing.sweep(vary={"clients": CLIENTS}, opsi="4.3").plot()
    assert assumed.get_title().split("\n")[1:] == ["connections is assumed"]


def test_the_default_output_is_the_last():
    sweep = sizing.sweep(vary={"clients": CLIENTS}, outputs=["server.memory", "server.cores"])
    assert sweep.plot().get_ylabel() == "server.cores in cores"
    assert sizing.sweep(vary={"clients": CLIENTS}).plot().get_ylabel() == "server.memory_to_buy in GiB"


@pytest.mark.parametrize("output", ["server.cores", "opsiconfd.workers", "server.memory_to_buy"])
@pytest.mark.parametrize("step", [10, 100, 400])
def test_steps_are_no_ramp(output, step):
    sweep = sizing.sweep(vary={"clients": range(100, 5001, step)}, outputs=OUTPUTS)
    axes = sweep.plot(output)
    if step == 400 and output == "server.memory_to_buy":
        pytest.skip("too coarse to tell from its values alone")
    assert curves(axes)[0].get_linestyle() == "None" and curves(axes)[0].get_marker() not in ("", "None")
    (joined,) = [line for line in axes.lines if line.get_label() == "_equal neighbours"]
    x, y = joined.get_xdata(), joined.get_ydata()
    between = [(x[at : at + 2], y[at : at + 2]) for at in range(len(x) - 1)]
    drawn = [ends for places, ends in between if not numpy.isnan([*places, *ends]).any()]
    assert all(first == second for first, second in drawn)
    assert len(drawn) == numpy.count_nonzero(numpy.diff(sweep[output]) == 0)


def test_few_points_have_markers():
    few = curves(sizing.sweep(vary={"clients": [100, 5000]}, outputs=["server.memory"]).plot())
    many = curves(sizing.sweep(vary={"clients": range(10, 5001, 10)}, outputs=["server.memory"]).plot())
    assert few[0].get_marker() == "o" and many[0].get_marker() in ("", "None")


def test_counted_things_have_no_halves_on_the_axes():
    axes = sizing.sweep(vary={"clients": [1, 2, 3]}, outputs=["server.cores"]).plot()
    assert all(tick == int(tick) for tick in [*axes.get_xticks(), *axes.get_yticks()])


@pytest.mark.parametrize("output", OUTPUTS)
def test_of_two_inputs_each_value_of_the_second_has_a_curve(output):
    values = [200, 50, 400, 100]
    sweep = sizing.sweep(vary={"clients": range(4900, 99, -200), "connections": values}, outputs=OUTPUTS)
    axes = sweep.plot(output)
    drawn = {line.get_label(): line for line in curves(axes)}
    assert list(drawn) == [f"connections = {value}" for value in sorted(values)] == legend(axes)[:4]
    expected = []
    for value in values:
        keep = sweep["connections"] == value
        line = drawn[f"connections = {value}"]
        assert line.get_xdata().tolist() == sorted(sweep["clients"][keep])
        assert line.get_ydata().tolist() == sweep[output][keep][::-1].tolist()
        expected += changes(sweep, output, keep)
    assert marks(axes) == sorted(expected)
    for name in {name for _, _, name in expected}:
        assert f"from here: {name}" in legend(axes)


def test_ten_curves_differ_in_colour_or_style():
    axes = sizing.sweep(vary={"clients": CLIENTS, "connections": range(50, 501, 50)}, outputs=["server.memory"]).plot()
    looks = {(line.get_color(), line.get_linestyle()) for line in axes.get_legend().get_lines()}
    assert len(curves(axes)) == 10 and len(looks) >= 10


def test_a_figure_as_second_input_has_its_unit():
    sweep = sizing.sweep(vary={"clients": [100, 1000], "samba.margin": [0, 50]}, outputs=["samba.memory"])
    assert legend(sweep.plot()) == ["samba.margin = 0 %", "samba.margin = 50 %"]


def test_eleven_curves_are_refused():
    sweep = sizing.sweep(vary={"clients": [1, 2], "connections": range(11)})
    with pytest.raises(sizing.InputError) as refused:
        sweep.plot()
    error = refused.value
    assert (error.key, error.found) == ("vary connections", "11") and "at most 10 values" in error.allowed
    assert error.allowed in str(error) and not pyplot.get_fignums()


def test_three_inputs_are_refused():
    sweep = sizing.sweep(vary={"clients": [1, 2], "connections": [1, 2], "depots": [1]})
    with pytest.raises(sizing.InputError, match=r"found 3 inputs: clients, connections, depots; allowed: one or two"):
        sweep.plot()
    assert not pyplot.get_fignums()


@pytest.mark.parametrize("output", ["server.disks", "clients", "", "samba.memory_measured_idle"])
def test_an_unknown_output_is_a_key_error(output):
    with pytest.raises(KeyError, match="no output"):
        sizing.sweep(vary={"clients": [1, 2]}).plot(output)
    assert not pyplot.get_fignums()


# Both.

PICTURES = {
    "plan": lambda axes=None: sizing.plan(SITES["authority"]).plot(axes=axes),
    "curve": lambda axes=None: sizing.sweep(vary={"clients": CLIENTS}).plot("server.memory", axes=axes),
    "steps": lambda axes=None: sizing.sweep(vary={"clients": CLIENTS}).plot("server.cores", axes=axes),
    "curves": lambda axes=None: sizing.sweep(vary={"clients": CLIENTS, "connections": [50, 100]}).plot(axes=axes),
}
each_picture = pytest.mark.parametrize("draw", [pytest.param(draw, id=name) for name, draw in PICTURES.items()])


@each_picture
def test_a_figure_of_its_own_is_one_that_notebooks_show(draw):
    axes = draw()
    assert pyplot.get_fignums() == [axes.figure.number]
    assert "Constrained" in type(axes.figure.get_layout_engine()).__name__


@each_picture
@pytest.mark.parametrize("figure", [{}, {"layout": "constrained"}, {"layout": "tight"}])
def test_axes_that_are_given_are_used_and_no_figure_is_opened(draw, figure):
    axes = own_axes(**figure)
    assert draw(axes) is axes and axes.has_data()
    assert not pyplot.get_fignums() and len(axes.figure.axes) == 1


@each_picture
def test_nothing_global_changes(draw):
    current = pyplot.figure()
    before, backend = matplotlib.rcParams.copy(), matplotlib.get_backend()
    draw(current.add_subplot())
    picture(draw(own_axes()))
    assert pyplot.gcf() is current and pyplot.get_fignums() == [current.number]
    draw()
    assert matplotlib.rcParams == before and matplotlib.get_backend() == backend


@each_picture
def test_part_of_a_figure_will_do(draw):
    parts = Figure(figsize=(12, 5), layout="constrained").subfigures(1, 2)
    axes = draw(parts[1].add_subplot())
    assert axes.figure is parts[1] and picture(axes)


@each_picture
def test_it_is_drawn_again_on_the_same_axes(draw):
    axes = own_axes()
    draw(axes)
    axes.clear()
    assert picture(draw(axes)) == picture(draw(own_axes()))


@each_picture
@pytest.mark.parametrize("style", ["default", "dark_background", "ggplot"])
def test_pictures_are_not_blank(draw, style):
    with pyplot.style.context(style):
        axes = draw()
        png = picture(axes)
        pixels = numpy.asarray(axes.figure.canvas.buffer_rgba())[..., :3].astype(float)
    assert png.startswith(b"\x89PNG") and pixels.std() > 10
    svg = picture(axes, "svg").decode()
    assert svg.count("<path") > 20 and "</svg>" in svg
    assert picture(axes, "pdf").startswith(b"%PDF")


@each_picture
def test_the_legend_is_within_the_picture(draw):
    axes = draw()
    axes.figure.draw_without_rendering()
    whole, box = axes.figure.bbox, axes.get_legend().get_window_extent()
    assert whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1


def test_the_legend_hides_no_bar_of_axes_without_layout():
    axes = own_axes(figsize=(9, 5))
    sizing.plan(SITES["authority"]).plot(axes=axes)
    axes.figure.draw_without_rendering()
    box = axes.get_legend().get_window_extent()
    patches = [patch for bar in axes.containers for patch in bar.patches]
    assert not any(box.overlaps(patch.get_window_extent()) for patch in patches if patch.get_height() > 0)


@each_picture
def test_without_matplotlib_it_says_what_to_install(draw, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r'pip install "opsi-sizing\[plot\]"'):
        draw()


def test_the_package_does_not_import_matplotlib():
    code = "import sys, opsi_sizing, opsi_sizing.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_script_without_a_display_saves_its_picture(tmp_path):
    code = "import opsi_sizing, sys; opsi_sizing.plan(clients=500).plot().figure.savefig(sys.argv[1])"
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    subprocess.run([sys.executable, "-c", code, tmp_path / "plan.png"], check=True, env=environment)
    assert (tmp_path / "plan.png").read_bytes().startswith(b"\x89PNG")
