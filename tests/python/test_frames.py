"""evaluate() over frames and Arrow tables: the values of their arrays, the same kind out, rows counted as a whole."""

from __future__ import annotations

import gc
import itertools
import sys

import numpy as np
import opsi_sizing as sizing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import BATCH, outputs_of, rows_of, same_bits, tables

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

laws = settings(deadline=None, max_examples=100, database=None)
OUTPUTS = ["clients", "connections", "server.memory", "disk.logs"]
CLIENTS = [100, 0, 2000, 7, 512, 1]


def values_of(frame):
    """A frame of any library as arrays by name."""
    names = next((getattr(frame, own) for own in ("column_names", "columns") if hasattr(frame, own)), frame)
    return {name: np.asarray(frame[name], dtype=float) for name in names}


def expected_of(clients=CLIENTS, **stated):
    return dict(sizing.evaluate(clients=np.array(clients, dtype=float), outputs=OUTPUTS, **stated))


def refusal_of(data, **stated):
    with pytest.raises(sizing.InputError) as refused:
        sizing.evaluate(data, **stated)
    return refused.value


class OnlyStream:
    """What any Arrow library gives, and nothing else of it."""

    def __init__(self, data):
        self.data = data

    def __arrow_c_stream__(self, requested_schema=None):
        return self.data.__arrow_c_stream__(requested_schema)


class OnlyArray:
    def __init__(self, data):
        self.data = data

    def __arrow_c_array__(self, requested_schema=None):
        return self.data.__arrow_c_array__(requested_schema)


class SameCapsule:
    """A stream that is handed out again after it was read."""

    def __init__(self, data):
        self.capsule = data.__arrow_c_stream__()

    def __arrow_c_stream__(self, requested_schema=None):
        return self.capsule


def chunked(columns, lengths):
    """A pyarrow table whose columns break where the lengths say."""
    parts, start = [], 0
    for length in lengths:
        parts.append(pyarrow.table({name: column[start : start + length] for name, column in columns.items()}))
        start += length
    return pyarrow.concat_tables(parts)


def chunked_polars(columns, lengths):
    return polars.from_arrow(chunked(columns, lengths), rechunk=False)


def sliced(columns):
    padded = {name: np.concatenate([[1.0] * 3, column, [0.0] * 5]) for name, column in columns.items()}
    return pyarrow.table(padded).slice(3, len(columns["clients"]))


KINDS = {
    "dictionary": dict,
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "polars, sliced": lambda columns: polars.from_arrow(sliced(columns)),
    "polars, chunked": lambda columns: chunked_polars(columns, [1] * len(columns["clients"])),
    "pyarrow": pyarrow.table,
    "pyarrow, sliced": sliced,
    "pyarrow, chunked": lambda columns: chunked(columns, [0] + [1] * len(columns["clients"])),
    "record batch": pyarrow.RecordBatch.from_pydict,
    "reader": lambda columns: pyarrow.table(columns).to_reader(max_chunksize=2),
    "struct array": lambda columns: pyarrow.record_batch(columns).to_struct_array(),
    "stream": lambda columns: OnlyStream(chunked(columns, [1] * len(columns["clients"]))),
    "array": lambda columns: OnlyArray(pyarrow.RecordBatch.from_pydict(columns)),
    "array, sliced": lambda columns: OnlyArray(sliced(columns).combine_chunks().to_batches(100)[0]),
}
FRAMES = ["pandas", "polars", "pyarrow"]


@pytest.mark.parametrize("kind", KINDS)
@laws
@given(columns=tables(least_rows=1, most_rows=8))
def test_every_kind_of_data_gives_the_values_of_its_arrays(kind, columns):
    outputs = outputs_of()
    result = sizing.evaluate(KINDS[kind](columns), outputs=outputs)
    assert same_bits(values_of(result), dict(sizing.evaluate(outputs=outputs, **columns)))


@pytest.mark.parametrize(
    ("kind", "out"),
    [("dictionary", sizing.Columns), ("pandas", pandas.DataFrame), ("polars", polars.DataFrame),
     ("pyarrow", pyarrow.Table), ("reader", pyarrow.Table), ("stream", sizing.Columns), ("array", sizing.Columns)],
)  # fmt: skip
def test_the_answer_is_of_the_kind_of_the_question(kind, out):
    result = sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), outputs=OUTPUTS)
    assert type(result) is out
    assert list(values_of(result)) == OUTPUTS


