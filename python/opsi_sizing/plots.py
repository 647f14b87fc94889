"""Pictures of a plan and of a sweep. Matplotlib is an optional extra, imported when the first picture is drawn."""

from __future__ import annotations

import itertools
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from .errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from numpy.typing import NDArray

    from . import _core

    Floats = NDArray[numpy.float64]

# Okabe and Ito's colours, which stay apart for the colour-blind; yellow is too light for lines.
_BLACK, _ORANGE, _SKY, _GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
_BLUE, _VERMILION, _PURPLE = "#0072B2", "#D55E00", "#CC79A7"
_WHITE, _LIGHT, _GREY = "#FFFFFF", "#E8E8E8", "#8C8C8C"
# Neighbours differ in lightness, for print in grey.
_SERVICES = [_GREY, _BLUE, _ORANGE, _GREEN, _VERMILION, _PURPLE, _SKY]
_CURVES = [_BLUE, _ORANGE, _BLACK, _SKY, _VERMILION, _GREEN, _PURPLE]
_STYLES = ["-", "--", "-.", ":"]
_MARKS = ["o", "s", "^", "D", "v", "P", "X", "*"]

_GIGABYTES = {"MB": 0.001, "GB": 1.0, "MiB": 2**20 / 1e9, "GiB": 2**30 / 1e9}
_MINIMUM, _TO_BUY, _THERE = "minimum", "to buy", "hardware stated"
# The kinds of figures by their hatches, in the order in which they are stacked.
_HATCHES = {"published": "", "given": "xx", "derived": "\\\\", "measured": "..", "assumed": "//"}
_KIND_LABELS = {"given": "stated or assumed input"}
_PARTS = re.compile(r"[^-._ ]+[-._ ]*|[-._ ]+")
_BAR, _TICK = 0.46, 0.56
_MOST_CURVES = 10
_FEW_POINTS = 60
_SMALL: dict[str, Any] = {"fontsize": "small", "handleheight": 1.1}
_WHOLE = {"client", "connection", "core", "depot", "thread", "worker"}
_STEPS = {"core", "thread", "worker"}


def plot_plan(plan: _core.Plan, axes: Axes | None = None) -> Axes:
    """The memory by service as stacked bars, one bar for each server, in GB (decimal).

    The parts are the terms of server.memory_by_services; "minimum" is what server.memory is larger than their sum. A
    hatch says on which kind of figures a part, or that share of it, rests. Ticks across a bar are the memory to buy
    and, where it was stated, the hardware's; hardware far above all bars is written at the upper edge with an arrow.

    axes: Matplotlib's axes to draw on; by default those of a new figure. Gives the axes.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> axes = sizing.plan(clients=1500, connections=120).plot()
    >>> axes.get_ylabel(), [bars.get_label() for bars in axes.containers][:2]
    ('memory in GB (1 GB = 1000 MB)', ['[system.base_memory], assumed', 'opsiconfd.memory, published'])

    Raises ImportError without Matplotlib.
    """
    memory = [_memory_of(server) for server in plan.servers]
    axes = axes if axes is not None else _new_axes(min(5.5 + 1.4 * len(memory), 15), 5 if len(memory) <= 8 else 6.5)
    axes.set_ylabel("memory in GB (1 GB = 1000 MB)")
    axes.set_xlim(-0.45, len(memory) - 0.25)
    axes.set_ylim(0, _top(memory))
    _draw_parts(axes, memory)
    _draw_ticks(axes, memory)
    _beside(axes, _plan_legend(axes, memory))
    _title(axes, [plan.site.title, f"Memory by service, rules of opsi {plan.opsi}"])
    _name_servers(axes, [each.server for each in memory])
    _write_values(axes, memory)
    return axes


