"""check(), import_diagnostic(), tune() and firewall(): against the command line, and against what has to hold of them."""

from __future__ import annotations

import inspect
import os
import pathlib
import shutil
import subprocess
import threading

import opsi_sizing as sizing
import pytest
from binary import ROOT, SITES, json_of, needs_binary, run, says, unstamped, unstamped_text, without_origins

HOSTS = ["depot", "opsi1", "school"]
VERDICTS = ["fail", "warning", "unseen", "note", "pass"]  # which of them decides


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch):
    monkeypatch.chdir(ROOT)


def same_reports(answer, *arguments: str) -> None:
    assert unstamped(answer.to_dict()) == json_of(*arguments)
    for format, text in {"text": answer.to_text(), "markdown": answer.to_markdown(), "csv": answer.to_csv()}.items():
        assert unstamped_text(text) == unstamped_text(says(*arguments, "--format", format)), format
    assert str(answer) == answer.to_text() and answer.to_html() == answer._repr_html_()


def same_reports_but_the_file(imported, *arguments: str) -> None:
    for format, text in {
        "text": imported.to_text(),
        "markdown": imported.to_markdown(),
        "csv": imported.to_csv(),
    }.items():
        assert unstamped_text(text) == unstamped_text(says(*arguments, "--format", format)), format


def statements(toml: str) -> list[str]:
    """What a site file states, without its comments."""
    return [line.partition("#")[0].rstrip() for line in toml.splitlines() if line.partition("#")[0].strip()]


def rules(text: str) -> list[str]:
    """Without the lines that name the call."""
    return [line for line in text.splitlines() if "opsi-sizing" not in line and "opsi_sizing" not in line]


# check


@needs_binary
@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_checked_as_on_the_command_line(host):
    root = f"data/hosts/{host}"
    same_reports(sizing.check(root=root), "check", "--root", root)
    of_release = sizing.check(root=pathlib.Path(root), opsi="4.3")
    said = json_of("check", "--root", root, "--opsi", "4.3")
    assert without_origins(unstamped(of_release.to_dict())) == without_origins(said)
    same_reports(sizing.check(root=root, clients=3000), "check", "--root", root, "--clients", "3000")


@needs_binary
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_held_against_the_plan_of_its_site(host, site):
    root = f"data/hosts/{host}"
    same_reports(sizing.check(SITES[site], root=root), "check", SITES[site], "--root", root)


@needs_binary
def test_monitoring_reads_the_same_lines():
    answer = sizing.check(root="data/hosts/opsi1")
    for format, text in {"nagios": answer.to_nagios(), "checkmk": answer.to_checkmk()}.items():
        said = run("check", "--root", "data/hosts/opsi1", "--format", format).stdout
        assert text.splitlines()[0].split("opsi")[0] == said.splitlines()[0].split("opsi")[0]
        assert len(text.splitlines()) == len(said.splitlines())


@pytest.mark.parametrize("host", HOSTS)
def test_a_check_is_as_bad_as_its_worst_row(host):
    answer = sizing.check(root=f"data/hosts/{host}", clients=500)
    found = {check.verdict for check in answer.checks}
    assert answer.verdict == next(verdict for verdict in VERDICTS if verdict in found)
    assert sum(answer.counts.values()) == len(answer.checks)
    assert {check.source for check in answer.checks if check.source} <= {row["id"] for row in sizing.sources()}
    assert {measure.check for measure in answer.measures} <= {check.id for check in answer.checks}


def test_a_site_without_words_is_the_host_alone():
    assert sizing.check(root="data/hosts/opsi1").server is None
    assert sizing.check(root="data/hosts/opsi1", clients=None, opsi="4.3").server is None
    assert sizing.check(root="data/hosts/opsi1", clients=5).server == "server"
    assert sizing.check(sizing.Site(clients=5), root="data/hosts/opsi1").server == "server"


