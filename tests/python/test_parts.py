"""write_part(): studies in parts that are stopped at any moment and go on where they were, to the same numbers."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time

import numpy as np
import opsi_sizing as sizing
import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = 1000
OUTPUTS = ["server.memory", "server.cores"]


def sites_of(part, rows=ROWS):
    numbers = np.arange(part * rows, part * rows + rows)
    return {"clients": numbers, "connections": numbers % 300}


def files_of(folder):
    return sorted(path.name for path in folder.iterdir())


def state_of(folder):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


def parts_of(folder):
    return {name: state for name, state in state_of(folder).items() if not name.startswith(".")}


def must_not_be_called():
    pytest.fail("data was made though its part is there")


def refusal_of(*given, **arguments):
    with pytest.raises(sizing.InputError) as refused:
        sizing.write_part(*given, **arguments)
    return str(refused.value)


# The file.


def test_a_part_holds_the_columns_as_they_are_and_then_the_outputs_as_asked_for(tmp_path):
    table = pa.table({"place": ["a", "b"], "clients": pa.array([500, 1000], pa.int32()), "open": [True, None]})
    path = sizing.write_part(table, tmp_path / "new" / "folder" / "part.parquet", outputs=OUTPUTS)
    assert path == tmp_path / "new" / "folder" / "part.parquet"
    with path.open("rb") as file:
        written = pq.read_table(file)
    assert written.column_names == ["place", "clients", "open", *OUTPUTS]
    assert written.select(table.column_names).cast(table.schema).equals(table)
    expected = sizing.evaluate(clients=[500, 1000], outputs=OUTPUTS)
    assert {name: written[name].to_pylist() for name in OUTPUTS} == {n: list(v) for n, v in expected.items()}


def as_pandas(columns):
    return pytest.importorskip("pandas").DataFrame(columns, index=np.arange(len(columns["clients"])) * 2)


def as_polars(columns):
    return pytest.importorskip("polars").DataFrame(columns)


KINDS = [dict, lambda columns: {name: list(values) for name, values in columns.items()}, as_pandas, as_polars, pa.table]
KINDS += [pa.record_batch, lambda columns: pa.table(columns).to_reader(max_chunksize=300)]
KIND_NAMES = ["arrays", "lists", "pandas", "polars", "pyarrow", "record batch", "reader"]


@pytest.mark.parametrize("kind", KINDS, ids=KIND_NAMES)
@pytest.mark.parametrize("called", [False, True], ids=["data", "function"])
def test_every_kind_of_data_gives_the_same_part(kind, called, tmp_path):
    data = kind(sites_of(3))
    path = sizing.write_part((lambda: data) if called else data, tmp_path / "part.parquet", outputs=OUTPUTS)
    written = pq.ParquetFile(path).read(["clients", "connections", *OUTPUTS]).to_pydict()
    expected = sites_of(3) | sizing.evaluate(**sites_of(3), outputs=OUTPUTS)
    assert written == {name: values.tolist() for name, values in expected.items()}


def test_pandas_reads_its_index_back(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"clients": [5, 6]}, index=pandas.Index(["a", "b"], name="place"))
    path = sizing.write_part(frame, tmp_path / "part.parquet", outputs="server.cores")
    assert pandas.read_parquet(path).to_dict() == {"clients": {"a": 5, "b": 6}, "server.cores": {"a": 2.0, "b": 2.0}}


def test_a_part_says_what_it_was_made_with(tmp_path):
    table = pa.table({"clients": [5]}).replace_schema_metadata({"from": "survey"})
    figures = {"opsiconfd.memory_per_worker": 300}
    arguments = {"outputs": OUTPUTS, "opsi": "4.3", "figures": figures, "connections": 3.0}
    given = arguments | {"outputs": tuple(OUTPUTS), "connections": np.float64(3), "threads": 2, "depots": None}
    path = sizing.write_part(table, tmp_path / "part.parquet", **given)
    metadata = pq.read_schema(path).metadata
    assert metadata[b"from"] == b"survey"
    assert json.loads(metadata[b"opsi_sizing"]) == {"version": sizing.__version__, **arguments}


def test_the_file_has_the_rights_that_other_files_have(tmp_path):
    (tmp_path / "plain").touch()
    path = sizing.write_part({"clients": [5]}, tmp_path / "part.parquet")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


# A part that is there.


def test_a_part_that_is_there_is_left_alone_and_its_data_is_not_made(tmp_path):
    sizing.write_part(sites_of(0), tmp_path / "part.parquet", outputs=OUTPUTS)
    before = state_of(tmp_path)
    sizing.write_part(must_not_be_called, str(tmp_path / "part.parquet"), outputs=tuple(OUTPUTS), threads=0, opsi=None)
    assert state_of(tmp_path) == before


def test_outputs_are_the_same_in_every_spelling(tmp_path):
    for outputs in ("server.cores", ["server.cores"], ("server.cores",), (name for name in ["server.cores"])):
        path = sizing.write_part(sites_of(0), tmp_path / "part.parquet", outputs=outputs)
    assert pq.ParquetFile(path).schema_arrow.names == ["clients", "connections", "server.cores"]


def test_outputs_from_a_generator_are_evaluated(tmp_path):
    path = sizing.write_part(sites_of(2), tmp_path / "part.parquet", outputs=(name for name in OUTPUTS))
    written = pq.ParquetFile(path).read(OUTPUTS).to_pydict()
    assert written == {n: v.tolist() for n, v in sizing.evaluate(**sites_of(2), outputs=OUTPUTS).items()}


MADE_WITH = {"outputs": OUTPUTS, "opsi": "4.2", "figures": {"opsiconfd.memory_per_worker": 300}, "samba_connections": 4}
OTHERS = [
    {"outputs": OUTPUTS[:1]},
    {"outputs": OUTPUTS[::-1]},
    {"outputs": None},
    {"opsi": "4.3"},
    {"figures": None},
    {"figures": {"opsiconfd.memory_per_worker": 301}},
    {"samba_connections": 5},
    {"depots": 1},
]


@pytest.mark.parametrize("other", OTHERS)
def test_a_part_made_with_other_arguments_is_refused_and_stays(other, tmp_path):
    sizing.write_part(sites_of(0), tmp_path / "part.parquet", **MADE_WITH)
    before = state_of(tmp_path)
    text = refusal_of(must_not_be_called, tmp_path / "part.parquet", **(MADE_WITH | other))
    assert "part.parquet" in text and "other arguments" in text
    assert state_of(tmp_path) == before


def test_a_part_of_another_version_is_refused(tmp_path):
    path = sizing.write_part(sites_of(0), tmp_path / "part.parquet")
    table = pq.ParquetFile(path).read()
    pq.write_table(table.replace_schema_metadata({"opsi_sizing": json.dumps({"version": "0.0.9"})}), path)
    assert "0.0.9" in refusal_of(must_not_be_called, path)


def test_a_file_of_somebody_else_is_refused_and_stays(tmp_path):
    pq.write_table(pa.table({"clients": [1]}), tmp_path / "other.parquet")
    (tmp_path / "empty.parquet").touch()
    (tmp_path / "text.parquet").write_text("PAR1")
    (tmp_path / "folder.parquet").mkdir()
    before = state_of(tmp_path)
    for name in before:
        assert name in refusal_of(must_not_be_called, tmp_path / name)
    assert state_of(tmp_path) == before


# What goes wrong.


def fails():
    raise RuntimeError("the survey is not there")


@pytest.mark.parametrize(
    ("data", "arguments", "kind"),
    [
        (fails, {}, RuntimeError),
        ({"clients": [1, 2, -3]}, {}, sizing.InputError),
        ({"clients": [1, 2]}, {"outputs": ["nothing"]}, sizing.InputError),
        ({"clients": [1, 2]}, {"clients": 4}, sizing.InputError),
        ({"clients": [1, 2]}, {"cliens": 4}, TypeError),
        ({"clients": [1, 2], "server.memory": [0, 0]}, {"outputs": OUTPUTS}, sizing.InputError),
        ({"clients": [1, 2], "connections": 5}, {}, TypeError),
        ({"clients": np.ones((2, 2))}, {}, TypeError),
        (None, {}, TypeError),
    ],
    ids=["function", "value", "output", "twice", "keyword", "column of that name", "number", "two dimensions", "none"],
)
def test_an_error_leaves_no_file(data, arguments, kind, tmp_path):
    with pytest.raises(kind):
        sizing.write_part(data, tmp_path / "part.parquet", **arguments)
    assert files_of(tmp_path) == []


def test_an_error_in_a_part_has_its_parts(tmp_path):
    with pytest.raises(sizing.InputError) as refused:
        sizing.write_part({"clients": [1, 2, -3]}, tmp_path / "part.parquet")
    assert (refused.value.key, refused.value.row, refused.value.found) == ("clients", 2, "-3")


def test_an_error_while_writing_leaves_no_file(tmp_path, monkeypatch):
    def full(table, file, *_, **__):
        file.write(b"PAR1")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        sizing.write_part(sites_of(0), tmp_path / "part.parquet")
    assert files_of(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_named():
    folder = pathlib.Path("/proc/self")  # nobody can make a file there, root included
    with pytest.raises(OSError) as refused:
        sizing.write_part(sites_of(0), folder / "part.parquet")
    assert "/proc/self" in str(refused.value)


def test_a_read_only_folder_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root writes to read-only folders")
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o555)
    with pytest.raises(PermissionError) as refused:
        sizing.write_part(sites_of(0), folder / "part.parquet")
    assert str(folder) in str(refused.value)


def test_an_address_is_no_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "s3://bucket/part.parquet" in refusal_of(sites_of(0), "s3://bucket/part.parquet")
    assert files_of(tmp_path) == []


# A study that is stopped.

PARTS = 60
PART_ROWS = 20_000
STUDY = f"""
    import pathlib, sys
    import numpy as np
    import opsi_sizing as sizing

    folder = pathlib.Path(sys.argv[1])
    for part in range({PARTS}):
        numbers = np.arange(part * {PART_ROWS}, (part + 1) * {PART_ROWS})
        sites = {{"clients": numbers, "connections": numbers % 300}}
        sizing.write_part(lambda: sites, folder / f"part-{{part:03}}.parquet", outputs={OUTPUTS})
        print(part, flush=True)
