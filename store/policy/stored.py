"""The applied policy as the store keeps it: JSON, and nothing of servers and accounts."""

from __future__ import annotations

from pydantic import ValidationError

from store.errors import ConfigError
from store.policy.compile import rulebook
from store.policy.policy import Applied, Policy, applied
from store.rulebook import Rulebook


def to_store(policy: Policy) -> str:
    """Return what ``deskwatch policy apply`` writes: the same text for the same agreement.

    Left out is what only one machine needs: the database, mailboxes (but for whose drop
    folder each is) and the outgoing server.
    """
    return applied(policy).model_dump_json()


def from_store(text: str) -> Applied:
    """Return the policy that a row of the store holds.

    Raises:
        ConfigError: Another version of Deskwatch wrote it.
    """
    try:
        return Applied.model_validate_json(text)
    except ValidationError:
        line = (
            "the policy in the database was applied by another version of Deskwatch; "
            "apply it again: deskwatch policy apply"
        )
        raise ConfigError([line]) from None


def rulebook_of(text: str, version: int) -> Rulebook:
    """Return the compiled form of a policy row of the store; raises as ``from_store``."""
    return rulebook(from_store(text), version)
