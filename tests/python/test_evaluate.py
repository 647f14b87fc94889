"""evaluate() over arrays: what it takes, what it refuses and how, and what it does with memory and with threads."""

from __future__ import annotations

import array
import copy
import decimal
import pickle
import subprocess
import sys
import textwrap
import threading
import time
import types

import numpy as np
import opsi_sizing as sizing
import pytest
from sites import BATCH, INPUTS, planned, rows_of, same_bits

CLIENTS = [0, 1, 5, 20, 21, 100, 127, 64]  # fit into every type of numbers
OUTPUTS = ["clients", "connections", "server.memory", "disk.logs"]
EXPECTED = planned(({"clients": value} for value in CLIENTS), OUTPUTS)


def memory_of(**stated):
    return sizing.evaluate(outputs="server.memory", **stated)["server.memory"]


def refusal_of(**stated):
    with pytest.raises(sizing.InputError) as refused:
        sizing.evaluate(**stated)
    return refused.value


# What it takes.


def unaligned(values, dtype):
    rows = np.zeros(len(values), dtype=np.dtype([("before", "i1"), ("value", dtype), ("after", "i2")], align=False))
    rows["value"] = values
    return rows["value"]


def gapped(values, dtype):
    wide = np.full((len(values), 3), 99, dtype=dtype)
    wide[:, 1] = values
    return wide[:, 1]


def reversed_in_memory(values, dtype):
    return np.array(values[::-1], dtype=dtype)[::-1]


def read_only(values, dtype):
    column = np.array(values, dtype=dtype)
    column.flags.writeable = False
    return column


def shifted(values, dtype):
    """Without gaps, but not at a multiple of the item's size."""
    dtype = np.dtype(dtype)
    room = np.zeros(len(values) * dtype.itemsize + 1, dtype="u1")
    column = room[1:].view(dtype)
    column[:] = values
    return column


LAYOUTS = [np.array, unaligned, gapped, reversed_in_memory, read_only, shifted]
TYPES = [
    *["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "g"],
    *[">i2", ">i4", ">i8", ">u2", ">u8", ">f2", ">f4", ">f8", "<i8", "<f8"],
    *["intc", "longlong", "ulonglong", "uintp"],
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", TYPES)
def test_every_type_of_numbers_in_every_layout(dtype, layout):
    column = layout(CLIENTS, dtype)
    before = column.tobytes(), column.dtype, column.strides, column.flags.writeable
    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=column), EXPECTED)
    assert (column.tobytes(), column.dtype, column.strides, column.flags.writeable) == before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_booleans_are_yes_and_no(layout):
    flags = [True, False, True, True, False]
    memory = memory_of(clients=100, service_redis=layout(flags, bool))
    assert memory.tolist() == [memory_of(clients=100, service_redis=flag) for flag in flags]
    assert sizing.evaluate(clients=layout(flags, bool), outputs="clients")["clients"].tolist() == [1, 0, 1, 1, 0]


@pytest.mark.parametrize(
    "made",
    [
        list,
        tuple,
        np.ma.masked_array,
        lambda values: array.array("h", values),
        lambda values: memoryview(np.array(values)),
    ],
    ids=["list", "tuple", "nothing masked", "array.array", "memoryview"],
)
def test_what_numpy_takes_for_an_array(made):
    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=made(CLIENTS)), EXPECTED)


def test_a_range():
    assert memory_of(clients=range(0, 900, 7)).tolist() == memory_of(clients=np.arange(0, 900, 7)).tolist()


def test_series_of_frame_libraries():
    pandas = pytest.importorskip("pandas")
    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=pandas.Series(CLIENTS, index=CLIENTS)), EXPECTED)
    polars = pytest.importorskip("polars")
    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=polars.Series(CLIENTS)), EXPECTED)
    pyarrow = pytest.importorskip("pyarrow")
    chunks = pyarrow.chunked_array([CLIENTS[:3], CLIENTS[3:]])
    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=chunks), EXPECTED)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_subclasses_count_as_the_array_that_they_are():
    class Own(np.ndarray):
        pass

    assert same_bits(sizing.evaluate(outputs=OUTPUTS, clients=np.array(CLIENTS).view(Own)), EXPECTED)
    matrix = sizing.evaluate(outputs=OUTPUTS, clients=np.matrix(CLIENTS))
    assert all(column.shape == (1, len(CLIENTS)) for column in matrix.values())
    assert same_bits({name: column[0] for name, column in matrix.items()}, EXPECTED)


