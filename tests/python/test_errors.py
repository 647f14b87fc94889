"""What is refused: InputError with its place and parts for values, TypeError for keywords and types."""

from __future__ import annotations

import copy
import os
import pathlib
import pickle
import time
import types

import numpy
import opsi_sizing as sizing
import pytest
from binary import ROOT, SITES, needs_binary, run

SCHOOL = SITES["school"]
SERVER = "[[server]]\nclients = 5\n"


def sentence(error: sizing.InputError) -> str:
    """The message, put together from the attributes."""
    place = ":".join(str(part) for part in (error.file, error.line, error.column) if part is not None)
    parts = [part for part in (place, error.key, error.problem) if part]
    message = ": ".join(parts)
    if error.found is not None:
        message += f"; found {error.found}"
    if error.allowed is not None:
        message += f"; allowed: {error.allowed}"
    return message


def refused(ask, *arguments, **stated) -> sizing.InputError:
    with pytest.raises(sizing.InputError) as caught:
        ask(*arguments, **stated)
    error = caught.value
    assert isinstance(error, ValueError) and error.problem
    assert str(error).isprintable()
    if sentence(error).isprintable() and len(error.found or "") < 100:
        assert str(error) == sentence(error)
    return error


# Site files: line, column (None: anywhere in the line), key, words of the message.
BROKEN = {
    "a list without end": ("a = [\nb = 3\n", 2, None, None, ["TOML"]),
    "a header without end": (SERVER + "[[server\n", 3, None, None, ["TOML"]),
    "a key without value": ("[[server]]\nclients = \n", 2, None, None, ["TOML"]),
    "a key twice": (SERVER + "clients = 6\n", 3, None, None, ["clients"]),
    "no equals sign": ("[[server]]\n  clients 5\n", 2, None, None, ["TOML"]),
    "a text without end": ('name = "no end\n[[server]]\n', 1, None, None, ["TOML"]),
    "a number too large": ("[[server]]\nclients = 99999999999999999999\n", 2, None, None, []),
    "deeply nested": ("a=" + "[" * 100_000, 1, None, None, []),
    "a misspelt input": ("[[server]]\ncleints = 5\n", 2, 1, "server.cleints", ["'clients'"]),
    "a misspelt title": ('nmae = "x"\n' + SERVER, 1, 1, "nmae", ["'name'"]),
    "a misspelt table": ("[[sever]]\nclients = 5\n", 1, None, "sever", ["'server'"]),
    "a misspelt dotted input": (
        SERVER + "samba.conections = 5\n",
        3,
        None,
        "server.samba.conections",
        ["'samba.connections'"],
    ),
    "a misspelt resource": (
        SERVER + 'hardware = { memroy = "5 GB" }\n',
        3,
        None,
        "server.hardware.memroy",
        ["'memory'"],
    ),
    "a misspelt role": (SERVER + 'roles = ["confg"]\n', 3, None, "server.roles", ["confg", "'config'"]),
    "a misspelt figure": (
        SERVER + '[figures."samba.margn"]\nvalue = 5\nnote = "x"\n',
        3,
        None,
        "figures.samba.margn",
        ["'samba.margin'"],
    ),
    "a figure without note": (SERVER + '[figures."samba.margin"]\nvalue = 5\n', 3, None, None, ["note"]),
    "a figure below nothing": (SERVER + '[figures."samba.margin"]\nvalue = -5\nnote = "x"\n', 4, None, None, []),
    "a kind that there is not": (
        SERVER + '[figures."samba.margin"]\nvalue = 5\nnote = "x"\nkind = "mesured"\n',
        6,
        None,
        None,
        ["measured"],
    ),
    "a rule set as a number": ("opsi = 4.2\n" + SERVER, 1, 8, "opsi", ['"4.2"']),
    "no such rule set": ('opsi = "5.0"\n' + SERVER, 1, 8, "opsi", ['"4.3"']),
    "a title that is a number": ("name = 5\n" + SERVER, 1, 8, "name", []),
    "an empty title": ('name = ""\n' + SERVER, 1, 8, "name", []),
    "a server that is a number": ("server = 5\n", 1, 10, "server", []),
    "a server that is no list": ("[server]\nclients = 5\n", 1, None, "server", ["[[server]]"]),
    "a server twice": (2 * '[[server]]\nname = "a"\nclients = 5\n', 4, None, None, ["second"]),
    "memory without unit": (SERVER + 'hardware = { memory = "16" }\n', 3, 23, "server.hardware.memory", ["16 GiB"]),
    "half a core": (SERVER + "hardware = { cores = 1.5 }\n", 3, 22, "server.hardware.cores", ["whole number"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_site_file_is_refused_with_its_place(tmp_path, case):
    toml, line, column, key, words = BROKEN[case]
    path = tmp_path / "site.toml"
    path.write_text(toml)
    for ask in (sizing.plan, sizing.Site.load, sizing.capacity, lambda site: sizing.sweep(site, vary={"clients": [1]})):
        error = refused(ask, path)
        assert (error.file, error.line) == (str(path), line)
        assert error.column == column or (column is None and error.column >= 1)
        assert key is None or error.key == key
        assert all(word in str(error) for word in words), str(error)
        assert error.row is None
    error = refused(sizing.Site.parse, toml, "name")
    assert (error.file, error.line) == ("name", line)


@pytest.mark.parametrize(
    "value",
    ["-5", "5.5", "nan", "inf", "-inf", "1e12", "1000000000000", '"5"', '""', "true", "[5]", "{}", "2026-01-02"],
)
def test_an_absurd_number_of_a_file_says_what_is_allowed(value):
    error = refused(sizing.Site.parse, f"[[server]]\nclients = {value}\n")
    assert (error.line, error.column, error.key) == (2, 11, "server.clients")
    assert error.allowed == "a whole number of clients from 0 to 10000000"


@pytest.mark.parametrize(
    "text", ["", " ", "# nothing\n", "\ufeff", "\0\1\2\3", "server = []\n", "x = 1", '[[server]]\nname = "a"\n']
)
def test_a_text_that_is_no_site_is_refused(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text)
    assert refused(sizing.plan, path).file == str(path)


@needs_binary
@pytest.mark.parametrize("case", BROKEN)
def test_the_message_is_that_of_the_command_line(tmp_path, case):
    path = tmp_path / "site.toml"
    path.write_text(BROKEN[case][0])
    error = refused(sizing.plan, path)
    assert run("plan", str(path)).stderr == f"opsi-sizing: {error}\n"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "missing.toml"
    for ask in (
        sizing.plan,
        sizing.Site.load,
        lambda site: sizing.compare(site, SCHOOL),
        lambda site: sizing.compare(SCHOOL, site),
    ):
        error = refused(ask, path)
        assert error.file == str(path) and "No such file" in str(error)
        assert error.line is None and error.column is None


def test_a_directory_is_refused(tmp_path):
    assert "directory" in str(refused(sizing.plan, tmp_path))
    assert refused(sizing.plan, "").problem


def test_an_unreadable_file_is_refused(tmp_path):
    path = tmp_path / "secret.toml"
    path.write_text(SERVER)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads everything")
    assert "Permission denied" in str(refused(sizing.plan, path))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "site.toml"
    path.write_bytes(b'[[server]]\nname = "\xff\xfe"\n')
    error = refused(sizing.plan, path)
    assert error.line == 2 and "utf-8" in str(error).lower()


def test_a_huge_file_is_refused_at_once(tmp_path):
    path = tmp_path / "sparse.toml"
    path.touch()
    os.truncate(path, 1 << 30)
    for huge in (path, pathlib.Path("/dev/zero")):
        before = time.monotonic()
        assert "too large" in str(refused(sizing.plan, huge))
        assert time.monotonic() - before < 1
    assert "too large" in str(refused(sizing.Site.parse, "#" * (5 << 20)))


def test_no_control_characters_of_a_file_reach_the_message(tmp_path):
    for evil in ("\\u001b[31m", "\\u0007", "\\r", "\\u009b31m", "\\u0000"):
        for toml in (
            f'name = "{evil}"\n' + SERVER,
            f'"{evil}" = 1\n',
            f'opsi = "{evil}"\n',
            SERVER + f'name = "{evil}"\n',
        ):
            assert str(refused(sizing.Site.parse, toml, "\x1b[1m")).isprintable()


# Keyword arguments


@pytest.mark.parametrize(
    "value", [-5, 5.5, float("nan"), float("inf"), -0.5, 1e12, "many", "", "5;", "0x10", numpy.float64(-1)]
)
def test_a_value_that_is_not_allowed_is_refused(value):
    asks = [
        sizing.plan,
        sizing.Site,
        sizing.capacity,
        sizing.Site().with_,
        lambda **stated: sizing.Site().add("b", **stated),
    ]
    for ask in asks:
        error = refused(ask, clients=value)
        assert error.key == "clients" and error.allowed == "a whole number of clients from 0 to 10000000"
        assert (error.file, error.line, error.column, error.row) == (None, None, None, None)
        assert (
            error.found == ("nothing" if value == "" else f"{value:g}" if not isinstance(value, str) else value)
            or value == 1e12
        )


@pytest.mark.parametrize("value", [10**400, -(10**400), 2**70], ids=["10**400", "-10**400", "2**70"])
def test_a_whole_number_beyond_all_bounds_is_no_wrong_type(value):
    assert refused(sizing.plan, clients=value).key == "clients"
    with pytest.raises(sizing.InputError):
        sizing.site_template(value)


@pytest.mark.parametrize(
    ("stated", "key", "words"),
    [
        ({"memory": "16"}, "memory", ["unit is missing", "16 GiB"]),
        ({"memory": 16}, "memory", ["unit is missing", "16 GiB"]),
        ({"memory": "-5 GB"}, "memory", []),
        ({"memory": "5 gb"}, "memory", ["GB"]),
        ({"memory": "1e400 GB"}, "memory", []),
        ({"disk_var_lib_opsi": "five GB"}, "disk_var_lib_opsi", []),
        ({"cores": 4.5}, "cores", ["a whole number of cores"]),
        ({"cores": -1}, "cores", ["a whole number of cores"]),
        ({"packages": -1}, "packages", []),
        ({"packages": "80 bananas"}, "packages", []),
        ({"depot_webdav": 2}, "depot_webdav", ["yes or no"]),
        ({"depot_webdav": "maybe"}, "depot_webdav", ["yes or no"]),
        ({"roles": ["confg"]}, "roles", ["confg", "'config'"]),
        ({"services": "smaba"}, "services", ["smaba", "'samba'"]),
        ({"samba_connections": -1}, "samba_connections", ["connections"]),
        ({"opsi": "5.0"}, "opsi", ["5.0", "4.1, 4.2, 4.3"]),
        ({"opsi": 5}, "opsi", ["5", "4.1, 4.2, 4.3"]),
        ({"opsi": ""}, "opsi", ["4.1, 4.2, 4.3"]),
        ({"server": "serer"}, "server", ["serer", "'server'"]),
        ({"figures": {"samba.margn": 4}}, "samba.margn", ["'samba.margin'"]),
        ({"figures": {"samba.margin": -4}}, "samba.margin", ["-4"]),
        ({"figures": {"samba.margin": float("nan")}}, "samba.margin", ["nan"]),
        ({"figures": {"samba.margin": "much"}}, "samba.margin", ["much"]),
        ({"figures": {"samba.margin": [(1, 2), (3, 4)]}}, "samba.margin", []),
        ({"figures": {"opsiconfd.connections_per_worker": 0}}, "opsiconfd.connections_per_worker", []),
        ({"figures": {"opsiconfd.memory_by_clients": 5}}, "opsiconfd.memory_by_clients", ["curve"]),
        ({"figures": {"opsiconfd.memory_by_clients": [1, 2]}}, "opsiconfd.memory_by_clients", ["curve"]),
        ({"figures": {"opsiconfd.memory_by_clients": [(2, 1), (1, 2)]}}, "opsiconfd.memory_by_clients", []),
        ({"figures": {"server.architectures": "x"}}, "server.architectures", ["words"]),
    ],
)
def test_a_statement_is_refused_by_every_function(stated, key, words):
    asks = [sizing.plan, sizing.capacity, lambda **more: sizing.sweep(vary={"connections": [1]}, **more)]
    if "server" not in stated and key != "opsiconfd.connections_per_worker":  # 0 is seen where it divides
        asks.append(sizing.Site)
    for ask in asks:
        error = refused(ask, **{"clients": 9, "memory": "8 GB", **stated})
        assert error.key == key and error.file is None
        assert all(word in str(error) for word in words), str(error)


def test_a_site_that_makes_no_plan_is_refused():
    assert refused(sizing.plan).key == "clients"
    assert refused(sizing.Site().plan).key == "clients"
    assert "role" in str(refused(sizing.plan, clients=5, roles=[]))
    two = sizing.Site(clients=5).add("b", clients=5)
    assert "second config server" in str(refused(two.plan))
    assert refused(sizing.compare, two, sizing.plan(clients=5))
    assert refused(sizing.Site(clients=5).add, "server", clients=5).key == "name"
    for name in ("", "x" * 201, "a\nb", "\x1b"):
        assert refused(sizing.Site, name=name).key == "name"


def test_an_unknown_server_names_the_nearest():
    for ask in (
        sizing.plan,
        sizing.capacity,
        lambda site, server: sizing.sweep(site, server=server, vary={"clients": [1]}),
    ):
        error = refused(ask, SITES["authority"], server="depot-sud")
        assert (error.key, error.found) == ("server", "depot-sud")
        assert "'depot-south'" in str(error) and "opsi-centre" in error.allowed
    assert "'depot-south'" in str(refused(sizing.plan(SITES["authority"]).server, "depot-sud"))


@pytest.mark.parametrize("opsi", [4.2, "4.2", numpy.float64(4.2)])
def test_a_rule_set_is_a_number_or_its_name(opsi):
    assert sizing.plan(clients=5, opsi=opsi).opsi == "4.2"
    assert sizing.Site(clients=5, opsi=opsi).opsi == sizing.Model(opsi).opsi == "4.2"
    assert sizing.evaluate(clients=5, opsi=opsi)
    assert sizing.method(opsi) and sizing.ports(opsi=opsi) and sizing.distributions(opsi=opsi)


# Wrong names and types


def takers(folder) -> dict[str, object]:
    """Every function that takes keywords, by the name that its error must say."""
    pytest.importorskip("pyarrow")
    return {
        "plan": sizing.plan,
        "capacity": sizing.capacity,
        "sweep": lambda **stated: sizing.sweep(vary={"clients": [1]}, **stated),
        "evaluate": sizing.evaluate,
        "Site": sizing.Site,
        "with_": sizing.Site().with_,
        "add": lambda **stated: sizing.Site().add("b", **stated),
        "write_part": lambda **stated: sizing.write_part({"connections": [1.0]}, folder / "part.parquet", **stated),
    }


@pytest.mark.parametrize("function", ["plan", "capacity", "sweep", "evaluate", "Site", "with_", "add", "write_part"])
@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("clinets", "clients"), ("samba_conections", "samba_connections"), ("sevices", "services"), ("memroy", "memory")],
)
def test_a_misspelt_keyword_is_a_type_error_that_names_the_nearest(tmp_path, function, asked, nearest):
    with pytest.raises(TypeError) as caught:
        takers(tmp_path)[function](**{asked: 5})
    if nearest in ("services", "memory") and function in ("evaluate", "write_part"):
        pytest.skip("its sites are columns of inputs, without groups and hardware")
    called = "evaluate" if function == "write_part" else function  # whose arguments write_part takes
    assert str(caught.value).startswith(f"{called}() got an unexpected keyword argument '{asked}'")
    assert f"'{nearest}'" in str(caught.value)


@pytest.mark.parametrize(
    ("function", "asked", "nearest"),
    [
        ("plan", "sever", "server"),
        ("plan", "figure", "figures"),
        ("plan", "opis", "opsi"),
        ("sweep", "output", "outputs"),
        ("evaluate", "output", "outputs"),
        ("evaluate", "thread", "threads"),
        ("capacity", "scal", "scale"),
        ("Site", "titel", "title"),
    ],
)
def test_a_misspelt_parameter_is_named_like_a_misspelt_input(tmp_path, function, asked, nearest):
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{asked}'.*'{nearest}'"):
        takers(tmp_path)[function](**{asked: None})


def plain(error: TypeError) -> bool:
    """One sentence in words, without the signatures of compiled code."""
    text = str(error)
    return bool(text) and "\n" not in text and "incompatible" not in text and "C++" not in text and "::" not in text


WRONG_TYPES = {
    "a complex number": lambda: sizing.plan(clients=5j),
    "a list": lambda: sizing.plan(clients=[5]),
    "an array": lambda: sizing.plan(clients=numpy.array([5])),
    "bytes": lambda: sizing.plan(clients=b"5"),
    "hardware as a list": lambda: sizing.plan(clients=5, memory=["8 GB"]),
    "roles as a number": lambda: sizing.plan(clients=5, roles=5),
    "roles of numbers": lambda: sizing.plan(clients=5, roles=[5]),
    "roles as a dictionary": lambda: sizing.plan(clients=5, roles={"config": True}),
    "figures as a list": lambda: sizing.plan(clients=5, figures=[5]),
    "a figure that is nothing": lambda: sizing.plan(clients=5, figures={"samba.margin": None}),
    "a site as a number": lambda: sizing.plan(5),
    "a path as a number": lambda: sizing.Site.load(5),
    "a text as a number": lambda: sizing.Site.parse(5),
    "a name as a number": lambda: sizing.Site(name=5),
    "a side as a number": lambda: sizing.compare(5, SCHOOL),
    "a label as a number": lambda: sizing.compare(SCHOOL, SCHOOL, labels=(5, 6)),
    "an asked input as a number": lambda: sizing.capacity(of=5, memory="8 GB"),
    "outputs as a number": lambda: sizing.sweep(vary={"clients": [1]}, outputs=[5]),
    "what varies as a list": lambda: sizing.sweep(vary=["clients"]),
    "a figure's name as a number": lambda: sizing.figures(5),
    "a role as a number": lambda: sizing.ports(role=5),
    "a distribution as a number": lambda: sizing.distributions(12),
    "a schema as a number": lambda: sizing.schema(5),
    "clients as a list": lambda: sizing.site_template([5]),
    "a quantity as a number": lambda: sizing.plan(clients=5).explain(5),
    "a positional argument too many": lambda: sizing.Site(5),
    "a width as a text": lambda: sizing.plan(clients=5).to_text("wide"),
}


@pytest.mark.parametrize("case", WRONG_TYPES)
def test_a_wrong_type_is_a_type_error(case):
    with pytest.raises(TypeError):
        WRONG_TYPES[case]()


# What compiled functions take by a type of their own is refused in the binding library's words.
BY_TYPE = {
    "a text as a number",
    "a name as a number",
    "an asked input as a number",
    "a role as a number",
    "a distribution as a number",
    "a schema as a number",
    "a quantity as a number",
    "a positional argument too many",
    "a width as a text",
}


@pytest.mark.parametrize("case", sorted(WRONG_TYPES.keys() - BY_TYPE))
def test_a_wrong_type_is_told_in_a_sentence(case):
    with pytest.raises(Exception) as caught:
        WRONG_TYPES[case]()
    assert plain(caught.value), str(caught.value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda text: sizing.plan(clients=5, opsi=text),
        lambda text: sizing.plan(clients=text),
        lambda text: sizing.plan(clients=5, memory=text),
        lambda text: sizing.plan(clients=5, roles=[text]),
        lambda text: sizing.plan(clients=5, server=text),
        lambda text: sizing.plan(clients=5, figures={text: 5}),
        lambda text: sizing.plan(clients=5, figures={"samba.margin": text}),
        lambda text: sizing.plan(**{text: 5}),
        lambda text: sizing.plan(text),
        lambda text: sizing.Site(name=text),
        lambda text: sizing.Site.parse(text),
        lambda text: sizing.plan(clients=5)[text],
        lambda text: sizing.figures(text),
    ],
)
def test_a_text_with_half_a_character_is_refused_like_any_other(ask):
    """A surrogate alone, which UTF-8 cannot hold."""
    with pytest.raises((TypeError, ValueError, KeyError)):
        ask("\ud800")


