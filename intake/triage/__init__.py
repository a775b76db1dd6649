"""What the desk's rules make of a mail: service, priority, channel, and why. Pure functions."""

from intake.triage.rules import triage

__all__ = ["triage"]
