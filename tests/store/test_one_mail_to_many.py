"""A mail to several people: sent once to each, and what comes back is of one of them."""

from __future__ import annotations

from datetime import timedelta

from store import commands, queries
from store.commands import outbox as sending
from store.facts.mail import outbox
from store.mail_records import Bounce
from store.words import Delivery, Machine
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import rows, take
from tests.store.outages import about_it, declare, person
from tests.store.people import ANA, the


def answered(desk):
    """Send one answer to three people; return its Message-ID."""
    declare(desk)
    take(desk, about_it(2))
    commands.join_outage(desk, ANA, the(1002))
    take(desk, about_it(3))
    commands.reply(desk, ANA, the(1001), "Light again")
    held = sending.lease(desk, "one", desk.clock.now() + timedelta(minutes=5))
    assert held is not None
    assert held.left == tuple(person(each).address for each in (1, 2, 3))
    sending.hand_over(desk, held, desk.clock.now() + timedelta(minutes=5))
    sending.handed_over(desk, held, {}, {}, desk.clock.now())
    return queries.dispatch(desk, held.outbox_id).message_id


def comes_back(desk, message_id, recipient):
    """Take in that the mail did not reach ``recipient``."""
    bounce = Bounce(recipient, "5.1.1", permanent=True, original_message_id=message_id)
    more = {"machine": Machine.BOUNCE, "ignore": "a delivery report", "bounce": bounce}
    take(desk, letter(9, NOW, "Undelivered", refers_to=(message_id,), **more))


def state(desk):
    """Return how the answer stands: its state, and who has not got it."""
    return rows(desk, outbox, "state", "remaining")[-1]


def test_what_one_of_them_did_not_get_is_theirs(desk):
    """Sent again, it goes to nobody else."""
    comes_back(desk, answered(desk), "P2@maths.northgate.example")
    assert state(desk) == (Delivery.FAILED, ["p2@maths.northgate.example"])
    commands.send_again(desk, ANA, rows(desk, outbox, "id")[-1][0])
    held = sending.lease(desk, "two", desk.clock.now() + timedelta(minutes=5))
    assert held is not None
    assert held.left == ("p2@maths.northgate.example",)


def test_where_nobody_says_who_did_not_get_it_nobody_gets_it_twice(desk):
    """It stays sent; the history and the mail say what came back."""
    comes_back(desk, answered(desk), "somebody@else.example")
    assert state(desk) == (Delivery.SENT, [])
    mails = [each for each in queries.request(desk, 1001).messages if each.delivery]
    assert mails[-1].delivery.startswith("sent 10:42: ")