TURNED = [np.asfortranarray, np.transpose, lambda a: a[::-1, ::-1], lambda a: a[:, ::2], lambda a: a.T[1:3]]


@pytest.mark.parametrize("turned", TURNED)
@pytest.mark.parametrize("dtype", ["f8", "i4", ">f8"])
def test_elements_stay_where_they_are_in_two_dimensions(turned, dtype):
    whole = turned(np.arange(0, 6000, 250).reshape(4, 6).astype(dtype))
    memory = memory_of(clients=whole)
    assert memory.flags.c_contiguous
    assert memory.tolist() == [[memory_of(clients=int(value)) for value in line] for line in whole.tolist()]


def test_a_value_that_is_broadcast_is_read_where_it_is():
    everywhere = np.broadcast_to(np.array([500.0]), (3, 2 * BATCH))
    assert np.array_equal(memory_of(clients=everywhere), np.full((3, 2 * BATCH), memory_of(clients=500)))
    lines = np.broadcast_to(np.array([[500], [700], [900]], dtype="i2"), (3, BATCH + 1))
    each = [memory_of(clients=n) for n in (500, 700, 900)]
    assert np.array_equal(memory_of(clients=lines), np.repeat(each, BATCH + 1).reshape(3, -1))


@pytest.mark.parametrize("shape", [(3, BATCH), (BATCH + 1, 3), (2, 3, 5000), (40000, 1), (1, 40000)])
def test_large_arrays_of_several_dimensions_are_their_rows(shape):
    clients = np.random.default_rng(1).integers(0, 5000, shape)
    connections = np.random.default_rng(2).integers(0, 500, shape[-1])
    memory = memory_of(clients=clients, connections=connections, threads=2)
    flat = memory_of(clients=clients.ravel(), connections=np.broadcast_to(connections, shape).ravel())
    assert memory.shape == shape and memory.ravel().tobytes() == flat.tobytes()


@pytest.mark.parametrize(
    "one",
    [500, 500.0, "500", np.int8(100), np.uint64(500), np.float16(500), np.float64(500), np.longdouble(500),
     np.array(500), np.array("500.0", dtype=">f8"), True, np.True_],
    ids=repr,
)  # fmt: skip
def test_numbers_in_floats_out(one):
    memory = memory_of(clients=one)
    assert type(memory) is float
    assert memory == sizing.plan(clients=int(one) if not isinstance(one, str) else 500)["server.memory"].value


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 4)])
def test_no_rows_in_no_rows_out(shape):
    result = sizing.evaluate(clients=np.zeros(shape), outputs=OUTPUTS)
    assert [(name, column.shape, column.dtype) for name, column in result.items()] == [
        (name, shape, np.dtype("f8")) for name in OUTPUTS
    ]


def test_an_empty_list_is_no_rows():
    assert memory_of(clients=[]).shape == (0,)


def test_the_bounds_themselves_are_allowed():
    for name, each in INPUTS.items():
        ends = np.array([each.low, each.high, each.low])
        clients = {} if name == "clients" else {"clients": 10}
        result = sizing.evaluate(outputs=each.name, **clients, **{name: ends})[each.name]
        assert result.tolist() == ends.tolist()


def test_minus_zero_is_zero():
    for name, each in INPUTS.items():
        if name.startswith("role"):
            continue
        stated = {"clients": 100, "outputs": [each.name, "server.memory", "disk.logs", "load.connections"]}
        zero = sizing.evaluate(**{**stated, name: [0.0] * 3})
        for minus in (np.array([-0.0] * 3), np.array([-0.0] * 3, dtype="f4"), np.array([-0.0, 1] * 3)[::2]):
            result = sizing.evaluate(**{**stated, name: minus})
            assert same_bits(result, zero), name
            assert np.signbit(minus).all()
        result = sizing.evaluate(**{**stated, name: -0.0})
        assert same_bits(result, {output: column[0] for output, column in zero.items()})


def test_minus_zero_in_one_row_of_many_leaves_the_others():
    clients = np.arange(3.0 * BATCH)
    expected = sizing.evaluate(clients=clients, outputs=OUTPUTS)
    clients[0] = -0.0
    assert same_bits(sizing.evaluate(clients=clients, outputs=OUTPUTS), expected)


# What it refuses.

