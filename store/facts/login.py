"""Who is sitting there: as PostgreSQL knows them, or the operating system."""

from __future__ import annotations

import getpass
import os
import sys

from store.facts.engine import Store


def login_name(store: Store) -> str:
    """Return the log-in name of whoever uses ``store`` from this process.

    On PostgreSQL that is the role that logged in; on SQLite the account of the operating
    system, and not what the environment says it is.
    """
    if store.dialect == "postgresql":
        with store.reading() as connection:
            return str(connection.exec_driver_sql("SELECT session_user").scalar_one())
    return account_name()


def account_name() -> str:
    """Return the name of the operating system's account that runs this process."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user number without a name
        return str(os.geteuid())