def test_a_subclass_of_a_frame_gives_a_frame():
    class Pandas(pandas.DataFrame):
        @property
        def _constructor(self):
            return Pandas

    class Polars(polars.DataFrame):
        pass

    assert isinstance(sizing.evaluate(Pandas({"clients": CLIENTS}, index=[3] * 6)), pandas.DataFrame)
    assert isinstance(sizing.evaluate(Polars({"clients": CLIENTS})), polars.DataFrame)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dictionary"])
def test_other_columns_are_left_alone(kind):
    others = {"customer": np.array([0, 1, 2, 3, 4, 5]), "price": np.linspace(0, 1, 6)}
    if kind in ("pandas", "pyarrow", "polars", "record batch"):
        others["client"] = np.array(list("abcdef"))  # no numbers, so no misspelt input
    columns = {"customer": others.pop("customer"), "clients": np.array(CLIENTS), **others}
    result = sizing.evaluate(KINDS[kind](columns), outputs=OUTPUTS)
    assert same_bits(values_of(result), expected_of())


@pytest.mark.parametrize("kind", KINDS)
def test_columns_may_be_named_with_dots_or_underscores(kind):
    columns = {"clients": np.array(CLIENTS), "samba.connections": np.arange(6), "service_redis": np.array([1, 0] * 3)}
    result = sizing.evaluate(KINDS[kind](columns), outputs=["samba.memory", "redis.memory"])
    stated = {name.replace(".", "_"): column for name, column in columns.items()}
    assert same_bits(values_of(result), dict(sizing.evaluate(outputs=["samba.memory", "redis.memory"], **stated)))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dictionary"])
def test_a_column_that_is_nearly_an_input_is_refused_with_the_nearest(kind):
    data = KINDS[kind]({"clients": np.array(CLIENTS), "conections": np.array(CLIENTS)})
    error = refusal_of(data)
    assert error.key == "conections" and "'connections'" in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_two_columns_of_one_input_are_refused(kind):
    data = KINDS[kind]({"clients": np.ones(3), "samba.connections": np.ones(3), "samba_connections": np.ones(3)})
    assert refusal_of(data).key in ("samba.connections", "samba_connections")


def test_two_columns_of_one_name_are_refused():
    frame = pandas.DataFrame([[1, 2], [3, 4]], columns=["clients", "clients"])
    assert refusal_of(frame).key == "clients"
    table = pyarrow.Table.from_arrays([pyarrow.array([1]), pyarrow.array([2])], names=["clients", "clients"])
    assert refusal_of(table).key == "clients"


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_and_arrays_may_stand_beside_a_frame(kind):
    beside = {"depots": 2, "connections": np.arange(6) * 30, "service_redis": [True, False] * 3, "packages": [70.5]}
    result = sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), outputs=OUTPUTS, **beside)
    assert same_bits(values_of(result), expected_of(**beside))


@pytest.mark.parametrize("kind", KINDS)
def test_figures_and_rule_sets_may_stand_beside_a_frame(kind):
    beside = {"opsi": "4.3", "figures": {"opsiconfd.memory_per_worker": np.arange(6) * 100.0, "samba.margin": 20}}
    result = sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), outputs=OUTPUTS, **beside)
    assert same_bits(values_of(result), expected_of(**beside))


@pytest.mark.parametrize("kind", KINDS)
def test_a_curve_beside_a_frame_is_one_curve(kind):
    points = [(10.0 * n, 100.0 * n + 1) for n in range(1, 7)]  # as many as rows
    beside = {"figures": {"opsiconfd.memory_by_clients": points}}
    result = sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), outputs=OUTPUTS, **beside)
    assert same_bits(values_of(result), expected_of(**beside))


@pytest.mark.parametrize("lengths", [[2], [1, 1], [0, 1, 0, 1]])
def test_words_beside_a_table_are_for_every_row(lengths):
    table = chunked({"clients": np.array([1000, 1000])}, lengths)
    result = sizing.evaluate(table, roles=["config", "depot"], outputs=["role.config", "role.depot"])
    assert values_of(result)["role.config"].tolist() == [1, 1]
    assert values_of(result)["role.depot"].tolist() == [1, 1]
    result = sizing.evaluate(table, services=["redis", "samba"], outputs=["service.redis", "service.samba"])
    assert values_of(result)["service.redis"].tolist() == values_of(result)["service.samba"].tolist() == [1, 1]


