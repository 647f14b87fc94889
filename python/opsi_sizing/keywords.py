"""The model's inputs as the keyword arguments of a function: its signature and its docstring say them all."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from . import _core

Function = TypeVar("Function", bound=Callable[..., object])


def names_of(outputs: str | Iterable[str]) -> list[str]:
    """One name or several as a list."""
    names = [outputs] if isinstance(outputs, str) else list(outputs)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"outputs takes names of quantities, not {type(name).__name__}")
    return names


def own_figures(figures: object) -> dict[str, Any] | None:
    """The figures of a call as the compiled module takes them."""
    if figures is None:
        return None
    if not isinstance(figures, Mapping):
        raise TypeError(f"figures takes a dictionary of names and values, not {type(figures).__name__}")
    return dict(figures)


def with_inputs(function: Function, *, hardware: bool = True) -> Function:
    """Puts the model's inputs in place of the function's ** argument, for help() and for completion."""
    signature = inspect.signature(function)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    names = [name for name, kind in _core.keywords().items() if hardware or kind != "resource"]
    _core.register_parameters(function.__name__, [each.name for each in own])
    stated = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names]
    function.__signature__ = signature.replace(parameters=[*own, *stated])  # type: ignore[attr-defined]
    lines = [textwrap.fill(f"{name}: {_core.keyword_help(name)}", 112, subsequent_indent="    ") for name in names]
    listed = textwrap.indent("\n".join(lines), "    ")
    title = "Inputs and hardware" if hardware else "Inputs"
    function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n{title}:\n{listed}\n"
    return function
