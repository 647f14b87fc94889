"""What the command line offers, the package offers: every command and every option has its place here."""

from __future__ import annotations

import inspect
import keyword
import re
import shlex

import opsi_sizing as sizing
import pytest
from binary import ROOT, json_of, keyword_of, needs_binary, run, says, unstamped

pytestmark = needs_binary

# A new command fails the tests until it has its line here. The first function takes the command's operands.
OFFERED = {
    "plan": [sizing.plan],
    "explain": [sizing.plan, sizing.Plan.explain],
    "compare": [sizing.compare, sizing.plan],
    "capacity": [sizing.capacity],
    "sweep": [sizing.sweep],
    "load": [sizing.load_of_day],
    "simulate": [sizing.simulate],
    "figures": [sizing.figures],
    "sources": [sizing.sources],
    "ports": [sizing.ports],
    "distributions": [sizing.distributions],
    "method": [sizing.method],
    "schema": [sizing.schema],
    "init": [sizing.site_template],
    "check": [sizing.check, sizing.check_name, sizing.check_proxy],
    "calibrate": [sizing.calibrate],
    "import": [sizing.import_diagnostic],
    "tune": [sizing.tune],
    "firewall": [sizing.firewall],
}
# A shell completes commands, and help() and a docstring take the place of help. observe samples the processes of a
# server for hours, beside its work, and writes a file that grows: a program of its own, which a script starts;
# calibrate() reads its file.
OF_THE_COMMAND_LINE_ALONE = {"completion", "help", "observe"}

# Offered by the command line alone so far.
NOT_YET: set[str] = set()

# Options that are no parameter of the same name.
OTHERWISE = {
    "format": "to_text, to_json, to_csv, to_markdown of every answer",
    "output": "what a program does with a text is its own affair",
    "set": "the keywords and figures=",
    "routine": "routines=, which takes more than presets",
    "compare": "compare()",
    "chart": "Sweep.plot",
    "write_figures": "Calibration.figures_file",
    "diff": "Tuning.diff",
    "write": "Tuning.changes; nothing is written",
    "force": "is for --write",
}
FORMATS = ["to_text", "to_json", "to_csv", "to_markdown", "to_html", "to_dict"]


def commands() -> dict[str, str]:
    listed = says("--help").partition("\nCommands:\n")[2].partition("\n\n")[0]
    return dict(re.findall(r"^  (\w+) +(\S.*)$", listed, re.MULTILINE))


def options(command: str) -> list[str]:
    return re.findall(r"^  --([a-z-]+)", says(command, "--help"), re.MULTILINE)


def takes(function, name: str) -> bool:
    """A compiled function says its parameters in the first line of its docstring."""
    try:
        return name in inspect.signature(function).parameters
    except (TypeError, ValueError):
        return re.search(rf"[(, *]{name}: ", function.__doc__.splitlines()[0]) is not None


def parameter_of(option: str) -> str:
    """A word that Python keeps for itself has a _ behind it: with_."""
    name = keyword_of("--" + option)
    return name + "_" if keyword.iskeyword(name) else name


def test_every_command_is_offered():
    listed = commands()
    assert len(listed) > 10
    assert sorted(listed) == sorted([*OFFERED, *OF_THE_COMMAND_LINE_ALONE, *NOT_YET])
    for functions in OFFERED.values():
        for function in functions:
            name = function.__name__
            assert name in sizing.__all__ or getattr(sizing.Plan, name, None) is function


@pytest.mark.parametrize("command", OFFERED)
def test_every_option_is_a_parameter(command):
    found = options(command)
    assert found
    for option in found:
        parameter = parameter_of(option)
        if parameter not in OTHERWISE:
            assert any(takes(function, parameter) for function in OFFERED[command]), option