@pytest.mark.parametrize("kind", [*KINDS, "two chunks of three"])
@pytest.mark.parametrize("rows", [0, 2, 3, 5, 7, 12])
def test_an_array_beside_a_frame_of_another_length_is_refused(kind, rows):
    columns = {"clients": np.array(CLIENTS)}
    data = chunked(columns, [3, 3]) if kind == "two chunks of three" else KINDS[kind](columns)
    assert "connections" in str(refusal_of(data, connections=np.ones(rows)))


@pytest.mark.parametrize("rows", [2, 3])
def test_figures_beside_a_table_of_another_length_are_refused(rows):
    for lengths in ([6], [3, 3], [2, 2, 2]):
        table = chunked({"clients": np.array(CLIENTS)}, lengths)
        assert "samba.margin" in str(refusal_of(table, figures={"samba.margin": np.ones(rows)}))


@pytest.mark.parametrize("kind", KINDS)
def test_an_array_of_two_dimensions_does_not_stand_beside_a_frame(kind):
    if kind == "dictionary":
        pytest.skip("arrays in a dictionary are of any shape")
    refusal_of(KINDS[kind]({"clients": np.array(CLIENTS)}), connections=np.ones((2, 6)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_given_twice_is_refused(kind):
    for beside in (5, np.ones(6)):
        assert "twice" in str(refusal_of(KINDS[kind]({"clients": np.array(CLIENTS)}), clients=beside))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_given_twice_in_two_spellings_is_refused(kind):
    for column, keyword in (("samba.connections", "samba_connections"), ("samba_connections", "samba.connections")):
        for beside in (5, np.ones(6)):
            data = KINDS[kind]({"clients": np.array(CLIENTS), column: np.array(CLIENTS)})
            assert "twice" in str(refusal_of(data, **{keyword: beside}))


@pytest.mark.parametrize("kind", KINDS)
def test_none_beside_a_frame_states_nothing(kind):
    result = sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), clients=None, depots=None, outputs=OUTPUTS)
    assert same_bits(values_of(result), expected_of())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dictionary"])
def test_a_frame_may_say_only_what_differs(kind):
    result = sizing.evaluate(KINDS[kind]({"depots": np.arange(6), "clients": np.full(6, 9)}), outputs="load.clients")
    assert values_of(result)["load.clients"].tolist() == [9 + 10 * depots for depots in range(6)]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_without_inputs_gives_a_row_for_each_of_its_rows(kind):
    data = KINDS[kind]({"customer": np.arange(4)})
    result = sizing.evaluate(data, clients=500, outputs=OUTPUTS)
    assert same_bits(values_of(result), expected_of([500] * 4))
    assert refusal_of(data).key == "clients"


# Errors.

WHERE = {**KINDS, "two batches": lambda columns: chunked(columns, [4, len(columns["clients"]) - 4])}


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("kind", WHERE)
def test_the_row_of_an_error_is_that_of_the_whole(kind, threads):
    for row in range(6):
        for bad in (-1.0, 0.5, np.nan, np.inf):
            columns = {"clients": np.array(CLIENTS, dtype=float), "depots": np.ones(6)}
            columns["depots"][row:] = bad
            error = refusal_of(WHERE[kind](columns), threads=threads)
            assert (error.row, error.key) == (row, "depots")


@pytest.mark.parametrize("kind", WHERE)
def test_the_row_of_an_error_beside_a_frame_is_that_of_the_whole(kind):
    beside = np.array([1, 1, 1, 1, -1, -1])
    error = refusal_of(WHERE[kind]({"clients": np.array(CLIENTS)}), connections=beside)
    assert (error.row, error.key) == (4, "connections")


def test_the_row_of_a_refused_figure_is_that_of_the_whole():
    table = chunked({"clients": np.full(6, 100)}, [2, 2, 2])
    figures = {"opsiconfd.connections_per_worker": np.array([1, 1, 1, 1, 1, 0])}
    assert refusal_of(table, figures=figures).row == 5


def test_large_chunks_are_counted_on():
    clients = np.full(4 * BATCH, 7)
    clients[3 * BATCH + 5] = -1
    table = chunked({"clients": clients}, [BATCH + 1, BATCH - 3, BATCH + 2, BATCH])
    for threads in (1, 2, 0):
        assert refusal_of(table, threads=threads).row == 3 * BATCH + 5


