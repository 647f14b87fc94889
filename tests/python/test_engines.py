"""evaluate() over partitions on a Dask cluster and on Ray, of several processes each: the numbers of one process."""

from __future__ import annotations

import logging
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

import numpy as np
import opsi_sizing as sizing
import pytest

pd = pytest.importorskip("pandas")

SITES = 10**8
PARTITION = 10**6
OUTPUTS = list(sizing.evaluate(clients=1))
WHOLE = ["opsiconfd.workers", "server.cores", "server.memory_to_buy"]  # whole numbers: their sums in float64 are exact
PARTITION_BYTES = PARTITION * 8 * (3 + len(OUTPUTS))


@pytest.fixture(scope="module")
def dask():
    """dask.dataframe, with a cluster of two processes behind it."""
    frames, distributed = pytest.importorskip("dask.dataframe"), pytest.importorskip("distributed")
    with (
        tempfile.TemporaryDirectory() as scratch,
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=scratch,
        ) as cluster,
        distributed.Client(cluster),
    ):
        yield frames


@pytest.fixture(scope="module")
def ray():
    """Ray with two processes that compute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # loopback: without it localhost is resolved
        ray = pytest.importorskip("ray")
        pytest.importorskip("ray.data")
        scratch = tempfile.mkdtemp(prefix="ray")  # short, as the paths of sockets have to be
        # The workers take functions of this file by its name.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            object_store_memory=100 * 2**20,
            _node_ip_address="127.0.0.1",
            _temp_dir=scratch,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.raise_original_map_exception = True
        yield ray
        ray.shutdown()
        shutil.rmtree(scratch, ignore_errors=True)


# 10^8 sites.


def columns_of(rows):
    """No two of the 10^8 sites are alike."""
    return {"clients": rows % 100_003, "samba_connections": (rows * 7919) % 1999}


def digest(results, rows):
    """What many rows come to, in whatever parts: exact sums, bounds, and sums of the bits that know their rows."""
    weights = 2 * rows.astype(np.uint64) + 1
    line = {}
    for name, values in results.items():
        bits = np.ascontiguousarray(values, dtype=np.float64).view(np.uint64)
        line |= {f"{name} low": values.min(), f"{name} high": values.max(), f"{name} bits": (bits * weights).sum()}
        if name in WHOLE:
            line[f"{name} sum"] = values.sum()
    return line | {"rows": len(rows), "process": os.getpid(), "peak": peak_bytes(), "last": rows[-1]}


def peak_bytes():
    """The most memory that this process has had resident."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024


def total(lines):
    """Digests of parts as that of the whole."""
    merge = {"low": min, "high": max, "bits": lambda parts: sum(map(int, parts)) % 2**64, "sum": sum, "rows": sum}
    names = [name for name in lines[0] if name.split()[-1] in merge]
    return {name: merge[name.split()[-1]]([line[name] for line in lines]) for name in names}


@pytest.fixture(scope="module")
def one_process():
    block = 1_250_000  # other parts than the engines'
    lines = []
    for start in range(0, SITES, block):
        rows = np.arange(start, start + block)
        lines.append(digest(sizing.evaluate(columns_of(rows)), rows))
    return total(lines)


