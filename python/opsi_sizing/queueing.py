"""Queues without opsi: Erlang's formulas, clients that come back, and a simulator of first come, first served.

Times are in one unit, whichever you like, and rates per that unit. Numbers may be arrays: they broadcast as NumPy's do,
and the answer has their shape. A value that is not allowed raises InputError with its name and its place.

>>> from opsi_sizing import queueing
>>> round(queueing.erlang_c(2, 3), 6)
0.444444
>>> queueing.erlang_b([1, 10], [2, 12]).round(6)
array([0.2     , 0.119739])
"""

from __future__ import annotations

import dataclasses
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core
from .errors import refused

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike

    Values = numpy.ndarray[Any, numpy.dtype[numpy.float64]]
    Numbers = float | Values

__all__ = [
    "Closed",
    "DaySteps",
    "Simulated",
    "SimulatedDay",
    "erlang_b",
    "erlang_c",
    "finite_source",
    "simulate",
    "simulate_day",
]


def erlang_b(offered_load: ArrayLike, servers: ArrayLike) -> Numbers:
    """The share of customers that find all servers busy where nobody waits (Erlang B).

    offered_load: arrival rate × mean service time, in Erlang. servers: whole numbers, up to ten million.
    Source: A. K. Erlang, 1917; R. B. Cooper, Introduction to Queueing Theory, 1981.

    >>> round(erlang_b(18, 20), 10)
    0.1092128459
    """
    return _answer(_core.erlang_b(*_broadcast(offered_load=offered_load, servers=servers)))


def erlang_c(offered_load: ArrayLike, servers: ArrayLike) -> Numbers:
    """The share of customers that must wait where everybody waits for one of the servers (Erlang C).

    offered_load: arrival rate × mean service time, in Erlang; where it is not below the servers everybody waits, and
    the share is 1. servers: whole numbers, up to ten million. Service times are exponential.
    Source: A. K. Erlang, 1917; R. B. Cooper, Introduction to Queueing Theory, 1981.

    >>> round(erlang_c(100, 110), 10)
    0.2370075003
    """
    return _answer(_core.erlang_c(*_broadcast(offered_load=offered_load, servers=servers)))


class Closed(NamedTuple):
    """What clients that come back find: completions per unit of time, and the time from arrival to completion."""

    throughput: Numbers
    response_time: Numbers


def finite_source(
    population: ArrayLike, think_time: ArrayLike, service_time: ArrayLike, servers: ArrayLike = 1
) -> Closed:
    """Clients that think, need one of the servers, and think again (M/M/m//N): throughput and response time, exact.

    population: the number of clients, up to ten million. think_time, service_time: their means; service times are
    exponential. servers: whole numbers from 1.
    Source: L. Takács, Introduction to the Theory of Queues, 1962.

    >>> answer = finite_source(200, think_time=4, service_time=0.5, servers=20)
    >>> round(answer.throughput, 7), round(answer.response_time, 7)
    (39.8107504, 1.0237687)
    """
    given = _broadcast(population=population, think_time=think_time, service_time=service_time, servers=servers)
    return Closed(*map(_answer, _core.finite_source(*given)))


@dataclasses.dataclass(frozen=True, eq=False)
class Simulated:
    """What simulate() found: means over the replications, each with the half-width of its 95 % confidence interval.

    A half-width is NaN where there was one replication. p50 to p99 are percentiles of the waiting time of all
    customers of all replications, those that did not wait included; largest is the mean of the replications' longest
    waits. replications are those that were complete, customers those counted in each; where Ctrl-C ended the first of
    them, fewer customers.
    """

    mean_wait: Numbers
    mean_wait_half_width: Numbers
    probability_of_waiting: Numbers
    probability_of_waiting_half_width: Numbers
    p50: Numbers
    p50_half_width: Numbers
    p90: Numbers
    p90_half_width: Numbers
    p95: Numbers
    p95_half_width: Numbers
    p99: Numbers
    p99_half_width: Numbers
    largest: Numbers
    largest_half_width: Numbers
    mean_response: Numbers
    mean_response_half_width: Numbers
    utilisation: Numbers
    utilisation_half_width: Numbers
    customers: Numbers
    replications: Numbers


