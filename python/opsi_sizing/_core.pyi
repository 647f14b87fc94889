# Written by dev/stubs from the compiled module.
"""
The compiled part of opsi_sizing: import opsi_sizing, not this.
"""

from __future__ import annotations

import collections.abc
import os
import typing

import numpy
import numpy.typing
import typing_extensions

from ._stated import Stated

__all__: list[str] = [
    "ArrowColumns",
    "Calibration",
    "Capacity",
    "Change",
    "Check",
    "CheckAnswer",
    "Comparison",
    "DayLoad",
    "Explanation",
    "Figure",
    "FileChange",
    "Firewall",
    "FirewallRow",
    "Fit",
    "Formula",
    "HardwareVerdict",
    "Import",
    "InForce",
    "Input",
    "Limit",
    "Measure",
    "Model",
    "Outlier",
    "Peak",
    "Plan",
    "Prediction",
    "Quantity",
    "Remark",
    "RoutineLoad",
    "RoutineValue",
    "Server",
    "ServerComparison",
    "ServerLoad",
    "Setting",
    "Site",
    "Source",
    "Sweep",
    "Table",
    "TextbookStage",
    "ThroughputCalibration",
    "Transfer",
    "TunedSetting",
    "Tuning",
    "Waiting",
    "arrow_stream",
    "calibrate_columns",
    "calibrate_file",
    "capacity",
    "check",
    "check_name",
    "check_proxy",
    "compare",
    "condition_columns",
    "default_outputs",
    "distributions",
    "erlang_b",
    "erlang_c",
    "evaluate",
    "figures",
    "figures_of_file",
    "finite_source",
    "firewall",
    "import_diagnostic",
    "input_columns",
    "keyword_help",
    "keywords",
    "load_of_day",
    "method",
    "plan",
    "ports",
    "register_parameters",
    "rule_sets",
    "run_command_line",
    "schema",
    "simulate",
    "simulate_day",
    "simulate_queue",
    "site_template",
    "sources",
    "sweep",
    "tune",
]

