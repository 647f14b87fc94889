"""Model: the sheet of a rule set, complete, with bounds that hold exactly."""

from __future__ import annotations

import inspect
import math
import re

import opsi_sizing as sizing
import pytest
from binary import ROOT, flag_of, json_of, keyword_of, needs_binary, says

RULE_SETS = ["4.1", "4.2", "4.3"]
ASKED = [sizing.plan, sizing.capacity, sizing.sweep, sizing.evaluate]
HIGHEST = 1e7


def test_the_rule_sets_are_listed():
    assert list(sizing.rule_sets()) == RULE_SETS
    for opsi, title in sizing.rule_sets().items():
        assert sizing.Model(opsi).opsi == opsi and sizing.Model(opsi).title == title
    assert sizing.Model().opsi == "4.2"


@needs_binary
@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_quantities_are_those_of_the_method(opsi):
    rules = json_of("method", "--opsi", opsi)["rules"]
    quantities = sizing.Model(opsi).quantities
    assert list(quantities) == [rule["quantity"] for rule in rules]
    for rule in rules:
        formula = quantities[rule["quantity"]]
        assert [formula.name, formula.unit, formula.formula, formula.about] == [
            rule[key] for key in ("quantity", "unit", "formula", "about")
        ]
        for operand in formula.operands:
            assert operand in formula.formula


@needs_binary
@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_figures_are_those_that_the_rules_use(opsi):
    listed = {row["key"]: row for row in json_of("figures")["figures"]}
    figures = sizing.Model(opsi).figures
    assert list(figures) == [key for key, row in listed.items() if opsi in row["used_by"].split()]
    for name, figure in figures.items():
        row = listed[name]
        assert [figure.name, figure.kind, figure.source, figure.opsi, figure.note] == [
            row[key] or "" for key in ("key", "kind", "source", "opsi", "note")
        ]
        if figure.points:
            assert figure.value is None
            assert row["value"] == "|".join(f"{x:g}:{y:g}" for x, y in figure.points)
        else:
            assert figure.value == row["value"]
        assert (figure.low, figure.high, figure.unit) == (row["low"], row["high"], row["unit"])


@needs_binary
@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_sources_are_those_of_the_list(opsi):
    sources = sizing.Model(opsi).sources
    fields = ("id", "title", "date", "applies_to", "where")
    rows = [{field: getattr(source, field) or None for field in fields} for source in sources.values()]
    listed = json_of("sources")["sources"]
    assert rows == [{field: row[field] or None for field in fields} for row in listed]
    assert all(figure.source in sources for figure in sizing.Model(opsi).figures.values())


@needs_binary
@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_inputs_are_those_of_the_schema_and_of_the_method(opsi):
    inputs = sizing.Model(opsi).inputs
    keys = says("schema", "site")
    assert all(f'"{name.partition(".")[0]}"' in keys for name in inputs)
    page = (ROOT / "docs/method.md").read_text().replace("\\_", "_")
    table = page.partition(f"### Inputs, opsi {opsi}\n")[2].partition("\n###")[0]
    rows = [[cell.strip() for cell in line.split(" | ")] for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row[0].removeprefix("| ") for row in rows] == list(inputs)
    for row, each in zip(rows, inputs.values(), strict=True):
        assert row[2] == each.allowed and row[4].removesuffix(" |") == each.help
        assert row[3].replace("\\", "") == (each.default or "must be stated")


def test_the_schema_has_every_input_with_its_bounds():
    server = sizing.schema("site")["properties"]["server"]["items"]["properties"]
    for name, each in sizing.Model().inputs.items():
        top, _, below = name.partition(".")
        found = server[top]["properties"][below] if below else server[top]
        if not each.yes_no and found.get("type") in ("integer", "number"):
            assert (found["minimum"], found["maximum"]) == (each.low, each.high), name


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_an_input_has_its_keyword(opsi):
    for name, each in sizing.Model(opsi).inputs.items():
        assert each.name == name and each.keyword == name.replace(".", "_")
        assert each.help and each.allowed
        assert each.keyword in repr(each)
    assert sizing.Model(opsi).inputs["clients"].default is None


