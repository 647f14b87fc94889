"""compare(), capacity() and sweep(): against the command line, against plan() and against each other."""

from __future__ import annotations

import gc
import itertools

import numpy
import opsi_sizing as sizing
import pytest
from binary import SITES, flags, json_of, needs_binary, says, unstamped, unstamped_text, without_origins

RULE_SETS = ["4.1", "4.2", "4.3"]


def same_reports(answer, *arguments: str) -> None:
    """In every format; `answer` as a dictionary, as text, …"""
    assert unstamped(answer.to_dict()) == json_of(*arguments)
    for format, text in {"text": answer.to_text(), "markdown": answer.to_markdown(), "csv": answer.to_csv()}.items():
        assert unstamped_text(text) == unstamped_text(says(*arguments, "--format", format)), format
    assert str(answer) == answer.to_text() and answer.to_html() == answer._repr_html_()


# compare


@needs_binary
@pytest.mark.parametrize(("one", "other"), list(itertools.product(SITES, repeat=2)))
def test_two_sites_compare_as_on_the_command_line(one, other):
    same_reports(sizing.compare(SITES[one], SITES[other]), "compare", SITES[one], SITES[other])


@needs_binary
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(RULE_SETS, 2)))
def test_two_rule_sets_compare_as_on_the_command_line(site, one, other):
    sides = [sizing.plan(SITES[site], opsi=opsi) for opsi in (one, other)]
    labels = (f"{SITES[site]} by the rules of {one}", f"{SITES[site]} by the rules of {other}")
    same_reports(sizing.compare(*sides, labels=labels), "compare", one, other, SITES[site])


@needs_binary
def test_a_what_if_compares_as_on_the_command_line():
    comparison = sizing.compare(SITES["school"], sizing.plan(SITES["school"], clients=1200))
    expected = json_of("plan", SITES["school"], "--set", "clients=1200", "--compare")
    for document in (found := comparison.to_dict(), expected):
        del document["to"]["what"]
    assert unstamped(found) == expected


@needs_binary
def test_changes_are_those_of_the_document():
    comparison = sizing.compare(SITES["school"], SITES["authority"])
    document = json_of("compare", SITES["school"], SITES["authority"])
    assert comparison.answer == document["answer"]
    assert (comparison.before, comparison.after) == (document["from"]["what"], document["to"]["what"])
    for server, said in zip(comparison.servers, document["servers"], strict=True):
        assert server.server == said["name"]
        for change, row in zip(server.changes, said["changes"], strict=True):
            assert [change.name, change.unit, change.before, change.after] == [
                row[key] for key in ("quantity", "unit", "from", "to")
            ]
            assert [change.before_decided_by or None, change.after_decided_by or None] == [
                row["from_decided_by"],
                row["to_decided_by"],
            ]
        for remarks, rows in ((server.new_remarks, said["new_remarks"]), (server.gone_remarks, said["gone_remarks"])):
            assert [(remark.code, remark.text) for remark in remarks] == [(row["code"], row["text"]) for row in rows]


def test_a_comparison_by_hand():
    # 500 clients need 2 cores and 1000 need 4, by the published line; 60 connections are 3 workers, which need 2.
    before, after = sizing.plan(clients=500, connections=60), sizing.plan(clients=1000, connections=60)
    (server,) = sizing.compare(before, after).servers
    cores = next(change for change in server.changes if change.name == "server.cores")
    assert (cores.before, cores.after, cores.unit) == (2, 4, "core")
    assert (cores.before_text, cores.after_text) == ("2 cores", "4 cores")
    assert cores.after_decided_by == "cpu.cores_by_clients"
    names = [change.name for change in server.changes]
    assert "clients" in names and "samba.memory" not in names and "connections" not in names
    assert repr(cores) == "<Change of server.cores: 2 cores to 4 cores>"


def test_a_change_is_a_difference_of_two_plans():
    for one, other in itertools.permutations(RULE_SETS, 2):
        before, after = sizing.plan(SITES["school"], opsi=one), sizing.plan(SITES["school"], opsi=other)
        (server,) = sizing.compare(before, after).servers
        changes = {change.name: (change.before, change.after) for change in server.changes}
        for name in {*before.keys(), *after.keys()}:
            sides = tuple(plan[name].value if name in plan else None for plan in (before, after))
            assert (sides[0] != sides[1]) == (name in changes), name
            assert changes.get(name, sides) == sides