"""


def start_study(folder):
    command = [sys.executable, "-c", textwrap.dedent(STUDY), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run_study(folder):
    with start_study(folder) as study:
        assert study.wait() == 0


def kill_study(folder, seconds):
    """Kills it some time after its first part was there, in the middle of whatever it does then."""
    with start_study(folder) as study:
        study.stdout.readline()
        time.sleep(seconds)
        study.send_signal(signal.SIGKILL)
        return study.wait() == -signal.SIGKILL


def read_in_order(folder):
    return pa.concat_tables(pq.ParquetFile(path).read() for path in sorted(folder.glob("[!.]*.parquet")))


@pytest.fixture(scope="module")
def one_process():
    sites = sites_of(0, PARTS * PART_ROWS)
    return pa.table(sites | sizing.evaluate(**sites, outputs=OUTPUTS))


def test_a_study_that_is_killed_again_and_again_goes_on_where_it_was(tmp_path, one_process):
    seen = {}
    stopped = 0
    for attempt in range(12):
        stopped += kill_study(tmp_path, attempt * 0.004)
        found = parts_of(tmp_path)
        for name in found:
            assert pq.ParquetFile(tmp_path / name).read().num_rows == PART_ROWS
        assert found.items() >= seen.items()
        seen = found
    assert stopped >= 3 and 0 < len(seen) <= PARTS

    for name in list(seen)[::4]:  # some that are missing again, wherever they are
        (tmp_path / name).unlink()
        del seen[name]
    run_study(tmp_path)
    assert sorted(parts_of(tmp_path)) == [f"part-{part:03}.parquet" for part in range(PARTS)]
    assert parts_of(tmp_path).items() >= seen.items()
    assert read_in_order(tmp_path).replace_schema_metadata().equals(one_process)


HALF = """
    import sys, time
    import opsi_sizing as sizing
    import pyarrow.parquet

    write_table = pyarrow.parquet.write_table

    def write_half(table, file):
        write_table(table.slice(0, table.num_rows // 2), file)
        file.flush()
        print("half", flush=True)
        time.sleep(600)

    pyarrow.parquet.write_table = write_half
    sizing.write_part({"clients": list(range(10000))}, sys.argv[1])
"""


def needs_nameless_files(folder):
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
    except OSError:
        pytest.skip("the file system has no files without a name")


def test_a_part_that_is_killed_in_the_middle_of_its_writing_leaves_nothing(tmp_path):
    needs_nameless_files(tmp_path)
    command = [sys.executable, "-c", textwrap.dedent(HALF), str(tmp_path / "part.parquet")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "half\n"
        writer.kill()
    assert files_of(tmp_path) == []


def test_a_file_system_without_nameless_files_has_whole_parts_too(tmp_path, monkeypatch):
    really_open = os.open

    def open_as_there(path, flags, *mode, **options):
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(95, "Operation not supported", path)
        return really_open(path, flags, *mode, **options)

    monkeypatch.setattr(os, "open", open_as_there)
    path = sizing.write_part(sites_of(0), tmp_path / "part.parquet", outputs=OUTPUTS)
    assert pq.ParquetFile(path).read().num_rows == ROWS
    assert files_of(tmp_path) == ["part.parquet"]
    monkeypatch.setattr(pq, "write_table", lambda *_: fails())
    with pytest.raises(RuntimeError):
        sizing.write_part(sites_of(0), tmp_path / "other.parquet")
    assert files_of(tmp_path) == ["part.parquet"]


def rows_by_pyarrow(folder):
    return pytest.importorskip("pyarrow.dataset").dataset(folder).count_rows()


def rows_by_pandas(folder):
    return len(pytest.importorskip("pandas").read_parquet(folder))


def rows_by_polars(folder):
    return pytest.importorskip("polars").scan_parquet(folder).collect().height


def rows_by_polars_pattern(folder):
    return pytest.importorskip("polars").scan_parquet(folder / "*.parquet").collect().height


def rows_by_dask(folder):
    return len(pytest.importorskip("dask.dataframe").read_parquet(folder))


READERS = [rows_by_pyarrow, rows_by_pandas, rows_by_polars, rows_by_polars_pattern, rows_by_dask]


@pytest.mark.parametrize("count", READERS)
def test_the_folder_is_one_data_set_for_every_reader_after_a_kill(count, tmp_path):
    if count is rows_by_polars:
        needs_nameless_files(tmp_path)
    kill_study(tmp_path, 0.01)
    assert count(tmp_path) == PART_ROWS * len(parts_of(tmp_path))


@pytest.mark.parametrize("count", [reader for reader in READERS if reader is not rows_by_polars])
def test_an_unfinished_file_is_no_part_of_the_data_set(count, tmp_path):
    for part in range(3):
        sizing.write_part(sites_of(part), tmp_path / f"part-{part}.parquet", outputs=OUTPUTS)
    whole = (tmp_path / "part-0.parquet").read_bytes()
    (tmp_path / ".part-3.parquet.0123456789abcdef").write_bytes(whole[: len(whole) // 2])
    assert count(tmp_path) == 3 * ROWS


WRITER = f"""
    import sys, time
    import numpy as np
    import opsi_sizing as sizing

    def made():
        while time.time() < float(sys.argv[2]):
            pass
        return {{"clients": np.arange({PART_ROWS})}}

    print(sizing.write_part(made, sys.argv[1], outputs=["server.memory"], connections=int(sys.argv[3])))
"""


def write_at_once(path, connections):
    begin = str(time.time() + 1.5)
    commands = [[sys.executable, "-c", textwrap.dedent(WRITER), str(path), begin, str(each)] for each in connections]
    with contextlib.ExitStack() as stack:
        writers = [stack.enter_context(subprocess.Popen(command, stderr=subprocess.PIPE)) for command in commands]
        return [(writer.communicate()[1].decode(), writer.returncode) for writer in writers]


def test_processes_that_write_one_part_at_once_end_with_one_whole_file(tmp_path):
    assert [code for _, code in write_at_once(tmp_path / "part.parquet", [7, 7])] == [0, 0]
    assert files_of(tmp_path) == ["part.parquet"]
    written = pq.ParquetFile(tmp_path / "part.parquet").read()["server.memory"].to_numpy()
    expected = sizing.evaluate(clients=np.arange(PART_ROWS), connections=7, outputs=["server.memory"])["server.memory"]
    assert np.array_equal(written, expected)


def test_of_processes_that_write_one_part_differently_one_is_refused(tmp_path):
    ends = write_at_once(tmp_path / "part.parquet", [7, 8])
    assert sorted(code for _, code in ends) == [0, 1]
    assert "InputError" in "".join(text for text, _ in ends)
    assert files_of(tmp_path) == ["part.parquet"]


# On the engines.


def part_of(part, folder, made):
    """The data and the path of a part; notes that its sites were made."""

    def sites():
        (made / f"made-{part:03}").touch()
        return sites_of(part)

    return sites, folder / f"part-{part:03}.parquet"


def check_resumed(folder, made, study):
    """Runs half of a study, then all of it: only the missing parts are made."""
    study(range(10))
    half, half_made = state_of(folder), files_of(made)
    assert (len(half), len(half_made)) == (10, 10)
    for path in made.iterdir():
        path.unlink()
    assert study(range(20)) == [folder / f"part-{part:03}.parquet" for part in range(20)]
    assert state_of(folder).items() >= half.items()
    assert files_of(made) == [f"made-{part:03}" for part in range(10, 20)]
    sites = sites_of(0, 20 * ROWS)
    expected = pa.table(sites | sizing.evaluate(**sites, outputs=OUTPUTS))
    assert read_in_order(folder).replace_schema_metadata().equals(expected)


@pytest.fixture
def folders(tmp_path):
    for name in ("study", "made"):
        (tmp_path / name).mkdir()
    return tmp_path / "study", tmp_path / "made"


def test_a_study_goes_on_where_it_was_on_a_dask_cluster(folders):
    dask, distributed = pytest.importorskip("dask"), pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with (
        tempfile.TemporaryDirectory() as scratch,
        distributed.LocalCluster(local_directory=scratch, **options) as cluster,
        distributed.Client(cluster),
    ):
        write = dask.delayed(sizing.write_part)

        def study(parts):
            return list(dask.compute(*[write(*part_of(part, *folders), outputs=OUTPUTS) for part in parts]))

        check_resumed(*folders, study)


def test_a_study_goes_on_where_it_was_on_ray(folders, monkeypatch):
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # loopback: without it localhost is resolved
    ray = pytest.importorskip("ray")
    scratch = tempfile.mkdtemp(prefix="ray")  # short, as the paths of sockets have to be
    options = {"object_store_memory": 100 * 2**20, "_node_ip_address": "127.0.0.1", "_temp_dir": scratch}
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # the workers take functions of this file by its name
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, **options)
    try:
        write = ray.remote(sizing.write_part)

        def study(parts):
            return ray.get([write.remote(*part_of(part, *folders), outputs=OUTPUTS) for part in parts])

        check_resumed(*folders, study)
    finally:
        ray.shutdown()
        shutil.rmtree(scratch, ignore_errors=True)


def test_words_in_a_set_are_the_same_arguments_in_every_process(tmp_path):
    code = (
        "import sys, opsi_sizing as s; "
        "s.write_part({'clients': [5]}, sys.argv[1], roles={'config', 'depot'}, outputs=['server.memory'])"
    )
    for seed in range(6):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-c", code, tmp_path / "part.parquet"], env=environment, check=True)
