"""Evaluation of many sites at once: arrays, frames and Arrow tables in, the same kind out."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from . import _core
from .errors import refused
from .keywords import figure_values, names_of, with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy
    from typing_extensions import Unpack

    from ._stated import StatedArrays
    from .keywords import FigureArrays

    Frame = TypeVar("Frame")


class Columns(dict[str, "numpy.ndarray[Any, numpy.dtype[numpy.float64]]"]):
    """Arrays by name, in the order of the outputs; any Arrow library takes them without copying."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        for column in self.values():  # who takes them relies on their staying as they are
            column.flags.writeable = False
        return _core.arrow_stream(list(self), list(self.values()))


@overload
def evaluate(
    data: None = None,
    *,
    outputs: str | Iterable[str] | None = None,
    opsi: str | None = None,
    figures: FigureArrays | None = None,
    threads: int = 1,
    out: Mapping[str, numpy.ndarray[Any, Any]] | None = None,
    **stated: Unpack[StatedArrays],
) -> Columns: ...
@overload
def evaluate(
    data: Frame,
    *,
    outputs: str | Iterable[str] | None = None,
    opsi: str | None = None,
    figures: FigureArrays | None = None,
    threads: int = 1,
    **stated: Unpack[StatedArrays],
) -> Frame: ...
@partial(with_inputs, hardware=False)
def evaluate(
    data: Any = None,
    *,
    outputs: str | Iterable[str] | None = None,
    opsi: str | None = None,
    figures: FigureArrays | None = None,
    threads: int = 1,
    out: Mapping[str, numpy.ndarray[Any, Any]] | None = None,
    **stated: Any,
) -> Any:
    """Quantities of many sites of one server each: one row, one site. Bit for bit what plan() gives for each.

    Inputs are numbers or arrays of any shape that broadcasts; the answer is a dictionary of arrays of that shape in
    float64, in the units of the model, or of floats where every input is a number. Contiguous float64 arrays are read
    where they are, others a block at a time (half and long doubles and foreign byte orders are converted first). The
    interpreter's lock is released.

    data: a pandas or Polars frame, an Arrow table or anything with Arrow's PyCapsule interface, whose columns are
    named as the inputs (samba.connections or samba_connections); other columns are left alone. The answer is then of
    the same kind, with one column for each output (of an unknown Arrow library: a dictionary that it can read). A
    Dask frame or a Ray data set is evaluated by partition when it is computed; the rest is then numbers, and a row in
    an error is one of a partition. A Ray data set, whose rows have no index and no fixed order, keeps its own columns.

    outputs: names of quantities, by default workers, memory and cores; opsi: the rule set; figures: own figures by
    name, numbers or arrays, or a file of them as for plan(); threads: 0 for all cores; out: without data, the answer of
    an earlier call of the same shape, to be overwritten: fresh memory costs more than the arithmetic (after an error
    its values mean nothing).

    >>> import numpy as np
    >>> import opsi_sizing as sizing
    >>> sizing.evaluate(clients=np.array([500, 1000, 1500]), outputs=["server.cores", "server.memory"])
    {'server.cores': array([2., 4., 6.]), 'server.memory': array([2000.  , 2619.55, 3699.38])}

    Raises InputError for a value that is not allowed, with its row and column as attributes, and for arrays that do not
    broadcast; TypeError for an unknown keyword. Nothing is returned then.
    """
    wanted = None if outputs is None else names_of(outputs)
    if not hasattr(threads, "__index__"):
        raise TypeError(f"threads takes a whole number, not {type(threads).__name__}")
    if out is not None and not isinstance(out, Mapping):
        raise TypeError(f"out takes a dictionary of arrays, such as an earlier answer, not {type(out).__name__}")
    cores = min(operator.index(threads), 2**31 - 1)
    own = figure_values(figures)
    if data is None:
        return Columns(_core.evaluate(stated, wanted, opsi, own, cores, out=None if out is None else dict(out)))
    if out is not None:
        raise TypeError("evaluate() takes out= for arrays, not beside data")
    arguments = {"outputs": wanted, "opsi": opsi, "figures": own, "threads": cores}
    arguments |= {name: value for name, value in stated.items() if value is not None}
    if isinstance(data, Mapping):
        _refuse_twice(data, arguments)
        return Columns(_core.evaluate({**stated, **data}, wanted, opsi, own, cores))
    libraries = {kind.__module__.partition(".")[0] for kind in type(data).__mro__}
    if "pandas" in libraries and hasattr(data, "columns"):
        return _of_pandas(data, arguments)
    if "dask" in libraries and hasattr(data, "map_partitions") and hasattr(data, "_meta"):
        return _of_dask(data, arguments)
    if "ray" in libraries and hasattr(data, "map_batches"):
        return _of_ray(data, arguments)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _of_arrow(data, libraries, arguments)
    raise TypeError(
        "evaluate() takes a frame, an Arrow table, a dictionary of arrays or keyword arguments, "
        f"not {type(data).__name__}" + (": collect() it first" if hasattr(data, "collect") else "")
    )


def _of_dask(data: Any, arguments: dict[str, Any]) -> Any:
    _check_for_partitions(arguments)
    # Evaluated without rows it has the columns and types of the answer, and finds what is wrong with the question.
    return data.map_partitions(evaluate, meta=evaluate(data._meta, **arguments), **arguments)


