"""The model's inputs as the keyword arguments of a function: its signature and its docstring say them all."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import TypeVar

from . import _core

Function = TypeVar("Function", bound=Callable[..., object])


def with_inputs(function: Function, *, hardware: bool = True) -> Function:
    """Puts the model's inputs in place of the function's ** argument, for help() and for completion."""
    signature = inspect.signature(function)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    names = [name for name, kind in _core.keywords().items() if hardware or kind != "resource"]
    stated = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names]
    function.__signature__ = signature.replace(parameters=[*own, *stated])  # type: ignore[attr-defined]
    lines = [textwrap.fill(f"{name}: {_core.keyword_help(name)}", 112, subsequent_indent="    ") for name in names]
    listed = textwrap.indent("\n".join(lines), "    ")
    title = "Inputs and hardware" if hardware else "Inputs"
    function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n{title}:\n{listed}\n"
    return function