@pytest.mark.parametrize("kind", FRAMES)
def test_misspelt_keywords_and_unknown_outputs_beside_a_frame_are_refused(kind):
    data = KINDS[kind]({"clients": np.array(CLIENTS)})
    with pytest.raises(TypeError, match=r"conections.*'connections'"):
        sizing.evaluate(data, conections=5)
    assert refusal_of(data, outputs="server.memry").key == "outputs"
    assert refusal_of(data, outputs=["clients", "clients"]).key == "outputs"
    assert refusal_of(data, figures={"samba.margn": 3}).key == "samba.margn"
    assert refusal_of(data, opsi="9").key == "opsi"


@pytest.mark.parametrize("kind", FRAMES)
def test_no_outputs_are_no_columns(kind):
    assert list(values_of(sizing.evaluate(KINDS[kind]({"clients": np.array(CLIENTS)}), outputs=[]))) == []


def empty(kind, name="clients"):
    column = np.array([], dtype="i8")
    return {
        "pandas": lambda: pandas.DataFrame({name: column}),
        "polars": lambda: polars.DataFrame({name: column}),
        "pyarrow": lambda: pyarrow.table({name: column}),
        "pyarrow, no chunks": lambda: pyarrow.table({name: pyarrow.chunked_array([], pyarrow.int64())}),
        "record batch": lambda: pyarrow.record_batch({name: column}),
        "stream": lambda: OnlyStream(pyarrow.table({name: column})),
    }[kind]()


EMPTY = ["pandas", "polars", "pyarrow", "pyarrow, no chunks", "record batch", "stream"]


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_frame_gives_empty_columns(kind):
    result = values_of(sizing.evaluate(empty(kind), outputs=OUTPUTS))
    assert [(name, column.shape, column.dtype) for name, column in result.items()] == [(n, (0,), "f8") for n in OUTPUTS]
    assert len(sizing.evaluate(empty(kind))["server.memory"]) == 0


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_frame_is_checked_as_any_other(kind):
    with pytest.raises(TypeError, match="conections"):
        sizing.evaluate(empty(kind), conections=5)
    assert refusal_of(empty(kind), outputs="server.memry").key == "outputs"
    assert refusal_of(empty(kind), outputs=["clients", "clients"]).key == "outputs"
    assert refusal_of(empty(kind, "customer")).key == "clients"
    assert refusal_of(empty(kind), depots=-1).key == "depots"
    assert refusal_of(empty(kind), connections=np.ones(3)).key == "connections"
    assert refusal_of(empty(kind, "client")).key == "client"


@pytest.mark.parametrize("wrong", ["abc", 5, np.zeros(3), [1, 2], object(), b"x"], ids=repr)
def test_what_is_no_frame_is_a_type_error(wrong):
    with pytest.raises(TypeError, match=type(wrong).__name__):
        sizing.evaluate(wrong)


# pandas.


@pytest.mark.parametrize(
    "index",
    [list("abcdef"), [7, 7, 7, 1, 1, 0], pandas.MultiIndex.from_product([["x", "y"], [1, 2, 3]], names=["a", "b"]),
     pandas.date_range("2026-01-01", periods=6, name="day"), pandas.RangeIndex(10, 70, 10), [0.5] * 6],
)  # fmt: skip
def test_pandas_keeps_its_index(index):
    frame = pandas.DataFrame({"clients": CLIENTS}, index=index)
    result = sizing.evaluate(frame, outputs=OUTPUTS)
    assert result.index.equals(frame.index) and result.index.names == frame.index.names
    assert same_bits(values_of(result), expected_of())
    assert (result.dtypes == "float64").all()


def test_pandas_is_not_modified():
    frame = pandas.DataFrame({"clients": [-0.0, 5], "depots": [1, 2], "text": ["a", "b"]}, index=[1, 1])
    before = frame.copy(deep=True)
    result = sizing.evaluate(frame, outputs=OUTPUTS)
    result.loc[:, "clients"] = 99.0
    pandas.testing.assert_frame_equal(frame, before)
    assert np.signbit(frame["clients"].iloc[0])


PANDAS_TYPES = [
    *["int8", "uint16", "int64", "float32", "float64", "Int8", "Int64", "UInt16", "Float32", "Float64"],
    *["int64[pyarrow]", "uint8[pyarrow]", "float[pyarrow]", "double[pyarrow]", "Sparse[int]"],
]