def _of_ray(data: Any, arguments: dict[str, Any]) -> Any:
    _check_for_partitions(arguments)
    evaluate(**{**arguments, "clients": 1})  # finds what is wrong with the question
    return data.map_batches(
        with_outputs, fn_kwargs=arguments, batch_size=None, batch_format="pyarrow", zero_copy_batch=True
    )


def with_outputs(table: Any, **arguments: Any) -> Any:
    """An Arrow table with the outputs as further columns."""
    results = evaluate(table, **arguments)
    for name in results.column_names:
        if name in table.column_names:
            raise refused("outputs", "the data has a column of this name", name, "other names of columns")
        table = table.append_column(name, results[name])
    return table


def _check_for_partitions(arguments: dict[str, Any]) -> None:
    """An array would be taken for the rows of every partition again."""
    for name in _columns_beside(arguments):
        raise refused(name, "an array beside data in partitions", None, "a number, or a column of the data")


def _of_pandas(data: Any, arguments: dict[str, Any]) -> Any:
    import pandas

    names = [str(name) for name in data.columns]
    numeric = [getattr(dtype, "kind", "O") in "iufb" for dtype in data.dtypes]
    inputs = _core.input_columns(names, numeric)
    arrays = {name: _array_of(data.iloc[:, at]) for at, name in enumerate(names) if name in inputs}
    _check_lengths(_columns_beside(arguments), len(data))
    return pandas.DataFrame(_of_columns(arrays, len(data), arguments), index=data.index, copy=False)


def _array_of(column: Any) -> Any:
    """A column of pandas as an array; what is missing in one of a type of pandas' own is not a number."""
    import numpy

    if isinstance(column.dtype, numpy.dtype) or getattr(column.dtype, "kind", "O") not in "iufb":
        return column.to_numpy()
    return column.to_numpy(dtype="float64", na_value=float("nan"))


def _of_arrow(data: Any, libraries: set[str], arguments: dict[str, Any]) -> Any:
    import numpy

    table = _core.ArrowColumns(data)
    inputs = _core.input_columns(table.names, table.numeric)
    chosen = [(at, name) for at, name in enumerate(table.names) if name in inputs]
    beside = _columns_beside(arguments)
    _check_lengths(beside, table.rows)
    results = Columns({name: numpy.empty(table.rows) for name in _outputs_of(arguments)})
    start = 0
    for batch, rows in enumerate(table.batches):
        arrays = {name: table.column(batch, at, name, start) for at, name in chosen}
        part = slice(start, start + rows)
        out = {name: column[part] for name, column in results.items()}
        _of_columns(arrays, rows, _part_of(arguments, beside, part, table.rows), out, start)
        start += rows
    if not table.batches:  # what stands beside the data is checked all the same
        _of_columns({name: numpy.empty(0) for _, name in chosen}, 0, arguments, dict(results))
    if "polars" in libraries:
        import polars

        return polars.DataFrame(results)
    if "pyarrow" in libraries:
        import pyarrow

        return pyarrow.table(results)
    return results


def _of_columns(
    arrays: dict[str, Any], rows: int, arguments: dict[str, Any], out: dict[str, Any] | None = None, start: int = 0
) -> Columns:
    """The columns of a frame, or of its rows from `start` on, with what the arguments state beside them."""
    stated = dict(arguments)
    outputs, opsi, figures, threads = (stated.pop(name) for name in ("outputs", "opsi", "figures", "threads"))
    _refuse_twice(arrays, stated)
    return Columns(_core.evaluate({**stated, **arrays}, outputs, opsi, figures, threads, [rows], out, start))


def _outputs_of(arguments: dict[str, Any]) -> list[str]:
    outputs = arguments["outputs"]
    return _core.default_outputs(arguments["opsi"]) if outputs is None else outputs


def _refuse_twice(data: Mapping[str, Any], arguments: dict[str, Any]) -> None:
    for name in data:
        if name in arguments:
            raise refused(name, "given twice, in the data and as an argument")


def _columns_beside(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments that have a value for each row, figures among them; words of a list are no rows."""
    import numpy

    kinds = _core.keywords()
    beside = {**arguments, **(arguments["figures"] or {})}
    own = ("outputs", "opsi", "figures", "threads")
    rows = {name: value for name, value in beside.items() if name not in own and kinds.get(name) != "group"}

    def is_column(value: Any) -> bool:
        try:
            return not isinstance(value, str) and numpy.ndim(value) == 1
        except ValueError:  # lists of several lengths: refused where they are read
            return False

    return {name: value for name, value in rows.items() if is_column(value)}


def _check_lengths(beside: dict[str, Any], rows: int) -> None:
    for name, value in beside.items():
        if len(value) not in (1, rows):
            raise refused(name, "its length is not that of the data", len(value), f"{rows} values, or one")


def _part_of(arguments: dict[str, Any], beside: dict[str, Any], part: slice, rows: int) -> dict[str, Any]:
    """The arguments for some rows of the data."""
    long = {name: value[part] for name, value in beside.items() if len(value) == rows}
    figures = arguments["figures"]
    cut = {**arguments, **{name: value for name, value in long.items() if name in arguments}}
    cut["figures"] = figures and {name: long.get(name, value) for name, value in figures.items()}
    return cut