def test_this_machine_is_what_is_checked_without_a_root():
    """Not checked here: looking up its names may ask a server elsewhere."""
    assert inspect.signature(sizing.check).parameters["root"].default == "/"
    assert inspect.signature(sizing.check).parameters["connect"].default is False


def test_others_run_while_a_host_is_checked():
    threads = [
        threading.Thread(target=lambda: answers.append(sizing.check(root="data/hosts/school"))) for _ in range(4)
    ]
    answers: list[sizing.CheckAnswer] = []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.to_csv() for answer in answers}) == 1 and len(answers) == 4


@needs_binary
@pytest.mark.parametrize("names", [["opsi1.example.org"], ["opsi_2"], ["a.b.c", "10.0.0.1", "x-"], ["ä" * 80]])
def test_names_are_checked_as_on_the_command_line(names):
    same_reports(sizing.check_name(*names), "check", "name", *names)


@needs_binary
@pytest.mark.parametrize("value", [" ", "localhost,127.0.0.1,*.example.org", "http://proxy:3128", "10.0.0.0/8, x"])
@pytest.mark.parametrize("variable", ["no_proxy", "http_proxy", "https_proxy"])
def test_proxies_are_checked_as_on_the_command_line(value, variable):
    same_reports(sizing.check_proxy(value, variable=variable), "check", "proxy", value, "--variable", variable)


def test_what_cannot_be_checked_is_refused():
    for call, key in [
        (lambda: sizing.check_name(), "check_name"),
        (lambda: sizing.check_proxy("x", "ftp_proxy"), "variable"),
        (lambda: sizing.check(root="data/hosts/none"), None),
        (lambda: sizing.check(root="data/hosts/school", opsi="9"), "opsi"),
        (lambda: sizing.check(SITES["large"], root="data/hosts/school", server="depot-99"), "server"),
    ]:
        with pytest.raises(sizing.InputError) as refused:
            call()
        assert key is None or refused.value.key == key
    for wrong in (lambda: sizing.check(root=5), lambda: sizing.check_name(5), lambda: sizing.check(clints=5)):
        with pytest.raises(TypeError):
            wrong()


# import_diagnostic


@needs_binary
@pytest.mark.parametrize("name", ["school", "outgrown"])
@pytest.mark.parametrize("stated", [{}, {"connections": 60}, {"opsi": "4.2", "clients": 3000}])
def test_a_diagnostic_file_is_imported_as_on_the_command_line(name, stated):
    path = f"data/diagnostic/{name}.json"
    line = ["import", path]
    for key, value in stated.items():
        line += ["--opsi", value] if key == "opsi" else ["--set", f"{key}={value}"]
    imported = sizing.import_diagnostic(path, **stated)
    found, said = unstamped(imported.to_dict()), json_of(*line)
    texts = [document["site"].pop("toml") for document in (found, said)]
    assert texts[0] == imported.toml
    assert without_origins(found) == without_origins(said)
    assert statements(texts[0]) == statements(texts[1]) == statements(says(*line))
    if not stated:
        same_reports_but_the_file(imported, *line)
    assert imported.too_small == (run(*line).returncode == 1)


@pytest.mark.parametrize("name", ["school", "outgrown"])
def test_the_site_file_of_an_import_plans_the_same(name):
    imported = sizing.import_diagnostic(f"data/diagnostic/{name}.json", connections=60)
    again = sizing.Site.parse(imported.toml).plan()
    assert {key: quantity.value for key, quantity in again.quantities.items()} == {
        key: quantity.value for key, quantity in imported.plan.quantities.items()
    }
    assert imported.site.plan().answer == imported.plan.answer == again.answer
    assert imported.too_small == any(line.verdict == "too small" for line in imported.hardware)
    assert all(line.fit.fits == (line.verdict != "too small") for line in imported.hardware)


def test_hardware_that_is_stated_goes_over_the_file():
    small = sizing.import_diagnostic("data/diagnostic/school.json", memory="1 GB")
    assert small.too_small and small.plan.fits is False
    assert next(line.fit.stated for line in small.hardware if line.fit.resource == "memory") == "1 GB"


