"""Laws of evaluate(): it says of every row what plan() and the command line say of it, however the rows are held."""

from __future__ import annotations

import numpy as np
import opsi_sizing as sizing
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes
from sites import (
    BATCH,
    INPUTS,
    RULE_SETS,
    command_line,
    flags_of,
    outputs_of,
    planned,
    random_columns,
    rows_of,
    same_bits,
    tables,
    values_of,
)

laws = settings(deadline=None, max_examples=200, database=None)
FIGURES = {name: figure for name, figure in sizing.Model("4.2").figures.items() if figure.value is not None}


@pytest.mark.parametrize("opsi", RULE_SETS)
@laws
@given(columns=tables())
def test_evaluate_is_plan_of_every_row(opsi, columns):
    outputs = outputs_of(opsi)
    result = sizing.evaluate(opsi=opsi, outputs=outputs, **columns)
    assert same_bits(result, planned(rows_of(columns), outputs, opsi=opsi))


@pytest.mark.parametrize("opsi", RULE_SETS)
@laws
@given(columns=tables(least_rows=1), data=st.data())
def test_numbers_beside_arrays_are_the_same_number_in_every_row(opsi, columns, data):
    fixed = data.draw(st.sets(st.sampled_from(list(columns))))
    mixed = {name: column[0].item() if name in fixed else column for name, column in columns.items()}
    repeated = {name: np.broadcast_to(mixed[name], column.shape) for name, column in columns.items()}
    rows = rows_of(repeated)
    assume(all(row.get("role_config", 1) or row.get("role_depot", 1) for row in rows))
    outputs = outputs_of(opsi)
    result = sizing.evaluate(opsi=opsi, outputs=outputs, **mixed)
    if len(fixed) == len(columns):
        assert all(type(value) is float for value in result.values())
        rows = rows[:1]
        result = {name: [value] for name, value in result.items()}
    assert same_bits(result, planned(rows, outputs, opsi=opsi))


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_evaluate_is_plan_in_rows_around_the_batches(opsi):
    columns = random_columns(3 * BATCH + 100, seed=int(float(opsi) * 10))
    outputs = outputs_of(opsi)
    result = sizing.evaluate(opsi=opsi, outputs=outputs, **columns)
    borders = [border + step for border in range(0, 3 * BATCH + 1, BATCH) for step in range(-20, 20)]
    at = [row for row in [*borders, *range(3 * BATCH, 3 * BATCH + 100)] if row >= 0]
    some = {name: column[at] for name, column in columns.items()}
    assert same_bits({name: column[at] for name, column in result.items()}, planned(rows_of(some), outputs, opsi=opsi))


@pytest.mark.parametrize("opsi", RULE_SETS)
@pytest.mark.parametrize("rows", [1, BATCH - 1, BATCH, BATCH + 1, 5 * BATCH + 3])
def test_threads_do_not_change_a_bit(opsi, rows):
    columns = random_columns(rows, seed=rows)
    asked = {"opsi": opsi, "outputs": outputs_of(opsi), **columns}
    one = sizing.evaluate(threads=1, **asked)
    for threads in (2, 0, 3, 7, 1024):
        assert same_bits(one, sizing.evaluate(threads=threads, **asked))


@laws
@given(columns=tables(least_rows=1, most_rows=40), data=st.data())
def test_rows_do_not_know_of_each_other(columns, data):
    rows = len(columns["clients"])
    order = data.draw(st.lists(st.integers(0, rows - 1), max_size=60))
    whole = sizing.evaluate(outputs=outputs_of(), **columns)
    chosen = sizing.evaluate(outputs=outputs_of(), **{name: column[order] for name, column in columns.items()})
    assert same_bits(chosen, {name: column[order] for name, column in whole.items()})


@laws
@given(columns=tables(), data=st.data())
def test_what_is_asked_beside_does_not_change_an_output(columns, data):
    names = data.draw(st.lists(st.sampled_from(outputs_of()), unique=True, min_size=1))
    whole = sizing.evaluate(outputs=outputs_of(), **columns)
    some = sizing.evaluate(outputs=names, **columns)
    assert same_bits(some, {name: whole[name] for name in names})


def test_a_row_without_a_role_is_refused_as_plan_refuses_it():
    with pytest.raises(sizing.InputError):
        sizing.plan(clients=10, role_config=False, role_depot=False)
    with pytest.raises(sizing.InputError) as refused:
        sizing.evaluate(clients=[10, 10], role_config=[1, 0], role_depot=[0, 0])
    assert refused.value.row == 1


def test_a_row_without_a_role_beside_a_number_is_refused_as_plan_refuses_it():
    with pytest.raises(sizing.InputError) as refused:
        sizing.evaluate(clients=10, role_config=[1, 0], role_depot=False)
    assert refused.value.row == 1


@laws
@given(data=st.data(), shaped=shapes.mutually_broadcastable_shapes(num_shapes=4, max_dims=4, max_side=4, min_side=0))
def test_shapes_broadcast_as_numpy_says(data, shaped):
    names = ["clients", "connections", "packages", "service_redis"]
    arrays = {}
    for name, shape in zip(names, shaped.input_shapes, strict=True):
        size = int(np.prod(shape))
        values = data.draw(st.lists(values_of(name), min_size=size, max_size=size))
        arrays[name] = np.array(values).reshape(shape)
    outputs = ["server.memory", "redis.memory", "disk.var_lib_opsi", "connections"]
    result = sizing.evaluate(outputs=outputs, **arrays)
    whole = dict(zip(arrays, np.broadcast_arrays(*arrays.values()), strict=True))
    flat = planned(rows_of({name: array.ravel() for name, array in whole.items()}), outputs)
    assert same_bits(result, {name: column.reshape(shaped.result_shape) for name, column in flat.items()})
    if shaped.result_shape:
        assert all(array.flags.c_contiguous and array.flags.writeable for array in result.values())
    else:
        assert all(type(value) is float for value in result.values())


