"""Site: what is stated, which never changes, compares, is copied and pickled, and reads site files."""

from __future__ import annotations

import copy
import os
import pathlib
import pickle

import opsi_sizing as sizing
import pytest
from binary import SITES

TOML = '[[server]]\nname = "a"\nclients = 240\n'


def sites() -> dict[str, sizing.Site]:
    made = {
        "nothing": sizing.Site(),
        "clients": sizing.Site(clients=240),
        "all kinds": sizing.Site(
            name="n",
            title="t",
            opsi=4.1,
            figures={"samba.margin": 4},
            clients=9,
            roles=["config"],
            memory="8 GiB",
            cores=2,
        ),
        "curve": sizing.Site(clients=9, figures={"opsiconfd.memory_by_clients": [(0, 1.5), (10, 20)]}),
        "two servers": sizing.Site(clients=9).add("b", roles=["depot"], clients=3.0),
        "text": sizing.Site.parse(TOML, "name"),
    }
    return made | {name: sizing.Site.load(path) for name, path in SITES.items()}


@pytest.mark.parametrize("name", sites())
def test_a_site_is_pickled_and_copied(name):
    site = sites()[name]
    copies = [pickle.loads(pickle.dumps(site, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for other in [*copies, copy.copy(site), copy.deepcopy(site)]:
        assert other == site and repr(other) == repr(site)
        assert (other.servers, other.opsi, other.title, other.file) == (site.servers, site.opsi, site.title, site.file)
        if name != "nothing":
            assert other.plan().to_json() == site.plan().to_json()


def test_sites_are_equal_where_they_state_the_same():
    every = sites()
    for name, site in every.items():
        for other, same in sites().items():
            assert (site == same) is (name == other), (name, other)
            assert (site != same) is (name != other), (name, other)
    assert every["clients"] != 240 and every["clients"] != "Site(clients=240)" and every["clients"] is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"clients": 5, "connections": None}, {"clients": 5}),
        ({"clients": 5.0}, {"clients": "5"}),
        ({"roles": ["depot", "config"]}, {"roles": ["config", "depot"]}),
        ({"clients": 5, "connections": 6}, {"connections": 6, "clients": 5}),
        ({"memory": "8 GB", "cores": 2}, {"cores": 2, "memory": "8 GB"}),
    ],
)
def test_the_way_of_stating_makes_no_other_site(one, other):
    assert sizing.Site(**one) == sizing.Site(**other)


@pytest.mark.parametrize(
    "change",
    [{"clients": 241}, {"opsi": "4.1"}, {"figures": {"samba.margin": 7}}, {"memory": "4 GB"}, {"roles": ["depot"]}],
)
@pytest.mark.parametrize("name", sites())
def test_with_gives_another_site_and_leaves_this_one(name, change):
    site = sites()[name]
    if change.get("opsi") == site.opsi:
        change = {"opsi": "4.2"}
    before, text = pickle.dumps(site), repr(site)
    other = site.with_(**change)
    assert other != site
    assert pickle.dumps(site) == before and repr(site) == text and site == sites()[name]
    assert other.with_(**change) == other


def test_add_gives_another_site_and_leaves_this_one():
    site = sizing.Site(clients=2000, name="centre")
    more = site.add("branch", roles=["depot"], clients=150).add("other", roles=["depot"], clients=50)
    assert (site.servers, more.servers) == (["centre"], ["centre", "branch", "other"])
    plan = more.plan()
    assert [server["clients"].value for server in plan.servers] == [2000, 150, 50]
    assert plan["depots"].value == 2
    assert site == sizing.Site(clients=2000, name="centre")


@pytest.mark.parametrize("attribute", ["title", "opsi", "file", "servers", "something"])
def test_no_attribute_is_set(attribute):
    with pytest.raises(AttributeError):
        setattr(sizing.Site(clients=5), attribute, "x")


def test_the_list_of_servers_is_no_way_in():
    site = sizing.Site(clients=5)
    site.servers.append("other")
    assert site.servers == ["server"]


def test_questions_leave_the_site_alone():
    site = sizing.Site(clients=240, memory="8 GiB", cores=4)
    before = pickle.dumps(site)
    sizing.plan(site, clients=300, opsi="4.3", figures={"samba.margin": 3})
    sizing.capacity(site, clients=300, cores=8)
    sizing.sweep(site, vary={"clients": [1, 2]})
    sizing.compare(site, site.with_(clients=4))
    assert pickle.dumps(site) == before