def test_a_wrong_diagnostic_file_is_named_with_its_line(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"opsiconfd_version": "4.3.1",\n "memory": {"total": "much"}}')
    with pytest.raises(sizing.InputError) as refused:
        sizing.import_diagnostic(broken)
    assert (refused.value.file, refused.value.line, refused.value.key) == (str(broken), 2, "memory.total")
    broken.write_text('{"memory": {"total": 8000000000}}')
    with pytest.raises(sizing.InputError, match="client_count"):
        sizing.import_diagnostic(broken)
    assert sizing.import_diagnostic(broken, clients=50).plan["clients"].value == 50
    with pytest.raises(sizing.InputError):
        sizing.import_diagnostic(tmp_path / "none.json")
    with pytest.raises(TypeError):
        sizing.import_diagnostic(5)


# tune


@needs_binary
@pytest.mark.parametrize("site", SITES)
def test_a_site_is_tuned_as_on_the_command_line(site):
    same_reports(sizing.tune(SITES[site]), "tune", SITES[site])
    same_reports(sizing.Site.load(SITES[site]).tune(), "tune", SITES[site])
    for opsi, family in (("4.1", "debian"), ("4.2", "redhat"), ("4.3", "suse")):
        line = ["tune", SITES[site], "--opsi", opsi, "--family", family, "--lower"]
        same_reports(sizing.tune(SITES[site], opsi=opsi, family=family, lower=True), *line)


@needs_binary
@pytest.mark.parametrize("host", HOSTS)
def test_a_tree_is_tuned_as_on_the_command_line(host):
    root = f"data/hosts/{host}"
    tuning = sizing.tune("data/sites/school.toml", root=root)
    line = ["tune", "data/sites/school.toml", "--root", root]
    same_reports(tuning, *line)
    assert rules(tuning.diff()) == rules(says(*line, "--diff"))


@needs_binary
def test_files_are_those_that_the_command_line_writes(tmp_path):
    tuning = sizing.tune("data/sites/school.toml", root="data/hosts/school")
    line = ["tune", "data/sites/school.toml", "--root", "data/hosts/school", "--write", str(tmp_path / "new")]
    assert run(*line).returncode == 0
    written = {
        f"/{path.relative_to(tmp_path / 'new')}": path for path in (tmp_path / "new").rglob("*") if path.is_file()
    }
    assert {change.path for change in tuning.changes} == set(written) and written
    for change in tuning.changes:
        assert rules(change.after) == rules(written[change.path].read_text())
        assert change.mode == written[change.path].stat().st_mode & 0o7777


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not there")
def test_a_diff_makes_the_files(tmp_path):
    tuning = sizing.tune(clients=3000, connections=300, root="data/hosts/school")
    for change in tuning.changes:
        target = tmp_path / change.path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if change.before is not None:
            target.write_text(change.before)
            assert change.before == (ROOT / "data/hosts/school" / change.path.lstrip("/")).read_text()
    done = subprocess.run(["patch", "-p1", "-s", "-d", tmp_path], input=tuning.diff(), text=True, check=False)
    assert done.returncode == 0 and tuning.changes
    for change in tuning.changes:
        assert (tmp_path / change.path.lstrip("/")).read_text() == change.after


def test_what_is_written_stands_in_a_file():
    tuning = sizing.tune(clients=3000, connections=300)
    texts = {change.path: change.after for change in tuning.changes}
    written = [card for card in tuning.settings if card.action == "write"]
    assert written
    for card in written:
        assert card.value in texts[card.file], card.key
    known = {row["id"] for row in sizing.sources()}
    assert all(set(card.sources) <= known and card.sources for card in tuning.settings)
    assert all(card.in_force is None for card in tuning.settings)


