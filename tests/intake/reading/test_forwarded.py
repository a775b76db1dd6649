"""Who first sent a mail that somebody forwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading.forwarded import all_forwarded, forwarded_from
from store.records import Address
from tests.intake.reading.test_quoted import BLOCKS, FORWARDS

ANA = Address("Ana", "ana@school.example")
WITH_ADDRESS = [name for name, block in BLOCKS.items() if "Ana <ana@school.example>" in block]


@pytest.mark.parametrize("name", WITH_ADDRESS)
def test_the_sender_above_what_is_forwarded(name):
    """The field is found in every language, wherever it stands among the others."""
    assert forwarded_from("Fwd: Projector", f"fyi\n\n{BLOCKS[name]}\n\ndead") == ANA


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_marker_announces_a_forward_as_well(marker):
    """Whatever the subject says."""
    fields = "From: Ana <ana@school.example>\nDate: Monday\nSubject: x\nTo: Bob"
    text = f"fyi\n\n{marker}\n{fields}\n\ndead"
    assert forwarded_from("Projector", text) == ANA


@pytest.mark.parametrize(
    "line",
    [
        "From: Ana <mailto:ana@school.example>",
        "From: Ana [mailto:ana@school.example]",
        "*From:* Ana <ana@school.example>",
        "> From: Ana <ana@school.example>",
        "From: Ana\n <ana@school.example>",
    ],
)
def test_forms_of_the_senders_field(line):
    """Outlook, Apple Mail and phones write it differently."""
    assert (
        forwarded_from("FW: x", f"fyi\n\n{line}\nSent: Monday\nTo: Bob\nSubject: x\n\ndead") == ANA
    )


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("RE: Projector", f"fyi\n\n{BLOCKS['English']}\n\ndead"),
        ("FW: Projector", "fyi"),
        ("FW: Projector", "From: the start\nit was dead"),
        ("FW: Projector", "From: <>\nSent: Monday\nTo: Bob\nSubject: x\n\ndead"),
        ("", ""),
    ],
)
def test_nothing_forwarded_or_nobody_named(subject, text):
    """Then there is nobody."""
    assert forwarded_from(subject, text) is None


@given(
    st.sampled_from(["FW: x", "VS: x", "x"]),
    st.lists(
        st.sampled_from(
            [
                *(
                    "From: Ana <ana@school.example>",
                    "From: Ana",
                    "Sent: Monday",
                    "To: <b@c.example>",
                ),
                *("Subject: FW: x", "---------- Forwarded message ----------", "> Fra: <", ""),
                *("On 23/11/2026 09:12, Ana <ana@school.example> wrote:", "words", "a@b.example:"),
                *("----- Forwarded Message ----- From: Ana <a@b.example>To: x", "[mailto:a@b]"),
            ]
        )
        | st.text(max_size=40),
        max_size=30,
    ),
)
def test_any_lines_name_somebody_or_nobody(subject, rows):
    """And each mail inside is further down, so that it comes to an end."""
    found = list(all_forwarded(subject, "\n".join(rows)))
    assert len(found) <= 5
    assert all(each.sender.address or each.sender.name for each in found)