BAD = [float("nan"), -1.0, 0.5, float("inf"), float("-inf"), 10_000_001.0, -1e-300, 1e300]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", [name for name, each in INPUTS.items() if each.whole])
def test_a_value_that_is_not_allowed_is_named_with_its_row(name, bad):
    column = np.zeros(7)
    column[3] = bad
    error = refusal_of(**{"clients": 10, name: column})
    assert (error.row, error.key) == (3, name)
    np.testing.assert_equal(float(error.found), bad)
    assert error.allowed == INPUTS[name].allowed
    assert "row 3" in str(error) and name in str(error) and error.allowed in str(error)


@pytest.mark.parametrize("bad", [float("nan"), -0.5, float("inf"), 1_000_000.5])
def test_of_an_amount_fractions_are_allowed_and_no_more(bad):
    amounts = [0.5, 999_999.5]
    assert sizing.evaluate(clients=1, packages=amounts, outputs="packages")["packages"].tolist() == amounts
    assert refusal_of(clients=1, packages=[1, bad]).row == 1


@pytest.mark.parametrize("dtype", ["i1", "i4", "i8", ">i8", "f2", "f4", "g", ">f8"])
def test_a_bad_value_of_another_type_is_named_too(dtype):
    error = refusal_of(clients=np.array([5, 7, -1, 3], dtype=dtype))
    assert (error.row, error.key, error.found) == (2, "clients", "-1")


def test_the_largest_integers_are_above_the_bound():
    assert refusal_of(clients=np.array([1, 2**64 - 1], dtype="u8")).row == 1
    assert refusal_of(clients=np.array([1, 2**63 - 1], dtype="i8")).row == 1
    assert refusal_of(clients=np.array([-(2**63), 1], dtype="i8")).row == 0


def test_half_is_neither_yes_nor_no():
    assert refusal_of(clients=5, service_redis=[0, 1, 0.5, 2]).row == 2
    assert refusal_of(clients=5, service_redis=np.array([0, 1, 2])).row == 2


PLACES = [0, 1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH - 1, 2 * BATCH, 5 * BATCH - 1, 5 * BATCH, 5 * BATCH + 41]


@pytest.mark.parametrize("threads", [1, 2, 3, 0, 6, 64])
@pytest.mark.parametrize("place", PLACES)
def test_one_bad_value_is_found_at_any_place(place, threads):
    for column in (np.full(5 * BATCH + 42, 7.0), np.full(5 * BATCH + 42, 7, dtype="i4")):
        column[place] = -3
        error = refusal_of(clients=column, threads=threads)
        assert (error.row, error.found) == (place, "-3")


@pytest.mark.parametrize("threads", [1, 2, 3, 4, 0, 100])
def test_of_many_bad_values_the_first_row_is_named(threads):
    random = np.random.default_rng(3)
    for _ in range(12):
        rows = sorted(random.choice(12 * BATCH, 6, replace=False).tolist())
        columns = {name: np.ones(12 * BATCH) for name in ("clients", "connections", "depots")}
        for row in rows:
            columns[random.choice(list(columns))][row] = -1
        error = refusal_of(threads=threads, **columns)
        assert error.row == rows[0]
        assert columns[error.key][rows[0]] == -1


def test_of_two_columns_the_first_row_is_named_whichever_comes_first():
    good, early, late = np.ones(9), np.ones(9), np.ones(9)
    early[2], late[5] = -1, -1
    assert [refusal_of(clients=early, connections=late).row, refusal_of(clients=late, connections=early).row] == [2, 2]
    assert refusal_of(clients=late, connections=early, depots=good).key == "connections"


def test_of_several_dimensions_the_index_is_named():
    clients = np.zeros((3, 4))
    clients[1, 2] = -1
    error = refusal_of(clients=clients)
    assert error.row == (1, 2) and "(1, 2)" in str(error)
    assert refusal_of(clients=np.zeros((2, 1)), connections=[1, 2, 0.5]).row == (0, 2)
    assert refusal_of(clients=np.asfortranarray(clients)).row == (1, 2)
    tall = np.zeros((BATCH, 2, 2))
    tall[BATCH - 3, 1, 0] = np.inf
    assert refusal_of(clients=tall, threads=2).row == (BATCH - 3, 1, 0)


def test_a_number_that_is_not_allowed_has_no_row():
    for bad in BAD:
        error = refusal_of(clients=bad)
        assert (error.row, error.key, error.allowed) == (None, "clients", INPUTS["clients"].allowed)