def test_keywords_are_over_what_the_site_states():
    site = sizing.Site(clients=240, connections=64, opsi="4.2", memory="8 GiB", figures={"samba.margin": 40})
    plan = sizing.plan(site, clients=480, memory="4 GiB", opsi=4.3, figures={"samba.margin": 20})
    assert (plan["clients"].value, plan["connections"].value, plan.opsi) == (480, 64, "4.3")
    assert plan["samba.memory"].value == 64 * 4 * 1.2
    assert [fit.stated for fit in plan.servers[0].hardware] == ["4 GiB"]
    assert plan.site == site.with_(clients=480, memory="4 GiB", opsi=4.3, figures={"samba.margin": 20})
    assert site.plan().to_json() == sizing.plan(site).to_json()


def test_with_means_the_server_that_is_named():
    site = sizing.Site.load(SITES["authority"]).with_(server="depot-south", connections=99)
    assert [server["connections"].value for server in site.plan().servers] == [184, 56, 99, 31]


def test_a_group_over_a_file_says_everything_about_it():
    site = sizing.Site.parse(TOML).with_(services=["database"])
    plan = site.plan()
    running = [name for name in plan.keys() if name.startswith("service.") and plan[name].value]  # noqa: SIM118
    assert running == ["service.database"]


class Path(os.PathLike):
    def __fspath__(self) -> str:
        return SITES["school"]


@pytest.mark.parametrize("path", [SITES["school"], pathlib.Path(SITES["school"]), Path()])
def test_a_file_is_read_by_any_path(path):
    site = sizing.Site.load(path)
    assert (site.file, site.opsi, site.servers) == (SITES["school"], "4.2", ["opsi-school"])
    assert site.title == "Grammar school, two computer rooms"
    assert sizing.plan(path).to_json() == site.plan().to_json()
    assert sizing.capacity(path).most == sizing.capacity(site).most
    assert len(sizing.sweep(path, vary={"clients": [1]})) == 1
    assert sizing.compare(path, site).answer


def test_a_path_of_any_bytes_is_read(tmp_path):
    path = pathlib.Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.toml"))
    path.write_text(TOML)
    assert sizing.plan(path)["clients"].value == sizing.plan(str(path))["clients"].value == 240


def test_a_path_with_other_letters_is_read(tmp_path):
    path = tmp_path / "Größe 学校 'x' \"y\".toml"
    path.write_text(TOML)
    plan = sizing.plan(path)
    assert plan["clients"].value == 240 and plan.to_dict()["site"]["file"] == str(path)


def test_a_pipe_is_read_like_a_file(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, TOML.encode())
    os.close(writing)
    assert sizing.plan(f"/dev/fd/{reading}")["clients"].value == 240
    os.close(reading)


def test_a_text_is_read_like_a_file():
    for path in SITES.values():
        text = pathlib.Path(path).read_text()
        assert sizing.Site.parse(text, path) == sizing.Site.load(path)
    site = sizing.Site.parse(TOML)
    assert (site.file, site.servers, site.title) == ("text", ["a"], "")


def test_what_keywords_state_stands_in_the_repr():
    site = sizing.Site(clients=240, samba_connections=64, memory="8 GiB", cores=4)
    assert repr(site) == "Site(clients=240, samba_connections=64, memory='8 GiB', cores=4)"
    assert (
        repr(sizing.Site.load(SITES["school"]).with_(clients=9)) == f"Site.load({SITES['school']!r}).with_(clients=9)"
    )
    two = sizing.Site(clients=9).add("b", roles=["depot"], clients=3)
    assert repr(two) == "<Site of 2 servers: 'server', 'b'>"


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"clients": 240},
        {"clients": 240, "memory": "8 GiB"},
        {"cores": 4},
        {"clients": 5, "roles": ["config"], "service_samba": False},
        {"opsi": 4.3, "figures": {"samba.margin": 40, "opsiconfd.memory_by_clients": [(1, 2), (3, 4)]}},
        {"packages": 70.123456789},
        {"name": "it's", "clients": 5},
        {"title": 'School "A"', "clients": 5},
    ],
)
def test_the_repr_of_one_server_makes_the_site_again(stated):
    site = sizing.Site(**stated)
    assert eval(repr(site), {"Site": sizing.Site}) == site