def plot_sweep(sweep: _core.Sweep, output: str | None = None, axes: Axes | None = None) -> Axes:
    """A curve of one output over what was varied; a mark where another operand decides from that row on.

    The legend names who decides. Of two varied inputs the first is the x axis and each value of the second has a curve.
    Values that go in steps, such as cores, are points; only equal neighbours are joined.

    output: the quantity, by default the last one; axes: Matplotlib's axes to draw on, by default those of a new figure.
    Gives the axes.

    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> import opsi_sizing as sizing
    >>> sweep = sizing.sweep(vary={"clients": range(100, 2001, 100)}, outputs=["server.cores", "server.memory"])
    >>> axes = sweep.plot("server.cores")
    >>> axes.get_xlabel(), axes.get_ylabel()
    ('clients', 'server.cores in cores')

    Raises ImportError without Matplotlib, KeyError for an unknown output, InputError where more than two inputs, or the
    second with more than ten values, were varied.
    """
    output = sweep.outputs[-1] if output is None else output
    curves = _curves_of(sweep, output)
    axes = axes if axes is not None else _new_axes(9 if len(curves) == 1 else 11, 5)
    axes.set_xlabel(_with_unit(sweep, sweep.axes[0]))
    axes.set_ylabel(_with_unit(sweep, output))
    stepwise = sweep.units[output] in _STEPS or all(_in_steps(curve.y) for curve in curves)
    _draw_curves(axes, curves, stepwise)
    _whole_ticks(axes, sweep, output)
    if axes.get_yscale() == "linear" and axes.dataLim.y0 >= 0:
        axes.set_ylim(0, max(axes.get_ylim()[1], 1.05 * axes.dataLim.y1))
    _title(axes, [f"{output} of {sweep.server}, rules of opsi {sweep.opsi}", _assumed(sweep)])
    _sweep_legend(axes, curves, _mark_deciders(axes, curves, sweep.units[sweep.axes[0]]))
    return axes


def _new_axes(width: float, height: float) -> Axes:
    """The axes of a figure that pyplot knows, so that notebooks show it; without a display nothing is shown."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError('plots need Matplotlib: pip install "opsi-sizing[plot]"') from error
    return pyplot.figure(figsize=(width, height), layout="constrained").add_subplot()


def _figure(axes: Axes) -> Any:
    """The whole figure, also of axes in a part of it."""
    return axes.figure.figure


def _beside(axes: Axes, handles: Iterable[Artist]) -> None:
    """A legend right of the axes where the figure makes room for it, else inside, with room made there."""
    if _figure(axes).get_layout_engine() is not None:
        axes.legend(handles=list(handles), loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, **_SMALL)
        return
    legend = axes.legend(handles=list(handles), loc="upper right", **_SMALL)
    left, right = axes.get_xlim()
    share = legend.get_window_extent().width / axes.get_window_extent().width + 0.02
    if axes.get_xscale() == "linear" and share < 0.8:
        axes.set_xlim(right=left + (right - left) / (1 - share))


def _title(axes: Axes, lines: Iterable[str]) -> None:
    letters = max(int(_points_of(axes)[0] / 5.8), 20)
    wrapped = [line for each in lines for line in textwrap.wrap(each, letters)]
    axes.set_title("\n".join(wrapped), fontsize="medium", parse_math=False)


def _points_of(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes in points, as fonts are measured; a layout engine has then placed them."""
    if _figure(axes).get_layout_engine() is not None:
        _figure(axes).draw_without_rendering()
    box = axes.get_window_extent()
    return float(box.width) * 72 / _figure(axes).dpi, float(box.height) * 72 / _figure(axes).dpi


# ------------------------------------------------------------------------------------------------------------- a plan


@dataclass
class _Memory:
    """The memory of a server in GB."""

    server: str
    parts: dict[tuple[str, str], float]
    """By name and kind, in the order in which they are stacked."""
    needed: float
    to_buy: float
    to_buy_text: str
    there: float | None = None
    there_text: str = ""


def _memory_of(server: _core.Server) -> _Memory:
    needed, to_buy = server["server.memory"], server["server.memory_to_buy"]
    memory = _Memory(server.name, {}, _gigabytes(needed), _gigabytes(to_buy), to_buy.text)
    for term in server.explain("server.memory_by_services").operands:
        kinds = server[term.name].rests_on if term.name in server else {term.kind: term.value}
        name = f"[{term.name}]" if term.role in ("figure", "curve") else term.name
        _add(memory, name, kinds, _gigabytes(term))
    rest = memory.needed - _gigabytes(server["server.memory_by_services"])
    _add(memory, _MINIMUM, needed.rests_on, rest)
    for fit in server.hardware:
        if fit.resource == "memory":
            memory.there, memory.there_text = fit.offered * _GIGABYTES[fit.unit], fit.stated
    return memory