@pytest.mark.parametrize("opsi", RULE_SETS)
@pytest.mark.parametrize("name", list(sizing.Model().inputs))
def test_bounds_are_enforced_exactly(opsi, name):
    each = sizing.Model(opsi).inputs[name]
    assert each.low == 0 and each.high in (1, 1e4, 1e6, HIGHEST) and each.yes_no == (each.high == 1)

    def stated(value):
        other_role = {"role.config": {"role_depot": True}, "role.depot": {"role_config": True}}.get(name, {})
        return {"clients": 5, **other_role, each.keyword: value}

    def ask(value):
        return sizing.plan(opsi=opsi, **stated(value))

    for value in (each.low, each.high, int(each.high), (each.low + each.high) // 2):
        assert ask(value)[name].value == value
    beyond = [
        each.low - 1,
        each.high + 1,
        math.nextafter(each.low, -1),
        math.nextafter(each.high, math.inf),
        math.nan,
        math.inf,
    ]
    if each.whole or each.yes_no:
        beyond += [0.5, each.high - 0.5]
    else:
        assert ask(each.high - 0.5)[name].value == each.high - 0.5
    for value in beyond:
        for refuse in (ask, lambda value: sizing.Site(**stated(value)), lambda value: sizing.evaluate(**stated(value))):
            with pytest.raises(sizing.InputError) as caught:
                refuse(value)
            assert caught.value.key in (each.keyword, name)
            assert caught.value.allowed == each.allowed


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_a_default_is_what_holds_where_nothing_is_stated(opsi):
    plan = sizing.plan(clients=77, opsi=opsi)
    for name, each in sizing.Model(opsi).inputs.items():
        if name != "clients":
            assert each.default in plan[name].origin


def test_own_figures_are_in_the_sheet():
    model = sizing.Model("4.2", figures={"samba.margin": 12.5})
    assert model.figures["samba.margin"].value == 12.5
    assert sizing.Model("4.2").figures["samba.margin"].value == 50
    with pytest.raises(sizing.InputError, match=r"samba\.margin"):
        sizing.Model(figures={"samba.margn": 1})
    with pytest.raises(sizing.InputError, match=r"4\.1, 4\.2, 4\.3"):
        sizing.Model("4.4")


def test_parts_of_a_sheet_outlive_it():
    each, formula = sizing.Model("4.3").inputs["clients"], sizing.Model("4.1").quantities["server.memory"]
    sizing.Model("4.2")
    assert each.allowed.startswith("a whole number") and "system.base_memory" not in formula.formula
    assert formula.name in repr(formula) and "opsi 4.3" in repr(sizing.Model("4.3"))


def option_names(command: str) -> list[str]:
    """Of the sections of inputs and hardware."""
    sections = says(command, "--help").split("\n\n")
    chosen = [each for each in sections if each.startswith(("Inputs of the server", "Hardware that the server"))]
    assert len(chosen) == 2
    return re.findall(r"^  --([a-z-]+)", "\n".join(chosen), re.MULTILINE)


@needs_binary
@pytest.mark.parametrize("function", ASKED, ids=lambda function: function.__name__)
def test_the_signature_has_every_flag_as_a_keyword(function):
    parameters = inspect.signature(function).parameters
    keywords = [keyword_of(option) for option in option_names("plan")]
    if function is sizing.evaluate:  # sites of one server each, as columns of numbers
        keywords = [each.keyword for each in sizing.Model().inputs.values()]
    stated = [name for name, each in parameters.items() if name in keywords]
    assert sorted(stated) == sorted(keywords) and len(keywords) >= 14
    for name in keywords:
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY and parameters[name].default is None
    assert not any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values())


@pytest.mark.parametrize("function", ASKED, ids=lambda function: function.__name__)
def test_the_help_has_every_keyword_with_its_meaning(function):
    text = " ".join(function.__doc__.split())
    for each in sizing.Model().inputs.values():
        assert f" {each.keyword}: {each.help} ({each.allowed})" in text
    for name in inspect.signature(function).parameters:
        assert f" {name}: " in text or f"`{name}`" in text or "as for plan()" in text, name


@pytest.mark.parametrize("function", [sizing.plan, sizing.capacity], ids=lambda function: function.__name__)
def test_every_keyword_of_the_signature_is_taken(function):
    for name in inspect.signature(function).parameters:
        nothing = {} if name in ("of", "scale", "clients", "seed") else {name: None}
        function(**{"clients": 5, "memory": "8 GB", "cores": 4, **nothing})


def test_flags_and_keywords_lead_to_each_other():
    for name in sizing.Model().inputs:
        assert keyword_of(flag_of(name)) == name.replace(".", "_")
