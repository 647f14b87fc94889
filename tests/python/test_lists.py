"""The tables that the product holds, and the documents that it prints from the model: those of the command line."""

from __future__ import annotations

import csv
import io
import json

import opsi_sizing as sizing
import pytest
from binary import ROOT, json_of, needs_binary, run, says, unstamped, unstamped_text

LISTS = {
    "figures": (sizing.figures, {}, []),
    "two figures": (
        lambda: sizing.figures("samba.margin", "samba.base_memory"),
        {},
        ["samba.margin", "samba.base_memory"],
    ),
    "sources": (sizing.sources, {}, []),
    "ports": (sizing.ports, {}, []),
    "ports of 4.3": (sizing.ports, {"opsi": "4.3"}, []),
    "ports of 4.3 into depots": (sizing.ports, {"opsi": "4.3", "role": "depot", "direction": "in"}, []),
    "ports out of clients": (sizing.ports, {"opsi": "4.1", "role": "client", "direction": "out"}, []),
    "ports on the host": (sizing.ports, {"role": "config", "direction": "local"}, []),
    "distributions": (sizing.distributions, {}, []),
    "distributions of 4.3": (sizing.distributions, {"opsi": "4.3"}, []),
    "distributions debian": (lambda: sizing.distributions("debian 12"), {}, ["debian", "12"]),
    "distributions ubuntu": (
        lambda **stated: sizing.distributions("Ubuntu 20.04", **stated),
        {"opsi": "4.3"},
        ["Ubuntu 20.04"],
    ),
}


def asked(name: str) -> tuple[sizing.Table, str, list[str]]:
    ask, stated, operands = LISTS[name]
    command = {"two": "figures"}.get(name.split()[0], name.split()[0])
    options = [word for key, value in stated.items() for word in (f"--{key}", value)]
    return ask(**stated), command, [command, *operands, *options]


@needs_binary
@pytest.mark.parametrize("name", LISTS)
def test_the_rows_are_those_of_the_command_line(name):
    table, command, arguments = asked(name)
    document = json_of(*arguments)
    rows = [{key: value or None for key, value in row.items()} for row in table]
    assert rows == [{key: value or None for key, value in row.items()} for row in document[command]]
    assert table.columns == list(document[command][0]) if document[command] else table.columns
    assert len(table) == len(document[command])
    assert unstamped(table.to_dict()) == document
    for format, text in {"text": table.to_text(), "markdown": table.to_markdown(), "csv": table.to_csv()}.items():
        assert unstamped_text(text) == unstamped_text(says(*arguments, "--format", format)), format


@needs_binary
@pytest.mark.parametrize("name", [name for name in LISTS if name.startswith("distributions ")])
def test_what_is_supported_is_the_exit_code(name):
    table, _, arguments = asked(name)
    assert table.supported is (run(*arguments).returncode == 0)


def test_the_tables_are_those_of_the_repository():
    with (ROOT / "data/tables/figures.csv").open() as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert [row["key"] for row in sizing.figures()] == keys
    assert [row["key"] for row in csv.DictReader(io.StringIO(sizing.figures().to_csv()))] == keys
    with (ROOT / "data/tables/sources.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in sizing.sources()] == [row["id"] for row in rows]


@pytest.mark.parametrize("name", LISTS)
def test_a_table_is_a_sequence_of_rows(name):
    table, _, _ = asked(name)
    rows = list(table)
    assert len(rows) == len(table) > 0
    assert table[-1] == rows[-1] == table[len(table) - 1] and table[0] == rows[0]
    assert all(list(row) == table.columns for row in rows)
    for index in (len(table), -len(table) - 1, 10**9):
        with pytest.raises(IndexError):
            table[index]
    assert rows[0] in table and list(reversed(table)) == rows[::-1]
    assert repr(table) == f"<Table {asked(name)[1]}: {len(table)} rows>"


def test_a_row_is_a_copy():
    sizing.figures()[0]["value"] = "other"
    table = sizing.figures()
    table[0].clear()
    assert table[0]["value"] == 2


@pytest.mark.parametrize("part", [slice(0, 3), slice(-2, None, -1)])
def test_a_table_is_sliced_like_a_list(part):
    table = sizing.figures()
    assert list(table[part]) == list(table)[part]


@pytest.mark.parametrize("name", ["figures", "ports", "distributions"])
def test_pandas_makes_a_frame_of_a_table(name):
    pandas = pytest.importorskip("pandas")
    table, _, _ = asked(name)
    frame = pandas.DataFrame(table)
    assert frame.shape == (len(table), len(table.columns)) and frame.columns.tolist() == table.columns


def test_tables_are_asked_for_what_there_is():
    for ask in (
        lambda: sizing.figures("samba.margn"),
        lambda: sizing.ports(opsi="4.4"),
        lambda: sizing.ports(role="depo"),
        lambda: sizing.ports(direction="up"),
        lambda: sizing.distributions("plan 9"),
        lambda: sizing.distributions(opsi="3.0"),
        lambda: sizing.method("4.4"),
        lambda: sizing.schema("sites"),
        lambda: sizing.site_template(-1),
        lambda: sizing.site_template(1.5),
    ):
        with pytest.raises(sizing.InputError) as caught:
            ask()
        assert caught.value.key and caught.value.problem
    with pytest.raises(sizing.InputError, match=r"'samba\.margin'"):
        sizing.figures("samba.margn")


def test_the_day_is_what_end_of_life_is_held_against():
    # The end of life of Debian 11 is 2024-07-01 in data/tables/end_of_life.csv.
    early, late = (sizing.distributions("debian 11", date=day) for day in ("2024-06-30", "2024-07-02"))
    assert early.to_text() != late.to_text()
    for wrong in ("yesterday", "2026-13-01", "2026-1-1", "20260101"):
        with pytest.raises(sizing.InputError) as caught:
            sizing.distributions("debian 11", date=wrong)
        assert caught.value.key == "date"


@needs_binary
@pytest.mark.parametrize("opsi", [None, "4.1", "4.2", "4.3"])
def test_the_method_is_that_of_the_command_line(opsi):
    printed = says("method", "--format", "markdown", *(["--opsi", opsi] if opsi else []))
    assert unstamped_text(sizing.method(opsi)) == unstamped_text(printed)
    assert len(unstamped_text(printed)) > 10_000


@needs_binary
@pytest.mark.parametrize("of", ["site", "plan"])
def test_a_schema_is_that_of_the_command_line(of):
    assert sizing.schema(of) == json.loads(says("schema", of))


@needs_binary
@pytest.mark.parametrize("clients", [0, 1, 250, 10_000_000])
def test_the_site_template_is_that_of_the_command_line(clients):
    assert sizing.site_template(clients) == says("init", "--clients", str(clients))


@needs_binary
def test_the_site_template_has_the_default_of_the_command_line():
    assert sizing.site_template() == says("init")


def test_documents_keep_their_schemas():
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(sizing.schema("plan"))
    for stated in ({"clients": 5}, {"clients": 900, "memory": "1 GB", "cores": 1}, {"clients": 20000, "opsi": "4.3"}):
        validator.validate(sizing.plan(**stated).to_dict())
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"format": 1})
