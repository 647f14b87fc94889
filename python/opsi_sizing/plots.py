"""Pictures of a plan, a sweep, a day's load and who waits in it.

Matplotlib is an optional extra, imported for the first picture.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from . import _core

# Okabe and Ito's colours, which stay apart for the colour-blind; neighbours differ in lightness, for print in grey.
_GREY, _BLUE, _ORANGE, _GREEN, _VERMILION, _PURPLE, _SKY = (
    "#8C8C8C", "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9",
)  # fmt: skip
_PARTS = [_GREY, _BLUE, _ORANGE, _GREEN, _VERMILION, _PURPLE, _SKY]
_CURVES = [_BLUE, _ORANGE, _GREEN, _VERMILION, _PURPLE, _SKY, _GREY]
_LIGHT = "#E8E8E8"
# What a part of a bar rests on, by its hatch, from the bottom up.
_HATCHES = {"published": "", "given": "xx", "derived": "\\\\", "measured": "..", "assumed": "//"}
_MARKS = "os^DvPX*"
_GB_PER = {"MB": 0.001, "GB": 1.0, "GiB": 2**30 / 1e9}
_MINIMUM, _TO_BUY, _THERE = "minimum", "to buy", "hardware stated"
_MOST_CURVES = 10
_MINUTE, _HOUR, _DAY = 60.0, 3600, 86400.0
_SOME = 0.01  # of a request that waits or is served, on average over a step
_LEAST_HEIGHT = 0.1  # of an axis on which nothing happens
_TITLE_COLUMNS = 100  # of text above a picture, which is about as wide
# A simulated day: what each picture is of, and its curves by their columns.
_PANELS: list[tuple[str, dict[str, str]]] = [
    ("come in {step}", {"clients": "arrivals", "requests": "requests"}),
    ("threads busy", {"busy": "busy"}),
    ("waiting for\na thread", {"requests": "waiting"}),
    ("wait, s", {"longest": "largest_wait", "95 % at most": "p95_wait", "50 % at most": "p50_wait"}),
]
_FEW_POINTS = 60  # of a curve whose rows are marked one by one


def plot_plan(plan: _core.Plan, axes: Axes | None = None) -> Axes:
    """The memory by service as stacked bars, one bar for each server, in GB (decimal).

    The parts are the terms of server.memory_by_services; "minimum" is what server.memory is larger than their sum. The
    hatch of a part says on which kind of figures it rests. Lines across a bar are the memory to buy and, where it was
    stated, the hardware's.

    axes: Matplotlib's axes to draw on, by default those of a new figure. Gives the axes.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> axes = sizing.plan(clients=1500, connections=120).plot()
    >>> axes.get_ylabel(), [bars.get_label() for bars in axes.containers][:2]
    ('memory in GB (1 GB = 1000 MB)', ['[system.base_memory], assumed', 'opsiconfd.memory, published'])

    Raises ImportError without Matplotlib.
    """
    servers = plan.servers
    beside = axes is None  # where the figure makes room for the legend
    axes = axes or _new_axes(min(6 + len(servers), 16), 5)
    parts = [_parts_of(server) for server in servers]
    # Hardware counts for the axis where the bars stay readable beside it.
    highest = max(_gigabytes(server["server.memory_to_buy"]) for server in servers)
    there = [_there(server)[0] for server in servers]
    axes.set_ylim(0, 1.12 * max([highest, *(size for size in there if size < 2.5 * highest)]))
    _draw_parts(axes, parts)
    _draw_lines(axes, servers)
    slanting = len(servers) * max(len(server.name) for server in servers) > 80
    names = [f"{server.name}\n{_gigabytes(server['server.memory']):.2f} GB" for server in servers]
    axes.set_xticks(range(len(servers)), names, parse_math=False)
    if slanting:
        axes.tick_params(axis="x", labelrotation=45)
        for label in axes.get_xticklabels():
            label.set(horizontalalignment="right", rotation_mode="anchor")
    axes.set_ylabel("memory in GB (1 GB = 1000 MB)")
    axes.set_xlim(-0.6, len(servers) - 0.4)
    _title(axes, plan.site.title, f"Memory by service, rules of opsi {plan.opsi}")
    _plan_legend(axes, parts, beside)
    return axes


def plot_sweep(sweep: _core.Sweep, output: str | None = None, axes: Axes | None = None) -> Axes:
    """A curve of one output over what was varied, with a mark where another operand decides from that row on.

    The legend names who decides. Of two varied inputs the first is the x axis and each value of the second has a curve.

    output: the quantity, by default the last one; axes: Matplotlib's axes to draw on, by default those of a new figure.
    Gives the axes.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> sweep = sizing.sweep(vary={"clients": range(100, 2001, 100)}, outputs=["server.cores", "server.memory"])
    >>> axes = sweep.plot("server.cores")
    >>> axes.get_xlabel(), axes.get_ylabel()
    ('clients', 'server.cores')

    Raises ImportError without Matplotlib, KeyError for an unknown output, InputError where more than two inputs, or the
    second with more than ten values, were varied.
    """
    output = sweep.outputs[-1] if output is None else output
    curves = _curves_of(sweep, output)
    axes = axes or _new_axes(9, 5)
    for curve, colour in zip(curves, _CURVES * 2, strict=False):
        few = len(curve.x) <= _FEW_POINTS
        axes.plot(curve.x, curve.y, color=colour, marker="." if few else "", drawstyle=curve.style, label=curve.label)
    _mark_deciders(axes, curves)
    axes.set_xlabel(_with_unit(sweep, sweep.axes[0]))
    axes.set_ylabel(_with_unit(sweep, output))
    axes.set_ylim(bottom=0)
    assumed = "; ".join(sentence.partition(":")[0] for sentence in sweep.assumed)
    _title(axes, f"{output} of {sweep.server}, rules of opsi {sweep.opsi}", assumed)
    axes.legend(fontsize="small")
    return axes


def plot_day(day: _core.DayLoad, server: str | None = None, axes: Axes | None = None) -> Axes:
    """How many are there over the day: the mean of each input of a server, and the quantile that a plan takes.

    The quantile is a step line above its mean; a mark is the peak, with its number. Shown is the time while there is
    somebody to speak of.

    server: its name, by default the config server; axes: Matplotlib's axes to draw on, by default those of a new
    figure. Gives the axes.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> axes = sizing.load_of_day("data/sites/school.toml").plot()
    >>> axes.get_xlabel(), [line.get_label() for line in axes.lines][:2]
    ('time of day', ['connections, mean', 'connections, 99 % quantile'])

    Raises ImportError without Matplotlib, InputError for an unknown server and for one without a routine.
    """
    of = day.server(server)
    if not of.peaks:
        allowed = ", ".join(each.name for each in day.servers if each.peaks)
        raise refused("server", "a server without a routine", of.name, allowed)
    axes = axes or _new_axes(9, 5)
    for (name, peak), colour in zip(of.peaks.items(), _CURVES, strict=False):
        _draw_input(axes, day, of, name, peak, colour)
    first = min(float(of.close_up(name)[0].min()) for name in of.peaks)
    last = max(float(of.close_up(name)[0].max()) for name in of.peaks)
    axes.set_xlim(first, max(last, first + 1))
    axes.set_ylim(bottom=0)
    _clock_axis(axes, last - first)
    axes.set_ylabel("at a time")
    _title(axes, f"The day of {of.name}, rules of opsi {day.opsi}", "; ".join(_assumed(of)))
    axes.legend(fontsize="small")
    return axes


def plot_waiting(waiting: _core.Waiting, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """A simulated day: clients that come, threads that are busy, the queue, and how long requests wait.

    axes: four of Matplotlib's to draw on, by default those of a new figure, below one another. Gives them.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> axes = sizing.simulate("data/sites/school.toml").plot()
    >>> [each.get_ylabel() for each in axes]
    ['come in 1 min', 'threads busy', 'waiting for\\na thread', 'wait, s']

    Raises ImportError without Matplotlib, TypeError where axes are not four.
    """
    axes = _four_axes() if axes is None else axes
    given = len(axes) if hasattr(axes, "__len__") else 1
    if given != len(_PANELS):
        raise TypeError(f"axes takes {len(_PANELS)} of Matplotlib's, not {given}")
    steps = waiting.day.steps
    length = float(steps.time[1] - steps.time[0]) if len(steps.time) > 1 else _MINUTE
    shown = steps.requests > steps.requests.max(initial=0) / 100
    times = steps.time[shown | (steps.waiting > _SOME) | (steps.busy > _SOME)]
    first, last = (float(times.min()) - length, float(times.max()) + 2 * length) if len(times) else (0.0, _DAY)
    time = [*steps.time, steps.time[-1] + length]  # to the end of the last step
    for each, (title, curves) in zip(axes, _PANELS, strict=True):
        for (label, name), colour in zip(curves.items(), _CURVES, strict=False):
            values = getattr(steps, name)
            each.plot(time, [*values, values[-1]], color=colour, drawstyle="steps-post", label=label)
        each.set_xlim(first, last)
        each.set_ylim(0, max(each.get_ylim()[1], _LEAST_HEIGHT))
        each.set_ylabel(title.format(step=f"{length / _MINUTE:g} min"))
        each.legend(fontsize="small")
    _clock_axis(axes[-1], last - first)
    _title(axes[0], f"The day of {waiting.server}, rules of opsi {waiting.opsi}", waiting.answer)
    return axes


def _four_axes() -> Sequence[Axes]:
    _new_axes(9, 9).remove()
    from matplotlib import pyplot

    four: Sequence[Axes] = list(pyplot.gcf().subplots(len(_PANELS), sharex=True))
    return four


def _new_axes(width: float, height: float) -> Axes:
    """The axes of a figure that pyplot knows, so that notebooks show it; without a display nothing is shown."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError('plots need Matplotlib: pip install "opsi-sizing[plot]"') from error
    return pyplot.figure(figsize=(width, height), layout="constrained").add_subplot()