@pytest.mark.parametrize("dtype", PANDAS_TYPES)
def test_every_type_of_numbers_in_pandas(dtype):
    frame = pandas.DataFrame({"clients": pandas.Series([100, 0, 7, 9], dtype=dtype)})
    assert same_bits(values_of(sizing.evaluate(frame, outputs=OUTPUTS)), expected_of([100, 0, 7, 9]))
    part = frame.iloc[::-2]
    assert same_bits(values_of(sizing.evaluate(part, outputs=OUTPUTS)), expected_of([9, 0]))


@pytest.mark.parametrize("dtype", ["bool", "boolean", "bool[pyarrow]"])
def test_booleans_in_pandas(dtype):
    frame = pandas.DataFrame({"clients": [9, 9, 9], "service.redis": pandas.Series([True, False, True], dtype=dtype)})
    assert sizing.evaluate(frame, outputs="service.redis")["service.redis"].tolist() == [1, 0, 1]


@pytest.mark.parametrize("dtype", ["float64", "Int64", "UInt8", "Float64", "int64[pyarrow]", "double[pyarrow]"])
def test_a_missing_number_in_pandas_is_refused_with_its_row(dtype):
    frame = pandas.DataFrame({"clients": pandas.Series([5, 6, None, 7], dtype=dtype)})
    frame.index = [9, 8, 7, 6]
    error = refusal_of(frame)
    assert (error.row, error.key) == (2, "clients")


@pytest.mark.parametrize("dtype", ["boolean", "bool[pyarrow]"])
def test_a_missing_boolean_in_pandas_is_refused_with_its_row(dtype):
    frame = pandas.DataFrame({"clients": [1, 2, 3], "service.redis": pandas.Series([True, None, None], dtype=dtype)})
    error = refusal_of(frame)
    assert (error.row, error.key) == (1, "service.redis")


@pytest.mark.parametrize(
    "wrong",
    [list("123"), [None] * 3, pandas.to_datetime(["2026-01-01"] * 3), [1j, 2j, 3j],
     pandas.Series([1, 2, 3], dtype=object), pandas.Categorical(["1", "2", "3"])],
)  # fmt: skip
def test_a_column_of_pandas_without_numbers_is_refused(wrong):
    for name in ("clients", "connections"):
        assert refusal_of(pandas.DataFrame({"clients": [1, 2, 3]}).assign(**{name: wrong})).key == name


def test_pandas_columns_may_be_named_by_anything():
    frame = pandas.DataFrame({"clients": CLIENTS, 5: 1, None: 2, ("connections", 1): 3, 2.5: 4})
    assert same_bits(values_of(sizing.evaluate(frame, outputs=OUTPUTS)), expected_of())
    frame = pandas.DataFrame([CLIENTS[:3], CLIENTS[3:]])
    assert refusal_of(frame).key == "clients"


def test_a_mix_of_types_in_one_frame_of_pandas():
    frame = pandas.DataFrame(np.array([CLIENTS, CLIENTS], dtype="f4").T, columns=["clients", "connections"])
    frame["depots"] = np.arange(6, dtype="u1")
    expected = expected_of(connections=CLIENTS, depots=np.arange(6))
    assert same_bits(values_of(sizing.evaluate(frame, outputs=OUTPUTS)), expected)


# Polars.


def test_polars_in_any_chunks():
    one = polars.DataFrame({"clients": CLIENTS, "depots": np.arange(6)})
    stacked = one[:2].vstack(one[2:3]).vstack(one[3:])
    assert stacked.n_chunks() == 3
    joined = polars.concat([one[:4], one[4:]], rechunk=False)
    uneven = stacked.with_columns(polars.Series("depots", np.arange(6)))
    for frame in (stacked, joined, uneven, one[::-1][::-1], polars.concat([one[5:], one])[1:]):
        assert same_bits(values_of(sizing.evaluate(frame, outputs=OUTPUTS)), expected_of(depots=np.arange(6)))


POLARS_TYPES = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64"]


@pytest.mark.parametrize("dtype", POLARS_TYPES)
def test_every_type_of_numbers_in_polars(dtype):
    frame = polars.DataFrame({"clients": polars.Series([100, 0, 7], dtype=getattr(polars, dtype))})
    assert same_bits(values_of(sizing.evaluate(frame, outputs=OUTPUTS)), expected_of([100, 0, 7]))