def test_a_refused_call_leaves_the_inputs_as_they_were():
    clients = np.array([-0.0, 5, -0.0, np.nan])
    before = clients.tobytes()
    refusal_of(clients=clients)
    assert clients.tobytes() == before


@pytest.mark.parametrize(
    "wrong",
    [["1", "2"], np.array(["1"]), np.array([b"1"]), [1j], np.array([1], dtype="M8[D]"), np.array([1], dtype="m8[s]"),
     [None, 1], [decimal.Decimal(1)], np.array([1, 2], dtype=object), [2**70], {1, 2}, object(), 5j, b"5",
     [[1, 2], [3]], np.zeros(2, dtype=[("a", "f8")]), (value for value in [1, 2]), {"a": 1}],
    ids=lambda value: type(value).__name__ + str(getattr(value, "dtype", "")),
)  # fmt: skip
def test_what_is_no_array_of_numbers_is_refused_by_name(wrong):
    for name in ("clients", "connections"):
        with pytest.raises((sizing.InputError, TypeError)) as refused:
            sizing.evaluate(**{"clients": 5, name: wrong})
        assert name in str(refused.value)


def test_masked_elements_are_refused():
    values = np.ma.masked_array([1, 2, 3], mask=[False, True, False])
    for wrong in (values, values.reshape(3, 1), np.ma.masked, values[1:2]):
        error = refusal_of(clients=wrong)
        assert error.key == "clients" and "mask" in str(error)
    assert memory_of(clients=values[::2]).tolist() == memory_of(clients=[1, 3]).tolist()


def test_a_misspelt_keyword_is_a_type_error_that_names_the_nearest():
    nearest = {"client": "clients", "samba_conections": "samba_connections", "rolls": "roles", "nothing_like_it": ""}
    for wrong, meant in nearest.items():
        with pytest.raises(TypeError, match=f"'{wrong}'.*{meant}"):
            sizing.evaluate(**{"clients": [1], wrong: [1]})


def test_hardware_is_no_input_of_evaluate_and_nothing_suggests_it():
    for name in ("memory", "cores", "disk_logs"):
        with pytest.raises(TypeError, match=f"'{name}'") as refused:
            sizing.evaluate(clients=[1], **{name: 4})
        assert f"did you mean '{name}'" not in str(refused.value)


def test_clients_are_needed():
    for stated in ({}, {"connections": [1, 2]}, {"clients": None}):
        assert refusal_of(**stated).key == "clients"


def test_shapes_that_do_not_broadcast_are_named():
    error = refusal_of(clients=np.zeros(3), connections=np.zeros((2, 2)))
    assert error.key in ("clients", "connections")
    assert all(word in str(error) for word in ("clients", "connections", "(3,)", "(2, 2)"))


def test_an_input_stated_in_both_spellings_is_refused():
    both = {"samba.connections": 7, "samba_connections": [50]}
    for stated in (both, {name: [5] for name in both}, {name: 5 for name in both}):
        assert "twice" in str(refusal_of(clients=[1], **stated))


def test_more_than_memory_holds_is_a_memory_error():
    column = np.zeros(1 << 22, dtype="i1")
    with pytest.raises(MemoryError):
        memory_of(clients=column[:, None], connections=column)
    wide = np.broadcast_to(column[:1], (1 << 31,))
    with pytest.raises((MemoryError, ValueError)):
        memory_of(clients=wide[:, None], connections=np.broadcast_to(column[:1], (1 << 33,)))


def test_threads_that_cannot_be():
    for threads in (-1, 1025):
        assert refusal_of(clients=[1], threads=threads).key == "threads"
    for threads in (1.5, "two", None):
        with pytest.raises(TypeError):
            sizing.evaluate(clients=[1], threads=threads)


# Outputs.


def test_outputs_come_in_the_order_of_the_question():
    for order in (OUTPUTS, OUTPUTS[::-1]):
        for kind in (list, tuple, iter, dict.fromkeys):
            assert list(sizing.evaluate(clients=[1], outputs=kind(order))) == order


def test_one_output_as_a_word():
    assert list(sizing.evaluate(clients=[1], outputs="server.cores")) == ["server.cores"]