def simulate(
    *,
    servers: ArrayLike = 1,
    arrival_rate: ArrayLike,
    service_time: ArrayLike = 1.0,
    service: ArrayLike = "exponential",
    arrivals: ArrayLike = "exponential",
    customers: int = 100_000,
    warm_up: int | None = None,
    replications: int = 32,
    seed: int = 1,
    threads: int = 0,
) -> Simulated:
    """How long customers wait at a station in steady state, first come first served, by independent replications.

    servers: whole numbers from 1 to a million. arrival_rate: customers per unit of time; service_time: the mean.
    service: the distribution of service times, "constant", "exponential", "erlang:k" (k phases),
    "hyperexponential:scv" (balanced means, squared coefficient of variation scv) or "lognormal:cv"; arrivals: that of
    the times between arrivals, the same words. These five broadcast.
    customers: counted in each replication, after warm_up that are not: where it is not given a tenth as many, or as
    many as it takes to forget that the station began empty, at most ten times as many. Near its capacity it takes ever
    more customers, of the order of 10 / (1 - load)², until waits are as in the long run.
    replications: from 1. seed: the same one gives the same bits on every machine. threads: 0 for all cores.

    Raises InputError for a load that is not below the capacity: waiting then grows without end. Long runs show on a
    terminal how far they are; Ctrl-C ends one with a RuntimeWarning and what has been counted, NaN in rows that were
    not begun (KeyboardInterrupt where nothing was).
    Source: J. Kiefer and J. Wolfowitz, On the theory of queues with many servers, 1955.

    >>> answer = simulate(servers=2, arrival_rate=1.8, service="erlang:2", customers=20_000)
    >>> abs(answer.mean_wait - 3.207339) < 2 * answer.mean_wait_half_width
    True
    """
    import numpy as np

    numbers = _numbers(servers=servers, arrival_rate=arrival_rate, service_time=service_time)
    words = [_words("service", service), _words("arrivals", arrivals)]
    given = [np.array(each, order="C") for each in np.broadcast_arrays(*numbers, *words)]
    found, counted, complete = _core.simulate_queue(
        servers=given[0],
        arrival_rate=given[1],
        service_time=given[2],
        service=given[3].ravel().tolist(),
        arrivals=given[4].ravel().tolist(),
        customers=_whole("customers", customers),
        warm_up=None if warm_up is None else _whole("warm_up", warm_up),
        replications=_whole("replications", replications),
        seed=_whole("seed", seed),
        threads=_whole("threads", threads),
    )
    values = {}
    for name, (value, half_width) in found.items():
        values[name] = _answer(value)
        values[f"{name}_half_width"] = _answer(half_width)
    return Simulated(**values, customers=_answer(counted), replications=_answer(complete))


@dataclasses.dataclass(frozen=True, eq=False)
class DaySteps:
    """The day in equal steps: arrays, means over the replications. `time` is when each step begins.

    arrivals: clients that came for the first time; requests: that came and could connect. busy: threads, waiting:
    requests without a thread, both on average over the step. Of the requests that came in the step: mean_wait,
    p50_wait, p95_wait, and largest_wait in any replication.
    """

    time: Values
    arrivals: Values
    requests: Values
    busy: Values
    waiting: Values
    mean_wait: Values
    p50_wait: Values
    p95_wait: Values
    largest_wait: Values


