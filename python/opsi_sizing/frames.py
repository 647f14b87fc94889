"""Evaluation of many sites at once: arrays, frames and Arrow tables in, the same kind out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from . import _core
from .errors import InputError
from .keywords import with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy
    from numpy.typing import ArrayLike
    from typing_extensions import Unpack

    from ._stated import StatedArrays

    Frame = TypeVar("Frame")


class Columns(dict[str, "numpy.ndarray[Any, numpy.dtype[numpy.float64]]"]):
    """Arrays by name, in the order of the outputs; any Arrow library takes them without copying."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return _core.arrow_stream(list(self), list(self.values()))


@overload
def evaluate(
    data: None = None,
    *,
    outputs: Iterable[str] | None = None,
    opsi: str | None = None,
    figures: Mapping[str, ArrayLike] | None = None,
    threads: int = 1,
    out: Mapping[str, numpy.ndarray[Any, Any]] | None = None,
    **stated: Unpack[StatedArrays],
) -> Columns: ...
@overload
def evaluate(
    data: Frame,
    *,
    outputs: Iterable[str] | None = None,
    opsi: str | None = None,
    figures: Mapping[str, ArrayLike] | None = None,
    threads: int = 1,
    **stated: Unpack[StatedArrays],
) -> Frame: ...
@partial(with_inputs, hardware=False)
def evaluate(
    data: Any = None,
    *,
    outputs: Iterable[str] | None = None,
    opsi: str | None = None,
    figures: Mapping[str, ArrayLike] | None = None,
    threads: int = 1,
    out: Mapping[str, numpy.ndarray[Any, Any]] | None = None,
    **stated: Any,
) -> Any:
    """Quantities of many sites of one server each: one row, one site. Bit for bit what plan() gives for each.

    Inputs are numbers or arrays of any shape that broadcasts; the answer is a dictionary of arrays of that shape in
    float64, in the units of the model, or of floats where every input is a number. Contiguous float64 arrays are read
    where they are; others a block at a time. The interpreter's lock is released.

    data: a pandas or Polars frame, an Arrow table or anything with Arrow's PyCapsule interface, whose columns are
    named as the inputs (samba.connections or samba_connections); other columns are left alone. The answer is then of
    the same kind, with one column for each output (of an unknown Arrow library: a dictionary that it can read). A
    Dask frame or a Ray data set is evaluated by partition when it is computed.

    outputs: names of quantities, by default workers, memory and cores; opsi: the rule set; figures: own figures by name,
    numbers or arrays; threads: 0 for all cores; out: without data, the answer of an earlier call of the same shape, to
    be overwritten: fresh memory costs more than the arithmetic.

    >>> import numpy as np
    >>> import opsi_sizing as sizing
    >>> sizing.evaluate(clients=np.array([500, 1000, 1500]), outputs=["server.cores", "server.memory"])
    {'server.cores': array([2., 4., 6.]), 'server.memory': array([2283.77631579, 2978.44736842, 3726.33105263])}

    Raises InputError for a value that is not allowed, with its row and column as attributes, and for arrays that do not
    broadcast; TypeError for an unknown keyword. Nothing is returned then.
    """
    wanted = None if outputs is None else [outputs] if isinstance(outputs, str) else list(outputs)
    if data is None:
        own = dict(figures) if figures else None
        return Columns(_core.evaluate(stated, wanted, opsi, own, threads, out=None if out is None else dict(out)))
    if out is not None:
        raise TypeError("evaluate() takes out= for arrays, not beside data")
    arguments = {"outputs": wanted, "opsi": opsi, "figures": figures, "threads": threads, **stated}
    library = type(data).__module__.partition(".")[0]
    if hasattr(data, "items") and hasattr(data, "keys") and not hasattr(data, "columns"):
        return _of_mapping(data, arguments)
    if library.startswith("dask") and hasattr(data, "map_partitions"):
        return _of_dask(data, arguments)
    if library == "ray" and hasattr(data, "map_batches"):
        return data.map_batches(evaluate, fn_kwargs=arguments, batch_format="pyarrow", zero_copy_batch=True)
    if library == "pandas" and hasattr(data, "columns"):
        return _of_pandas(data, arguments)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _of_arrow(data, library, arguments)
    raise TypeError(
        "evaluate() takes a frame, an Arrow table, a dictionary of arrays or keyword arguments, "
        f"not {type(data).__name__}" + (": collect() it first" if hasattr(data, "collect") else "")
    )


