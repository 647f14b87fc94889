"""The binary of the command line, which the package is held against; the environment variable OPSI_SIZING names it."""

from __future__ import annotations

import functools
import json
import os
import pathlib
import subprocess
from typing import Any

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITES = {path.stem: str(path) for path in sorted((ROOT / "data/sites").glob("*.toml"))}
BINARY = os.path.abspath(os.environ.get("OPSI_SIZING", "")) if os.environ.get("OPSI_SIZING") else ""
needs_binary = pytest.mark.skipif(not BINARY, reason="OPSI_SIZING names no binary to compare with")


@functools.cache
def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A call of the binary in the repository's root."""
    command = [BINARY, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def says(*arguments: str) -> str:
    """What the binary prints; it may find that hardware falls short, but not refuse."""
    done = run(*arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def json_of(*arguments: str) -> dict[str, Any]:
    return unstamped(json.loads(says(*arguments, "--format", "json")))


def unstamped(document: dict[str, Any]) -> dict[str, Any]:
    """Without the day and the words of the call."""
    return {key: value for key, value in document.items() if key not in ("date", "command")}


def without_origins(value: Any) -> Any:
    """Without the places of statements: an argument stands elsewhere than a flag."""
    if isinstance(value, dict):
        return {k: without_origins(v) for k, v in value.items() if k not in ("from", "opsi_from", "note")}
    return [without_origins(item) for item in value] if isinstance(value, list) else value


def unstamped_text(text: str) -> str:
    """A report for people, or CSV, without the paragraph, or the rows, that name the call and the day."""
    lines = [line for line in text.splitlines() if not line.startswith((",about,date,", ",about,command,"))]
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(each for each in paragraphs if "opsi-sizing 0." not in each)


def flags(stated: dict[str, Any]) -> list[str]:
    """The keyword arguments of a call as the flags of the command line."""
    words: list[str] = []
    for name, value in stated.items():
        if name == "figures":
            for figure, number in value.items():
                words += ["--set", f"{figure}={number}"]
        elif isinstance(value, bool):
            words += [flag_of(name), "yes" if value else "no"]
        elif isinstance(value, (list, tuple, set)):
            words += [flag_of(name), ",".join(value)]
        else:
            words += [flag_of(name), str(value)]
    return words


def flag_of(keyword: str) -> str:
    return "--" + keyword.replace("_", "-").replace(".", "-")


def keyword_of(flag: str) -> str:
    return flag.removeprefix("--").replace("-", "_")