def _gigabytes(quantity: _core.Quantity | _core.Explanation) -> float:
    return quantity.value * _GIGABYTES[quantity.unit]


def _add(memory: _Memory, name: str, kinds: dict[str, float], size: float) -> None:
    """Adds a part of this size, split as the kinds are; one of 0 as well, since it keeps its place."""
    total = sum(kinds.values())
    for kind in _HATCHES:
        memory.parts[name, kind] = size * kinds.get(kind, 0.0) / total if total > 0 else 0.0


def _colours_of(memory: Sequence[_Memory]) -> dict[str, str]:
    """The parts from the bottom up with their colours; a part that is 0 keeps its colour, so that pictures compare."""
    names = dict.fromkeys(name for each in memory for name, _ in each.parts if name != _MINIMUM)
    return dict(zip(names, itertools.cycle(_SERVICES), strict=False)) | {_MINIMUM: _LIGHT}


def _top(memory: Sequence[_Memory]) -> float:
    """The upper end of the axis: hardware counts where the bars stay readable beside it."""
    highest = max(max(each.needed, each.to_buy) for each in memory)
    there = [each.there for each in memory if each.there is not None and each.there <= 2.5 * highest]
    return 1.1 * max([highest, *there])


def _draw_parts(axes: Axes, memory: Sequence[_Memory]) -> None:
    base = [0.0] * len(memory)
    for name, colour in _colours_of(memory).items():
        for kind, hatch in _HATCHES.items():
            sizes = [each.parts.get((name, kind), 0.0) for each in memory]
            if not any(sizes):
                continue
            axes.bar(
                range(len(memory)),
                sizes,
                _BAR,
                base,
                color=colour,
                hatch=hatch,
                linewidth=0.8,
                edgecolor=_edge(colour),
                label=f"{name}, {kind}",
            )
            base = [low + size for low, size in zip(base, sizes, strict=True)]


def _edge(colour: str) -> str:
    return _GREY if colour == _LIGHT else _WHITE


def _draw_ticks(axes: Axes, memory: Sequence[_Memory]) -> None:
    colour = axes.yaxis.label.get_color()
    at = numpy.arange(len(memory))
    axes.hlines(
        [each.to_buy for each in memory], at - _TICK / 2, at + _TICK / 2, colors=colour, linewidth=2.5, label=_TO_BUY
    )
    there = [(x, each.there) for x, each in zip(at, memory, strict=True) if each.there is not None]
    if there:
        axes.hlines(
            [y for _, y in there],
            [x - _TICK / 2 for x, _ in there],
            [x + _TICK / 2 for x, _ in there],
            colors=colour,
            linewidth=2.5,
            linestyles=(0, (1.2, 0.8)),
            label=_THERE,
        )


def _plan_legend(axes: Axes, memory: Sequence[_Memory]) -> list[Artist]:
    """The ticks, the parts from top to bottom, the hatches."""
    from matplotlib.patches import Patch

    drawn = {key for each in memory for key, size in each.parts.items() if size > 0}
    marked = {_TO_BUY} | {_THERE for each in memory if each.there is not None and each.there <= _top(memory)}
    ticks = [each for each in axes.collections if each.get_label() in marked]
    parts = [
        Patch(facecolor=colour, edgecolor=_edge(colour), label=name)
        for name, colour in reversed(_colours_of(memory).items())
        if any(name == of for of, _ in drawn)
    ]
    kinds = [Patch(alpha=0, label="resting on")] + [
        Patch(facecolor=_WHITE, edgecolor=_GREY, hatch=hatch, label=_KIND_LABELS.get(kind, f"{kind} figures"))
        for kind, hatch in _HATCHES.items()
        if any(kind == of for _, of in drawn)
    ]
    return [*reversed(ticks), *parts, *kinds]