def test_an_output_may_be_an_input():
    outputs = ["clients", "connections", "role.config", "samba.connections"]
    result = sizing.evaluate(clients=[0, 100, 1005], outputs=outputs)
    plans = [sizing.plan(clients=clients) for clients in (0, 100, 1005)]
    assert same_bits(result, {name: [plan[name].value for plan in plans] for name in result})
    assert result["connections"][1] == 10  # an assumed tenth of the clients


def test_an_output_that_is_an_input_is_a_copy():
    clients = np.array([1.0, 2.0])
    result = sizing.evaluate(clients=clients, outputs="clients")["clients"]
    assert not np.shares_memory(clients, result)
    result[:] = 9
    assert clients.tolist() == [1, 2]


def test_unknown_outputs_are_refused_with_the_nearest():
    error = refusal_of(clients=[1], outputs=["server.cores", "server.memry"])
    assert (error.key, error.found) == ("outputs", "server.memry") and "server.memory" in str(error)
    error = refusal_of(clients=[1], opsi="4.1", outputs="opsiconfd.websockets")
    assert error.key == "outputs" and "4.1" in str(error)


def test_outputs_asked_for_twice_are_refused():
    error = refusal_of(clients=[1], outputs=["server.memory", "server.cores", "server.memory"])
    assert (error.key, error.found) == ("outputs", "server.memory")


def test_no_outputs_are_no_columns():
    assert sizing.evaluate(clients=[1], outputs=[]) == {}
    assert refusal_of(clients=[1, -1], outputs=[]).row == 1


def test_without_outputs_those_of_a_sweep_come():
    assert list(sizing.evaluate(clients=[5])) == [*sizing.sweep(vary={"clients": [5]}).outputs]


def test_the_rule_set_is_that_of_plan():
    for opsi in [*sizing.rule_sets(), 4.2, None]:
        assert memory_of(clients=[1500], opsi=opsi)[0] == sizing.plan(clients=1500, opsi=opsi)["server.memory"].value
    assert refusal_of(clients=[1], opsi="5.0").key == "opsi"


# Own figures.


def test_a_figure_0_that_divides_is_refused():
    named = "opsiconfd.connections_per_worker"
    for zero in (0, 0.0, -0.0, [0], np.array([0, 0])):
        for outputs in ("opsiconfd.workers", "server.memory", "opsiconfd.workers_by_connections"):
            refusal_of(clients=100, figures={named: zero}, outputs=outputs)
    assert refusal_of(clients=[100] * 4, figures={named: [1, 2, 0, 0]}).row == 2
    with pytest.raises(sizing.InputError):
        sizing.plan(clients=100, figures={named: 0})


def test_a_figure_0_that_divides_is_refused_where_the_output_hides_it():
    named = {"opsiconfd.connections_per_worker": 0}
    with pytest.raises(sizing.InputError):
        sizing.plan(clients=100, figures=named)["opsiconfd.active_clients_per_worker"]
    refusal_of(clients=100, figures=named, outputs="opsiconfd.active_clients_per_worker")
    refusal_of(clients=[100], figures=named, outputs="opsiconfd.active_clients_per_worker")


def test_0_divided_by_a_figure_0_is_refused_where_a_max_hides_it():
    named = "opsiconfd.connections_per_worker"
    with pytest.raises(sizing.InputError):
        sizing.plan(clients=0, figures={named: 0})["opsiconfd.workers"]
    refusal_of(clients=[0, 0], figures={named: 0}, outputs="opsiconfd.workers")
    assert refusal_of(clients=[100, 0, 5], figures={named: [1, 0, 1]}, outputs="opsiconfd.workers").row == 1


def test_of_results_that_are_not_finite_the_first_row_is_named():
    figures = {"opsiconfd.memory_per_worker": [1e15, 250.0], "opsiconfd.connections_per_worker": [1e-300, 0.0]}
    for outputs in (["opsiconfd.memory", "opsiconfd.workers"], ["opsiconfd.workers", "opsiconfd.memory"]):
        assert refusal_of(clients=[10_000_000, 100], figures=figures, outputs=outputs).row == 0


def test_a_result_of_numbers_alone_that_is_not_finite_has_no_row():
    error = refusal_of(clients=100, figures={"opsiconfd.connections_per_worker": 0})
    assert error.row is None and "element ()" not in str(error)


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf"), 2e15])
def test_a_figure_that_is_no_amount_is_refused(bad):
    error = refusal_of(clients=[1, 2, 3], figures={"samba.margin": [5, 7, bad]})
    assert (error.row, error.key) == (2, "samba.margin")
    assert refusal_of(clients=[1, 2, 3], figures={"samba.margin": bad}).key == "samba.margin"


