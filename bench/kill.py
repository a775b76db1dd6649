"""Kill the poller at random moments, again and again: nothing may be lost or doubled.

    python -m bench.kill [--mails 1000] [--kills 20] [--after leave|seen|move:Archive] [--seed N]

A Dovecot of its own holds the mails. ``deskwatch intake --once`` is started and killed with
SIGKILL, at a random moment of its start or of its work; then a last one runs to its end.
Exit status 1 if ledger, requests or mailbox are not exactly what they should be.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.intake import killing
from tests.servers.dovecot import Dovecot
from tests.servers.office import Office


def main(words: list[str] | None = None) -> int:
    """Run it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--after", choices=["leave", "seen", "move:Archive"], default="leave")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    args = parser.parse_args(words)
    print(f"seed {args.seed}")
    chance = random.Random(args.seed)
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        server.deliver(
            killing.USER, (killing.a_mail(number, chance) for number in range(1, args.mails + 1))
        )
        office = Office(Path(folder), port=server.port, user=killing.USER, after=args.after)
        began = time.monotonic()
        doing = killing.kill_while_it_works(office, args.mails, args.kills, chance)
        print(f"{args.kills} kills in {time.monotonic() - began:.1f} s: {dict(doing)}")
        last = office.run("intake", "--once")
        if last.returncode:
            print(last.stderr)
        wrong = killing.findings(office, server, args.mails, args.after)
    print("\n".join(wrong) or "nothing lost, nothing twice")
    return 1 if wrong or last.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
