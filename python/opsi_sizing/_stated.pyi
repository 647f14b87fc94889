# Written by dev/stubs from the compiled module.
from collections.abc import Iterable

from numpy.typing import ArrayLike
from typing_extensions import TypedDict

class Stated(TypedDict, total=False):
    """What may be stated about a server."""

    role_config: float | str | None
    """the server is the config server (yes or no)"""
    role_depot: float | str | None
    """the server is a depot server (yes or no)"""
    depot_webdav: float | str | None
    """clients read the depot by WebDAV, through opsiconfd, and not by Samba (yes or no)"""
    service_samba: float | str | None
    """Samba runs on this server; by default on a depot server (yes or no)"""
    service_database: float | str | None
    """the database runs on this server; by default on the config server (yes or no)"""
    service_redis: float | str | None
    """Redis runs on this server (yes or no)"""
    service_directory_connector: float | str | None
    """opsi-directory-connector runs on this server (yes or no)"""
    clients: float | str | None
    """clients that this server manages, in total (a whole number of clients from 0 to 10000000)"""
    active_clients: float | str | None
    """clients seen within 30 days; by default all (a whole number of clients from 0 to 10000000)"""
    connections: float | str | None
    """most simultaneous connections to opsiconfd; by default an assumed share of the clients (a whole number of connections from 0 to 10000000)"""
    samba_connections: float | str | None
    """most simultaneous connections to the depot share; by default as many as to opsiconfd, none with WebDAV (a whole number of connections from 0 to 10000000)"""
    depots: float | str | None
    """depot servers attached to this config server; by default those of the site file (a whole number of depots from 0 to 10000)"""
    online_clients: float | str | None
    """clients switched on at the same time (opsi 4.3: one websocket each, to the config server); by default all (a whole number of clients from 0 to 10000000)"""
    least_workers: float | str | None
    """workers that there are to be at least, such as those that a service level asks for (plan --within) (a whole number of workers from 0 to 10000)"""
    least_cores: float | str | None
    """cores that there are to be at least, such as those that a service level asks for (plan --within) (a whole number of cores from 0 to 10000)"""
    packages: float | str | None
    """size of the opsi packages in the depot (a number of GB from 0 to 1000000)"""
    roles: str | Iterable[str] | None
    """a list of words, which stand for yes: config, depot"""
    services: str | Iterable[str] | None
    """a list of words, which stand for yes: samba, database, redis, directory_connector"""
    cores: float | str | None
    """hardware: cores, a number"""
    memory: float | str | None
    """hardware: memory with its unit, such as '16 GB'"""
    disk_tmp: float | str | None
    """hardware: disk.tmp with its unit, such as '16 GB'"""
    disk_var_lib_opsi: float | str | None
    """hardware: disk.var_lib_opsi with its unit, such as '16 GB'"""
    disk_logs: float | str | None
    """hardware: disk.logs with its unit, such as '16 GB'"""
    disk_database: float | str | None
    """hardware: disk.database with its unit, such as '16 GB'"""
    disk_backup: float | str | None
    """hardware: disk.backup with its unit, such as '16 GB'"""

class StatedArrays(TypedDict, total=False):
    """What may be stated about many servers."""

    role_config: float | str | ArrayLike | None
    """the server is the config server (yes or no)"""
    role_depot: float | str | ArrayLike | None
    """the server is a depot server (yes or no)"""
    depot_webdav: float | str | ArrayLike | None
    """clients read the depot by WebDAV, through opsiconfd, and not by Samba (yes or no)"""
    service_samba: float | str | ArrayLike | None
    """Samba runs on this server; by default on a depot server (yes or no)"""
    service_database: float | str | ArrayLike | None
    """the database runs on this server; by default on the config server (yes or no)"""
    service_redis: float | str | ArrayLike | None
    """Redis runs on this server (yes or no)"""
    service_directory_connector: float | str | ArrayLike | None
    """opsi-directory-connector runs on this server (yes or no)"""
    clients: float | str | ArrayLike | None
    """clients that this server manages, in total (a whole number of clients from 0 to 10000000)"""
    active_clients: float | str | ArrayLike | None
    """clients seen within 30 days; by default all (a whole number of clients from 0 to 10000000)"""
    connections: float | str | ArrayLike | None
    """most simultaneous connections to opsiconfd; by default an assumed share of the clients (a whole number of connections from 0 to 10000000)"""
    samba_connections: float | str | ArrayLike | None
    """most simultaneous connections to the depot share; by default as many as to opsiconfd, none with WebDAV (a whole number of connections from 0 to 10000000)"""
    depots: float | str | ArrayLike | None
    """depot servers attached to this config server; by default those of the site file (a whole number of depots from 0 to 10000)"""
    online_clients: float | str | ArrayLike | None
    """clients switched on at the same time (opsi 4.3: one websocket each, to the config server); by default all (a whole number of clients from 0 to 10000000)"""
    least_workers: float | str | ArrayLike | None
    """workers that there are to be at least, such as those that a service level asks for (plan --within) (a whole number of workers from 0 to 10000)"""
    least_cores: float | str | ArrayLike | None
    """cores that there are to be at least, such as those that a service level asks for (plan --within) (a whole number of cores from 0 to 10000)"""
    packages: float | str | ArrayLike | None
    """size of the opsi packages in the depot (a number of GB from 0 to 1000000)"""
    roles: str | Iterable[str] | None
    """a list of words, which stand for yes: config, depot"""
    services: str | Iterable[str] | None
    """a list of words, which stand for yes: samba, database, redis, directory_connector"""