def test_an_unknown_figure_is_refused_with_the_nearest():
    for value in (5, [5, 6]):
        error = refusal_of(clients=[1, 2], figures={"samba.margn": value})
        assert error.key == "samba.margn" and "samba.margin" in str(error)


def test_a_curve_may_be_own_points_but_no_column():
    points = [(100, 1000), (2000, 3000)]
    named = {"opsiconfd.memory_by_clients": points}
    own = sizing.evaluate(clients=[300, 900], figures=named, outputs="opsiconfd.memory")
    plans = [sizing.plan(clients=clients, figures=named)["opsiconfd.memory"].value for clients in (300, 900)]
    assert own["opsiconfd.memory"].tolist() == plans
    for wrong in ([1.0, 2.0], np.array([1.0, 2.0]), np.zeros((2, 3))):
        assert refusal_of(clients=[1, 2], figures=dict.fromkeys(named, wrong)).key == "opsiconfd.memory_by_clients"


def test_figures_are_of_any_type_and_not_modified():
    expected = memory_of(clients=1000, connections=200, figures={"samba.margin": np.array([0.0, 10, 100])})
    for dtype in ("i1", "u8", "f2", "f4", ">f8", "g"):
        figure = np.array([0, 10, 100], dtype=dtype)
        result = memory_of(clients=1000, connections=200, figures={"samba.margin": figure})
        assert result.tobytes() == expected.tobytes() and figure.tolist() == [0, 10, 100]
    assert refusal_of(clients=1, figures={"samba.margin": ["5"]}).key == "samba.margin"
    assert refusal_of(clients=[1, 2], figures={"samba.margin": [1, 2, 3]}).key in ("clients", "samba.margin")


def test_figures_are_a_mapping_of_any_kind():
    mapping = types.MappingProxyType({"samba.margin": 20})
    assert memory_of(clients=[1500], figures=mapping)[0] == memory_of(clients=1500, figures=dict(mapping))


def test_figures_that_are_no_mapping_are_a_type_error():
    for wrong in (5, [5]):
        with pytest.raises(TypeError):
            sizing.evaluate(clients=[5], figures=wrong)


# Results and their memory.

# Around what is kept for the next results (4 KiB) and what is laid on pages of its own (2 MiB), in values of 8 bytes.
SIZES = [1, 511, 512, 513, 5000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 400_000]


@pytest.mark.parametrize("rows", SIZES)
def test_results_are_plain_arrays_of_their_own(rows):
    clients = np.full(rows, 700.0)
    results = [sizing.evaluate(clients=clients, outputs=["clients", "server.memory"]) for _ in range(3)]
    columns = [column for result in results for column in result.values()]
    for column in columns:
        assert type(column) is np.ndarray and column.dtype == np.dtype("=f8") and column.shape == (rows,)
        assert column.flags.c_contiguous and column.flags.writeable and column.flags.aligned
    for at, column in enumerate(columns):
        column[:] = at
    assert [set(column.tolist()) for column in columns] == [{at} for at in range(len(columns))]
    assert set(clients.tolist()) == {700.0}


@pytest.mark.parametrize("rows", SIZES[1:])
@pytest.mark.parametrize(
    "kept", [lambda a: a[1:], lambda a: a[::-2], lambda a: a.view("u8").view("f8"), lambda a: np.asarray(memoryview(a)),
             lambda a: np.frombuffer(a), lambda a: a.reshape(1, -1)[0][5:]]
)  # fmt: skip
def test_a_view_keeps_the_memory_of_its_result(rows, kept):
    result = sizing.evaluate(clients=np.full(rows, 700.0), outputs="clients")["clients"]
    view = kept(result)
    del result
    others = [sizing.evaluate(clients=np.full(rows, float(n)), outputs="clients")["clients"] for n in range(4)]
    assert (view == 700.0).all()
    assert not any(np.shares_memory(view, other) for other in others)
    del others
    sizing.evaluate(clients=np.full(rows, 9.0), outputs=["clients", "active_clients", "online_clients"])
    assert (view == 700.0).all()