@dataclasses.dataclass(frozen=True, eq=False)
class SimulatedDay:
    """What simulate_day() found: means over the replications, each with the half-width of its 95 % confidence interval.

    A half-width is NaN where there was one replication. requests are answered ones, sessions the clients whose last
    request was answered. waited is the share of requests that waited; mean_wait, p50 to p99 and largest are of waiting
    for a thread, a connection of the pool or a core, the response times of the whole request. utilisation is that of
    the threads, from the first arrival to the last answer. most_waiting is the longest queue, most_waiting_at its time;
    storm is how long from the first to the last who waits. refused and timed_out are tries that could not connect or
    were answered too late, gave_up the clients that went away. A request that was answered too late counts in the wait
    until its client gave up, and in no response time. most_waiting_at, first_wait, last_wait and storm are of the
    replications in which somebody waited; 0 where nobody did. steps has the course of the day. replications are
    complete: fewer than asked for where Ctrl-C ended it.
    """

    requests: float
    requests_half_width: float
    sessions: float
    sessions_half_width: float
    waited: float
    waited_half_width: float
    mean_wait: float
    mean_wait_half_width: float
    p50: float
    p50_half_width: float
    p90: float
    p90_half_width: float
    p95: float
    p95_half_width: float
    p99: float
    p99_half_width: float
    largest: float
    largest_half_width: float
    mean_response: float
    mean_response_half_width: float
    p50_response: float
    p50_response_half_width: float
    p90_response: float
    p90_response_half_width: float
    p95_response: float
    p95_response_half_width: float
    p99_response: float
    p99_response_half_width: float
    largest_response: float
    largest_response_half_width: float
    utilisation: float
    utilisation_half_width: float
    core_utilisation: float
    core_utilisation_half_width: float
    pool_utilisation: float
    pool_utilisation_half_width: float
    most_waiting: float
    most_waiting_half_width: float
    most_waiting_at: float
    most_waiting_at_half_width: float
    first_wait: float
    first_wait_half_width: float
    last_wait: float
    last_wait_half_width: float
    storm: float
    storm_half_width: float
    last_answer: float
    last_answer_half_width: float
    refused: float
    refused_half_width: float
    timed_out: float
    timed_out_half_width: float
    gave_up: float
    gave_up_half_width: float
    steps: DaySteps
    replications: int


def simulate_day(
    *,
    clients: ArrayLike,
    window: ArrayLike,
    start: ArrayLike = 0.0,
    shape: ArrayLike = "uniform",
    requests: ArrayLike = 1,
    service_time: ArrayLike = 0.0,
    service: ArrayLike = "exponential",
    core_share: ArrayLike = 0.0,
    pause: ArrayLike = 0.0,
    pauses: ArrayLike = "constant",
    threads: int = 1,
    cores: int = 0,
    pool: int = 0,
    backlog: int | None = None,
    connect: float = float("inf"),
    answer: float = float("inf"),
    retry: tuple[float, float] = (0.0, 0.0),
    tries: int = 1,
    step: float = 60.0,
    replications: int = 16,
    seed: int = 1,
    run_threads: int = 0,
) -> SimulatedDay:
    """A day at a service: clients come at times of their own, each with a chain of requests, first come first served.

    clients: how many come within `window` from `start` on, which is 0 or later. shape: how they spread over it, "at
    once", "uniform", "normal" (six standard deviations wide), "triangular" or "triangular:0.3" (its peak), or an array
    of numbers, the weights of equal steps of the window, for all kinds of clients. requests: of each client, one after
    the other, a `pause` after each answer.
    A request holds one of the `threads` and one of the `pool` of connections for its service_time, and needs one of
    the `cores` for the first core_share of it; 0 cores or pool: as many as are needed. service, pauses: the kinds of
    these times, as simulate() has them. Each of these columns may be an array: several kinds of clients.

    backlog: requests that may wait for a thread; a client that finds as many waiting cannot connect, and gives up after
    `connect`. One that is not answered within `answer` sends its request again, while the server finishes the first in
    vain. Both try again after a time between the two of `retry`, `tries` times in all.

    step: of the course of the day, more than a 100,000th of the time from 0 to the last arrival. replications: from 1.
    seed: the same one gives the same bits on every machine. run_threads: of this computer, 0 for all cores.
    Times are in one unit, counted from the day's zero. Percentiles tell times apart from a millionth of the unit to
    10^13 of it, those of steps from a thousandth to four millions: for seconds enough.

    Raises InputError for what is not allowed. A long run shows on a terminal how far it is; Ctrl-C ends it with a
    RuntimeWarning and the replications that are complete (KeyboardInterrupt where none is).
    Source: A. M. Law, Simulation Modeling and Analysis, 2015, section 9.4.2 (the intervals).

    >>> day = simulate_day(clients=152, window=900, shape="normal", requests=8, service_time=1.5, threads=4)
    >>> day.requests, day.sessions
    (1216.0, 152.0)
    >>> float(day.steps.time[day.steps.waiting.argmax()])  # the longest queue, nine minutes after the first
    540.0
    """
    import numpy as np

    named = {"clients": clients, "start": start, "window": window, "requests": requests}
    named |= {"service_time": service_time, "core_share": core_share, "pause": pause}
    columns = dict(zip(named, _numbers(**named), strict=True))
    columns |= {name: _words(name, word) for name, word in (("service", service), ("pauses", pauses))}
    spread: Any = _text(np.asarray(shape))
    if spread.dtype.kind == "U":
        columns["shape"] = spread
    else:
        (weights,) = _numbers(shape=spread)
        if weights.ndim != 1:
            raise refused("shape", "weights are no list", weights.shape, "a word, or one list of numbers")
    kinds = np.broadcast_arrays(*columns.values())
    if kinds[0].ndim > 1:
        raise refused("clients", "kinds of clients are no table", kinds[0].shape, "one number, or a list of them")
    rows = [
        dict(zip(columns, row, strict=True)) for row in zip(*(each.ravel().tolist() for each in kinds), strict=True)
    ]
    if "shape" not in columns:
        rows = [row | {"shape": weights.ravel().tolist()} for row in rows]
    figures, steps, complete = _core.simulate_day(
        kinds=rows,
        threads=_whole("threads", threads),
        cores=_whole("cores", cores),
        pool=_whole("pool", pool),
        backlog=None if backlog is None else _whole("backlog", backlog),
        connect=connect,
        answer=answer,
        retry=retry,
        tries=_whole("tries", tries),
        step=step,
        replications=_whole("replications", replications),
        seed=_whole("seed", seed),
        run_threads=_whole("run_threads", run_threads),
    )
    return day_of(figures, steps, complete)