def test_nothing_changes_between_equals():
    for path in SITES.values():
        comparison = sizing.compare(path, sizing.plan(path))
        assert all(not (each.changes or each.new_remarks or each.gone_remarks) for each in comparison.servers)


def test_sides_are_called_by_their_labels():
    plan = sizing.plan(clients=5)
    compared = sizing.compare(plan, SITES["school"])
    assert (compared.before, compared.after) == ("before", SITES["school"])
    labelled = sizing.compare(plan, SITES["school"], labels=("now", None))
    assert (labelled.before, labelled.after) == ("now", SITES["school"])
    both = sizing.compare(plan, plan, labels=("one", "other"))
    assert "From one (opsi 4.2) to other (opsi 4.2)" in both.to_text()
    assert repr(both).startswith("<Comparison: ") and repr(both.servers[0]) == "<ServerComparison of server: 0 changes>"


def test_a_comparison_takes_plans_sites_and_paths():
    site = sizing.Site.load(SITES["school"])
    texts = {
        unstamped_text(sizing.compare(before, SITES["company"]).to_text())
        for before in (site, site.plan(), SITES["school"])
    }
    assert len(texts) == 1


# capacity

CAPACITIES = [
    {"memory": "16GB", "cores": 4},
    {"memory": "16GiB", "cores": 8, "opsi": "4.3", "of": "connections", "clients": 2000},
    {"memory": "1GB"},
    {"cores": 1000000},
    {"cores": 6, "opsi": "4.1", "roles": ["depot"]},
    {"memory": "32GiB", "cores": 16, "disk_var_lib_opsi": "1TB", "packages": 200, "connections": 100},
    {"memory": "8GB", "of": "samba_connections", "clients": 100},
    {"disk_var_lib_opsi": "200GB", "clients": 5, "of": "packages"},
    {"memory": "8GB", "connections": 64, "scale": True, "clients": 240, "figures": {"samba.margin": 0}},
]


@needs_binary
@pytest.mark.parametrize("stated", CAPACITIES)
def test_capacity_is_that_of_the_same_flags(stated):
    plain = {name: value for name, value in stated.items() if name not in ("of", "scale")}
    arguments = ["capacity", *flags(plain), *(["--scale"] if stated.get("scale") else [])]
    if "of" in stated:
        arguments += ["--of", stated["of"].replace("samba_", "samba.")]
    answer = sizing.capacity(**stated)
    document = json_of(*arguments)
    for name in ("held", "scaled"):
        document[name] = [said.replace("(--", "(argument ") for said in document.get(name) or []]
    assert without_origins({"held": [], "scaled": [], **unstamped(answer.to_dict())}) == without_origins(document)
    assert (answer.most, answer.answer, answer.input, answer.unit) == tuple(
        document[key] for key in ("most", "answer", "input", "unit")
    )
    assert answer.runs_out_first == document["runs_out_first"]
    assert [remark.text for remark in answer.remarks] == [remark["text"] for remark in document["remarks"]]


@needs_binary
@pytest.mark.parametrize("site", ["school", "authority", "too-small"])
@pytest.mark.parametrize("scale", [False, True])
def test_a_site_carries_what_the_command_line_says(site, scale):
    same_reports(sizing.capacity(SITES[site], scale=scale), "capacity", SITES[site], *(["--scale"] if scale else []))


@needs_binary
def test_the_capacity_of_a_named_server_is_that_of_the_command_line():
    answer = sizing.capacity(SITES["authority"], server="depot-west", of="connections")
    same_reports(answer, "capacity", SITES["authority"], "--server", "depot-west", "--of", "connections")


def test_capacity_by_hand():
    # 500:2|1000:4 is a core for 250 clients; 600 MB of Samba for 100 connections.
    assert sizing.capacity(memory="64 GB", cores=6, connections=10).most == 1500
    assert sizing.capacity(memory="64 GB", cores=6, connections=10).runs_out_first == ["cores"]
    # 60 GB hold 60 GB of packages, and the input is a number of GB.
    assert sizing.capacity(disk_var_lib_opsi="75 GB", clients=5, of="packages").most == pytest.approx(75, abs=1e-6)
    assert sizing.capacity(memory="1 GB").most is None