def _name_servers(axes: Axes, names: Sequence[str]) -> None:
    """The names below the bars: wrapped where they fit so, else slanting."""
    from matplotlib.font_manager import FontProperties

    letters = int(_slot(axes) / (0.62 * FontProperties(size="medium").get_size_in_points()))
    level = all(_fits(name, letters) for name in names)
    axes.set_xticks(range(len(names)), [_wrapped(name, letters if level else 32) for name in names], parse_math=False)
    if not level:
        for label in axes.get_xticklabels():
            label.set(rotation=45, rotation_mode="anchor", fontsize="small")
            label.set(horizontalalignment="right", verticalalignment="center", multialignment="right")


def _slot(axes: Axes) -> float:
    """The width in points that a server has."""
    left, right = axes.get_xlim()
    return _points_of(axes)[0] / float(right - left)


def _fits(name: str, letters: int) -> bool:
    """Whether three lines of so many letters hold the name, broken after dots and hyphens only."""
    return all(len(part) <= letters for part in _PARTS.findall(name)) and _wrapped(name, letters).count("\n") < 3


def _wrapped(name: str, letters: int) -> str:
    """The name on lines, broken after dots and hyphens, and where a part is too long within it."""
    lines = [""]
    for part in _PARTS.findall(name):
        if lines[-1] and len(lines[-1]) + len(part) > letters:
            lines.append("")
        lines[-1:] = textwrap.wrap(lines[-1] + part, letters, drop_whitespace=False, break_on_hyphens=False)
    return "\n".join(lines)


def _write_values(axes: Axes, memory: Sequence[_Memory]) -> None:
    """The size of each part where there is room, and beside the bar what is needed, to buy and there."""
    from matplotlib.font_manager import FontProperties

    slot, height = _slot(axes), _points_of(axes)[1]
    gap = slot * (1 - _TICK)
    roomy = gap > 42
    font = "small" if roomy else "x-small" if gap > 24 else "xx-small"
    line = FontProperties(size=font).get_size_in_points() * 1.25 * axes.get_ylim()[1] / height
    for at, each in enumerate(memory):
        if slot > 40:
            _write_parts(axes, at, each, line, font)
        texts = [(each.needed, f"{each.needed:.2f}{' GB' if roomy else ''}", "bold")]
        texts.append((each.to_buy, "buy " * roomy + each.to_buy_text, "normal"))
        if each.there is not None:
            above = " ↑" if each.there > axes.get_ylim()[1] else ""
            texts.append((each.there, "has " * roomy + each.there_text + above, "normal"))
        heights = _apart([y for y, _, _ in texts], line, axes.get_ylim()[1])
        for y, (_, text, weight) in zip(heights, texts, strict=True):
            axes.text(
                at + _TICK / 2 + 0.02,
                y,
                text,
                fontsize=font,
                fontweight=weight,
                verticalalignment="center",
                parse_math=False,
            )


def _write_parts(axes: Axes, at: int, memory: _Memory, line: float, font: str) -> None:
    from matplotlib.patheffects import withStroke

    low = 0.0
    for name, colour in _colours_of([memory]).items():
        size = sum(part for (of, _), part in memory.parts.items() if of == name)
        if size > line:
            text = axes.text(at, low + size / 2, f"{size:.2f}", fontsize=font, color=_on(colour))
            text.set(horizontalalignment="center", verticalalignment="center")
            text.set_path_effects([withStroke(linewidth=3, foreground=colour)])
        low += size


def _apart(heights: Sequence[float], line: float, top: float) -> list[float]:
    """The heights, moved so that each is at least a line from the next, in their order, below the top."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    moved = list(heights)
    limit = top - 0.8 * line
    for at in reversed(order):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - line
    limit = line / 2
    for at in order:
        moved[at] = max(moved[at], limit)
        limit = moved[at] + line
    return moved


def _on(colour: str) -> str:
    """Black or white, whichever is read better on the colour."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return "black" if 0.3 * red + 0.59 * green + 0.11 * blue > 0.5 else "white"