def test_figures_come_in_any_mapping():
    own = types.MappingProxyType({"samba.margin": 0})
    stated = {"clients": 5, "samba_connections": 10}
    assert sizing.plan(figures=own, **stated)["samba.memory"].value == 40
    assert sizing.evaluate(figures=own, outputs=["samba.memory"], **stated) == {"samba.memory": 40}
    assert sizing.Site(figures=own, **stated).plan()["samba.memory"].value == 40
    assert sizing.Site(**stated).with_(figures=own).plan()["samba.memory"].value == 40
    assert sizing.Model(figures=own).figures["samba.margin"].value == 0


def test_one_input_by_both_its_names_is_refused():
    """As evaluate() does: one of the two values would be lost."""
    for ask in (sizing.plan, sizing.Site, sizing.evaluate):
        with pytest.raises(sizing.InputError):
            ask(**{"clients": 5, "samba.connections": 5, "samba_connections": 6})


# The exception itself


def test_an_error_is_pickled_and_copied():
    errors = [refused(sizing.plan, clients=-5), refused(sizing.Site.parse, "x = 1", "name")]
    for error in errors:
        for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(other) is sizing.InputError and str(other) == str(error)
            for name in ("file", "line", "column", "key", "row", "problem", "found", "allowed"):
                assert getattr(other, name) == getattr(error, name)


def test_nothing_of_the_call_before_is_in_an_error():
    refused(sizing.Site.parse, "x = 1", "name")
    error = refused(sizing.plan, clients=-5)
    assert (error.file, error.line, error.column) == (None, None, None)
    assert sizing.InputError("x").file is None and sizing.InputError("x").problem == ""


def test_the_places_of_the_documentation_are_right():
    page = (ROOT / "docs/site-files.md").read_text()
    example = 'opsi = "4.2"\n[[server]]\nclinets = 250\n'
    assert str(refused(sizing.Site.parse, example, "standard input")) in page
