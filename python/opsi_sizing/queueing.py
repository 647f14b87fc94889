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
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike

    Numbers = float | numpy.ndarray[Any, numpy.dtype[numpy.float64]]

__all__ = ["Closed", "Simulated", "erlang_b", "erlang_c", "finite_source", "simulate"]


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


@dataclasses.dataclass(frozen=True)
class Simulated:
    """What simulate() found: means over the replications, each with the half-width of its 95 % confidence interval.

    A half-width is NaN where there was one replication. p50 to p99 are percentiles of the waiting time of all
    customers, those that did not wait included; largest is the mean of the replications' longest waits.
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
    customers: counted in each replication, after warm_up that are not (a tenth as many where it is not given).
    replications: from 1. seed: the same one gives the same bits on every machine. threads: 0 for all cores.

    Raises InputError for a load that is not below the capacity: waiting then grows without end. Ctrl-C ends it.
    Source: J. Kiefer and J. Wolfowitz, On the theory of queues with many servers, 1955.

    >>> answer = simulate(servers=2, arrival_rate=1.8, service="erlang:2", customers=20_000)
    >>> abs(answer.mean_wait - 3.207339) < 2 * answer.mean_wait_half_width
    True
    """
    import numpy as np

    numbers = _numbers(servers=servers, arrival_rate=arrival_rate, service_time=service_time)
    words = [_words("service", service), _words("arrivals", arrivals)]
    given = [np.array(each, order="C") for each in np.broadcast_arrays(*numbers, *words)]
    found = _core.simulate_queue(
        servers=given[0],
        arrival_rate=given[1],
        service_time=given[2],
        service=given[3].ravel().tolist(),
        arrivals=given[4].ravel().tolist(),
        customers=customers,
        warm_up=warm_up,
        replications=replications,
        seed=seed,
        threads=threads,
    )
    values = {}
    for name, (value, half_width) in found.items():
        values[name] = _answer(value)
        values[f"{name}_half_width"] = _answer(half_width)
    return Simulated(**values)


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

    array = np.asarray(given)
    if array.dtype.kind != "U":
        raise TypeError(f'{name} takes text such as "exponential", not {array.dtype}')
    return array


def _broadcast(**given: ArrayLike) -> list[Any]:
    import numpy as np

    return [np.array(each, order="C") for each in np.broadcast_arrays(*_numbers(**given))]


def _answer(array: numpy.ndarray[Any, numpy.dtype[numpy.float64]]) -> Numbers:
    return float(array) if array.ndim == 0 else array