@pytest.mark.parametrize("opsi", RULE_SETS)
@pytest.mark.parametrize("of", ["clients", "connections", "samba_connections"])
def test_what_is_carried_fits_and_one_more_does_not(opsi, of):
    for cores, memory in itertools.product((2, 3, 8, 40), ("3 GB", "16 GiB", "100 GB")):
        stated = {"opsi": opsi, "cores": cores, "memory": memory}
        if of != "clients":
            stated["clients"] = 100
        answer = sizing.capacity(of=of, **stated)
        if answer.most is None:
            assert sizing.plan(**{**stated, of: 0}).fits is False
            continue
        assert sizing.plan(**{**stated, of: answer.most}).fits is True
        if answer.at_bound:
            assert answer.most == sizing.Model(opsi).inputs[of.replace("samba_", "samba.")].high
            continue
        over = sizing.plan(**{**stated, of: answer.most + 1})
        assert over.fits is False
        assert [fit.resource for fit in over.servers[0].hardware if not fit.fits] == answer.runs_out_first


def test_what_grows_along_fits_as_well():
    site = sizing.Site(clients=200, connections=40, memory="16 GB", cores=8)
    answer = sizing.capacity(site, scale=True)
    assert answer.scaled == ["connections = 40 (argument connections)"] and answer.held == []
    connections = answer.most * 40 / 200
    assert site.with_(clients=answer.most, connections=int(connections)).plan().fits is True
    assert sizing.capacity(site).held == answer.scaled and sizing.capacity(site).scaled == []
    assert sizing.capacity(site).most > answer.most


def test_the_limit_of_a_plan_is_its_capacity():
    for stated in ({"memory": "16 GB", "cores": 4}, {"memory": "64 GB", "cores": 9}, {"memory": "3 GB", "cores": 50}):
        limit, answer = sizing.plan(clients=50, **stated).servers[0].limit, sizing.capacity(**stated)
        assert (limit.most, limit.runs_out_first) == (answer.most, answer.runs_out_first)


@pytest.mark.parametrize("of", ["role_config", "server.memory", "cleints", "memory", "samba.margin"])
def test_capacity_of_what_is_no_amount_is_refused(of):
    with pytest.raises(sizing.InputError) as caught:
        sizing.capacity(of=of, memory="8 GB", clients=5)
    assert caught.value.key == "of" and caught.value.allowed


def test_capacity_without_hardware_is_refused():
    for ask in (lambda: sizing.capacity(clients=5), lambda: sizing.capacity(SITES["company"])):
        with pytest.raises(sizing.InputError, match="no hardware"):
            ask()


def test_the_hardware_of_a_capacity_is_at_its_size():
    answer = sizing.capacity(memory="16 GB", cores=4)
    needed = sizing.plan(clients=answer.most)
    for offer, quantity in zip(answer.hardware, ("server.cores", "server.memory"), strict=True):
        assert offer.quantity == quantity and offer.needed == needed[quantity].value and offer.fits
    assert repr(answer) == f"<Capacity: {answer.answer}>" and len(repr(answer)) < 300


# sweep

OUTPUTS = [
    "opsiconfd.workers",
    "opsiconfd.memory",
    "samba.memory",
    "server.cores",
    "server.memory",
    "server.memory_to_buy",
]