def _title(axes: Axes, *lines: str) -> None:
    text = "\n".join("\n".join(textwrap.wrap(line, _TITLE_COLUMNS)) for line in lines if line)
    axes.set_title(text, fontsize="medium", parse_math=False)


# ------------------------------------------------------------------------------------------------------------- a plan


class _Part(NamedTuple):
    """What a service, or the share of it that rests on one kind of figures, needs of a server's memory."""

    name: str
    kind: str
    gigabytes: float


def _parts_of(server: _core.Server) -> list[_Part]:
    parts = []
    for term in server.explain("server.memory_by_services").operands:
        rests_on = server[term.name].rests_on if term.name in server else {term.kind: term.value}
        name = term.name if term.name in server else f"[{term.name}]"
        parts += [_Part(name, kind, rests_on.get(kind, 0) * _GB_PER[term.unit]) for kind in _HATCHES]
    needed, by_services = server["server.memory"], server["server.memory_by_services"]
    rest = _gigabytes(needed) - _gigabytes(by_services)
    if rest > 0:
        parts.append(_Part(_MINIMUM, needed.kind, rest))
    return [part for part in parts if part.gigabytes > 0]


def _gigabytes(quantity: _core.Quantity) -> float:
    return quantity.value * _GB_PER[quantity.unit]