def check_all_sites(lines, one_process, report):
    assert len(lines) == SITES // PARTITION
    assert total(lines) == one_process
    assert os.getpid() not in {line["process"] for line in lines}
    # A run of a tenth is the beginning of this one: its peak, and what nine times as many partitions add to it.
    lines = sorted(lines, key=lambda line: line["last"])
    early = max(line["peak"] for line in lines[: len(lines) // 10])
    late = max(line["peak"] for line in lines)
    report(f"peak of a worker: {early / 1e6:.0f} MB after 10 partitions, {late / 1e6:.0f} MB after 100")
    assert late - early < PARTITION_BYTES
    assert late < 10 * PARTITION_BYTES


@pytest.fixture
def report(record_property, request):
    started = time.monotonic()

    def say(text):
        text += f"; {time.monotonic() - started:.1f} s"
        record_property("measured", text)
        print(f"{request.node.name}: {text}")

    return say


def made_by_dask(start):
    rows = np.arange(start, start + PARTITION)
    return pd.DataFrame(columns_of(rows), index=pd.RangeIndex(start, start + PARTITION))


def digest_of_dask(frame):
    return pd.DataFrame([digest({name: frame[name].to_numpy() for name in OUTPUTS}, frame.index.to_numpy())])


def test_dask_gives_what_one_process_gives_for_1e8_sites_in_flat_memory(one_process, dask, report):
    sites = dask.from_map(made_by_dask, range(0, SITES, PARTITION), meta=made_by_dask(0).iloc[:0])
    meta = digest_of_dask(sizing.evaluate(made_by_dask(0).iloc[:1]))
    lines = sizing.evaluate(sites).map_partitions(digest_of_dask, meta=meta).compute()
    assert list(lines["last"]) == list(range(PARTITION - 1, SITES, PARTITION))
    check_all_sites(lines.to_dict("records"), one_process, report)


def made_by_ray(batch):
    return {"row": batch["id"], **columns_of(batch["id"])}


def digest_of_ray(table):
    line = digest({name: table[name].to_numpy() for name in OUTPUTS}, table["row"].to_numpy())
    return {name: np.array([value]) for name, value in line.items()}


def test_ray_gives_what_one_process_gives_for_1e8_sites_in_flat_memory(one_process, ray, report):
    rows = ray.data.range(SITES, override_num_blocks=SITES // PARTITION)
    sites = rows.map_batches(made_by_ray, batch_size=None)
    lines = sizing.evaluate(sites).map_batches(digest_of_ray, batch_size=None, batch_format="pyarrow").take_all()
    check_all_sites(lines, one_process, report)


# Small ones, of which all is looked at.

TOWNS = [f"town {number}" for number in range(100)]
FRAME = pd.DataFrame({"clients": np.arange(100) * 37, "place": TOWNS}, index=range(500, 600))
BAD_ROW = 77


def refused_at(values):
    return np.where(values == BAD_ROW * 37, -5, values)


ARGUMENTS = [
    {},
    {"outputs": "server.memory"},
    {"outputs": ["disk.logs", "server.memory", "load.connections"], "opsi": "4.3"},
    {"figures": {"opsiconfd.memory_per_worker": 400}, "opsi": "4.1", "threads": 2},
    {"connections": 250, "samba_connections": np.float64(12), "role_depot": "yes", "roles": None},
]
MISTAKES = [
    ({"cliens": 3}, TypeError, "did you mean 'clients'"),
    ({"outputs": ["server.memorie"]}, sizing.InputError, "server.memorie"),
    ({"figures": {"nothing": 3}}, sizing.InputError, "nothing"),
    ({"opsi": "5.0"}, sizing.InputError, "5.0"),
    ({"connections": -1}, sizing.InputError, "connections"),
]
REPEATED = [
    {"connections": np.arange(25)},
    {"connections": list(range(100))},
    {"figures": {"opsiconfd.memory_per_worker": np.arange(25.0)}},
]


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_dask_has_the_index_the_columns_and_the_numbers_of_pandas(dask, arguments):
    expected = sizing.evaluate(FRAME, **arguments)
    evaluated = sizing.evaluate(dask.from_pandas(FRAME, npartitions=4), **arguments)
    assert evaluated.divisions == (500, 525, 550, 575, 599)
    pd.testing.assert_frame_equal(evaluated._meta, expected.iloc[:0])
    pd.testing.assert_frame_equal(evaluated.compute(), expected)


def test_dask_partitions_stand_beside_their_sites(dask):
    sites = dask.from_pandas(FRAME, npartitions=4)
    both = sites.assign(memory=sizing.evaluate(sites)["server.memory"]).compute()
    assert list(both["place"]) == list(FRAME["place"])
    assert both["memory"].tolist() == sizing.evaluate(FRAME)["server.memory"].tolist()


def test_dask_partitions_without_rows_are_evaluated(dask):
    sites = dask.from_pandas(FRAME, npartitions=4)
    late = sizing.evaluate(sites[sites.clients > 2000]).compute()
    pd.testing.assert_frame_equal(late, sizing.evaluate(FRAME[FRAME.clients > 2000]))


def made_and_noted(part, folder):
    (folder / f"{part}.{time.monotonic_ns()}").touch()
    return FRAME.iloc[part * 25 : part * 25 + 25]


def test_dask_computes_nothing_before_it_is_asked_to_and_nothing_twice_that_persists(dask, tmp_path):
    sites = dask.from_map(made_and_noted, range(4), folder=tmp_path, meta=FRAME.iloc[:0])
    evaluated = sizing.evaluate(sites)
    assert list(tmp_path.iterdir()) == []
    kept = evaluated.persist()
    for _ in range(2):
        pd.testing.assert_frame_equal(kept.compute(), sizing.evaluate(FRAME))
    assert len(list(tmp_path.iterdir())) == 4


def bad_frame(frame):
    return frame.assign(clients=refused_at(frame["clients"]))


def check_refusal(error):
    assert (error.key, error.row, error.found) == ("clients", BAD_ROW % 25, "-5")
    assert error.allowed == "a whole number of clients from 0 to 10000000"
    assert error.problem and error.file is None


def test_dask_brings_an_error_of_a_partition_with_its_parts(dask):
    evaluated = sizing.evaluate(dask.from_pandas(FRAME, npartitions=4).map_partitions(bad_frame))
    with pytest.raises(sizing.InputError) as refused:
        evaluated.compute()
    check_refusal(refused.value)


@pytest.mark.parametrize(("arguments", "kind", "words"), MISTAKES)
def test_dask_refuses_a_wrong_question_before_it_computes(dask, arguments, kind, words):
    with pytest.raises(kind, match=re.escape(words)):
        sizing.evaluate(dask.from_pandas(FRAME, npartitions=4), **arguments)


def test_dask_refuses_wrong_columns_before_it_computes(dask):
    sites = dask.from_pandas(FRAME, npartitions=4)
    for wrong in (sites.rename(columns={"place": "connections"}), sites.drop(columns="clients"), sites["clients"]):
        with pytest.raises((sizing.InputError, TypeError)):
            sizing.evaluate(wrong)
    with pytest.raises(sizing.InputError, match="given twice"):
        sizing.evaluate(sites, clients=3)


@pytest.mark.parametrize("arguments", REPEATED)
def test_dask_does_not_repeat_an_array_for_each_partition(dask, arguments):
    with pytest.raises(sizing.InputError, match="column"):
        sizing.evaluate(dask.from_pandas(FRAME, npartitions=4), **arguments)


def blocks(ray, change=lambda values: values):
    def made(batch):
        return {"clients": change(batch["id"] * 37), "place": [TOWNS[number] for number in batch["id"]]}

    return ray.data.range(100, override_num_blocks=4).map_batches(made, batch_size=None)


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_ray_has_the_columns_of_the_sites_and_the_numbers_of_pandas(ray, arguments):
    expected = FRAME.reset_index(drop=True).join(sizing.evaluate(FRAME, **arguments).reset_index(drop=True))
    evaluated = sizing.evaluate(blocks(ray), **arguments)
    assert evaluated.schema().names == list(expected)
    found = pd.DataFrame(evaluated.take_all()).sort_values("clients", ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def later_first(batch):
    time.sleep(0.4 if batch["id"][0] == 0 else 0)
    return {"clients": batch["id"]}


def test_ray_rows_stand_beside_their_sites_in_any_order(ray):
    sites = ray.data.range(40, override_num_blocks=40).map_batches(later_first, batch_size=None)
    for row in sizing.evaluate(sites, outputs="load.clients").iter_rows():
        assert row["load.clients"] == row["clients"]


def test_ray_keeps_the_order_of_partitions_where_it_is_told_to(ray, monkeypatch):
    monkeypatch.setattr(ray.data.DataContext.get_current().execution_options, "preserve_order", True)
    sites = ray.data.range(40, override_num_blocks=40).map_batches(later_first, batch_size=None)
    rows = list(sizing.evaluate(sites, outputs="load.clients").iter_rows())
    assert [row["load.clients"] for row in rows] == list(range(40))


def test_ray_computes_nothing_before_it_is_asked_to_and_nothing_twice_that_is_materialized(ray, tmp_path):
    def noted(batch):
        (tmp_path / f"{batch['id'][0]}.{time.monotonic_ns()}").touch()
        return {"clients": batch["id"]}

    sites = ray.data.range(100, override_num_blocks=4).map_batches(noted, batch_size=None)
    evaluated = sizing.evaluate(sites, outputs="load.clients")
    assert list(tmp_path.iterdir()) == []
    kept = evaluated.materialize()
    for _ in range(2):
        assert kept.sum("load.clients") == sum(range(100))
    assert len(list(tmp_path.iterdir())) == 4


def test_ray_brings_an_error_of_a_partition_with_its_parts(ray):
    evaluated = sizing.evaluate(blocks(ray, refused_at))
    with pytest.raises(sizing.InputError) as refused:
        evaluated.materialize()
    check_refusal(refused.value)


def test_ray_brings_an_error_of_a_task_with_its_parts(ray):
    evaluate = ray.remote(sizing.evaluate)
    with pytest.raises(sizing.InputError) as refused:
        ray.get(evaluate.remote(clients=refused_at(np.arange(100) * 37)[75:]))
    check_refusal(refused.value)


@pytest.mark.parametrize(("arguments", "kind", "words"), MISTAKES)
def test_ray_refuses_a_wrong_question_before_it_computes(ray, arguments, kind, words):
    with pytest.raises(kind, match=re.escape(words)):
        sizing.evaluate(blocks(ray), **arguments)


@pytest.mark.parametrize("arguments", REPEATED)
def test_ray_does_not_repeat_an_array_for_each_partition(ray, arguments):
    with pytest.raises(sizing.InputError, match="column"):
        sizing.evaluate(blocks(ray), **arguments)


def test_ray_keeps_a_column_that_is_named_as_an_output(ray):
    sites = blocks(ray).rename_columns({"place": "server.memory"})
    with pytest.raises(sizing.InputError, match=re.escape("server.memory")):
        sizing.evaluate(sites, outputs="server.memory").materialize()
