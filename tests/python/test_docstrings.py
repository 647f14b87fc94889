"""Docstrings: everything public has one, every function an example, and the examples are right."""

from __future__ import annotations

import doctest
import inspect
import re

import opsi_sizing as sizing
import pytest
from binary import ROOT

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FUNCTIONS = [name for name in sizing.__all__ if inspect.isroutine(getattr(sizing, name))]
CLASSES = [name for name in sizing.__all__ if inspect.isclass(getattr(sizing, name))]
MODULES = [name for name in sizing.__all__ if inspect.ismodule(getattr(sizing, name))]
RAISE_NOTHING = {"rule_sets", "sources"}


def own_members(cls: type) -> dict[str, object]:
    """The public methods and properties that the class itself defines."""
    return {name: getattr(cls, name) for name in vars(cls) if not name.startswith("_")}


def documented() -> dict[str, str]:
    """Every docstring by its name."""
    texts = {"opsi_sizing": sizing.__doc__}
    for name in sizing.__all__:
        if name != "__version__":
            texts[name] = getattr(sizing, name).__doc__
    for module in MODULES:
        for name in getattr(sizing, module).__all__:
            texts[f"{module}.{name}"] = getattr(getattr(sizing, module), name).__doc__
    for cls in CLASSES:
        for name, member in own_members(getattr(sizing, cls)).items():
            if inspect.isroutine(member) or isinstance(member, property):
                texts[f"{cls}.{name}"] = member.__doc__
    return texts


def prose_of(text: str | None) -> str:
    """Without the signature that stands before a compiled function's text."""
    return re.sub(r"\A\w+\(.*\) -> .*\n", "", text or "").strip()


def test_the_public_names_are_sorted_into_functions_classes_and_modules():
    assert (
        {*FUNCTIONS, *CLASSES, *MODULES, "__version__"} == set(sizing.__all__) == set(dir(sizing)) & set(sizing.__all__)
    )
    assert len(FUNCTIONS) > 10 and len(CLASSES) > 15


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_every_public_name_has_a_docstring(name):
    text = prose_of(getattr(sizing, name).__doc__)
    assert re.match(r"[A-Z].*[.)]", text), text[:80]


@pytest.mark.parametrize("name", CLASSES)
def test_every_method_has_a_docstring(name):
    for member, value in own_members(getattr(sizing, name)).items():
        if inspect.isroutine(value):
            text = prose_of(value.__doc__)
            assert re.match(r"[A-Z'].*\.", text, re.DOTALL), f"{member}: {value.__doc__!r}"


@pytest.mark.parametrize("name", CLASSES)
def test_a_property_says_what_it_is_or_is_a_plain_field(name):
    """A plain field needs no words where its name says all."""
    for member, value in own_members(getattr(sizing, name)).items():
        if isinstance(value, property) and not value.__doc__:
            assert len(member.split("_")) <= 3, member
        elif isinstance(value, property):
            assert value.__doc__[-1] in ".…" and value.__doc__[0] != " ", member


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example(name):
    text = getattr(sizing, name).__doc__
    assert ">>> " in text and f"{name}(" in text.partition(">>> ")[2]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in RAISE_NOTHING])
def test_every_function_says_what_it_raises(name):
    assert re.search(r"\bRaises \w*Error\b", getattr(sizing, name).__doc__)


def examples() -> list[doctest.DocTest]:
    parser = doctest.DocTestParser()
    known = {name: dict(vars(getattr(sizing, name))) for name in MODULES}  # a module's examples stand in it
    tests = [
        parser.get_doctest(text or "", known.get(name.partition(".")[0], {}), name, None, 0)
        for name, text in documented().items()
    ]
    return [test for test in tests if test.examples]


@pytest.mark.parametrize("test", examples(), ids=lambda test: test.name)
def test_every_example_is_right(test, monkeypatch):
    monkeypatch.chdir(ROOT)  # they read data/
    if "pyarrow" in test.docstring:
        pytest.importorskip("pyarrow")
    told: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=told.append)
    assert not told, "".join(told)


def test_examples_are_many():
    assert len(examples()) >= len(FUNCTIONS) + 5
    assert sum(len(test.examples) for test in examples()) > 50


@pytest.mark.parametrize("name", documented())
def test_no_docstring_speaks_of_compiled_code(name):
    text = documented()[name] or ""
    told = re.sub(r"<(\w+ )+of [^>]*>", "", "\n".join(line for line in text.splitlines() if ">>>" not in line))
    told = re.sub(r'"(response )?p\d\d < \d+ s"', "", told)  # a service level
    for word in ("::", "pybind", "std", "C++", "<", "&", "const ", "object at", "arg0"):
        assert not re.search(rf"(?<!\w){re.escape(word)}", told), f"{word!r} in {text[:200]!r}"


@pytest.mark.parametrize("name", documented())
def test_lines_of_docstrings_are_short(name):
    prose = prose_of(documented()[name])
    assert all(len(line) <= 124 for line in prose.splitlines())


def test_the_module_names_what_it_offers():
    missing = [name for name in FUNCTIONS if not re.search(rf"\b{name}\b", sizing.__doc__)]
    assert set(missing) <= {"rule_sets", "schema", "site_template"}