def test_freed_memory_holds_nothing_of_its_last_result():
    for rows in (600, 5000, 1 << 18, 300_000):
        sizing.evaluate(clients=np.full(rows, 9e6), outputs=OUTPUTS)
        fewer = rows - rows // 16  # fits into the memory that was freed
        result = sizing.evaluate(clients=np.full(fewer, 3.0), outputs=OUTPUTS)
        one = planned([{"clients": 3}], OUTPUTS)
        assert same_bits(result, {name: np.repeat(column, fewer) for name, column in one.items()})


def test_many_threads_that_ask_at_once_get_their_own_results():
    wrong = []
    outputs = ["clients", "active_clients", "server.memory"]

    def ask(number: int) -> None:
        random = np.random.default_rng(number)
        held = []
        for turn in range(60):
            rows = int(random.choice([512, 600, 4096, 40_000, 1 << 18, 270_000], p=[0.3, 0.2, 0.2, 0.2, 0.05, 0.05]))
            value = float(number * 1000 + turn)
            result = sizing.evaluate(clients=np.full(rows, value), outputs=outputs, threads=1 + turn % 2)
            memory = result["server.memory"][0]
            held.append((value, result["active_clients"][rows // 3 :], memory, result["server.memory"][::7]))
            del result
            if len(held) > 4:
                held.pop(int(random.integers(len(held))))
            for expected, view, of_memory, of_all in held:
                if not ((view == expected).all() and (of_all == of_memory).all()):
                    wrong.append((number, turn))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_results_of_a_thread_may_be_freed_by_another():
    made = []
    thread = threading.Thread(
        target=lambda: made.extend(sizing.evaluate(clients=np.full(1 << 18, 5.0), outputs="clients").values())
    )
    thread.start()
    thread.join()
    view = made.pop()[10:20]
    assert (view == 5).all()
    del view
    assert (sizing.evaluate(clients=np.full(1 << 18, 6.0), outputs="clients")["clients"] == 6).all()


PEAK = """
    import sys

    import numpy as np

    import opsi_sizing as sizing

    def peak():
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

    rows, outputs = 10**7, ["server.memory", "server.cores"]
    sizing.evaluate(clients=[1], outputs=outputs)
    cores = lambda result: np.asarray(result["server.cores"])
    before = peak()
    {made}
    result = sizing.evaluate({asked}, outputs=outputs, threads=2)
    used = peak() - before
    allowed = inputs.nbytes + len(outputs) * rows * 8 + 64 * 10**6
    assert (float(cores(result)[0]), float(cores(result)[rows - 1])) == (2, 2)
    assert used <= allowed, f"{{used / 1e6:.0f}} MB, allowed {{allowed / 1e6:.0f}} MB"
"""


def check_peak(made, asked="clients=column", imported=""):
    source = textwrap.dedent(PEAK).replace("import sys\n", f"import sys\n{imported}\n")
    done = subprocess.run(
        [sys.executable, "-c", source.format(made=made, asked=asked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")


@needs_proc
@pytest.mark.parametrize("dtype", ["f8", "f4", "i4", "bool"])
def test_the_peak_of_a_large_call_is_what_comes_in_and_goes_out(dtype):
    check_peak(f"inputs = column = np.ones(rows, '{dtype}')")


@needs_proc
@pytest.mark.parametrize("dtype", ["i8", "f8"])
def test_columns_with_gaps_are_not_copied_as_a_whole(dtype):
    check_peak(f"inputs = np.ones((rows, 2), '{dtype}'); column = inputs[:, 1]")


@needs_proc
@pytest.mark.parametrize(
    ("libraries", "frame"),
    [
        ("pandas", "pandas.DataFrame({'clients': inputs}, copy=False)"),
        ("pyarrow", "pyarrow.table({'clients': inputs})"),
        ("polars, pyarrow", "polars.from_arrow(pyarrow.table({'clients': inputs}))"),
    ],
)
def test_the_peak_of_a_large_frame_is_what_comes_in_and_goes_out(libraries, frame):
    for library in libraries.split(", "):
        pytest.importorskip(library)
    check_peak(f"inputs = np.ones(rows); column = {frame}", "column", f"import {libraries}")


def test_others_run_while_a_large_call_does():
    clients = np.full(4_000_000, 700.0)
    ticks, done = [], threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.0005)

    other = threading.Thread(target=tick)
    other.start()
    start = time.perf_counter()
    sizing.evaluate(clients=clients, outputs=list(sizing.Model().quantities))
    end = time.perf_counter()
    done.set()
    other.join()
    tenth = (end - start) / 10
    parts = {int((tick - start) / tenth) for tick in ticks if start < tick < end}
    assert len(parts & set(range(2, 9))) >= 5, f"ticks in the tenths {sorted(parts)} of {end - start:.3f} s"


# The error itself.


@pytest.mark.parametrize(
    "carried", [copy.copy, copy.deepcopy, *[lambda e, p=p: pickle.loads(pickle.dumps(e, p)) for p in range(6)]]
)
def test_an_error_keeps_its_parts_when_it_is_carried_elsewhere(carried):
    stated = [{"clients": [[1, -1]]}, {"clients": [1, 0.5]}, {"clients": -1}, {"clients": [1], "outputs": "none"}]
    for error in (refusal_of(**each) for each in stated):
        other = carried(error)
        assert type(other) is sizing.InputError and str(other) == str(error)
        for name in ("file", "line", "column", "key", "row", "problem", "found", "allowed"):
            assert getattr(other, name) == getattr(error, name)


def test_an_input_error_is_a_value_error():
    with pytest.raises(ValueError, match="clients: row 1 not allowed; found -1; allowed: "):
        sizing.evaluate(clients=[1, -1])


def test_arrays_agree_with_a_loop_over_numbers():
    random = np.random.default_rng(5)
    columns = {"clients": random.integers(0, 9000, 50), "packages": random.random(50) * 100}
    result = sizing.evaluate(outputs=OUTPUTS, **columns)
    loop = [sizing.evaluate(outputs=OUTPUTS, **row) for row in rows_of(columns)]
    assert same_bits(result, {name: [each[name] for each in loop] for name in OUTPUTS})


# What is wrong in an earlier row is told first, whatever it is.


@pytest.mark.parametrize("late", [100, 9000, 3 * BATCH + 1])
def test_of_a_row_without_a_role_and_a_wrong_value_the_first_is_named(late):
    clients, config = np.full(4 * BATCH, 5), np.ones(4 * BATCH)
    clients[late], config[1] = -1, 0
    for threads in (1, 4):
        refused = refusal_of(clients=clients, role_config=config, role_depot=np.zeros(4 * BATCH), threads=threads)
        assert (refused.row, refused.key) == (1, "roles")


def test_of_a_figure_that_divides_by_nothing_and_a_wrong_value_the_first_is_named():
    figures = {"opsiconfd.connections_per_worker": np.array([20.0, 0, 20, 20])}
    assert refusal_of(clients=np.array([5, 5, 5, -1]), connections=5, figures=figures).row == 1


@pytest.mark.parametrize("value", [decimal.Decimal(5), np.array(5), np.float32(5), 5.0])
def test_one_number_is_one_number_of_whatever_type(value):
    assert memory_of(clients=value) == memory_of(clients=5)
    margin = {"samba.margin": value}
    assert memory_of(clients=900, figures=margin) == memory_of(clients=900, figures={"samba.margin": 5})
    assert sizing.plan(clients=900, figures=margin)["server.memory"].value == memory_of(clients=900, figures=margin)


class Interrupting:
    def __array__(self, *args, **more):
        raise KeyboardInterrupt

    def __float__(self):
        raise KeyboardInterrupt


def test_an_interrupt_within_a_value_is_an_interrupt():
    with pytest.raises(KeyboardInterrupt):
        sizing.evaluate(clients=Interrupting())
    with pytest.raises(KeyboardInterrupt):
        sizing.plan(clients=Interrupting())


def test_out_is_aligned_and_has_no_other_names():
    unaligned = np.zeros(8 * 3 + 1, dtype=np.uint8)[1:].view(float)
    assert (
        refusal_of(clients=[1, 2, 3], outputs="server.memory", out={"server.memory": unaligned}).key
        == "out server.memory"
    )
    more = {"server.memory": np.empty(3), "server.memry": np.empty(3)}
    assert refusal_of(clients=[1, 2, 3], outputs="server.memory", out=more).key == "out server.memry"


def test_a_dictionary_as_data_is_keywords():
    data = {"clients": [100, 2000], "samba.connections": [10, 20]}
    assert memory_of(**data).tolist() == sizing.evaluate(data, outputs="server.memory")["server.memory"].tolist()
    for name in ("site", "out", "data", 5):
        with pytest.raises(TypeError):
            sizing.evaluate({**data, name: [1, 2]})
