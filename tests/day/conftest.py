"""Mailboxes and boards, as the tests of intake and of the board have them."""

from tests.intake.conftest import configured, database_url, dovecot, user
from tests.tui.conftest import quick_apps

__all__ = ["configured", "database_url", "dovecot", "quick_apps", "user"]
