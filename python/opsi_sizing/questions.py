"""The questions of one site: its plan, what changes, what hardware carries, growth, the load of its day, who waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import _core
from .errors import refused
from .keywords import names_of, own_figures, own_routines, with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike
    from typing_extensions import Unpack

    from ._stated import Stated
    from .keywords import AnySite, Figures, Routines


@with_inputs
def plan(
    site: AnySite | None = None,
    *,
    routines: Routines | None = None,
    within: str | None = None,
    replications: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Plan:
    """The servers of a site: memory, cores, disks, settings, remarks, and what decides each number.

    site: a Site, the path of a site file, or None for one server that the keywords describe. What the keywords state
    goes over what the site states, of `server` (by default the config server). opsi: the rule set ("4.1", "4.2",
    "4.3"); by default the site's, else the requirements page's. figures: own figures by name, a number in the figure's
    unit or points of a curve; or the path of a file of figures (TOML), which calibrate() makes; or a list of both, of
    which the later one wins.

    routines: as for load_of_day(), beside those of the site.
    within: a service level of these routines, "p95 < 2 s" of waiting or "response p99 < 1 s"; the fewest workers and
    cores that keep it, found by simulate(), are one more rule. Ctrl-C ends the search (KeyboardInterrupt).
    replications: independent days of the search; by default as for simulate().
    seed: of their random numbers, the same in all tries.
    jobs: threads of this computer, None for one each core.

    >>> import opsi_sizing as sizing
    >>> plan = sizing.plan(clients=1500, connections=120)
    >>> memory = plan["opsiconfd.memory"]
    >>> memory.value, memory.unit, memory.decided_by
    (1500.0, 'MB', 'opsiconfd.memory_by_workers')
    >>> sizing.plan(clients=1500, connections=120, figures={"opsiconfd.memory_per_worker": 400})["server.memory"].value
    3914.16

    Raises InputError for values that are not allowed and files that cannot be read (its attributes name file, line and
    key), TypeError for an unknown keyword.
    """
    return _core.plan(
        site, own_routines(routines), within, replications, seed, jobs, server, opsi, own_figures(figures), dict(stated)
    )


def compare(
    before: _core.Plan | AnySite,
    after: _core.Plan | AnySite,
    *,
    labels: tuple[str | None, str | None] = (None, None),
) -> _core.Comparison:
    """Two plans side by side: what changes, what newly decides, which remarks come and go.

    before, after: plans, sites or paths of site files. labels: what the two are called; by default their files.

    >>> import opsi_sizing as sizing
    >>> comparison = sizing.compare(sizing.plan(clients=500), sizing.plan(clients=1500))
    >>> [change for change in comparison.servers[0].changes if change.name == "server.cores"]
    [<Change of server.cores: 2 cores to 6 cores>]

    Raises InputError where a site does not make a plan.
    """
    return _core.compare(before, after, *labels)


@with_inputs
def capacity(
    site: AnySite | None = None,
    *,
    of: str = "clients",
    scale: bool = False,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Capacity:
    """How many clients, or how much of another input, the hardware carries, and what runs out first.

    of: the input that is asked for. scale: stated inputs that would follow it (connections, …) grow with it instead of
    staying. The rest as for plan().

    >>> import opsi_sizing as sizing
    >>> capacity = sizing.capacity(memory="16 GB", cores=4)
    >>> capacity.most, capacity.runs_out_first
    (1000.0, ['cores'])

    Raises InputError where no hardware is stated, and for an input that is no amount.
    """
    return _core.capacity(site, of, scale, server, opsi, own_figures(figures), dict(stated))


@with_inputs
def sweep(
    site: AnySite | None = None,
    *,
    vary: Mapping[str, ArrayLike],
    outputs: str | Iterable[str] = (),
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Sweep:
    """A table over all combinations of some values of inputs or figures, with what decides in every row.

    vary: values by name, such as {"clients": range(100, 5001, 100)}; at most a million rows. outputs: the quantities,
    by default workers, memory and cores. The rest as for plan(). For more rows, or rows that are no grid, use
    evaluate().

    >>> import opsi_sizing as sizing
    >>> sweep = sizing.sweep(vary={"clients": [500, 1000, 1500]}, outputs=["server.cores"])
    >>> sweep["server.cores"]
    array([2., 4., 6.])
    >>> sweep.decided_by("server.cores")[-1]
    'cpu.cores_by_clients'

    Raises InputError for unknown names and for values that an input does not allow.
    """
    if not isinstance(vary, Mapping):
        raise TypeError(f"vary takes a dictionary of names and values, not {type(vary).__name__}")
    for name in vary:
        if dict(stated).get(str(name).replace(".", "_")) is not None:
            raise refused(name, "given and varied as well")
    return _core.sweep(site, dict(vary), names_of(outputs), server, opsi, own_figures(figures), dict(stated))


@with_inputs
def load_of_day(
    site: AnySite | None = None,
    *,
    routines: Routines | None = None,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.DayLoad:
    """What the routines of a day give: peaks, the course of the day, how long transfers take.

    routines: a preset's name, or a dictionary of what a site file says in [[routine]], or a list of these, beside those
    of the site; one of the same name takes the place of the site's. The rest as for plan(). Nobody waits in this:
    sessions are added up, the number that is there at a time is Poisson with the mean m(t), and a plan takes its
    quantile (load.quantile, 99 %) at the busiest time. Times are in seconds, those of the day since midnight.

    >>> import opsi_sizing as sizing
    >>> day = sizing.load_of_day(clients=240, routines={"preset": "school morning", "clients": 152})
    >>> peak = day.server().peaks["connections"]
    >>> peak.clock, round(peak.mean, 2), peak.most
    ('07:53:30', 47.38, 64.0)
    >>> day.server().mean("connections")[93:98].round(1)  # every five minutes from 07:45
    array([ 0. , 18.7, 39.9,  1.9,  0. ])

    Raises InputError where there is no routine, and as plan() does.
    """
    return _core.load_of_day(site, own_routines(routines), server, opsi, own_figures(figures), dict(stated))


@with_inputs
def simulate(
    site: AnySite | None = None,
    *,
    routines: Routines | None = None,
    workers: int | None = None,
    within: str | None = None,
    step: float = 60.0,
    replications: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Waiting:
    """How long the clients of a day wait for opsiconfd: threads, cores and database connections of the config server.

    routines: as for load_of_day(), beside those of the site.
    workers: so many instead of the plan's.
    within: a service level, "p95 < 2 s"; Waiting.kept says whether it is kept.
    step: of what is counted over the day, in seconds.
    replications: independent days of which every figure is the mean, with its 95 % confidence interval; by default 16,
    fewer where a day has millions of requests.
    seed: the same one gives the same bits on every machine.
    jobs: threads of this computer, None for one each core.
    The rest as for plan(). A long run shows on a terminal how far it is; Ctrl-C ends it with a RuntimeWarning and the
    replications that are complete (KeyboardInterrupt where none is).

    >>> import opsi_sizing as sizing
    >>> waiting = sizing.simulate("data/sites/school.toml", workers=1, figures={"client.rpc_time": 500})
    >>> waiting.day.requests, float(waiting.day.steps.requests.sum())
    (1216.0, 1216.0)
    >>> 1 < waiting.day.p95 < 4  # seconds
    True

    Raises InputError where there is no routine, and as plan() does.
    """
    return _core.simulate(
        site,
        own_routines(routines),
        workers,
        within,
        step,
        replications,
        seed,
        jobs,
        server,
        opsi,
        own_figures(figures),
        dict(stated),
    )
