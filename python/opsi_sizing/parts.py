"""Studies in parts: each part of a data set is one Parquet file, and a study that was stopped goes on where it was."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING, Any

from . import _core
from .errors import InputError
from .frames import with_outputs
from .keywords import figure_values

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable

_METADATA = b"opsi_sizing"


def write_part(data: Any | Callable[[], Any], path: str | os.PathLike[str], **arguments: Any) -> pathlib.Path:
    """Evaluates one part of a study and writes its columns and outputs to a Parquet file, unless the file is there.

    data: a frame, an Arrow table or a dictionary of arrays, or a function without arguments that makes it, which is
    not called where the file is there. path: the file, of which others see all or nothing; its folder is made.
    arguments: those of evaluate(). Needs pyarrow. Gives the path.

    Call it for every part, from a loop or from the tasks of an engine such as Dask or Ray; called again after the study
    was stopped, it makes the parts that are missing. The files of a folder are one data set for every Parquet reader.

    >>> import tempfile
    >>> import numpy as np
    >>> import opsi_sizing as sizing
    >>> folder = tempfile.TemporaryDirectory()
    >>> sites = {"clients": np.arange(100, 200)}
    >>> path = sizing.write_part(sites, folder.name + "/part-0.parquet", outputs=["server.memory"])
    >>> import pyarrow.parquet
    >>> pyarrow.parquet.read_table(path).column_names
    ['clients', 'server.memory']

    Raises InputError as evaluate() does, and where the file was written with other arguments or by another version.
    """
    import pathlib

    if "://" in os.fspath(path):
        raise InputError(f"{os.fspath(path)}: not a file's path; an address is not understood")
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ImportError('studies in parts need pyarrow: pip install "opsi-sizing[parquet]"') from error
    target = pathlib.Path(path)
    outputs = arguments.get("outputs")
    if outputs is not None:
        arguments["outputs"] = [outputs] if isinstance(outputs, str) else list(outputs)
    if arguments.get("figures") is not None:
        arguments["figures"] = figure_values(arguments["figures"])
    made_with = _description(arguments)
    if target.exists():
        _check_made_with(target, made_with)
        return target
    table = with_outputs(_table_of(data() if callable(data) else data), **arguments)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _METADATA: made_with.encode()})
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_whole(target, lambda file: pyarrow.parquet.write_table(table, file))
    _check_made_with(target, made_with)
    return target


def _table_of(data: Any) -> Any:
    import pyarrow

    if isinstance(data, pyarrow.Table):
        return data
    try:
        return pyarrow.table(data)
    except (TypeError, pyarrow.ArrowInvalid) as error:
        raise TypeError(
            "write_part() takes a frame, an Arrow table, a dictionary of one-dimensional arrays or a function that "
            f"makes one of them, not {type(data).__name__}: {error}"
            + (": collect() it" if hasattr(data, "collect") else "")
        ) from None


def _check_made_with(target: pathlib.Path, made_with: str) -> None:
    import pyarrow
    import pyarrow.parquet

    try:
        with target.open("rb") as file:
            found = (pyarrow.parquet.read_schema(file).metadata or {}).get(_METADATA, b"").decode()
    except (pyarrow.ArrowInvalid, IsADirectoryError):
        raise InputError(f"{target}: is there and is no Parquet file") from None
    if found != made_with:
        raise InputError(f"{target}: the part is there, made with other arguments: {found or 'unknown ones'}")


def _description(arguments: dict[str, Any]) -> str:
    """What the outputs depend on beside the data."""
    import json

    def plain(value: Any) -> Any:
        if hasattr(value, "tolist"):
            return value.tolist()
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        return float(value) if hasattr(value, "__float__") else list(value)

    used = {name: value for name, value in arguments.items() if name != "threads" and value is not None}
    return json.dumps({"version": _core.__version__, **used}, default=plain, sort_keys=True)


def _write_whole(target: pathlib.Path, write: Callable[[Any], None]) -> None:
    """Writes a file without a name and names it when it is whole: one that is stopped leaves nothing behind.

    Of several writers of one target the first stays.
    """
    try:
        unnamed = os.open(target.parent, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
            raise
        _write_beside(target, write)  # on file systems without such files, as NFS
        return
    with os.fdopen(unnamed, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            # A folder is stated for the sake of linkat(), which follows the link; it is not used.
            os.link(f"/proc/self/fd/{file.fileno()}", target, src_dir_fd=file.fileno(), follow_symlinks=True)


def _write_beside(target: pathlib.Path, write: Callable[[Any], None]) -> None:
    """Writes beside the target and renames; most readers of data sets leave names with a dot in front alone."""
    import uuid

    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