def _of_mapping(data: Mapping[str, ArrayLike], arguments: dict[str, Any]) -> Any:
    for name in data:
        if arguments.get(name) is not None:
            raise InputError(f"{name}: given twice, in the data and as an argument")
    return evaluate(**{**data, **arguments})


def _of_dask(data: Any, arguments: dict[str, Any]) -> Any:
    import pandas

    outputs = arguments["outputs"] or _core.default_outputs(arguments["opsi"])
    meta = pandas.DataFrame({name: pandas.Series(dtype="float64") for name in outputs})
    return data.map_partitions(evaluate, meta=meta, **arguments)


def _of_pandas(data: Any, arguments: dict[str, Any]) -> Any:
    import pandas

    names = [str(name) for name in data.columns]
    numeric = [getattr(dtype, "kind", "O") in "iufb" for dtype in data.dtypes]
    inputs = _core.input_columns(names, numeric)
    columns = {name: data.iloc[:, at] for at, name in enumerate(names) if name in inputs}
    arrays = {
        name: column.to_numpy(dtype="float64", na_value=float("nan"))
        if pandas.api.types.is_extension_array_dtype(column.dtype) and getattr(column.dtype, "kind", "O") in "iufb"
        else column.to_numpy()
        for name, column in columns.items()
    }
    return pandas.DataFrame(_of_columns(arrays, len(data), arguments), index=data.index, copy=False)


def _of_arrow(data: Any, library: str, arguments: dict[str, Any]) -> Any:
    import numpy

    table = _core.ArrowColumns(data)
    inputs = _core.input_columns(table.names, table.numeric)
    chosen = [(at, name) for at, name in enumerate(table.names) if name in inputs]
    outputs = arguments["outputs"] or _core.default_outputs(arguments["opsi"])
    results = Columns({name: numpy.empty(table.rows) for name in outputs})
    start = 0
    for batch, rows in enumerate(table.batches):
        arrays = {name: table.column(batch, at, name, start) for at, name in chosen}
        part = slice(start, start + rows)
        out = {name: column[part] for name, column in results.items()}
        _of_columns(arrays, rows, arguments, out, part, table.rows)
        start += rows
    if library == "polars":
        import polars

        return polars.DataFrame(results)
    if library == "pyarrow":
        import pyarrow

        return pyarrow.table(results)
    return results


def _of_columns(
    arrays: dict[str, Any],
    rows: int,
    arguments: dict[str, Any],
    out: dict[str, Any] | None = None,
    part: slice = slice(None),
    all_rows: int | None = None,
) -> Columns:
    """The columns of a frame, or of its part from row part.start on, with what the arguments state beside them."""
    import numpy

    stated = dict(arguments)
    outputs, opsi, figures, threads = (stated.pop(name) for name in ("outputs", "opsi", "figures", "threads"))

    def in_part(value: Any) -> Any:
        whole = all_rows is not None and numpy.ndim(value) == 1 and len(value) == all_rows
        return value[part] if whole else value

    for name in stated:
        if name in arrays and stated[name] is not None:
            raise InputError(f"{name}: given twice, in the data and as an argument")
    given = {**{name: in_part(value) for name, value in stated.items()}, **arrays}
    figures = figures and {name: in_part(value) for name, value in figures.items()}
    return Columns(_core.evaluate(given, outputs, opsi, figures, threads, [rows], out, part.start or 0))