def _colours_of(parts: Iterable[Sequence[_Part]]) -> dict[str, str]:
    names = dict.fromkeys(part.name for of_server in parts for part in of_server if part.name != _MINIMUM)
    return dict(zip(names, _PARTS * len(names), strict=False)) | {_MINIMUM: _LIGHT}


def _draw_parts(axes: Axes, parts: Sequence[Sequence[_Part]]) -> None:
    from matplotlib.patheffects import withStroke

    base = [0.0] * len(parts)
    readable = 0.05 * axes.get_ylim()[1]
    for name, colour in _colours_of(parts).items():
        for kind, hatch in _HATCHES.items():
            sizes = [sum(p.gigabytes for p in of_server if (p.name, p.kind) == (name, kind)) for of_server in parts]
            if not any(sizes):
                continue
            look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white", "width": 0.5}
            bars = axes.bar(range(len(parts)), sizes, bottom=base, label=f"{name}, {kind}", **look)
            texts = [f"{size:.2f}" if size > readable and len(parts) <= 10 else "" for size in sizes]
            outline = [withStroke(linewidth=3, foreground="white")]
            axes.bar_label(bars, texts, label_type="center", fontsize="small", path_effects=outline)
            base = [low + size for low, size in zip(base, sizes, strict=True)]


def _there(server: _core.Server) -> tuple[float, str]:
    """The memory of the hardware in GB, and as it was stated; 0 where none was."""
    for fit in server.hardware:
        if fit.resource == "memory":
            return fit.offered * _GB_PER[fit.unit], fit.stated
    return 0.0, ""


