"""Rule R5 of the end-runs: whoever answers an old mail to get at a person instead of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store.rulebook import PersonRule, Rulebook
from store.rules.cover import on_watch

RULE, CERTAINTY = "R5", "probable"


def after_its_end(
    sender: str, recipients: Sequence[Sequence[str]], at: datetime, rules: Rulebook
) -> PersonRule | None:
    """Return whom a mail about a request that ended long ago went to instead of the desk.

    Somebody of the desk is in To, the desk itself at most in Cc. Who is on watch at that
    moment is rightly written to, and the desk's own people write to each other.

    Args:
        sender: Address, lower case.
        recipients: ``(field, name, address)`` of To and Cc, addresses in lower case.
        at: When it arrived.
        rules: The policy.
    """
    first = [address for field, _, address in recipients if field == "to"]
    if rules.person_by_address(sender) or any(address in rules.addresses for address in first):
        return None
    named = (rules.person_by_address(address) for address in first)
    person = next((each for each in named if each is not None), None)
    if person is None or rules.roster is None:
        return person
    return None if on_watch(rules.roster, at).now.who == person.login else person
