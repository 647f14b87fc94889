"""What a plan says of a live server: requirements, its diagnostic file, its settings, its firewall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _core
from .keywords import own_figures, with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Unpack

    from ._stated import Stated
    from .keywords import AnyPath, AnySite, Figures


@with_inputs
def check(
    site: AnySite | None = None,
    *,
    root: AnyPath = "/",
    connect: bool = False,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.CheckAnswer:
    """This host, or a copied tree, against opsi's requirements page, and against the plan of its server.

    site: as for plan(); with a site, figures or what is stated, the host is held against the plan of the server of its
    name, else of the config server, or of `server`. root: a copied tree (an image, a support archive) instead of this
    machine. connect: try the outgoing connections of the port matrix, two seconds each. opsi: the release; by default
    the site's, else the installed one's. Nothing is changed, no program is started; what cannot be seen is said and
    never passes. The interpreter's lock is released.

    The answer has a row for each requirement: what was found and required, in words with their units, the id of its
    source, what to do. Sources are rows of sources().

    >>> import opsi_sizing as sizing
    >>> answer = sizing.check(root="data/hosts/opsi1", clients=500)
    >>> answer.verdict, answer.opsi, answer.server
    ('fail', '4.3', 'server')
    >>> memory = next(check for check in answer.checks if check.id == "memory")
    >>> memory.verdict, memory.source
    ('pass', 'req42')

    Raises InputError where the root is no folder, and as plan() does.
    """
    return _core.check(site, root, connect, server, opsi, own_figures(figures), dict(stated))


@with_inputs
def import_diagnostic(
    path: AnyPath,
    *,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Import:
    """A server's diagnostic file as a site, its hardware and settings held against the plan.

    path: what `opsiconfd diagnostic-data` writes, unpacked (lz4 -d). opsi: the rule set; by default that of the file's
    opsiconfd. What is stated goes over what the file says, such as connections, which it does not know. The site, its
    plan, remarks on the file and the text of a site file are attributes of the answer.

    >>> import opsi_sizing as sizing
    >>> school = sizing.import_diagnostic("data/diagnostic/school.json", connections=60)
    >>> school.too_small, [(line.fit.resource, line.verdict) for line in school.hardware][:2]
    (False, [('cores', 'fits'), ('memory', 'oversized')])
    >>> school.plan["server.memory"].value, school.plan["server.memory"].unit
    (2000.0, 'MB')
    >>> sizing.Site.parse(school.toml).plan()["clients"].value
    264.0

    Raises InputError with file, line, column and key for what is no such file, and as plan() does.
    """
    return _core.import_diagnostic(path, opsi, own_figures(figures), dict(stated))


@with_inputs
def tune(
    site: AnySite | None = None,
    *,
    root: AnyPath | None = None,
    family: str | None = None,
    lower: bool = False,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Tuning:
    """The settings that follow from a plan, as cards, and the files that they make, as text. Nothing is written.

    root: the tree whose files are read ("/": this machine); without it every file counts as new. family: whose paths,
    'debian', 'redhat' or 'suse'; by default the tree's. lower: a planned value below the one in force is written as
    well; else what allows more than the plan is kept. The rest as for plan(); `server` is the one that is tuned.

    Values are as they stand in the files: sizes in bytes, times in minutes. Each card names its sources.

    >>> import opsi_sizing as sizing
    >>> tuning = sizing.tune(clients=2000, connections=200)
    >>> [(card.key, card.shown) for card in tuning.settings if card.action == "write"][:1]
    [('workers', '10 workers')]
    >>> [change.path for change in tuning.changes]
    ['/etc/opsi/opsiconfd.conf', '/etc/mysql/mariadb.conf.d/60-opsi.cnf']

    Raises InputError for an unknown family, a root that is no folder, and as plan() does.
    """
    return _core.tune(site, root, family, lower, server, opsi, own_figures(figures), dict(stated))


@with_inputs
def firewall(
    site: AnySite | None = None,
    *,
    clients_from: str | Iterable[str] = (),
    servers_from: str | Iterable[str] = (),
    admins_from: str | Iterable[str] = (),
    with_: str | Iterable[str] = (),
    without: str | Iterable[str] = (),
    outgoing: bool = False,
    server: str | None = None,
    opsi: str | None = None,
    figures: Figures | None = None,
    **stated: Unpack[Stated],
) -> _core.Firewall:
    """What the firewall of a server has to let through: rows of the port matrix, and rules as text.

    clients_from, servers_from, admins_from: addresses and networks of the clients, of the other opsi servers, and of
    those who use SSH and the web pages; by default any. with_, without: optional rows to open or to leave out, by the
    words of their `option`. outgoing: restrict what goes out to the matrix, too. The rest as for plan().

    >>> import opsi_sizing as sizing
    >>> wall = sizing.firewall(clients=500, admins_from="10.1.5.0/24", without="tftp")
    >>> [(row.protocol, row.port) for row in wall.rows if row.option == "ssh"]
    [('tcp', '22')]
    >>> "tcp dport 4447" in wall.to_nftables()
    True

    Raises InputError for what is no address or no word of the matrix, for leaving SSH out, and as plan() does.
    """
    own = own_figures(figures)
    return _core.firewall(
        site, clients_from, servers_from, admins_from, with_, without, outgoing, server, opsi, own, dict(stated)
    )