@pytest.mark.parametrize("column", [[1, None, 3], [1.5, None, 2.5], [True, None, False]])
def test_nulls_in_polars_are_refused_with_their_row(column):
    name = "packages" if 1.5 in column else "service_redis" if True is column[0] else "depots"
    frame = polars.DataFrame({"clients": [1, 2, 3], name: column})
    joined = polars.concat([frame[2:], frame], rechunk=False)
    for data, row in ((frame, 1), (frame[1:], 0), (frame[:1].vstack(frame), 2), (joined, 2)):
        error = refusal_of(data)
        assert (error.row, error.key) == (row, name)
    sizing.evaluate(frame[2:])  # the null is not in it


def test_a_lazy_frame_is_a_type_error_that_says_what_to_do():
    with pytest.raises(TypeError, match="collect"):
        sizing.evaluate(polars.LazyFrame({"clients": CLIENTS}))


def test_a_series_of_polars_is_no_table():
    assert "table" in str(refusal_of(polars.Series("clients", CLIENTS)))


@pytest.mark.parametrize("wrong", [["1", "2"], [[1], [2]], [None, None], [{"a": 1}, {"a": 2}]])
def test_a_column_without_numbers_is_refused(wrong):
    assert refusal_of(polars.DataFrame({"clients": wrong})).key == "clients"
    assert refusal_of(pyarrow.table({"clients": wrong})).key == "clients"


# Arrow.


def test_numbers_of_arrow_with_an_offset_and_nulls_outside_of_it():
    for numbers in ([None, 4, 5, 6, None], [None, *range(100), None]):
        column = pyarrow.array(numbers, pyarrow.int16())
        clients = numbers[1:-1]
        table = pyarrow.table({"clients": column}).slice(1, len(clients))
        assert same_bits(values_of(sizing.evaluate(table, outputs=OUTPUTS)), expected_of(clients))
        inner = pyarrow.table({"clients": column[1 : 1 + len(clients)]}).slice(1)
        assert same_bits(values_of(sizing.evaluate(inner, outputs=OUTPUTS)), expected_of(clients[1:]))


@laws
@given(st.data())
def test_nulls_of_arrow_are_refused_with_their_row(data):
    numbers = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 50)), max_size=40))
    boolean = data.draw(st.booleans())
    values = [None if number is None else number % 2 == 1 for number in numbers] if boolean else numbers
    name = "service.redis" if boolean else "depots"
    ends = sorted(data.draw(st.lists(st.integers(0, len(values)), max_size=4)))
    ends = [0, *ends, len(values)]
    kind = pyarrow.bool_() if boolean else pyarrow.int64()
    whole = pyarrow.array(values, kind)
    column = pyarrow.chunked_array([whole[a:b] for a, b in itertools.pairwise(ends)], kind)
    start = data.draw(st.integers(0, len(values)))
    table = pyarrow.table({name: column}).slice(start)
    values = values[start:]
    if None in values:
        error = refusal_of(table, clients=5)
        assert (error.row, error.key) == (values.index(None), name)
    else:
        result = values_of(sizing.evaluate(table, clients=5, outputs=name))[name]
        assert result.tolist() == [float(value) for value in values]


def test_a_null_row_of_a_struct_array_is_refused():
    mask = pyarrow.array([False, True, False])
    rows = pyarrow.StructArray.from_arrays([pyarrow.array([1, 2, 3])], ["clients"], mask=mask)
    for data in (rows, OnlyArray(rows), pyarrow.chunked_array([rows])):
        assert refusal_of(data).row == 1
    assert values_of(sizing.evaluate(rows[2:], outputs="clients"))["clients"].tolist() == [3]


@pytest.mark.parametrize("kind", [name.lower() for name in POLARS_TYPES])
def test_every_type_of_numbers_of_arrow(kind):
    table = pyarrow.table({"clients": pyarrow.array([100, 0, 7], getattr(pyarrow, kind)())})
    for data in (table, table.slice(1), OnlyStream(table), OnlyArray(table.to_batches()[0])):
        rows = 2 if data is not table and isinstance(data, pyarrow.Table) else 3
        expected = expected_of([100, 0, 7][-rows:])
        assert same_bits(values_of(sizing.evaluate(data, outputs=OUTPUTS)), expected)


