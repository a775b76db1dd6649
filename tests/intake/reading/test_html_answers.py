"""What only the HTML of a mail says: where its quote begins, and which lines are a signature."""

from __future__ import annotations

import pytest

from intake.reading.forwarded import forwarded_from
from intake.reading.html import html_to_text
from intake.reading.quoted import split_quoted
from store.records import Address

ANA = Address("Ana Lovelace", "ana@school.example")
#: Estonian is in no table.
CASES = {
    "words above a quote in a language that is not known": (
        (
            '<div dir="ltr">Tere, tuba 12.</div><div class="gmail_quote"><div class="gmail_attr">'
            "Kontakt Ana kirjutas kuupäeval 26. november:<br></div>"
            "<blockquote>Milline?</blockquote>"
            "</div>"
        ),
        "Tere, tuba 12.",
        "Kontakt Ana kirjutas kuupäeval 26. november:\n> Milline?",
    ),
    "fields in a language that is not known": (
        (
            '<div>Tuba 12</div><div id="appendonsend"></div><div id="divRplyFwdMsg">'
            "<b>Saatja:</b> Ana<br><b>Teema:</b> x</div><div>Milline?</div>"
        ),
        "Tuba 12",
        "Saatja: Ana\nTeema: x\nMilline?",
    ),
    "fields below Outlook's border": (
        (
            "<p class=MsoNormal>Tuba 12</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
            "<p class=MsoNormal><b>Saatja:</b> Ana<br><b>Teema:</b> x</p></div><p>Milline?</p>"
        ),
        "Tuba 12",
        "Saatja: Ana\nTeema: x\n\nMilline?",
    ),
    "a border of people's own": (
        '<div>Yes.</div><div style="border:none;border-top:solid #E1E1E1 1.0pt">My box</div>more',
        "Yes.\nMy box\nmore",
        "",
    ),
    "answers between the quotes": (
        (
            '<div class="gmail_quote"><div class="gmail_attr">Ana kirjutas:</div><blockquote'
            ' class="gmail_quote">Milline?</blockquote><div>12</div><blockquote'
            ' class="gmail_quote">Millal?</blockquote><div>Nüüd</div></div>'
        ),
        "12\n\nNüüd",
        "Ana kirjutas:\n> Milline?\n> Millal?",
    ),
    "an answer below the quote": (
        (
            '<div class="moz-cite-prefix">Ana kirjutas:<br></div><blockquote type="cite">Milline?'
            "</blockquote><p>12</p>"
        ),
        "12",
        "Ana kirjutas:\n> Milline?",
    ),
    "a signature in a table": (
        (
            '<div>Tuba 12</div><div id="Signature"><table><tr><td>Bob</td><td>+372 600 1234</td>'
            "</tr><tr><td>x</td><td>y</td></tr></table></div>"
        ),
        "Tuba 12",
        "Bob  +372 600 1234\nx    y",
    ),
    "a phone's signature of several lines": (
        (
            '<div>Tuba 12<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Bob<div>'
            "+372 600 1234</div></div></div><blockquote type=cite>Milline?</blockquote>"
        ),
        "Tuba 12",
        "Bob\n+372 600 1234\n> Milline?",
    ),
    "a mail inside a table for layout": (
        (
            '<table width="100%"><tr><td><p>Tuba 12</p><div class="moz-signature">-- <br>Bob</div>'
            "</td></tr></table>"
        ),
        "Tuba 12",
        "--\nBob",
    ),
    "a text inside a signature's delimiter": (
        (
            '<div>Tuba 12</div><span class="gmail_signature_prefix">-- </span><br>'
            '<div class="gmail_signature">Bob</div>'
        ),
        "Tuba 12",
        "--\nBob",
    ),
}
FORWARDS = {
    "Gmail": (
        '<div>See below.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded'
        ' message ---------<br>From: <strong>Ana Lovelace</strong> <span>&lt;<a href="mailto:'
        'ana@school.example">ana@school.example</a>&gt;</span><br>Date: Thu, Nov 26, 2026 at 10:12'
        "<br>Subject: Projector<br>To: Bob<br></div><br>The projector is dead.<br>Regards<br>Ana"
        "<br>Tel 030 1234567</div>"
    ),
    "Outlook": (
        "<p class=MsoNormal>See below.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
        "<p class=MsoNormal><b>Von:</b> Ana Lovelace &lt;ana@school.example&gt;<br><b>Gesendet:</b>"
        " Donnerstag, 26. November 2026 10:12<br><b>An:</b> Bob<br><b>Betreff:</b> Projector</p>"
        "</div><p class=MsoNormal>The projector is dead.</p>"
    ),
    "Outlook on the web": (
        '<div>See below.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b>'
        " Ana Lovelace &lt;ana@school.example&gt;<br><b>Sent:</b> Thursday<br><b>To:</b> Bob<br>"
        "<b>Subject:</b> Projector</div><div>The projector is dead.</div>"
    ),
    "Apple Mail": (
        '<div>See below.</div><blockquote type="cite"><div>Begin forwarded message:</div><br><div>'
        '<b>From: </b>Ana Lovelace &lt;<a href="mailto:ana@school.example">ana@school.example</a>'
        "&gt;</div><div><b>Subject: </b>Projector</div><div><b>Date: </b>26 November 2026</div>"
        "<div><b>To: </b>Bob</div><br><div>The projector is dead.</div></blockquote>"
    ),
    "Thunderbird": (
        '<p>See below.</p><div class="moz-forward-container">-------- Forwarded Message --------'
        "<table><tr><th>Subject: </th><td>Projector</td></tr><tr><th>Date: </th><td>Thu, 26 Nov"
        " 2026 10:12</td></tr><tr><th>From: </th><td>Ana Lovelace &lt;ana@school.example&gt;</td>"
        "</tr></table><p>The projector is dead.</p></div>"
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_html_says(name):
    """Programs name the elements of a quote and of a signature, in every language."""
    html, reply, quoted = CASES[name]
    assert split_quoted(html_to_text(html), "Re: x") == (reply, quoted)


@pytest.mark.parametrize("name", FORWARDS)
def test_a_forwarded_mail_is_kept(name):
    """It is what the sender has to say, and the first sender is found in it."""
    reply, quoted = split_quoted(html_to_text(FORWARDS[name]), "Fwd: Projector")
    assert "See below." in reply
    assert "The projector is dead." in reply
    assert forwarded_from("Fwd: Projector", reply) == ANA
    assert quoted == ""
