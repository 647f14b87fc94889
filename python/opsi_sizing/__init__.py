"""opsi-sizing: from the description of an opsi site to its servers, every number with its rule, range and source.

>>> import opsi_sizing as sizing
>>> plan = sizing.plan(clients=1500, connections=120)
>>> plan["server.memory"].text, plan["server.cores"].text
('3014.16 MB', '6 cores')
>>> plan["server.cores"].decided_by
'cpu.cores_by_clients'

One site: plan, compare, capacity, sweep, Site. Many: evaluate, write_part. What the numbers rest on: Model, figures,
sources, method. Tables: ports, distributions. The command line does the same: opsi-sizing --help.
"""

from . import queueing
from ._core import (
    Capacity,
    Change,
    Comparison,
    Explanation,
    Figure,
    Fit,
    Formula,
    Input,
    Limit,
    Model,
    Plan,
    Quantity,
    Remark,
    Server,
    ServerComparison,
    Setting,
    Site,
    Source,
    Sweep,
    Table,
    __version__,
    distributions,
    figures,
    method,
    ports,
    rule_sets,
    schema,
    site_template,
    sources,
)
from .errors import InputError
from .frames import Columns, evaluate
from .parts import write_part
from .questions import capacity, compare, plan, sweep

__all__ = [
    "Capacity",
    "Change",
    "Columns",
    "Comparison",
    "Explanation",
    "Figure",
    "Fit",
    "Formula",
    "Input",
    "InputError",
    "Limit",
    "Model",
    "Plan",
    "Quantity",
    "Remark",
    "Server",
    "ServerComparison",
    "Setting",
    "Site",
    "Source",
    "Sweep",
    "Table",
    "__version__",
    "capacity",
    "compare",
    "distributions",
    "evaluate",
    "figures",
    "method",
    "plan",
    "ports",
    "queueing",
    "rule_sets",
    "schema",
    "site_template",
    "sources",
    "sweep",
    "write_part",
]
