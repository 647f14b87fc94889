"""Random sites for the tests of evaluate(), and what they are held against: plan() and the command line."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import opsi_sizing as sizing
import pytest
from hypothesis import strategies as st

RULE_SETS = tuple(sizing.rule_sets())
INPUTS = {each.keyword: each for each in sizing.Model().inputs.values()}
BATCH = 8192  # rows that are checked and evaluated together

Row = Mapping[str, float]


def outputs_of(opsi: str | None = None) -> list[str]:
    """All that can be asked for: the inputs, which may be defaults, and the quantities."""
    model = sizing.Model(opsi)
    return [*model.inputs, *model.quantities]


def values_of(keyword: str) -> st.SearchStrategy[float]:
    """All that the input allows; small values and the steps of the rules often."""
    each = INPUTS[keyword]
    if each.yes_no:
        return st.sampled_from([0.0, 1.0])
    low, high = each.low, each.high
    steps = [step for step in (low, 1, 2, 19, 20, 21, 100, 499, 500, 501, 1000, 2000, 4001, high) if step <= high]
    if each.whole:
        near = st.integers(0, 5000).filter(lambda value: value <= high)
        return st.one_of(st.sampled_from(steps), near, st.integers(int(low), int(high))).map(float)
    return st.one_of(st.sampled_from([float(step) for step in steps]), st.floats(low, high, allow_subnormal=False))


def has_role(row: Row) -> bool:
    """plan() refuses a server that is neither config nor depot server."""
    return bool(row.get("role_config", 1) or row.get("role_depot", 1))


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 12, least_rows: int = 0) -> dict[str, np.ndarray]:
    """Columns of one length: the clients and any others."""
    names = ["clients", *draw(st.lists(st.sampled_from([k for k in INPUTS if k != "clients"]), unique=True))]
    row = st.fixed_dictionaries({name: values_of(name) for name in names}).filter(has_role)
    rows = draw(st.lists(row, min_size=least_rows, max_size=most_rows))
    return {name: np.array([row[name] for row in rows]) for name in names}


def random_columns(rows: int, seed: int) -> dict[str, np.ndarray]:
    """Columns of all inputs, every row with a role."""
    random = np.random.default_rng(seed)
    columns = {}
    for name, each in INPUTS.items():
        high = int(each.high)
        wide = random.integers(0, high, rows, endpoint=True)
        columns[name] = np.where(random.random(rows) < 0.7, wide % min(high + 1, 3000), wide).astype(float)
        if not each.whole:
            columns[name] += np.where(columns[name] < high, random.random(rows), 0)
    columns["role_depot"] = np.maximum(columns["role_depot"], 1 - columns["role_config"])
    return columns


def rows_of(columns: Mapping[str, Iterable[float]]) -> list[dict[str, float]]:
    lists = [np.asarray(column).tolist() for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def planned(rows: Iterable[Row], outputs: Iterable[str], **question: Any) -> dict[str, np.ndarray]:
    """What plan() says of each row."""
    outputs = list(outputs)
    quantities = [sizing.plan(**question, **row).quantities for row in rows]
    return {name: np.array([each[name].value for each in quantities], dtype=float) for name in outputs}


def same_bits(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both hold the same columns, to the last bit: so 0 is not -0 here."""
    if list(one) != list(other):
        return False
    pairs = [(np.asarray(one[name], dtype=float), np.asarray(other[name], dtype=float)) for name in one]
    return all(a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in pairs)


def binary() -> str:
    """The command line's path; skips where there is none."""
    beside = pathlib.Path(sys.executable).parent / "opsi-sizing"
    path = os.environ.get("OPSI_SIZING") or shutil.which(str(beside))
    if not path:
        pytest.skip("no opsi-sizing to ask: neither OPSI_SIZING nor a console script beside the interpreter")
    return os.path.abspath(path)


def flags_of(row: Row) -> list[str]:
    """A row as the command line takes it."""
    flags = []
    for name, value in row.items():
        each = INPUTS[name]
        word = ("yes" if value else "no") if each.yes_no else str(int(value)) if each.whole else repr(value)
        flags += ["--" + name.replace("_", "-"), word]
    return flags


def command_line(*arguments: str) -> Any:
    """The answer of a command in JSON."""
    command = [binary(), *arguments, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