@needs_binary
@pytest.mark.parametrize(
    ("vary", "stated", "outputs", "site"),
    [
        ({"clients": [100, 1500, 3000]}, {}, (), None),
        ({"clients": [500, 1, 500]}, {"opsi": "4.3"}, ("server.cores",), None),
        ({"samba_connections": [1, 2]}, {"clients": 90}, ("samba.memory", "clients"), None),
        ({"samba.memory_per_connection": [0.8, 4.0], "clients": [10, 20]}, {"connections": 7}, (), None),
        ({"clients": [100, 200]}, {"figures": {"samba.margin": 30}, "roles": ["depot"]}, (), None),
        ({"connections": [10, 100]}, {}, ("server.memory", "disk.logs"), "school"),
        ({"packages": [1.5, 600.25]}, {}, ("disk.var_lib_opsi",), "large"),
        ({"depot_webdav": [0, 1]}, {"clients": 90}, (), None),
    ],
)
def test_a_sweep_is_that_of_the_command_line(vary, stated, outputs, site):
    arguments = ["sweep", *([SITES[site]] if site else []), *flags(stated)]
    for name, values in vary.items():
        dotted = {"samba_connections": "samba.connections", "depot_webdav": "depot.webdav"}.get(name, name)
        arguments += ["--vary", f"{dotted}={','.join(map(str, values))}"]
    if outputs:
        arguments += ["--outputs", ",".join(outputs)]
    sweep = sizing.sweep(SITES[site] if site else None, vary=vary, outputs=outputs, **stated)
    same_reports(sweep, *arguments)
    document = json_of(*arguments)
    assert (sweep.units, sweep.changes, sweep.assumed, sweep.server) == tuple(
        document[key] for key in ("units", "changes", "assumed", "server")
    )
    assert sweep.opsi == document["opsi"] and len(sweep) == len(document["rows"])
    for name in sweep.keys():  # noqa: SIM118
        assert sweep[name].tolist() == [row[name] for row in document["rows"]]
    for output in sweep.outputs:
        expected = [row.get(f"{output}.decided_by") or "" for row in document["rows"]]
        assert sweep.decided_by(output) == expected


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_columns_are_those_of_evaluate_and_rows_those_of_plan(opsi):
    clients, connections = [0, 1, 499, 501, 2001, 100000], [0, 20, 21, 5000]
    sweep = sizing.sweep(vary={"clients": clients, "connections": connections}, opsi=opsi, samba_connections=9)
    assert sweep.keys() == ["clients", "connections", *OUTPUTS] and sweep.outputs == OUTPUTS
    assert sweep.axes == ["clients", "connections"] and len(sweep) == 24
    pairs = numpy.array(list(itertools.product(clients, connections)), dtype=float)
    numpy.testing.assert_array_equal(sweep["clients"], pairs[:, 0])
    numpy.testing.assert_array_equal(sweep["connections"], pairs[:, 1])
    columns = sizing.evaluate(clients=pairs[:, 0], connections=pairs[:, 1], opsi=opsi, samba_connections=9)
    for name in OUTPUTS:
        assert sweep[name].tobytes() == columns[name].tobytes()
    for row, (each, simultaneous) in enumerate(pairs):
        plan = sizing.plan(clients=each, connections=simultaneous, opsi=opsi, samba_connections=9)
        for name in OUTPUTS:
            assert sweep[name][row] == plan[name].value
            assert sweep.decided_by(name)[row] == (plan[name].decided_by or "")


@pytest.mark.parametrize("figure", ["samba.margin", "opsiconfd.connections_per_worker", "system.base_memory"])
def test_a_figure_varies_as_in_plan(figure):
    values = [5, 20, 77.5]
    sweep = sizing.sweep(vary={figure: values}, clients=900)
    for row, value in enumerate(values):
        plan = sizing.plan(clients=900, figures={figure: value})
        assert [sweep[name][row] for name in OUTPUTS] == [plan[name].value for name in OUTPUTS]


def test_a_sweep_over_a_server_of_a_site():
    sweep = sizing.sweep(SITES["authority"], server="depot-west", vary={"connections": [10, 50]})
    assert sweep.server == "depot-west"
    for row, connections in enumerate([10, 50]):
        plan = sizing.plan(SITES["authority"], server="depot-west", connections=connections)
        assert sweep["server.memory"][row] == plan.server("depot-west")["server.memory"].value


def test_changes_are_where_another_rule_decides():
    sweep = sizing.sweep(vary={"clients": range(100, 2001, 100)}, connections=120)
    deciders = {name: sweep.decided_by(name) for name in sweep.outputs}
    expected = {
        (float(sweep["clients"][row]), name, names[row])
        for name, names in deciders.items()
        for row in range(1, len(sweep))
        if names[row] != names[row - 1] and names[row]
    }
    assert expected and len(sweep.changes) == len(expected)
    for clients, name, decider in expected:
        assert any(s.startswith(f"from clients = {clients:g} on, {decider} decides {name} ") for s in sweep.changes)


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 3],
        (1, 2, 3),
        range(1, 4),
        numpy.arange(1, 4),
        numpy.array([1, 2, 3], dtype=numpy.float32),
        numpy.arange(1, 7)[::2] // 2 + 1,
    ],
)
def test_values_come_as_any_list(values):
    assert sizing.sweep(vary={"clients": values}, outputs=["clients"])["clients"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    "outputs", ["server.cores", ["server.cores"], ("server.cores",), {"server.cores"}, iter(["server.cores"])]
)
def test_outputs_come_as_any_list_of_names(outputs):
    assert sizing.sweep(vary={"clients": [1]}, outputs=outputs).outputs == ["server.cores"]