def day_of(figures: dict[str, tuple[float, float]], steps: dict[str, Values], replications: int) -> SimulatedDay:
    """A day from what the compiled module gives: figures with half-widths, columns over the day, and replications."""
    values: dict[str, Any] = {}
    for name, (value, half_width) in figures.items():
        values[name], values[f"{name}_half_width"] = value, half_width
    return SimulatedDay(**values, steps=DaySteps(**steps), replications=replications)


def _numbers(**given: ArrayLike) -> list[Any]:
    import numpy as np

    arrays = []
    for name, values in given.items():
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError(f"{name} takes numbers, not {array.dtype}")
        arrays.append(array.astype(np.float64))
    return arrays


def _words(name: str, given: ArrayLike) -> Any:
    import numpy as np

    array = _text(np.asarray(given))
    if array.size and array.dtype.kind != "U":
        raise TypeError(f'{name} takes text such as "exponential", not {array.dtype}')
    return array


def _text(array: Any) -> Any:
    """A column of words as pandas has it, of objects, as text."""
    words = array.dtype.kind == "O" and array.size and all(isinstance(each, str) for each in array.flat)
    return array.astype(str) if words else array


def _whole(name: str, number: Any) -> int:
    """A whole number of 0 or more that fits 64 bits: which of them are allowed is the library's to say."""
    whole = isinstance(number, Integral) or (isinstance(number, Real) and float(number).is_integer())
    if isinstance(number, bool) or not whole or not 0 <= number < 1 << 63:
        raise refused(name, "not a whole number", repr(number), "a whole number, 0 or more")
    return int(number)


def _broadcast(**given: ArrayLike) -> list[Any]:
    import numpy as np

    return [np.array(each, order="C") for each in np.broadcast_arrays(*_numbers(**given))]


def _answer(array: numpy.ndarray[Any, numpy.dtype[numpy.float64]]) -> Numbers:
    return float(array) if array.ndim == 0 else array