def test_every_exception_is_an_option_and_is_offered():
    every = {parameter_of(option) for command in OFFERED for option in options(command)}
    assert OTHERWISE.keys() <= every
    assert takes(sizing.load_of_day, "routines")
    assert callable(sizing.Sweep.plot) and callable(sizing.compare) and callable(sizing.Tuning.diff)
    assert hasattr(sizing.Calibration, "figures_file") and hasattr(sizing.Tuning, "changes")
    asked = [sizing.plan, sizing.capacity, sizing.sweep, sizing.check, sizing.calibrate, sizing.tune, sizing.firewall]
    asked += [sizing.load_of_day, sizing.simulate]
    assert all(takes(function, "figures") for function in asked)


@pytest.mark.parametrize(
    "answer",
    [
        sizing.Plan,
        sizing.Explanation,
        sizing.Comparison,
        sizing.Capacity,
        sizing.Sweep,
        sizing.DayLoad,
        sizing.Table,
        sizing.CheckAnswer,
        sizing.Calibration,
        sizing.ThroughputCalibration,
        sizing.Import,
        sizing.Tuning,
        sizing.Firewall,
    ],
)
def test_every_answer_has_every_format(answer):
    assert all(callable(getattr(answer, name)) for name in [*FORMATS, "__str__", "_repr_html_"])
    named = re.search(r"--format FORMAT +(.*)", says("plan", "--help"))[1]
    assert all(f"to_{word}" in FORMATS for word in re.findall(r"text|json|csv|markdown", named))
    assert named.replace("(default)", "").replace(" ", "") == "text,json,csvormarkdown"


def test_nothing_is_offered_that_the_command_line_does_not_tell():
    """Beside classes, only what has no place in a terminal: columns of numbers and their files."""
    functions = {name for name in sizing.__all__ if inspect.isroutine(getattr(sizing, name))}
    offered = {function.__name__ for functions in OFFERED.values() for function in functions}
    assert functions - offered == {"evaluate", "write_part", "rule_sets"}


def test_a_version_is_the_same():
    assert says("--version") == f"opsi-sizing {sizing.__version__}\n"


def example_lines() -> list[tuple[str, ...]]:
    lines = []
    for command in OFFERED:
        text = says(command, "--help").partition("Examples:\n")[2].partition("\n\n")[0]
        lines += [tuple(shlex.split(line)[1:]) for line in text.splitlines() if line.startswith("  opsi-sizing ")]
    return lines


def test_the_examples_of_the_help_have_answers():
    lines = [line for line in example_lines() if ">" not in line and "/dev/null" not in line]
    assert len(lines) > 20
    for line in lines:
        answers = (0, 1, 2) if "nagios" in line else (0, 1)
        assert run(*line).returncode in answers, line


def test_an_example_of_each_question_is_the_same_answer(monkeypatch):
    monkeypatch.chdir(ROOT)
    school, company, small = (f"data/sites/{name}.toml" for name in ("school", "company", "too-small"))
    labels = tuple(f"{company} by the rules of {opsi}" for opsi in ("4.2", "4.3"))
    sides = [sizing.plan(company, opsi=opsi) for opsi in ("4.2", "4.3")]
    same = [
        (sizing.plan(school), ["plan", school]),
        (sizing.plan(school).explain("server.memory"), ["explain", "server.memory", school]),
        (sizing.compare(*sides, labels=labels), ["compare", "4.2", "4.3", company]),
        (sizing.capacity(small, scale=True), ["capacity", small, "--scale"]),
        (sizing.load_of_day(school), ["load", school]),
        (sizing.load_of_day("data/sites/upgrade.toml"), ["load", "data/sites/upgrade.toml"]),
        (sizing.figures("samba.margin"), ["figures", "samba.margin"]),
        (sizing.ports(opsi="4.3", role="depot"), ["ports", "--opsi", "4.3", "--role", "depot"]),
        (sizing.distributions("debian 12"), ["distributions", "debian", "12"]),
        (sizing.check(school, root="data/hosts/opsi1"), ["check", school, "--root", "data/hosts/opsi1"]),
        (sizing.tune(school), ["tune", school]),
        (sizing.firewall(school), ["firewall", school]),
    ]
    for answer, line in same:
        assert unstamped(answer.to_dict()) == json_of(*line), line
