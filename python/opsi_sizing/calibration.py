"""Own figures from measurements, of a file or of the columns of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import _core
from .keywords import names_of, own_figures, with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike
    from typing_extensions import Unpack

    from ._stated import Stated
    from .keywords import AnyPath, AnySite, Figures


@with_inputs
def calibrate(
    data: AnyPath | Mapping[str, ArrayLike] | Any,
    *,
    x: str,
    y: str,
    where: str | Iterable[str] = (),
    unit: str | None = None,
    x_unit: str | None = None,
    model: str | None = None,
    fit: str = "least-squares",
    confidence: float = 95,
    at: float | None = None,
    site: AnySite | None = None,
    quantity: str | None = None,
    slope_figure: str | None = None,
    base_figure: str | None = None,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Calibration | _core.ThroughputCalibration:
    """A site's own figures from measurements: a line, how sure it is, and a file of figures for plan().

    data: the path of a CSV file with a header, such as `opsi-sizing observe` writes; a mapping of columns of the same
    length; a pandas or Polars frame or an Arrow table. x, y: the columns of the sizes and of what was measured. where:
    conditions such as "state=idle" or "connections<=100", which all hold. unit, x_unit: of y and x; by default what
    the column's name says (_kib, _mb, _ms, ...). A row without a value is left out and counted.

    model: "line", or "usl", the Universal Scalability Law; by default "usl" for a throughput over workers. fit:
    "least-squares", or "huber": figures and prediction from the robust line. confidence: of the intervals, in percent.
    at: the size of x to answer at; or that of a plan: site and what is stated, as for plan(), and `quantity`, the
    quantity of the plan that x is. slope_figure, base_figure: the figures to make of slope and base; their range is 5 %
    to 95 % by Student's t.

    Where the data carry no line (R² below 0.9, a curve, no slope) `usable` is False, and no figure is made.

    >>> import opsi_sizing as sizing
    >>> samba = sizing.calibrate(
    ...     "data/measurements/samba_memory.csv", x="connections", y="pss_kib", where="state=idle",
    ...     slope_figure="samba.memory_idle_connection", at=130,
    ... )
    >>> print(f"{samba.slope:.0f} ± {samba.slope_stderr:.0f} {samba.y_unit}, R² {samba.r2:.4f}, {samba.n} rows")
    743 ± 4 KiB, R² 0.9990, 33 rows
    >>> samba.figures
    {'samba.memory_idle_connection': 0.7605593278217595}
    >>> sizing.plan(clients=500, figures=samba.figures)["samba.memory_measured_idle"].text
    '62.23 MB'

    Raises InputError for a column or a condition that is not there, with file and line (of columns: the row) for a cell
    that is no number, for too few rows, for a size beyond three times the largest, and for a figure of another unit.
    """
    how = {
        "x": x,
        "y": y,
        "where": names_of(where, "where takes conditions such as 'state=idle'"),
        "unit": unit,
        "x_unit": x_unit,
        "model": model,
        "fit": fit,
        "confidence": confidence,
        "at": at,
        "site": site,
        "quantity": quantity,
        "slope_figure": slope_figure,
        "base_figure": base_figure,
        "server": server,
        "opsi": opsi,
        "figures": own_figures(figures),
        "stated": dict(stated),
    }
    call = _call(data, how)
    table: Any = data
    names = _names(table)
    if names is None:
        return _core.calibrate_file(table, how, call)
    used = {x, y, *_core.condition_columns(how["where"])}
    cells = {str(name): _cells(table[name]) for name in names if name in used}
    return _core.calibrate_columns([str(name) for name in names], cells, how, call)


def _call(data: Any, how: dict[str, Any]) -> str:
    """What the call says, for the stamp."""
    usual = {"fit": "least-squares", "confidence": 95, "where": [], "stated": {}}
    said = {name: value for name, value in how.items() if value is not None and value != usual.get(name)}
    said |= {name: value for name, value in said.pop("stated", {}).items() if value is not None}
    shown = repr(str(data)) if _names(data) is None else "data"
    return f"opsi_sizing.calibrate({', '.join([shown, *(f'{name}={value!r}' for name, value in said.items())])})"


def _names(data: Any) -> list[Any] | None:
    """The columns of a table; None of a path."""
    if isinstance(data, Mapping):
        return list(data)
    for attribute in ("column_names", "columns"):
        names = getattr(data, attribute, None)
        if names is not None:
            return list(names)
    return None


def _cells(column: Any) -> list[str]:
    """A column's values as a file would have them."""
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, method):
            column = getattr(column, method)()
            break
    return [_cell(value) for value in column]


def _cell(value: Any) -> str:
    try:
        return "" if value is None or bool(value != value) else str(value)
    except (TypeError, ValueError):  # pandas' NA is neither equal nor different
        return ""
