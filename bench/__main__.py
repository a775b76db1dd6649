"""All figures of docs/performance.md, one benchmark after the other: ``make bench``.

Each runs in a process of its own, so that none warms up another. ``python -m bench.NAME --help``
tells what one of them can be asked for.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

_BENCHMARKS = (
    "due",
    "cover",
    "reading",
    "take_in",
    "queries",
    "claims",
    "intake",
    "idle_latency",
    "board",
    "kill",
)


def main() -> int:
    """Run them all; return 1 if one of them failed."""
    failed = []
    for name in _BENCHMARKS:
        title = (import_module(f"bench.{name}").__doc__ or "").partition("\n")[0]
        print(f"\n== bench.{name}: {title}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