def broadcasts(*all_shapes):
    try:
        np.broadcast_shapes(*all_shapes)
    except ValueError:
        return False
    return True


@laws
@given(st.tuples(*[shapes.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)] * 3))
def test_shapes_that_numpy_does_not_broadcast_are_refused_by_name(all_shapes):
    arrays = dict(zip(["clients", "connections", "depots"], map(np.zeros, all_shapes), strict=True))
    if not broadcasts(*all_shapes):
        with pytest.raises(sizing.InputError) as refused:
            sizing.evaluate(**arrays)
        key, said = refused.value.key, str(refused.value)
        others = [name for name in arrays if not broadcasts(arrays[name].shape, arrays[key].shape)]
        assert others, "the one that is named broadcasts to each of the others"
        assert all(name in said and str(arrays[name].shape) in said for name in [key, *others])
    else:
        memory = sizing.evaluate(outputs="server.memory", **arrays)["server.memory"]
        assert np.shape(memory) == np.broadcast_shapes(*all_shapes)


def test_a_grid_is_the_loop_over_it():
    clients, connections = np.arange(0, 3000, 170), np.arange(0, 300, 23)
    grid = sizing.evaluate(clients=clients[:, None], connections=connections, outputs="server.memory")["server.memory"]
    loop = [[sizing.plan(clients=n, connections=c)["server.memory"].value for c in connections] for n in clients]
    assert grid.tolist() == loop


@pytest.mark.parametrize("opsi", RULE_SETS)
@laws
@given(columns=tables(least_rows=1, most_rows=6), data=st.data())
def test_own_figures_are_those_of_plan_in_every_row(opsi, columns, data):
    names = data.draw(st.lists(st.sampled_from(sorted(FIGURES)), unique=True, min_size=1, max_size=6))
    rows = len(columns["clients"])
    amounts = st.one_of(st.floats(1e-3, 1e5), st.integers(1, 5000).map(float))
    figures = {}
    for name in names:
        many = st.lists(amounts, min_size=rows, max_size=rows).map(np.array)
        figures[name] = data.draw(st.one_of(amounts, many))
    outputs = outputs_of(opsi)
    result = sizing.evaluate(opsi=opsi, outputs=outputs, figures=figures, **columns)
    of_row = [
        {name: np.broadcast_to(value, rows)[row].item() for name, value in figures.items()} for row in range(rows)
    ]
    each = [planned([row], outputs, opsi=opsi, figures=own) for row, own in zip(rows_of(columns), of_row, strict=True)]
    assert same_bits(result, {name: np.concatenate([one[name] for one in each]) for name in outputs})


def test_figures_broadcast_with_the_inputs():
    clients, figure = np.array([100, 900, 1800])[:, None], np.array([100.0, 250, 400, 800])
    named = {"opsiconfd.memory_per_worker": figure}
    result = sizing.evaluate(clients=clients, figures=named, outputs="opsiconfd.memory")["opsiconfd.memory"]
    loop = [
        [
            sizing.plan(clients=n, figures={"opsiconfd.memory_per_worker": f})["opsiconfd.memory"].value
            for f in figure.tolist()
        ]
        for n in clients.ravel().tolist()
    ]
    assert result.tolist() == loop


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_command_line_plans_the_same(opsi):
    columns = random_columns(25, seed=7)
    names = list(sizing.Model(opsi).quantities)
    result = sizing.evaluate(opsi=opsi, outputs=names, **columns)
    for at, row in enumerate(rows_of(columns)):
        server = command_line("plan", "--opsi", opsi, *flags_of(row))["servers"][0]
        said = {name: float(server["quantities"][name]["value"]) for name in names}
        assert said == {name: result[name][at] for name in names}


@pytest.mark.parametrize("opsi", RULE_SETS)
def test_the_command_line_sweeps_the_same(opsi):
    names = list(sizing.Model(opsi).quantities)
    clients, connections, margin = [0, 7, 501, 1999, 12345], [0, 20, 21, 400], [0.5, 33]
    vary = {"clients": clients, "connections": connections, "samba.margin": margin}
    axes = [word for name, values in vary.items() for word in ("--vary", f"{name}={','.join(map(str, values))}")]
    stated = ["--opsi", opsi, "--depots", "3", "--packages", "61.7", "--outputs", ",".join(names)]
    answer = command_line("sweep", *stated, *axes)
    result = sizing.evaluate(
        clients=np.array(clients)[:, None, None],
        connections=np.array(connections)[:, None],
        figures={"samba.margin": np.array(margin)},
        depots=3,
        packages=61.7,
        opsi=opsi,
        outputs=names,
    )
    said = {name: np.array([float(row[name]) for row in answer["rows"]]) for name in names}
    assert same_bits(said, {name: np.ravel(column) for name, column in result.items()})


def test_every_input_is_among_the_random_ones():
    assert set(random_columns(1, 0)) == set(INPUTS) == {each.keyword for each in sizing.Model().inputs.values()}
