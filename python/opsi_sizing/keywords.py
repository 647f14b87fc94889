"""The model's inputs as the keyword arguments of a function: its signature and its docstring say them all."""

from __future__ import annotations

import functools
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from . import _core

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from typing import TypeAlias

    from numpy.typing import ArrayLike

    AnyPath: TypeAlias = str | os.PathLike[str]
    AnySite: TypeAlias = _core.Site | AnyPath
    OwnFigures: TypeAlias = Mapping[str, float | str | Sequence[tuple[float, float]]]
    Figures: TypeAlias = OwnFigures | AnyPath | Sequence[OwnFigures | AnyPath]
    Routine: TypeAlias = Mapping[str, float | str | os.PathLike[str] | None] | str
    Routines: TypeAlias = Routine | Sequence[Routine]
    FigureArrays: TypeAlias = Mapping[str, ArrayLike] | AnyPath | Sequence[Mapping[str, ArrayLike] | AnyPath]

Function = TypeVar("Function", bound=Callable[..., object])


def names_of(outputs: str | Iterable[str], takes: str = "outputs takes names of quantities") -> list[str]:
    """One name or several as a list."""
    names = [outputs] if isinstance(outputs, str) else list(outputs)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{takes}, not {type(name).__name__}")
    return names


def own_figures(figures: object) -> Any:
    """The figures of a call as the compiled module takes them; it refuses what is none."""
    if isinstance(figures, Mapping):
        return dict(figures)
    return [own_figures(each) for each in figures] if isinstance(figures, (list, tuple)) else figures


def own_routines(routines: object) -> Any:
    """The routines of a call as the compiled module takes them; it refuses what is none."""
    if isinstance(routines, Mapping):
        return dict(routines)
    return [own_routines(each) for each in routines] if isinstance(routines, (list, tuple)) else routines


def figure_values(figures: object) -> dict[str, Any] | None:
    """The same by name, those of files too: what is evaluated by partition needs no file then."""
    own = own_figures(figures)
    if isinstance(own, list):
        return {name: value for each in own for name, value in (figure_values(each) or {}).items()}
    return own if own is None or isinstance(own, dict) else _core.figures_of_file(own)


@functools.cache
def _stated(hardware: bool) -> tuple[list[inspect.Parameter], str]:
    """The inputs as parameters and as a part of a docstring; the same for every function."""
    names = [name for name, kind in _core.keywords().items() if hardware or kind != "resource"]
    lines = [textwrap.fill(f"{name}: {_core.keyword_help(name)}", 112, subsequent_indent="    ") for name in names]
    title = "Inputs and hardware" if hardware else "Inputs"
    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names]
    return parameters, f"{title}:\n{textwrap.indent(chr(10).join(lines), '    ')}\n"


def with_inputs(function: Function, *, hardware: bool = True) -> Function:
    """Puts the model's inputs in place of the function's ** argument, for help() and for completion."""
    signature = inspect.signature(function)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    _core.register_parameters(function.__name__, [each.name for each in own])
    stated, listed = _stated(hardware)
    function.__signature__ = signature.replace(parameters=[*own, *stated])  # type: ignore[attr-defined]
    function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n{listed}"
    return function
