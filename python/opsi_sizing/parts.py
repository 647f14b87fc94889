"""Studies in parts: each part of a data set is one Parquet file, and a study that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import pathlib
import uuid
from typing import TYPE_CHECKING, Any

from . import _core
from .errors import InputError
from .frames import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

_METADATA = b"opsi_sizing"


def write_part(data: Any | Callable[[], Any], path: str | os.PathLike[str], **arguments: Any) -> pathlib.Path:
    """Evaluates one part of a study and writes its columns and outputs to a Parquet file, unless the file is there.

    data: what evaluate() takes, or a function without arguments that makes it, which is not called where the file is
    there. path: the file; it appears whole or not at all, and its folder is made. arguments: those of evaluate().
    Needs pyarrow. Gives the path.

    Call it for every part, from a loop or from the tasks of an engine such as Dask or Ray; called again after the study
    was stopped, it makes the parts that are missing. The files of a folder are one data set for every Parquet reader.

    >>> import tempfile
    >>> import numpy as np
    >>> import opsi_sizing as sizing
    >>> folder = tempfile.mkdtemp()
    >>> sites = {"clients": np.arange(100, 200)}
    >>> path = sizing.write_part(sites, folder + "/part-0.parquet", outputs=["server.memory"])
    >>> import pyarrow.parquet
    >>> pyarrow.parquet.read_table(path).column_names
    ['clients', 'server.memory']

    Raises InputError as evaluate() does, and where the file was written with other arguments or by another version.
    """
    import pyarrow
    import pyarrow.parquet

    target = pathlib.Path(path)
    made_with = _description(arguments)
    if target.exists():
        found = (pyarrow.parquet.read_schema(target).metadata or {}).get(_METADATA, b"").decode()
        if found != made_with:
            raise InputError(f"{target}: the part is there, made with other arguments: {found or 'unknown ones'}")
        return target
    columns = data() if callable(data) else data
    table = columns if isinstance(columns, pyarrow.Table) else pyarrow.table(columns)
    results = evaluate(table, **arguments)
    for name in results.column_names:
        table = table.append_column(name, results[name])
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _METADATA: made_with.encode()})
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_whole(target, lambda file: pyarrow.parquet.write_table(table, file))
    return target


def _description(arguments: dict[str, Any]) -> str:
    """What the outputs depend on beside the data."""

    def plain(value: Any) -> Any:
        return value.tolist() if hasattr(value, "tolist") else list(value)

    used = {name: value for name, value in arguments.items() if name != "threads" and value is not None}
    return json.dumps({"version": _core.__version__, **used}, default=plain, sort_keys=True)


def _write_whole(target: pathlib.Path, write: Callable[[Any], None]) -> None:
    """Writes beside the target and renames; readers of data sets leave names with a dot in front alone."""
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