def _draw_lines(axes: Axes, servers: Sequence[_core.Server]) -> None:
    """What is to be bought and what is there, with their sizes where there is room for them."""

    from matplotlib.patheffects import withStroke

    top = axes.get_ylim()[1]
    for at, server in enumerate(servers):
        to_buy, there = server["server.memory_to_buy"], _there(server)
        lines = [(_gigabytes(to_buy), f"buy {to_buy.text}", _TO_BUY)]
        if there[1]:
            lines.append((there[0], f"has {there[1]}", _THERE))
        for height, text, label in lines:
            above = height > top
            if not above:
                style: Any = "solid" if label == _TO_BUY else (0, (1.2, 0.8))
                axes.hlines(height, at - 0.35, at + 0.35, colors="black", linewidth=2, linestyles=style, label=label)
            if len(servers) <= 10:
                shown = f"{text} ↑" if above else text
                place: dict[str, Any] = {
                    "textcoords": "offset points",
                    "xytext": (0, -10 if above else 2),
                    "horizontalalignment": "center",
                    "path_effects": [withStroke(linewidth=3, foreground="white")],
                }
                axes.annotate(shown, (at, min(height, top)), fontsize="x-small", parse_math=False, **place)


def _plan_legend(axes: Axes, parts: Sequence[Sequence[_Part]], beside: bool) -> None:
    from matplotlib.patches import Patch

    drawn = [part for of_server in parts for part in of_server]
    names, kinds = {part.name for part in drawn}, {part.kind for part in drawn}
    lines = list({str(each.get_label()): each for each in axes.collections}.values())  # one of each
    services = [Patch(color=colour, label=name) for name, colour in _colours_of(parts).items() if name in names]
    words = {kind: f"rests on {kind} figures" for kind in _HATCHES} | {"given": "rests on what was stated"}
    figures = [
        Patch(facecolor="white", edgecolor=_GREY, hatch=hatch, label=words[kind])
        for kind, hatch in _HATCHES.items()
        if kind in kinds
    ]
    handles = [*lines, *reversed(services), *figures]
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (1, 1), "frameon": False} if beside else {}
    axes.legend(handles=handles, fontsize="small" if beside else "x-small", **place)


# ------------------------------------------------------------------------------------------------------------ a sweep


class _Curve(NamedTuple):
    """One output over the first input."""

    label: str
    x: Any
    y: Any
    deciders: list[str]
    style: str


def _curves_of(sweep: _core.Sweep, output: str) -> list[_Curve]:
    """One curve, or one for each value of the second input, by ascending x."""
    import numpy

    deciders = numpy.asarray(sweep.decided_by(output), dtype=object)
    if len(sweep.axes) > 2:
        raise refused("vary", "too many inputs for one picture", ", ".join(sweep.axes), "one or two inputs")
    # What is counted goes in steps: until the next row the value of this one holds.
    style = "steps-post" if sweep.units[output] in ("core", "worker", "thread", "GiB") else "default"
    rows = numpy.argsort(sweep[sweep.axes[0]], kind="stable")
    x, y = sweep[sweep.axes[0]][rows], sweep[output][rows]
    if len(sweep.axes) == 1:
        return [_Curve(output, x, y, list(deciders[rows]), style)]
    second = sweep.axes[1]
    values = numpy.unique(sweep[second])
    if len(values) > _MOST_CURVES:
        allowed = f"at most {_MOST_CURVES} values of the second input, a curve each"
        raise refused(f"vary {second}", "too many values for one picture", len(values), allowed)
    chosen = [(value, sweep[second][rows] == value) for value in values]
    return [
        _Curve(
            f"{second} = {value:.10g} {_unit(sweep, second)}".rstrip(), x[of], y[of], list(deciders[rows][of]), style
        )
        for value, of in chosen
    ]