# ------------------------------------------------------------------------------------------------------------ a sweep


@dataclass
class _Curve:
    label: str
    x: Floats
    y: Floats
    deciders: list[str]

    @property
    def changes(self) -> list[int]:
        """The rows from which on another operand decides."""
        return [at for at in range(1, len(self.x)) if self.deciders[at] != self.deciders[at - 1]]


def _curves_of(sweep: _core.Sweep, output: str) -> list[_Curve]:
    """One curve, or one for each value of the second input, by ascending x."""
    deciders = numpy.asarray(sweep.decided_by(output), dtype=object)
    if len(sweep.axes) > 2:
        found = f"{len(sweep.axes)} inputs: {', '.join(sweep.axes)}"
        raise _refused("vary", "too many inputs for one picture", found, "one or two inputs")
    rows = numpy.argsort(sweep[sweep.axes[0]], kind="stable")
    x, y = sweep[sweep.axes[0]][rows], sweep[output][rows]
    if len(sweep.axes) == 1:
        return [_Curve(output, x, y, list(deciders[rows]))]
    second = sweep[sweep.axes[1]][rows]
    values = numpy.unique(second)
    if len(values) > _MOST_CURVES:
        allowed = f"at most {_MOST_CURVES} values of the second input, a curve each"
        raise _refused(f"vary {sweep.axes[1]}", "too many values for one picture", str(len(values)), allowed)
    unit = sweep.units[sweep.axes[1]] if _plural(sweep.units[sweep.axes[1]]) != sweep.axes[1] else ""
    return [
        _Curve(f"{sweep.axes[1]} = {_amount(value, unit)}", x[of], y[of], list(deciders[rows][of]))
        for value in values
        for of in [second == value]
    ]


def _refused(key: str, problem: str, found: str, allowed: str) -> InputError:
    error = InputError(f"{key}: {problem}; found {found}; allowed: {allowed}")
    error.key, error.problem, error.found, error.allowed = key, problem, found, allowed
    return error


def _amount(value: float, unit: str) -> str:
    return f"{value:.10g} {unit if value == 1 else _plural(unit)}".rstrip()


def _plural(unit: str) -> str:
    """As the reports write it: 5 workers, 2 clients/worker, 3 MB."""
    counted, slash, per = unit.partition("/")
    known = counted in ("", "%", "s", "ms") or counted.endswith("B")
    return counted + ("" if known else "s") + slash + per


def _with_unit(sweep: _core.Sweep, column: str) -> str:
    unit = _plural(sweep.units[column])
    return column if unit in ("", column) else f"{column} in {unit}"


def _whole_ticks(axes: Axes, sweep: _core.Sweep, output: str) -> None:
    """No halves of what is counted."""
    from matplotlib.ticker import MaxNLocator

    for axis, column in ((axes.xaxis, sweep.axes[0]), (axes.yaxis, output)):
        ticks: Any = axis.get_major_locator()
        if sweep.units[column] in _WHOLE and isinstance(ticks, MaxNLocator):
            ticks.set_params(integer=True)


def _assumed(sweep: _core.Sweep) -> str:
    """What is assumed in every row, without the formulas."""
    return "; ".join(sentence.partition(":")[0] for sentence in sweep.assumed)


def _in_steps(values: Floats) -> bool:
    """Whether the values stay, change and stay again; a ramp changes at neighbouring points."""
    change = numpy.diff(values) != 0
    return len(values) > 2 and not numpy.any(change[1:] & change[:-1])


def _style(at: int, curves: int) -> dict[str, Any]:
    """Of one curve of some; an earlier one is broader and shows where a later one covers it."""
    width = 1.8 + min(0.8, 3 / curves) * (curves - 1 - at)
    return {"color": _CURVES[at % len(_CURVES)], "linestyle": _STYLES[at % len(_STYLES)], "linewidth": width}