def test_columns_are_read_only_views_that_outlive_the_sweep():
    sweep = sizing.sweep(vary={"clients": range(1, 100_000)}, outputs=["server.memory"])
    column, again = sweep["server.memory"], sweep["server.memory"]
    assert numpy.shares_memory(column, again) and column.dtype == numpy.float64
    with pytest.raises(ValueError):
        column[0] = 1
    with pytest.raises(ValueError):
        column.sort()
    with pytest.raises(ValueError):
        column.setflags(write=True)
    expected = column.copy()
    part = column[::7]
    del sweep, again, column
    gc.collect()
    sizing.sweep(vary={"clients": range(1, 100_000)}, outputs=["samba.memory"])
    numpy.testing.assert_array_equal(part, expected[::7])


def test_a_sweep_is_a_mapping_of_columns():
    sweep = sizing.sweep(vary={"clients": [1, 2]}, outputs=["server.cores"])
    assert list(sweep) == sweep.keys() == ["clients", "server.cores"] == list(dict(sweep))
    assert "clients" in sweep and "server.memory" not in sweep
    assert repr(sweep) == "<Sweep of clients, server.cores: 2 rows>"
    for ask in (sweep.__getitem__, sweep.decided_by):
        with pytest.raises(KeyError):
            ask("server.memory")


def test_a_frame_is_made_of_a_sweep():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(dict(sizing.sweep(vary={"clients": [1, 2]}, outputs=["server.cores"])))
    assert frame.columns.tolist() == ["clients", "server.cores"] and len(frame) == 2


@pytest.mark.parametrize(
    ("vary", "key"),
    [
        ({"clinets": [1]}, "vary clinets"),
        ({"clients": [-1]}, "vary clients"),
        ({"clients": [1.5]}, "vary clients"),
        ({"clients": [float("nan")]}, "vary clients"),
        ({"clients": []}, "vary clients"),
        ({"clients": "many"}, "vary clients"),
        ({"clients": [[1]]}, "vary clients"),
        ({"clients": [None]}, "vary clients"),
        ({"samba.margin": [-1]}, "vary samba.margin"),
        ({"opsiconfd.memory_by_clients": [1]}, "vary opsiconfd.memory_by_clients"),
        ({"server.memory": [1]}, "vary server.memory"),
        ({"memory": [1]}, "vary memory"),
        ({"clients": range(1000), "connections": range(1001)}, "vary"),
        ({"samba_connections": [1], "samba.connections": [1]}, "vary"),
        ({}, "vary"),
    ],
)
def test_what_cannot_vary_is_refused(vary, key):
    with pytest.raises(sizing.InputError) as caught:
        sizing.sweep(vary=vary, active_clients=1, figures=None)
    assert caught.value.key == key


@pytest.mark.parametrize("outputs", [["server.memroy"], ["server.cores", "server.cores"], [""]])
def test_unknown_and_repeated_outputs_are_refused(outputs):
    with pytest.raises(sizing.InputError) as caught:
        sizing.sweep(vary={"clients": [1]}, outputs=outputs)
    assert caught.value.key == "outputs"


@pytest.mark.parametrize(
    "values",
    [
        numpy.ma.masked_array([100, 200], mask=[False, True]),
        numpy.array(["1970-02-01"], dtype="datetime64[D]"),
        ["3"],
        [[1, 2]],
    ],
    ids=["masked", "days", "text", "two dimensions"],
)
def test_what_varies_is_numbers(values):
    with pytest.raises(sizing.InputError) as refused:
        sizing.sweep(vary={"clients": values})
    assert refused.value.key == "vary clients"


def test_what_varies_is_not_given_as_well():
    with pytest.raises(sizing.InputError, match="given and varied"):
        sizing.sweep(vary={"samba.connections": [1]}, clients=5, samba_connections=5)


def test_the_command_of_a_report_asks_the_same_again():
    asked = [
        sizing.capacity(SITES["school"], scale=True),
        sizing.capacity(memory="16 GB", cores=4, of="connections", clients=500),
        sizing.sweep(vary={"clients": [100, 200]}, outputs=["server.memory"], connections=5),
        sizing.figures("samba.margin"),
        sizing.ports(opsi="4.3", role="depot", direction="in"),
        sizing.Site(name="a", clients=5, figures={"samba.margin": 7}).plan(),
    ]
    for answer in asked:
        command = answer.to_dict()["command"]
        again = eval(command, {"opsi_sizing": sizing, "Site": sizing.Site})
        assert again.to_dict() == answer.to_dict(), command