def _unit(sweep: _core.Sweep, column: str) -> str:
    """The unit of a column, or nothing where its name says it: clients, server.cores."""
    unit = sweep.units[column]
    return "" if unit in column else unit


def _with_unit(sweep: _core.Sweep, column: str) -> str:
    unit = _unit(sweep, column)
    return f"{column} in {unit}" if unit else column


def _mark_deciders(axes: Axes, curves: Sequence[_Curve]) -> None:
    """A mark at each row from which on another operand decides; its shape says which."""
    changes = [
        (curve.x[at], curve.y[at], curve.deciders[at])
        for curve in curves
        for at in range(1, len(curve.x))
        if curve.deciders[at] != curve.deciders[at - 1]
    ]
    first = dict.fromkeys(curve.deciders[0] for curve in curves if curve.deciders and curve.deciders[0])
    if first:
        axes.plot([], [], linestyle="none", label=f"at first {' or '.join(first)} decides")
    look: dict[str, Any] = {
        "linestyle": "none",
        "markersize": 8,
        "markerfacecolor": "white",
        "markeredgecolor": "black",
    }
    for name, mark in zip(dict.fromkeys(name for _, _, name in changes), _MARKS * len(changes), strict=False):
        here = [(x, y) for x, y, of in changes if of == name]
        where = ", ".join(f"{x:.10g}" for x, _ in here[:4]) + (", …" if len(here) > 4 else "")
        axes.plot(*zip(*here, strict=True), marker=mark, label=f"{name or 'nothing'} decides from {where}", **look)


# -------------------------------------------------------------------------------------------------------------- a day


def _draw_input(axes: Axes, day: _core.DayLoad, of: _core.ServerLoad, name: str, peak: _core.Peak, colour: str) -> None:
    """All times that are known, closer together near the peak."""
    import numpy

    near, mean, most = of.close_up(name)
    times, first = numpy.unique(numpy.concatenate([day.times, near]), return_index=True)
    mean = numpy.concatenate([of.mean(name), mean])[first]
    most = numpy.concatenate([of.most(name), most])[first]
    axes.plot(times, mean, color=colour, label=f"{name}, mean")
    quantile = f"{name}, {100 * peak.share:.10g} % quantile"
    axes.plot(times, most, color=colour, linewidth=0.8, drawstyle="steps-mid", label=quantile)
    axes.plot([peak.time], [peak.most], color=colour, marker="o", linestyle="none")
    text = f"{peak.most:.10g} at {peak.clock}"
    axes.annotate(text, (peak.time, peak.most), fontsize="small", textcoords="offset points", xytext=(6, 2))


def _clock_axis(axes: Axes, seconds: float) -> None:
    """The x axis as times of day, at round minutes."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    steps = [60 * minutes for minutes in (1, 2, 5, 10, 15, 30)] + [_HOUR * hours for hours in (1, 2, 3, 4)]
    axes.xaxis.set_major_locator(MultipleLocator(next((step for step in steps if seconds <= 9 * step), steps[-1])))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: f"{at // _HOUR:02.0f}:{at % _HOUR // 60:02.0f}"))
    axes.set_xlabel("time of day")


def _assumed(of: _core.ServerLoad) -> list[str]:
    keys = dict.fromkeys(key for peak in of.peaks.values() for key in peak.assumed)
    return [f"assumed: {', '.join(keys)}"] if keys else []