def _draw_curves(axes: Axes, curves: Sequence[_Curve], stepwise: bool) -> None:
    for at, curve in enumerate(curves):
        style = _style(at, len(curves))
        few = len(curve.x) * min(len(curves), 2) <= _FEW_POINTS
        points: dict[str, Any] = {"marker": "o" if few else "." if stepwise else ""}
        points["markersize"] = (3 if few else 1.5) + style["linewidth"]
        points |= {"linestyle": "none"} if stepwise else {}
        axes.plot(curve.x, curve.y, **(style | points), label=curve.label)
        if stepwise:
            breaks = numpy.flatnonzero(numpy.diff(curve.y)) + 1
            x, y = (numpy.insert(each, breaks, numpy.nan) for each in (curve.x, curve.y))
            axes.plot(x, y, **style, label="_equal neighbours")


def _mark_deciders(axes: Axes, curves: Sequence[_Curve], unit: str) -> list[Artist]:
    """A mark at each row from which on another operand decides; its shape says which. Gives the marks' legend.

    A single curve has vertical lines as well, and its legend says where.
    """
    from matplotlib.lines import Line2D

    ink = axes.yaxis.label.get_color()
    names = dict.fromkeys(curve.deciders[at] for curve in curves for at in curve.changes)
    shapes = dict(zip(names, itertools.cycle(_MARKS), strict=False))
    look: dict[str, Any] = {"linestyle": "none", "markersize": 8, "markeredgewidth": 1.8, "color": axes.get_facecolor()}
    for at, curve in enumerate(curves):
        edge = ink if len(curves) == 1 else _CURVES[at % len(_CURVES)]
        for name, shape in shapes.items():
            here = [row for row in curve.changes if curve.deciders[row] == name]
            if here:
                axes.plot(curve.x[here], curve.y[here], **look, marker=shape, markeredgecolor=edge, label=f"_{name}")
    if len(curves) == 1:
        for x in curves[0].x[curves[0].changes]:
            axes.axvline(x, color=_GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0.5, label="_change")
    return [
        Line2D([], [], **look, marker=shape, markeredgecolor=ink, label=_change_label(name, curves, unit))
        for name, shape in shapes.items()
    ]


def _change_label(name: str, curves: Sequence[_Curve], unit: str) -> str:
    """Who decides and, of a single curve, from where on."""
    if len(curves) > 1:
        return f"from here: {name or 'nothing'}"
    places = [curves[0].x[at] for at in curves[0].changes if curves[0].deciders[at] == name]
    where = ", ".join(f"{x:.10g}" for x in places[:6]) + (", …" if len(places) > 6 else "")
    return f"from {where} {_plural(unit)}".rstrip() + f": {name or 'nothing'}"


def _sweep_legend(axes: Axes, curves: Sequence[_Curve], marks: Sequence[Artist]) -> None:
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], **_style(at, len(curves)), label=curve.label) for at, curve in enumerate(curves)]
    first = list(dict.fromkeys(curve.deciders[0] for curve in curves))
    if marks or any(first):
        when = "at first" if marks else "decided by"
        lines += [Line2D([], [], linestyle="none", label=f"{when}: {' or '.join(name or 'nothing' for name in first)}")]
    if len(curves) > 1:
        _beside(axes, [*lines, *marks])
    elif len(lines) > 1:
        look = _SMALL | ({"title": "decided by"} if marks else {"handlelength": 0, "handletextpad": 0})
        _clear_of(axes, axes.legend(handles=[*lines[1:], *marks], loc="upper left", framealpha=1, **look), curves[0])


def _clear_of(axes: Axes, legend: Legend, curve: _Curve) -> None:
    """Raises the upper end of the y axis until the curve runs below the legend."""
    if axes.get_yscale() != "linear":
        return
    _points_of(axes)
    box = legend.get_window_extent().transformed(axes.transAxes.inverted())
    right = axes.transData.inverted().transform(axes.transAxes.transform((box.x1, 0)))[0]
    reached = int(numpy.searchsorted(curve.x, right)) + 1
    low, top = axes.get_ylim()
    highest = curve.y[:reached].max()
    if box.y0 > 0.2 and (highest - low) / (top - low) > box.y0 - 0.03:
        axes.set_ylim(top=low + (highest - low) / (box.y0 - 0.03))