class Source:
    """
    Where figures come from.
    """
    def __repr__(self) -> str: ...
    @property
    def applies_to(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def where(self) -> str: ...

class Figure:
    """
    A number from outside the model.

    >>> import opsi_sizing as sizing
    >>> figure = sizing.Model("4.2").figures["samba.memory_per_connection"]
    >>> figure.value, figure.unit, figure.low, figure.high, figure.kind
    (4.0, 'MB/connection', 0.8, 4.0, 'published')
    """
    def __repr__(self) -> str: ...
    @property
    def high(self) -> float | None: ...
    @property
    def kind(self) -> str:
        """
        'published', 'measured', 'derived' or 'assumed'.
        """
    @property
    def low(self) -> float | None:
        """
        The range: 5 % to 95 % where it is an uncertainty; None where it is unknown.
        """
    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def opsi(self) -> str:
        """
        The opsi versions that it was stated for.
        """
    @property
    def points(self) -> list[tuple[float, float]]:
        """
        Of a curve: (x, y), x ascending; linear between them, the last slope goes on.
        """
    @property
    def source(self) -> str:
        """
        The id of its source, or where an own figure comes from.
        """
    @property
    def text(self) -> str:
        """
        Of a figure that is a list of words.
        """
    @property
    def unit(self) -> str:
        """
        Of a curve 'x:y'.
        """
    @property
    def value(self) -> float | None:
        """
        In `unit`; None of a curve and of words.
        """

class Input:
    """
    What may be stated about a server.

    >>> import opsi_sizing as sizing
    >>> connections = sizing.Model().inputs["samba.connections"]
    >>> connections.keyword, connections.low, connections.high, connections.whole
    ('samba_connections', 0.0, 10000000.0, True)
    """
    def __repr__(self) -> str: ...
    @property
    def allowed(self) -> str:
        """
        What is allowed, in words.
        """
    @property
    def default(self) -> str | None:
        """
        The value or formula that holds where it is not stated; None where it must be stated.
        """
    @property
    def help(self) -> str: ...
    @property
    def high(self) -> float:
        """
        The most that is allowed.
        """
    @property
    def keyword(self) -> str:
        """
        The name as a keyword argument.
        """
    @property
    def low(self) -> float:
        """
        The least that is allowed.
        """
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def whole(self) -> bool:
        """
        Whole numbers only.
        """
    @property
    def yes_no(self) -> bool:
        """
        True or False.
        """

class Formula:
    """
    A computed quantity of the sheet.

    >>> import opsi_sizing as sizing
    >>> sizing.Model("4.2").quantities["opsiconfd.workers"].formula
    'max([opsiconfd.default_workers], opsiconfd.workers_by_connections, least_workers)'
    """
    def __repr__(self) -> str: ...
    @property
    def about(self) -> str:
        """
        What it is.
        """
    @property
    def formula(self) -> str:
        """
        With names; figures stand in square brackets.
        """
    @property
    def name(self) -> str: ...
    @property
    def operands(self) -> list[str]:
        """
        The names in the formula, in the order of reading.
        """
    @property
    def unit(self) -> str: ...

class Model:
    """
    The sheet of a rule set, to look through.

    opsi: "4.1", "4.2" or "4.3", by default the requirements page's; figures: own figures by name.

    >>> import opsi_sizing as sizing
    >>> model = sizing.Model("4.3")
    >>> model.opsi, len(model.inputs) > 10, "server.memory" in model.quantities
    ('4.3', True, True)

    Raises InputError for an unknown rule set or figure.
    """
    def __init__(
        self,
        opsi: str | float | None = None,
        *,
        figures: dict[str, typing.Any]
        | str
        | os.PathLike[str]
        | list[dict[str, typing.Any] | str | os.PathLike[str]]
        | None = None,
    ) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def figures(self) -> dict[str, Figure]:
        """
        The figures that the rules use, by name.
        """
    @property
    def inputs(self) -> dict[str, Input]:
        """
        By name.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def quantities(self) -> dict[str, Formula]:
        """
        The computed quantities by name, in the order of evaluation.
        """
    @property
    def sources(self) -> dict[str, Source]:
        """
        By id.
        """
    @property
    def title(self) -> str:
        """
        What the rule set holds.
        """

class Table:
    """
    A table that the product holds: a sequence of rows, each a dictionary.

    >>> import opsi_sizing as sizing
    >>> ports = sizing.ports(opsi="4.3", role="depot", direction="in")
    >>> ports[0]["port"], ports.columns[:3]
    ('4447', ['opsi', 'port', 'protocol'])

    pandas.DataFrame(table) makes a frame of it.
    """
    @typing.overload
    def __getitem__(self, index: typing.SupportsInt | typing.SupportsIndex) -> dict[str, typing.Any]: ...
    @typing.overload
    def __getitem__(self, index: slice) -> list[dict[str, typing.Any]]: ...
    def __iter__(self) -> collections.abc.Iterator[dict[str, typing.Any]]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence on what was asked, or nothing.
        """
    @property
    def columns(self) -> list[str]:
        """
        The columns' names.
        """
    @property
    def supported(self) -> bool:
        """
        Of distributions: whether the newest source of each supports it.
        """
    @property
    def title(self) -> str:
        """
        What the table holds.
        """

class Site:
    """
    What is stated about a site: its servers, their hardware, its own figures.

    A site never changes; with_ and add give another one. Keyword arguments are the inputs, groups and hardware that the
    model has (opsi_sizing.Model().inputs says what each means and allows); what is not stated follows its default.

    >>> import opsi_sizing as sizing
    >>> site = sizing.Site(clients=240, connections=64, memory="8 GiB", cores=4)
    >>> bigger = site.with_(clients=480)
    >>> bigger
    Site(clients=480, connections=64, memory='8 GiB', cores=4)

    routines: who uses the servers at what time of the day, each a dictionary of what a site file says in [[routine]]
    (durations, times of day and sizes as text with their unit), or the name of a preset; one or a list. connections,
    samba.connections and online_clients follow from them where they are not stated. Files of a shape (shape_file) and of
    times (request_time_file) are named from the current folder.

    >>> school = sizing.Site(clients=240, routines=[{"preset": "school morning", "clients": 152}])
    >>> school.plan()["connections"].value
    64.0

    Raises InputError for a value that is not allowed, TypeError for an unknown keyword.
    """
    @staticmethod
    def load(path: str | os.PathLike[str]) -> Site:
        """
        Reads a site file (TOML) and the files that its routines name.

        Raises InputError with file, line, column and key for what is not allowed.
        """
    @staticmethod
    def parse(text: str, name: str = "text") -> Site:
        """
        Reads the text of a site file; errors name it `name`.

        The files that its routines name (shape_file, request_time_file) are read from the folder of `name`: with a bare name
        that is the current folder.

        >>> import opsi_sizing as sizing
        >>> sizing.Site.parse("[[server]]\\nclients = 240").plan().opsi
        '4.2'
        """
    def __eq__(self, arg0: typing.Any) -> bool: ...
    def __getstate__(self) -> tuple[typing.Any, ...]: ...
    def __hash__(self) -> int: ...
    def __init__(
        self,
        *,
        name: str = "server",
        title: str = "",
        opsi: str | float | None = None,
        figures: dict[str, typing.Any]
        | str
        | os.PathLike[str]
        | list[dict[str, typing.Any] | str | os.PathLike[str]]
        | None = None,
        routines: str | dict[str, typing.Any] | list[str | dict[str, typing.Any]] | None = None,
        **stated: typing_extensions.Unpack[Stated],
    ) -> None: ...
    def __repr__(self) -> str: ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None: ...
    def add(self, name: str, **stated: typing_extensions.Unpack[Stated]) -> Site:
        """
        The site with one server more.

        >>> import opsi_sizing as sizing
        >>> site = sizing.Site(clients=2000, name="centre").add("branch", roles=["depot"], clients=150)
        >>> [server.name for server in site.plan().servers]
        ['centre', 'branch']
        """
    def firewall(
        self,
        *,
        server: str | None = None,
        clients_from: str | collections.abc.Iterable[str] = (),
        servers_from: str | collections.abc.Iterable[str] = (),
        admins_from: str | collections.abc.Iterable[str] = (),
        with_: str | collections.abc.Iterable[str] = (),
        without: str | collections.abc.Iterable[str] = (),
        outgoing: bool = False,
    ) -> Firewall:
        """
        What a server of this site has to let through, as firewall() gives it.
        """
    def load_of_day(self) -> DayLoad:
        """
        What the routines of this site give, as load_of_day() says. Raises InputError where it has none.
        """
    def plan(self) -> Plan:
        """
        The plan of this site.
        """
    def simulate(
        self,
        *,
        workers: typing.SupportsFloat | typing.SupportsIndex | None = None,
        within: str | None = None,
        step: typing.SupportsFloat | typing.SupportsIndex = 60.0,
        replications: typing.SupportsInt | typing.SupportsIndex | None = None,
        seed: typing.SupportsInt | typing.SupportsIndex = 1,
        jobs: typing.SupportsInt | typing.SupportsIndex | None = None,
    ) -> Waiting:
        """
        How long its clients wait, as simulate() says. Raises InputError where it has no routine.
        """
    def tune(
        self,
        *,
        server: str | None = None,
        root: str | os.PathLike[str] | None = None,
        family: str | None = None,
        lower: bool = False,
    ) -> Tuning:
        """
        The settings of a server of this site, as tune() gives them.
        """
    def with_(
        self,
        *,
        server: str | None = None,
        opsi: str | float | None = None,
        figures: dict[str, typing.Any]
        | str
        | os.PathLike[str]
        | list[dict[str, typing.Any] | str | os.PathLike[str]]
        | None = None,
        routines: str | dict[str, typing.Any] | list[str | dict[str, typing.Any]] | None = None,
        **stated: typing_extensions.Unpack[Stated],
    ) -> Site:
        """
        The site with this stated as well, or instead; of `server`, by default the config server.

        A routine of a name that the site has takes the place of that one.
        """
    @property
    def file(self) -> str | None:
        """
        The file it was read from, or None.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set by which the site is planned.
        """
    @property
    def servers(self) -> list[str]:
        """
        The names of the servers.
        """
    @property
    def title(self) -> str:
        """
        What the site is called.
        """

class Remark:
    """
    What the rules say of a server beside its numbers.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def code(self) -> str:
        """
        A word for scripts, such as 'near_limit'.
        """
    @property
    def quantity(self) -> str:
        """
        What it is about.
        """
    @property
    def severity(self) -> str:
        """
        'error', 'warning' or 'note'.
        """
    @property
    def text(self) -> str:
        """
        The sentence.
        """

class Fit:
    """
    A resource of a server against what its hardware has, both in `unit`.
    """
    def __repr__(self) -> str: ...
    @property
    def fits(self) -> bool: ...
    @property
    def free(self) -> float:
        """
        What is left; negative where it lacks.
        """
    @property
    def needed(self) -> float: ...
    @property
    def offered(self) -> float: ...
    @property
    def quantity(self) -> str:
        """
        The quantity that needs it.
        """
    @property
    def resource(self) -> str:
        """
        'memory', 'cores', …
        """
    @property
    def stated(self) -> str:
        """
        The hardware as it was stated.
        """
    @property
    def unit(self) -> str:
        """
        Of needed and offered.
        """

class Setting:
    """
    A line of a configuration file that follows from the plan.
    """
    def __repr__(self) -> str: ...
    @property
    def apply(self) -> str:
        """
        How it comes into force.
        """
    @property
    def default(self) -> str:
        """
        What holds without it; '' where no source says.
        """
    @property
    def file(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def shown(self) -> str:
        """
        For people: '600 MB'.
        """
    @property
    def value(self) -> str:
        """
        For the file; sizes in bytes.
        """
    @property
    def why(self) -> str: ...

class Limit:
    """
    How many clients a server carries, on its hardware or on what the plan buys.
    """
    def __repr__(self) -> str: ...
    @property
    def most(self) -> float | None:
        """
        The most clients; None where it carries none.
        """
    @property
    def on_offered(self) -> bool:
        """
        Whether hardware was stated.
        """
    @property
    def runs_out_first(self) -> list[str]:
        """
        The resources that run out first.
        """
    @property
    def scaled(self) -> list[str]:
        """
        The stated inputs that grow with the clients.
        """

class Explanation:
    """
    Where a value comes from: a tree of formulas and figures.

    print() shows the tree as `opsi-sizing explain` does.

    >>> import opsi_sizing as sizing
    >>> tree = sizing.plan(clients=1000, connections=100).explain("server.cores")
    >>> tree.formula
    'max([server.min_cores], cpu.cores_by_workers, cpu.cores_by_clients, least_cores)'
    >>> [(operand.name, operand.value, operand.carries) for operand in tree.operands[1:3]]
    [('cpu.cores_by_workers', 3.0, False), ('cpu.cores_by_clients', 4.0, True)]
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def about(self) -> str:
        """
        What it is.
        """
    @property
    def carries(self) -> bool:
        """
        False where another operand decided.
        """
    @property
    def decided_by(self) -> str | None:
        """
        The operand of a max or min that decides.
        """
    @property
    def formula(self) -> str | None:
        """
        With names; None without one.
        """
    @property
    def kind(self) -> str:
        """
        The weakest kind that it rests on.
        """
    @property
    def name(self) -> str: ...
    @property
    def numbers(self) -> str | None:
        """
        The formula with its numbers.
        """
    @property
    def operands(self) -> list[Explanation]:
        """
        The explanations of what the formula names.
        """
    @property
    def origin(self) -> str | None:
        """
        Where an input's value comes from.
        """
    @property
    def range(self) -> str | None:
        """
        Of a figure.
        """
    @property
    def rests_on(self) -> str:
        """
        The shares of all kinds.
        """
    @property
    def role(self) -> str:
        """
        'formula', 'input', 'figure' or 'curve'.
        """
    @property
    def source(self) -> str | None:
        """
        Of a figure.
        """
    @property
    def text(self) -> str:
        """
        The value for people.
        """
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> float:
        """
        In `unit`.
        """

class Quantity:
    """
    A named quantity of a planned server.

    >>> import opsi_sizing as sizing
    >>> memory = sizing.plan(clients=1500, connections=120)["opsiconfd.memory"]
    >>> memory.value, memory.unit, memory.decided_by
    (1500.0, 'MB', 'opsiconfd.memory_by_workers')
    >>> [source.id for source in memory.sources]
    ['req42']

    float(quantity) is its value.
    """
    def __float__(self) -> float: ...
    def __repr__(self) -> str: ...
    def explain(self) -> Explanation:
        """
        The tree of formulas and figures behind the value.
        """
    @property
    def about(self) -> str:
        """
        What it is, in a sentence.
        """
    @property
    def decided_by(self) -> str | None:
        """
        The operand of a max or min that decides; None where nothing is to decide.
        """
    @property
    def figures(self) -> list[Figure]:
        """
        The figures that the value comes from.
        """
    @property
    def formula(self) -> str | None:
        """
        With names; None of an input that was stated.
        """
    @property
    def kind(self) -> str:
        """
        The weakest kind that the value rests on: 'published', 'measured', 'derived', 'assumed' or 'given'.
        """
    @property
    def name(self) -> str: ...
    @property
    def numbers(self) -> str | None:
        """
        The formula with its numbers, at eight digits.
        """
    @property
    def origin(self) -> str | None:
        """
        Of an input: where its value comes from.
        """
    @property
    def rests_on(self) -> dict[str, float]:
        """
        The parts of the value by kind, in `unit`; they add up to the value.
        """
    @property
    def sources(self) -> list[Source]:
        """
        The sources of those figures.
        """
    @property
    def text(self) -> str:
        """
        The value for people.
        """
    @property
    def unit(self) -> str:
        """
        'MB', 'core', … or ''.
        """
    @property
    def value(self) -> float:
        """
        In `unit`; yes and no are 1 and 0.
        """

class Server:
    """
    A server of a plan; server["server.memory"] is one of its quantities.
    """
    def __contains__(self, arg0: typing.Any) -> bool: ...
    def __getitem__(self, quantity: str) -> Quantity: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def __repr__(self) -> str: ...
    def explain(self, quantity: str) -> Explanation:
        """
        The tree behind a quantity; KeyError for an unknown one.
        """
    def keys(self) -> list[str]:
        """
        The quantities' names.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def fits(self) -> bool | None:
        """
        Whether the stated hardware is enough; None where none was stated.
        """
    @property
    def hardware(self) -> list[Fit]:
        """
        The stated hardware against what is needed; empty where none was stated.
        """
    @property
    def limit(self) -> Limit:
        """
        How many clients it carries, and what runs out first.
        """
    @property
    def memory_by_kind(self) -> dict[str, float]:
        """
        server.memory in MB by the kind of figures that it rests on.
        """
    @property
    def name(self) -> str: ...
    @property
    def quantities(self) -> dict[str, Quantity]:
        """
        All quantities by name, inputs first, in the order of the model.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        Errors first.
        """
    @property
    def roles(self) -> list[str]: ...
    @property
    def settings(self) -> list[Setting]:
        """
        Lines for configuration files.
        """

class Plan:
    """
    The servers of a site; plan() makes it.

    plan["server.memory"] is a quantity of the config server (the only server, where there is one). print() shows the plan
    as `opsi-sizing plan` does.

    >>> import opsi_sizing as sizing
    >>> plan = sizing.plan(clients=1500, connections=120, memory="8 GiB")
    >>> plan.fits, plan["server.cores"].value
    (True, 6.0)
    >>> for remark in plan.remarks[:1]:
    ...     print(remark.severity, remark.code)
    warning extrapolated
    """
    def __contains__(self, arg0: typing.Any) -> bool: ...
    def __getitem__(self, quantity: str) -> Quantity: ...
    def __getstate__(self) -> tuple[Site]: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def __repr__(self) -> str: ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def explain(self, quantity: str) -> Explanation:
        """
        The tree behind a quantity of the config server; KeyError for an unknown one.
        """
    def keys(self) -> list[str]:
        """
        The quantities' names.
        """
    def plot(self, axes: typing.Any = None) -> typing.Any:
        """
        The memory by service as stacked bars, a bar for each server; gives Matplotlib's axes. Needs matplotlib.
        """
    def server(self, name: str | None = None) -> Server:
        """
        The server of that name, by default the config server. Raises InputError for an unknown one.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        The plan in a sentence.
        """
    @property
    def fits(self) -> bool | None:
        """
        Whether all stated hardware is enough; None where none was stated.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def quantities(self) -> dict[str, Quantity]:
        """
        All quantities of the config server by name.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        The remarks on all servers.
        """
    @property
    def servers(self) -> list[Server]:
        """
        All servers, in the order of the site.
        """
    @property
    def site(self) -> Site:
        """
        The site that was planned.
        """

class Change:
    """
    A quantity that differs; both values in `unit`.
    """
    def __repr__(self) -> str: ...
    @property
    def after(self) -> float | None: ...
    @property
    def after_decided_by(self) -> str: ...
    @property
    def after_text(self) -> str: ...
    @property
    def before(self) -> float | None:
        """
        None where that side has no such quantity.
        """
    @property
    def before_decided_by(self) -> str: ...
    @property
    def before_text(self) -> str:
        """
        For people.
        """
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...

class ServerComparison:
    """
    What changes of one server.
    """
    def __repr__(self) -> str: ...
    @property
    def changes(self) -> list[Change]: ...
    @property
    def gone_remarks(self) -> list[Remark]: ...
    @property
    def new_remarks(self) -> list[Remark]: ...
    @property
    def server(self) -> str:
        """
        Its name.
        """

class Comparison:
    """
    Two plans side by side; compare() makes it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def after(self) -> str:
        """
        With what.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def before(self) -> str:
        """
        What was compared.
        """
    @property
    def servers(self) -> list[ServerComparison]:
        """
        What changes of each server.
        """

class Capacity:
    """
    How much hardware carries; capacity() makes it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def at_bound(self) -> bool:
        """
        True where even the most that may be asked for fits.
        """
    @property
    def hardware(self) -> list[Fit]:
        """
        Each resource against what `most` needs.
        """
    @property
    def held(self) -> list[str]:
        """
        Stated inputs that stay.
        """
    @property
    def input(self) -> str:
        """
        What was asked for.
        """
    @property
    def most(self) -> float | None:
        """
        The largest value that fits; None where none does.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        Those of a plan at this size.
        """
    @property
    def runs_out_first(self) -> list[str]:
        """
        The resources that one more exceeds.
        """
    @property
    def scaled(self) -> list[str]:
        """
        Stated inputs that grow.
        """
    @property
    def unit(self) -> str:
        """
        Of `most`.
        """

class Sweep:
    """
    A table over all combinations of some values; sweep() makes it.

    sweep["clients"] is a column, a read-only NumPy array; dict(sweep) has them all. len() is the number of rows.
    """
    def __getitem__(self, column: str) -> numpy.ndarray: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def decided_by(self, output: str) -> list[str]:
        """
        What decides an output, by row; '' where nothing does.
        """
    def keys(self) -> list[str]:
        """
        The columns' names: what was varied, then the outputs.
        """
    def plot(self, output: typing.Any = None, axes: typing.Any = None) -> typing.Any:
        """
        A curve over the varied input, with the points where another rule decides.

        output: the quantity, by default the last one; of two axes the second makes a curve each. Gives Matplotlib's axes. Needs
        matplotlib.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def assumed(self) -> list[str]:
        """
        What is assumed in every row.
        """
    @property
    def axes(self) -> list[str]:
        """
        What was varied.
        """
    @property
    def changes(self) -> list[str]:
        """
        Of a single axis: where what decides changes, a sentence each.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def outputs(self) -> list[str]:
        """
        What was computed.
        """
    @property
    def server(self) -> str:
        """
        The server that was asked about.
        """
    @property
    def units(self) -> dict[str, str]:
        """
        The unit of each column.
        """

class Peak:
    """
    The busiest time of the day of what an input counts.
    """
    def __repr__(self) -> str: ...
    @property
    def above_clients(self) -> list[str]:
        """
        Routines that name more clients than the server has.
        """
    @property
    def assumed(self) -> list[str]:
        """
        The keys of values that are assumed.
        """
    @property
    def clock(self) -> str:
        """
        The same as '07:53:30'.
        """
    @property
    def input(self) -> str:
        """
        'connections', 'samba.connections', …
        """
    @property
    def mean(self) -> float:
        """
        The mean number that is there then.
        """
    @property
    def most(self) -> float:
        """
        Its quantile, which a plan takes; a whole number.
        """
    @property
    def routines(self) -> list[str]:
        """
        The names of those that count.
        """
    @property
    def share(self) -> float:
        """
        Of the quantile: 0.99.
        """
    @property
    def stated_instead(self) -> str | None:
        """
        What the plan takes instead, with its place; None where it takes the peak.
        """
    @property
    def text(self) -> str:
        """
        As plans name it: where the input comes from.
        """
    @property
    def time(self) -> float:
        """
        When, in seconds since midnight.
        """

class Transfer:
    """
    How transfers over a shared line go, at the expected times of coming.

    Times are in seconds, the end since midnight of the day on which they begin.
    """
    def __repr__(self) -> str: ...
    @property
    def end(self) -> float:
        """
        When the last is done.
        """
    @property
    def longest_time(self) -> float: ...
    @property
    def longest_wait(self) -> float: ...
    @property
    def mean_time(self) -> float: ...
    @property
    def mean_wait(self) -> float:
        """
        For a slot.
        """
    @property
    def most_at_once(self) -> float:
        """
        Clients that transfer at a time.
        """
    @property
    def most_waiting(self) -> float:
        """
        Clients that wait for a slot.
        """
    @property
    def shortest_time(self) -> float:
        """
        Of a transfer, without its wait for a slot.
        """

class RoutineValue:
    """
    A value of a routine, with where it is from.
    """
    def __repr__(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str:
        """
        'given', 'assumed', 'published', …
        """
    @property
    def origin(self) -> str:
        """
        The place, the preset or the default.
        """
    @property
    def text(self) -> str:
        """
        As it is written: '15 min'.
        """

class RoutineLoad:
    """
    A routine at a server, with nothing left open.
    """
    def __repr__(self) -> str: ...
    @property
    def alone(self) -> Peak:
        """
        Its connections if it were the only one.
        """
    @property
    def clients(self) -> float:
        """
        How many take part.
        """
    @property
    def fetching(self) -> float:
        """
        How many clients transfer.
        """
    @property
    def name(self) -> str: ...
    @property
    def preset(self) -> str | None:
        """
        Its name, or None.
        """
    @property
    def request_time(self) -> float:
        """
        Its mean, in seconds.
        """
    @property
    def requests(self) -> float:
        """
        Of each client to opsiconfd.
        """
    @property
    def session(self) -> float:
        """
        Its mean, in seconds.
        """
    @property
    def start(self) -> float:
        """
        In seconds since midnight.
        """
    @property
    def transfer(self) -> Transfer | None:
        """
        How the transfers go; None without any.
        """
    @property
    def values(self) -> dict[str, RoutineValue]:
        """
        All values by key, with where each is from.
        """
    @property
    def window(self) -> float:
        """
        Within which all come, in seconds.
        """

class ServerLoad:
    """
    The day of a server.
    """
    def __repr__(self) -> str: ...
    def close_up(
        self, input: str = "connections"
    ) -> tuple[
        numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]
    ]:
        """
        Times, means and quantiles while there is somebody to speak of, closer together than DayLoad.times; the last is the peak.
        """
    def mean(self, input: str = "connections") -> numpy.typing.NDArray[numpy.float64]:
        """
        The mean number that is there at DayLoad.times, a read-only array; KeyError for an input without a peak.
        """
    def most(self, input: str = "connections") -> numpy.typing.NDArray[numpy.float64]:
        """
        The quantile of the number that is there at DayLoad.times, a read-only array of whole numbers.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def name(self) -> str: ...
    @property
    def peaks(self) -> dict[str, Peak]:
        """
        The peak by input, connections first; empty without a routine.
        """
    @property
    def routines(self) -> list[RoutineLoad]:
        """
        Those of this server.
        """

class DayLoad:
    """
    What the routines of a day give; load_of_day() makes it.

    Nobody waits in this: sessions are added up. print() shows it as `opsi-sizing load` does.
    """
    def __getstate__(self) -> tuple[Site]: ...
    def __repr__(self) -> str: ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def plot(self, server: str | None = None, axes: typing.Any = None) -> typing.Any:
        """
        How many are there over the day: mean and quantile of each input of a server, by default the config server.

        Gives Matplotlib's axes. Needs matplotlib.
        """
    def server(self, name: str | None = None) -> ServerLoad:
        """
        The server of that name, by default the config server. Raises InputError for an unknown one.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        A sentence for each server.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def servers(self) -> list[ServerLoad]:
        """
        All servers, in the order of the site.
        """
    @property
    def site(self) -> Site:
        """
        The site that was asked about.
        """
    @property
    def times(self) -> numpy.typing.NDArray[numpy.float64]:
        """
        Seconds since midnight, every five minutes of the day: a read-only array.
        """

class TextbookStage:
    """
    A stage of the service in the long run, as the textbook has it.
    """
    def __repr__(self) -> str: ...
    @property
    def by(self) -> str:
        """
        'Erlang C', …
        """
    @property
    def exact(self) -> bool: ...
    @property
    def finite_mean_wait(self) -> float | None:
        """
        The same where the clients of a steady timer come back, exact (M/M/m//N); None for all else.
        """
    @property
    def mean_error(self) -> float:
        """
        Of an approximation, as a share of the truth; 0 where it is exact.
        """
    @property
    def mean_wait(self) -> float:
        """
        In seconds.
        """
    @property
    def servers(self) -> float:
        """
        How many there are.
        """
    @property
    def stage(self) -> str:
        """
        'threads' or 'cores'.
        """
    @property
    def utilisation(self) -> float:
        """
        Offered load over servers; 1 or more: waits grow without end.
        """

class Waiting:
    """
    How long the clients of a day wait for opsiconfd; simulate() makes it.

    Times are in seconds, those of the day since midnight. print() shows it as `opsi-sizing simulate` does.
    """
    def __copy__(self) -> Waiting: ...
    def __deepcopy__(self, arg0: dict[str, typing.Any]) -> Waiting: ...
    def __getstate__(
        self,
    ) -> tuple[Site, float | None, str | None, int, int, float, list[str], tuple[typing.Any, ...]]: ...
    def __repr__(self) -> str: ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def plot(self, axes: typing.Any = None) -> typing.Any:
        """
        Arrivals, busy threads, the queue and waiting times over the day, below one another.

        axes: four of Matplotlib's to draw on, by default those of a new figure; gives them. Needs matplotlib.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        In a sentence or two.
        """
    @property
    def day(self) -> typing.Any:
        """
        All figures with half-widths, and the day in steps as NumPy arrays: opsi_sizing.queueing.SimulatedDay.
        """
    @property
    def kept(self) -> bool | None:
        """
        Whether the service level is kept; None where none was asked about.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def server(self) -> str:
        """
        The config server's name.
        """
    @property
    def serving(self) -> dict[str, RoutineValue]:
        """
        What serves, with where each value is from: workers, threads, cores, pool, …
        """
    @property
    def site(self) -> Site:
        """
        The site that was asked about.
        """
    @property
    def steady(self) -> bool:
        """
        Whether the load of the day is steady.
        """
    @property
    def textbook(self) -> list[TextbookStage]:
        """
        The stages in the long run at the load of the busiest step, or of a steady day.
        """

class Check:
    """
    A requirement held against what was found.
    """
    def __repr__(self) -> str: ...
    @property
    def advice(self) -> str | None:
        """
        What to do; None where nothing is to be done.
        """
    @property
    def column(self) -> int | None:
        """
        Of that line or name, from 1.
        """
    @property
    def file(self) -> str | None:
        """
        Where it stands, or None.
        """
    @property
    def found(self) -> str | None:
        """
        What is there, with its unit; None unseen.
        """
    @property
    def id(self) -> str:
        """
        A word for scripts, such as 'memory' or 'no_proxy.wildcard'.
        """
    @property
    def key(self) -> str | None:
        """
        The name or variable that it is about.
        """
    @property
    def line(self) -> int | None:
        """
        Of that file, from 1.
        """
    @property
    def required(self) -> str | None:
        """
        What has to be there, with its unit.
        """
    @property
    def source(self) -> str | None:
        """
        The id of a row of sources().
        """
    @property
    def title(self) -> str:
        """
        For people.
        """
    @property
    def verdict(self) -> str:
        """
        'pass', 'note', 'warning', 'fail', or 'unseen': it could not be looked at, which is never a pass.
        """

class Measure:
    """
    A number of a check, for monitoring.
    """
    def __repr__(self) -> str: ...
    @property
    def check(self) -> str:
        """
        The check's id.
        """
    @property
    def critical(self) -> float | None:
        """
        Below this the check fails; None where it never does.
        """
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str:
        """
        'B', or '' of a count.
        """
    @property
    def value(self) -> float:
        """
        In `unit`.
        """
    @property
    def warning(self) -> float | None:
        """
        Below this the check warns; None where it never does.
        """

class CheckAnswer:
    """
    Requirements, row by row; check() and its relatives make it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_checkmk(self) -> str:
        """
        The lines of a local check of Checkmk.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_nagios(self) -> str:
        """
        What a plug-in of Nagios or Icinga prints.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def checks(self) -> list[Check]:
        """
        The rows, in the order of the requirements.
        """
    @property
    def counts(self) -> dict[str, int]:
        """
        How many rows have each verdict.
        """
    @property
    def measures(self) -> list[Measure]:
        """
        Numbers that monitoring may record.
        """
    @property
    def opsi(self) -> str | None:
        """
        The release; None where none is needed.
        """
    @property
    def opsi_from(self) -> str | None:
        """
        Where its choice is from.
        """
    @property
    def server(self) -> str | None:
        """
        The server whose plan the host was held against, or None.
        """
    @property
    def subject(self) -> str:
        """
        What was checked.
        """
    @property
    def verdict(self) -> str:
        """
        That of all together: fail before warning before unseen before note before pass.
        """

class HardwareVerdict:
    """
    A resource that a diagnostic file states, against the plan.
    """
    def __repr__(self) -> str: ...
    @property
    def decided_by(self) -> str:
        """
        What decides the need.
        """
    @property
    def fit(self) -> Fit:
        """
        What is there and what is needed, with the unit.
        """
    @property
    def read_from(self) -> str:
        """
        File, line and member.
        """
    @property
    def rests_on(self) -> str:
        """
        The kinds of figures that the need rests on.
        """
    @property
    def verdict(self) -> str:
        """
        'too small', 'fits' or 'oversized'.
        """

class InForce:
    """
    A value that opsi works with now beside the plan's, both in `unit`.
    """
    def __repr__(self) -> str: ...
    @property
    def planned(self) -> float: ...
    @property
    def quantity(self) -> str: ...
    @property
    def read_from(self) -> str:
        """
        File, line and member.
        """
    @property
    def there(self) -> float:
        """
        The value in force.
        """
    @property
    def unit(self) -> str:
        """
        Of both.
        """
    @property
    def verdict(self) -> str:
        """
        'too few', 'as planned', ….
        """

class Import:
    """
    What a diagnostic file became; import_diagnostic() makes it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def hardware(self) -> list[HardwareVerdict]:
        """
        The hardware against the plan.
        """
    @property
    def in_force(self) -> list[InForce]:
        """
        Values in force against the plan.
        """
    @property
    def missing(self) -> list[str]:
        """
        Members that the file does not have.
        """
    @property
    def plan(self) -> Plan:
        """
        Its plan.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        Those on the file, errors first; those of the plan are the plan's.
        """
    @property
    def site(self) -> Site:
        """
        The site: one config server.
        """
    @property
    def toml(self) -> str:
        """
        The site file: what is missing above, beside each value where it was read.
        """
    @property
    def too_small(self) -> bool:
        """
        Whether hardware falls short.
        """

class Outlier:
    """
    A measurement that does not belong to the line.
    """
    def __repr__(self) -> str: ...
    @property
    def line(self) -> int:
        """
        Of the file; of columns the row, counted from 1.
        """
    @property
    def residual(self) -> float:
        """
        Measured less the robust line, in the unit of y.
        """
    @property
    def x(self) -> float:
        """
        In the unit of x.
        """
    @property
    def y(self) -> float:
        """
        In the unit of y.
        """

class Prediction:
    """
    What a fit says at a size, or that it says nothing there.
    """
    def __repr__(self) -> str: ...
    @property
    def asked_by(self) -> str:
        """
        'at', or a quantity of a plan.
        """
    @property
    def interval(self) -> tuple[float, float] | None:
        """
        Where one more measurement falls with the confidence asked for; None where it is refused.
        """
    @property
    def mean_interval(self) -> tuple[float, float] | None:
        """
        Where the mean of many measurements lies; None where it is refused.
        """
    @property
    def refused(self) -> str | None:
        """
        Why there is no answer, or None.
        """
    @property
    def x(self) -> float:
        """
        The size, in the unit of x.
        """
    @property
    def y(self) -> float | None:
        """
        In the unit of y; None where it is refused.
        """

class Calibration:
    """
    A line y = intercept + slope * x through measurements; calibrate() makes it.

    Its numbers are those of the fit that was asked for, in the units of y and x; to_dict() has those of both fits.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def confidence(self) -> float:
        """
        Of the intervals, as a share.
        """
    @property
    def figures(self) -> dict[str, float]:
        """
        The figures asked for, as figures= takes them, in their units.
        """
    @property
    def figures_file(self) -> str:
        """
        The text of a file for figures=, with range, kind and note of each; '' where no figure was asked for.
        """
    @property
    def intercept(self) -> float:
        """
        In the unit of y: the base.
        """
    @property
    def intercept_interval(self) -> tuple[float, float]:
        """
        By Student's t, with the confidence asked for.
        """
    @property
    def intercept_stderr(self) -> float:
        """
        Its standard error.
        """
    @property
    def n(self) -> int:
        """
        The rows that were used.
        """
    @property
    def outliers(self) -> list[Outlier]:
        """
        By their distance from the robust line.
        """
    @property
    def prediction(self) -> Prediction | None:
        """
        The answer at the size asked for, or None.
        """
    @property
    def r2(self) -> float:
        """
        The share of the variance that the line takes away.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        Errors first.
        """
    @property
    def residual_spread(self) -> float:
        """
        The standard deviation around the line, in the unit of y.
        """
    @property
    def slope(self) -> float:
        """
        In the unit of y for one of x.
        """
    @property
    def slope_interval(self) -> tuple[float, float]:
        """
        By Student's t, with the confidence asked for.
        """
    @property
    def slope_stderr(self) -> float:
        """
        Its standard error.
        """
    @property
    def suggestion(self) -> tuple[str, str | None] | None:
        """
        The figures that these data look like (of the slope, of the base or None), or None.
        """
    @property
    def usable(self) -> bool:
        """
        Whether the data carry it.
        """
    @property
    def x(self) -> str: ...
    @property
    def x_unit(self) -> str | None:
        """
        None where not known.
        """
    @property
    def y(self) -> str: ...
    @property
    def y_unit(self) -> str | None:
        """
        None where not known.
        """

class ThroughputCalibration:
    """
    The Universal Scalability Law through throughput over workers; calibrate() makes it.

    X(N) = g N / (1 + a (N - 1) + b N (N - 1)): g is the throughput of one, a and b are contention and coherency.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def a(self) -> float:
        """
        Contention; no unit.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def b(self) -> float:
        """
        Coherency; no unit.
        """
    @property
    def confidence(self) -> float:
        """
        Of the intervals, as a share.
        """
    @property
    def g(self) -> float:
        """
        The throughput of one, in the unit of y.
        """
    @property
    def n(self) -> int:
        """
        The rows that were used.
        """
    @property
    def peak(self) -> tuple[float, float] | None:
        """
        Where throughput is largest, and how large; None without a peak.
        """
    @property
    def prediction(self) -> Prediction | None:
        """
        The answer at the size asked for, or None.
        """
    @property
    def r2(self) -> float:
        """
        The share of the variance that the law takes away.
        """
    @property
    def remarks(self) -> list[Remark]:
        """
        Errors first.
        """
    @property
    def stderrs(self) -> tuple[float, float, float]:
        """
        The standard errors of g, a and b; 0 of one that is held at 0.
        """
    @property
    def usable(self) -> bool:
        """
        Whether the data carry it.
        """
    @property
    def x(self) -> str: ...
    @property
    def x_unit(self) -> str | None:
        """
        None where not known.
        """
    @property
    def y(self) -> str: ...
    @property
    def y_unit(self) -> str | None:
        """
        None where not known.
        """

class TunedSetting:
    """
    A setting's card: what it is, what is in force, what to do.
    """
    def __repr__(self) -> str: ...
    @property
    def action(self) -> str:
        """
        'leave it', 'keep', 'write' or 'by hand'.
        """
    @property
    def apply(self) -> str:
        """
        How it comes into force.
        """
    @property
    def default(self) -> str:
        """
        What holds without it.
        """
    @property
    def file(self) -> str:
        """
        Where it stands, with the family's path.
        """
    @property
    def in_force(self) -> str | None:
        """
        What the files that were read set; None where none does.
        """
    @property
    def in_force_at(self) -> str | None:
        """
        File and line of that, or None.
        """
    @property
    def key(self) -> str: ...
    @property
    def note(self) -> str:
        """
        What else is to be said, or ''.
        """
    @property
    def section(self) -> str:
        """
        Of the file, or ''.
        """
    @property
    def shown(self) -> str:
        """
        The value for people: '200 MB'.
        """
    @property
    def sources(self) -> list[str]:
        """
        The ids of rows of sources().
        """
    @property
    def value(self) -> str:
        """
        As it stands in the file; sizes in bytes, times in minutes.
        """
    @property
    def what(self) -> str:
        """
        What it is.
        """
    @property
    def when(self) -> str:
        """
        When to change it.
        """
    @property
    def why(self) -> str:
        """
        Why this value.
        """

class FileChange:
    """
    A file as it is and as it would be; nothing is written.
    """
    def __repr__(self) -> str: ...
    @property
    def after(self) -> str:
        """
        Its text with the settings.
        """
    @property
    def before(self) -> str | None:
        """
        Its text; None of a new file.
        """
    @property
    def mode(self) -> int:
        """
        Its rights, such as 0o644.
        """
    @property
    def path(self) -> str:
        """
        Below the root.
        """

class Tuning:
    """
    The settings that follow from a plan; tune() makes it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def diff(self) -> str:
        """
        The changes of all files, for patch -p1. Raises InputError where one of them cannot be read.
        """
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def changes(self) -> list[FileChange]:
        """
        The files that change, as text. Raises InputError where one cannot be read.
        """
    @property
    def family(self) -> str:
        """
        Whose paths: 'debian', 'redhat' or 'suse'.
        """
    @property
    def opsi(self) -> str:
        """
        The rule set.
        """
    @property
    def roles(self) -> list[str]: ...
    @property
    def server(self) -> str: ...
    @property
    def settings(self) -> list[TunedSetting]:
        """
        Every card, in the order of the model.
        """

class FirewallRow:
    """
    A row of the port matrix that a server takes part in.
    """
    def __repr__(self) -> str: ...
    @property
    def addresses(self) -> list[str]:
        """
        Of the other end; empty: any.
        """
    @property
    def condition(self) -> str:
        """
        When the row applies; '' where always.
        """
    @property
    def direction(self) -> str:
        """
        'in', 'out' or 'local'.
        """
    @property
    def open(self) -> bool: ...
    @property
    def option(self) -> str:
        """
        The word for with_ and without, or ''.
        """
    @property
    def peer(self) -> str:
        """
        The other end.
        """
    @property
    def port(self) -> str:
        """
        As the matrix writes it: '80/443'.
        """
    @property
    def ports(self) -> list[tuple[int, int]]:
        """
        The same as ranges (first, last).
        """
    @property
    def protocol(self) -> str:
        """
        'tcp' or 'udp'.
        """
    @property
    def purpose(self) -> str: ...
    @property
    def source(self) -> str:
        """
        The id of a row of sources().
        """
    @property
    def why_not(self) -> str:
        """
        Why it is not open, or ''.
        """

class Firewall:
    """
    What a server's firewall has to let through; firewall() makes it.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_csv(self) -> str:
        """
        As CSV in full precision.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        What to_json says, as dictionaries and lists.
        """
    def to_firewalld(self) -> str:
        """
        A shell script that writes and loads a zone.
        """
    def to_html(self) -> str:
        """
        As an HTML fragment, which notebooks show.
        """
    def to_json(self) -> str:
        """
        As JSON in full precision, the same as the command line gives with --format json.
        """
    def to_markdown(self) -> str:
        """
        As Markdown, with tables.
        """
    def to_nftables(self) -> str:
        """
        A file for nft -f: a table of its own, which replaces itself and touches no other.
        """
    def to_text(self, width: typing.SupportsInt | typing.SupportsIndex = 100) -> str:
        """
        As the command line prints it, prose wrapped to `width` columns.
        """
    def to_ufw(self) -> str:
        """
        A shell script of ufw commands.
        """
    @property
    def answer(self) -> str:
        """
        One sentence.
        """
    @property
    def opsi(self) -> str:
        """
        The release of the port matrix.
        """
    @property
    def roles(self) -> list[str]: ...
    @property
    def rows(self) -> list[FirewallRow]:
        """
        Incoming, outgoing, local.
        """
    @property
    def server(self) -> str: ...

class ArrowColumns:
    """
    An Arrow table, read without copying.
    """
    def __init__(self, data: typing.Any) -> None: ...
    def column(
        self,
        batch: typing.SupportsInt | typing.SupportsIndex,
        column: typing.SupportsInt | typing.SupportsIndex,
        name: str,
        first_row: typing.SupportsInt | typing.SupportsIndex,
    ) -> numpy.ndarray:
        """
        A column of one batch as a read-only array. Raises InputError for one without numbers or with nulls.
        """
    @property
    def batches(self) -> list[int]:
        """
        The lengths of the batches.
        """
    @property
    def names(self) -> list[str]: ...
    @property
    def numeric(self) -> list[bool]:
        """
        By column: whether it holds numbers.
        """
    @property
    def rows(self) -> int: ...

def arrow_stream(
    names: collections.abc.Sequence[str],
    columns: collections.abc.Sequence[typing.Annotated[numpy.typing.ArrayLike, numpy.float64]],
) -> typing_extensions.CapsuleType:
    """
    Columns of doubles as an arrow_array_stream capsule.
    """

def calibrate_columns(
    names: collections.abc.Sequence[str],
    used: collections.abc.Mapping[str, collections.abc.Sequence[str]],
    how: dict[str, typing.Any],
    call: str,
) -> Calibration | ThroughputCalibration: ...
def calibrate_file(
    path: str | os.PathLike[str], how: dict[str, typing.Any], call: str
) -> Calibration | ThroughputCalibration: ...
def capacity(
    site: Site | str | os.PathLike[str] | None,
    of: str,
    scale: bool,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Capacity: ...
def check(
    site: Site | str | os.PathLike[str] | None,
    root: str | os.PathLike[str],
    connect: bool,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> CheckAnswer: ...
def check_name(*args: str) -> CheckAnswer:
    """
    Names of hosts against opsi's rules for them and those of host names; a full name's domain as well.

    >>> import opsi_sizing as sizing
    >>> answer = sizing.check_name("opsi1.example.org", "opsi_2")
    >>> answer.verdict, [check.id for check in answer.checks if check.verdict == "fail"]
    ('fail', ['host_name.underscore'])

    Raises InputError without a name, TypeError for what is no text.
    """

def check_proxy(value: str, variable: str = "no_proxy") -> CheckAnswer:
    """
    The value of a proxy variable against what the programs of an opsi server understand.

    variable: 'no_proxy', 'http_proxy' or 'https_proxy'.

    >>> import opsi_sizing as sizing
    >>> answer = sizing.check_proxy("localhost,127.0.0.1,*.example.org")
    >>> [(check.id, check.column) for check in answer.checks if check.verdict == "fail"]
    [('no_proxy.wildcard', 21)]

    Raises InputError for another variable.
    """

def compare(before: typing.Any, after: typing.Any, before_label: typing.Any, after_label: typing.Any) -> Comparison: ...
def condition_columns(where: collections.abc.Sequence[str]) -> list[str]:
    """
    The columns that conditions speak of.
    """

def default_outputs(opsi: str | float | None) -> list[str]:
    """
    The outputs where none are named.
    """

def distributions(query: str = "", *, opsi: str | float | None = None, date: str | None = None) -> Table:
    """
    Which distributions an opsi server may run on, and until when; all, or those that match `query`.

    date: the day (YYYY-MM-DD) that end-of-life dates are held against, by default today.

    >>> import opsi_sizing as sizing
    >>> sizing.distributions("debian 12", date="2026-01-02").supported
    True

    Raises InputError for a distribution or release that no source names.
    """

def erlang_b(
    offered_load: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    servers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> numpy.typing.NDArray[numpy.float64]:
    """
    Arrays of one shape.
    """

def erlang_c(
    offered_load: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    servers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> numpy.typing.NDArray[numpy.float64]:
    """
    Arrays of one shape.
    """

def evaluate(
    given: dict[str, typing.Any],
    outputs: collections.abc.Sequence[str] | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    threads: typing.SupportsInt | typing.SupportsIndex,
    rows: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex] = [],
    out: dict[str, typing.Any] | None = None,
    first_row: typing.SupportsInt | typing.SupportsIndex = 0,
) -> dict[str, typing.Any]:
    """
    The evaluation behind opsi_sizing.evaluate: `rows` a shape that must come out, `out` arrays to write to by
    name, `first_row` the number of the first row in errors.
    """

def figures(*args: str) -> Table:
    """
    The figures behind the rules: value, range, unit, kind, source and who uses them; all, or those named.

    >>> import opsi_sizing as sizing
    >>> figure = sizing.figures("samba.margin")[0]
    >>> figure["value"], figure["unit"], figure["kind"]
    (50.0, '%', 'published')

    Raises InputError for an unknown name.
    """

def figures_of_file(path: typing.Any) -> dict[str, str]:
    """
    The values of a file of figures as text, by name.
    """

def finite_source(
    population: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    think_time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    service_time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    servers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]:
    """
    Arrays of one shape.
    """

def firewall(
    site: Site | str | os.PathLike[str] | None,
    clients_from: str | collections.abc.Iterable[str],
    servers_from: str | collections.abc.Iterable[str],
    admins_from: str | collections.abc.Iterable[str],
    with_: str | collections.abc.Iterable[str],
    without: str | collections.abc.Iterable[str],
    outgoing: bool,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Firewall: ...
def import_diagnostic(
    path: str | os.PathLike[str],
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Import: ...
def input_columns(names: collections.abc.Sequence[str], numeric: collections.abc.Sequence[bool]) -> dict[str, str]:
    """
    The columns that are inputs, with the input's name. Raises InputError for one whose name is nearly an input's,
    and for two columns of one input.
    """

def keyword_help(keyword: str) -> str:
    """
    What a keyword means, in words.
    """

def keywords() -> dict[str, str]:
    """
    All keywords that state something about a server, each an 'input', a 'group' of inputs or a 'resource'.
    """

def load_of_day(
    site: Site | str | os.PathLike[str] | None,
    routines: str | dict[str, typing.Any] | list[str | dict[str, typing.Any]] | None,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> DayLoad: ...
def method(opsi: str | float | None = None) -> str:
    """
    Every rule with its formula and every figure with its source, as Markdown.

    Of one rule set, or of all.

    >>> import opsi_sizing as sizing
    >>> sizing.method("4.2").splitlines()[0]
    '# Method'

    Raises InputError for an unknown rule set.
    """

def plan(
    site: Site | str | os.PathLike[str] | None,
    routines: str | dict[str, typing.Any] | list[str | dict[str, typing.Any]] | None,
    within: str | None,
    replications: typing.SupportsInt | typing.SupportsIndex | None,
    seed: typing.SupportsInt | typing.SupportsIndex,
    jobs: typing.SupportsInt | typing.SupportsIndex | None,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Plan: ...
def ports(*, opsi: str | float | None = None, role: str = "", direction: str = "") -> Table:
    """
    The port matrix of an opsi release, by default that of the default rule set.

    role: "config", "depot" or "client"; direction: "in", "out" or "local" as seen from it.

    >>> import opsi_sizing as sizing
    >>> sizing.ports(opsi="4.3", role="depot", direction="in")[0]["purpose"]
    'opsi package sources of the depot server (WebDAV)'

    Raises InputError for a release, role or direction that there is not.
    """

def register_parameters(function: str, names: collections.abc.Sequence[str]) -> None:
    """
    The parameters that a function has beside the keywords, for the nearest name in an error.
    """

def rule_sets() -> dict[str, str]:
    """
    The rule sets with a line about each.

    >>> import opsi_sizing as sizing
    >>> list(sizing.rule_sets())
    ['4.1', '4.2', '4.3']
    """

def run_command_line(args: collections.abc.Sequence[bytes]) -> int:
    """
    Runs the command line opsi-sizing with these arguments on the standard streams; gives its exit code.
    """

def schema(of: str) -> dict[str, typing.Any]:
    """
    The JSON Schema of a site file ("site") or of a plan's JSON ("plan").

    >>> import opsi_sizing as sizing
    >>> sizing.schema("site")["type"]
    'object'

    Raises InputError for anything else.
    """

def simulate(
    site: Site | str | os.PathLike[str] | None,
    routines: str | dict[str, typing.Any] | list[str | dict[str, typing.Any]] | None,
    workers: typing.SupportsFloat | typing.SupportsIndex | None,
    within: str | None,
    step: typing.SupportsFloat | typing.SupportsIndex,
    replications: typing.SupportsInt | typing.SupportsIndex | None,
    seed: typing.SupportsInt | typing.SupportsIndex,
    jobs: typing.SupportsInt | typing.SupportsIndex | None,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Waiting: ...
def simulate_day(
    *,
    kinds: collections.abc.Sequence[dict[str, typing.Any]],
    threads: typing.SupportsInt | typing.SupportsIndex,
    cores: typing.SupportsInt | typing.SupportsIndex,
    pool: typing.SupportsInt | typing.SupportsIndex,
    backlog: typing.SupportsInt | typing.SupportsIndex | None,
    connect: typing.SupportsFloat | typing.SupportsIndex,
    answer: typing.SupportsFloat | typing.SupportsIndex,
    retry: tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex],
    tries: typing.SupportsInt | typing.SupportsIndex,
    step: typing.SupportsFloat | typing.SupportsIndex,
    replications: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    run_threads: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[typing.Any, ...]:
    """
    A dictionary for each kind of clients; figures with half-widths, and columns over the day.
    """

def simulate_queue(
    *,
    servers: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    arrival_rate: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    service_time: typing.Annotated[numpy.typing.ArrayLike, numpy.float64],
    service: collections.abc.Sequence[str],
    arrivals: collections.abc.Sequence[str],
    customers: typing.SupportsInt | typing.SupportsIndex,
    warm_up: typing.SupportsInt | typing.SupportsIndex | None,
    replications: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    threads: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[typing.Any, ...]:
    """
    Arrays of one shape; the words of each row. Means and half-widths by name, customers and replications counted.
    """

def site_template(clients: typing.Any = 100.0) -> str:
    """
    A commented site file to start from, as text: every key with its default and meaning.

    >>> import opsi_sizing as sizing
    >>> sizing.Site.parse(sizing.site_template(300)).plan()["clients"].value
    300.0

    Raises InputError for a number that the input does not allow.
    """

def sources() -> Table:
    """
    The sources of the figures: id, title, date, what it applies to, where it stands.

    >>> import opsi_sizing as sizing
    >>> "req42" in [source["id"] for source in sizing.sources()]
    True
    """

def sweep(
    site: Site | str | os.PathLike[str] | None,
    vary: dict[str, typing.Any],
    outputs: collections.abc.Sequence[str],
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Sweep: ...
def tune(
    site: Site | str | os.PathLike[str] | None,
    root: str | os.PathLike[str] | None,
    family: str | None,
    lower: bool,
    server: str | None,
    opsi: str | float | None,
    figures: dict[str, typing.Any]
    | str
    | os.PathLike[str]
    | list[dict[str, typing.Any] | str | os.PathLike[str]]
    | None,
    stated: dict[str, typing.Any],
) -> Tuning: ...

__version__: str = "0.1.0"
