"""Names of leases: whose they are, so that those of a poller that is no more are known."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path


def token() -> str:
    """Return a new name for a lease of this process."""
    return f"{_here()}/{os.getpid()}/{secrets.token_hex(8)}"


def is_gone(lease: str) -> bool:
    """Say whether the process that made the name ``lease`` ran on this machine and has ended.

    Of other machines nobody here can tell: their leases run out.
    """
    place, _, rest = lease.rpartition("/")[0].rpartition("/")
    if place != _here() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False  # it is there, and another user's
    return False


def _here() -> str:
    """Return a name for this machine as long as it runs.

    Two containers may have one name for themselves and do not see each other's processes; the
    name of their process space tells them apart.
    """
    try:
        space = str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        space = ""
    return f"{socket.gethostname()}:{space}"