def test_a_server_of_a_site_is_tuned():
    site = sizing.Site.load(SITES["large"])
    depot = site.tune(server="depot-1", family="redhat")
    assert (depot.server, depot.roles, depot.family) == ("depot-1", ["depot"], "redhat")
    with pytest.raises(sizing.InputError, match="depot-1"):
        site.tune(server="depot-l")


def test_wrong_trees_and_families_are_refused():
    for wrong in ({"family": "bsd"}, {"root": "data/hosts/none"}, {"root": "README.md"}):
        with pytest.raises(sizing.InputError):
            sizing.tune(clients=5, **wrong)
    with pytest.raises(TypeError):
        sizing.tune(clients=5, root=5)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_files_that_cannot_be_read_are_not_changed(tmp_path):
    conf = tmp_path / "etc/opsi/opsiconfd.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text("[global]\n")
    conf.chmod(0)
    tuning = sizing.tune(clients=3000, connections=300, root=tmp_path)
    with pytest.raises(sizing.InputError, match="cannot be read"):
        tuning.diff()
    with pytest.raises(sizing.InputError, match="cannot be read"):
        _ = tuning.changes


# firewall


@needs_binary
@pytest.mark.parametrize("site", SITES)
def test_a_firewall_is_that_of_the_command_line(site):
    same_reports(sizing.firewall(SITES[site]), "firewall", SITES[site])
    wall = sizing.Site.load(SITES[site]).firewall(clients_from=["10.1.0.0/16", "fd00::/8"], outgoing=True)
    line = ["firewall", SITES[site], "--clients-from", "10.1.0.0/16,fd00::/8", "--outgoing"]
    same_reports(wall, *line)
    for format, text in {
        "nftables": wall.to_nftables(),
        "ufw": wall.to_ufw(),
        "firewalld": wall.to_firewalld(),
    }.items():
        assert rules(text) == rules(says(*line, "--format", format)), format


@needs_binary
@pytest.mark.parametrize("opsi", ["4.1", "4.2", "4.3"])
def test_optional_rows_are_opened_and_left_out_as_on_the_command_line(opsi):
    words = {port.option for port in sizing.firewall(clients=5, opsi=opsi).rows if port.option} - {"ssh"}
    assert words
    for word in sorted(words):
        without = sizing.firewall(clients=5, opsi=opsi, without=word)
        same_reports(without, "firewall", "--clients", "5", "--opsi", opsi, "--without", word)
        assert not any(row.open for row in without.rows if row.option == word and row.direction == "in")
        opened = sizing.firewall(clients=5, opsi=opsi, with_=[word])
        same_reports(opened, "firewall", "--clients", "5", "--opsi", opsi, "--with", word)
        assert all(row.open for row in opened.rows if row.option == word)


def test_networks_only_narrow():
    everywhere = sizing.firewall(clients=5)
    narrowed = sizing.firewall(
        clients=5, clients_from="10.0.0.0/8", servers_from="10.9.0.1", admins_from=("10.1.5.0/24",)
    )
    assert [(row.port, row.open) for row in everywhere.rows] == [(row.port, row.open) for row in narrowed.rows]
    assert all(row.addresses == [] for row in everywhere.rows)
    assert {"10.0.0.0/8", "10.9.0.1", "10.1.5.0/24"} == {each for row in narrowed.rows for each in row.addresses}
    for row in narrowed.rows:
        assert all(1 <= low <= high <= 65535 for low, high in row.ports)


def test_nobody_is_locked_out_and_slips_are_named():
    for wrong, key in [
        ({"without": "ssh"}, "without"),
        ({"with_": "grafna"}, "with_"),
        ({"clients_from": "10.1.2.3/16"}, "clients_from"),
        ({"servers_from": ["opsi.example.org"]}, "servers_from"),
        ({"admins_from": ["10.0.0.1"] * 1001}, "admins_from"),
    ]:
        with pytest.raises(sizing.InputError) as refused:
            sizing.firewall(clients=5, **wrong)
        assert refused.value.key == key
    with pytest.raises(TypeError):
        sizing.firewall(clients=5, clients_from=[5])