@pytest.mark.parametrize(
    "column",
    [pyarrow.array(["a", "b"]), pyarrow.array([1, 2]).dictionary_encode(), pyarrow.array([[1], [2]]),
     pyarrow.array(["a", "a"]).dictionary_encode(), pyarrow.array([1, 2], pyarrow.decimal128(5)), pyarrow.nulls(2),
     pyarrow.array([1, 2], pyarrow.date32()), pyarrow.array([1, 2], pyarrow.timestamp("s")),
     pyarrow.array([1, 2], pyarrow.duration("s"))],
    ids=lambda column: str(column.type),
)  # fmt: skip
def test_other_types_of_arrow_are_refused_as_an_input_and_left_alone_beside(column):
    assert refusal_of(pyarrow.table({"clients": column})).key == "clients"
    result = sizing.evaluate(pyarrow.table({"other": column, "clients": [5, 6], "client": column}), outputs="clients")
    assert values_of(result)["clients"].tolist() == [5, 6]


@laws
@given(columns=tables(most_rows=30, least_rows=1), data=st.data())
def test_where_a_table_breaks_does_not_matter(columns, data):
    rows = len(columns["clients"])
    ends = sorted(data.draw(st.lists(st.integers(0, rows), max_size=6)))
    lengths = np.diff([0, *ends, rows]).tolist()
    expected = dict(sizing.evaluate(outputs=outputs_of(), **columns))
    name = data.draw(st.sampled_from(list(columns)))
    within = {other: column for other, column in columns.items() if other != name}
    for frame in (chunked(columns, lengths), chunked_polars(columns, lengths), OnlyStream(chunked(columns, lengths))):
        assert same_bits(values_of(sizing.evaluate(frame, outputs=outputs_of())), expected)
    if within:
        beside = sizing.evaluate(chunked(within, lengths), outputs=outputs_of(), **{name: columns[name]})
        assert same_bits(values_of(beside), expected)
    assert len(rows_of(columns)) == rows


def test_a_stream_is_read_once():
    once = SameCapsule(pyarrow.table({"clients": CLIENTS}))
    assert same_bits(values_of(sizing.evaluate(once, outputs=OUTPUTS)), expected_of())
    assert "used before" in str(refusal_of(once))


def test_a_stream_that_fails_is_refused_in_its_words():
    def batches():
        yield pyarrow.record_batch({"clients": [1, 2]})
        raise OSError("the disk is gone")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("clients", pyarrow.int64())]), batches())
    assert "the disk is gone" in str(refusal_of(reader))


def test_arrow_data_that_is_no_table_is_refused():
    for data in (pyarrow.array([1, 2]), pyarrow.chunked_array([[1], [2]]), OnlyStream(pyarrow.chunked_array([[1]]))):
        assert "table" in str(refusal_of(data))


def test_a_table_is_released_when_it_was_evaluated():
    gc.collect()
    before = pyarrow.total_allocated_bytes()
    for data in (OnlyStream, OnlyArray, lambda batch: pyarrow.table(batch), lambda batch: batch):
        batch = pyarrow.record_batch({"clients": pyarrow.array(range(100_000)), "other": pyarrow.array(range(100_000))})
        result = sizing.evaluate(data(batch), outputs="server.memory")
        refusal_of(data(batch), outputs="none")
        refusal_of(data(batch), depots=-1)
        del batch
        gc.collect()
        assert pyarrow.total_allocated_bytes() == before
        del result


def test_a_table_that_is_refused_early_is_released():
    gc.collect()
    before = pyarrow.total_allocated_bytes()
    for name in ("x", "client"):
        refusal_of(OnlyStream(pyarrow.table({name: pyarrow.array(range(100_000))})))
    refusal_of(pyarrow.array(range(100_000)))
    gc.collect()
    assert pyarrow.total_allocated_bytes() == before


# Results as Arrow tables.


def address_of(column):
    if isinstance(column, pyarrow.ChunkedArray):
        return column.chunk(0).buffers()[1].address
    return column.to_numpy(allow_copy=False).ctypes.data


@pytest.mark.parametrize("rows", [0, 1, 513, 300_000])
@pytest.mark.parametrize(
    "library",
    [
        lambda columns: pyarrow.RecordBatchReader.from_stream(columns).read_all(),
        lambda columns: pyarrow.table(OnlyStream(columns)),
        lambda columns: polars.DataFrame(OnlyStream(columns)),
    ],
    ids=["reader", "pyarrow", "polars"],
)
def test_results_are_arrow_tables_without_a_copy(library, rows):
    columns = sizing.evaluate(clients=np.arange(rows), outputs=OUTPUTS)
    table = library(columns)
    assert list(values_of(table)) == OUTPUTS
    assert same_bits(values_of(table), dict(columns))
    if rows:
        assert [address_of(table[name]) for name in OUTPUTS] == [columns[name].ctypes.data for name in OUTPUTS]


@pytest.mark.parametrize("rows", [3, 513, 300_000])
def test_an_arrow_table_outlives_the_results(rows):
    expected = expected_of(np.arange(rows))
    for library in (pyarrow.RecordBatchReader.from_stream, lambda columns: polars.DataFrame(OnlyStream(columns))):
        columns = sizing.evaluate(clients=np.arange(rows), outputs=OUTPUTS)
        table = library(columns)
        del columns
        gc.collect()
        others = [sizing.evaluate(clients=np.full(rows, 9), outputs=OUTPUTS) for _ in range(3)]
        table = table.read_all() if hasattr(table, "read_all") else table
        assert same_bits(values_of(table), expected)
        column = table["server.memory"]  # one column outlives the table
        del table, others
        gc.collect()
        others = [sizing.evaluate(clients=np.full(rows, 9), outputs=OUTPUTS) for _ in range(3)]
        assert np.asarray(column).tobytes() == expected["server.memory"].tobytes()
        del column, others


def test_a_stream_of_results_may_be_left_unread_or_half_read():
    columns = sizing.evaluate(clients=np.arange(600), outputs=OUTPUTS)
    before = [sys.getrefcount(column) for column in columns.values()]
    for _ in range(3):
        columns.__arrow_c_stream__()
        reader = pyarrow.RecordBatchReader.from_stream(columns)
        del reader
        reader = pyarrow.RecordBatchReader.from_stream(columns)
        assert reader.schema.names == OUTPUTS
        batch = reader.read_next_batch()
        with pytest.raises(StopIteration):
            reader.read_next_batch()
        column = batch.column(1)
        del reader, batch
        gc.collect()
        assert column.to_pylist() == columns["connections"].tolist()
        del column
        gc.collect()
    assert [sys.getrefcount(column) for column in columns.values()] == before


def test_results_are_data_again():
    first = sizing.evaluate(clients=np.arange(600), outputs=["clients", "active_clients", "depots"])
    for data in (first, OnlyStream(first)):
        assert same_bits(values_of(sizing.evaluate(data, outputs=OUTPUTS)), expected_of(np.arange(600)))


def test_results_that_are_no_columns_of_one_length_are_no_table():
    for columns in (sizing.evaluate(clients=[[5]]), sizing.Columns(a=np.zeros(2), b=np.zeros(3))):
        with pytest.raises(sizing.InputError):
            columns.__arrow_c_stream__()


@pytest.mark.parametrize("kind", FRAMES)
def test_results_as_frames_do_not_alias(kind):
    data = KINDS[kind]({"clients": np.full(1 << 18, 5)})
    one = sizing.evaluate(data, outputs="clients")
    kept = one["clients"]
    del one
    for value in (6, 7, 8):
        sizing.evaluate(KINDS[kind]({"clients": np.full(1 << 18, value)}), outputs=["clients", "active_clients"])
    assert (np.asarray(kept) == 5).all()


def test_what_was_handed_to_arrow_is_not_written_to_any_more():
    results = sizing.evaluate(clients=np.arange(5), outputs=["server.memory"])
    table = pyarrow.RecordBatchReader.from_stream(results).read_all()
    with pytest.raises(sizing.InputError):
        sizing.evaluate(clients=np.arange(5) + 5000, outputs=["server.memory"], out=results)
    assert table["server.memory"].to_pylist() == results["server.memory"].tolist()


@pytest.mark.parametrize("name", ["roles", "services"])
def test_a_column_of_lists_of_words_is_refused(name):
    with pytest.raises(sizing.InputError) as refused:
        sizing.evaluate(pandas.DataFrame({"clients": [5], name: ["depot"]}))
    assert refused.value.key == name and "column" in str(refused.value)


def test_a_misspelt_column_that_one_cell_made_text_is_refused():
    with pytest.raises(sizing.InputError, match="did you mean 'connections'"):
        sizing.evaluate(pandas.DataFrame({"clients": [5, 6], "conections": ["500", "unknown"]}))
