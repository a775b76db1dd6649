"""What our own mail server says about senders, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.triage import triage
from store.mail_records import ReadMail
from store.records import Address
from tests.intake.triage.letters import ANA, DESK, VOSS, letter
from tests.rulebook import a_rulebook

OURS = replace(a_rulebook(), trusted_auth="mx.northgate.example")
MICROSOFT = replace(a_rulebook(), trusted_auth="microsoft365")
ID = "mx.northgate.example"
FORGED = {
    f"{ID}; dmarc=fail header.from=northgate.example": "dmarc=fail",
    f"{ID}; spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example;"
    " dmarc=fail (p=reject dis=none) header.from=northgate.example": "dmarc=fail",
    f"{ID} 1; DMARC=Fail": "dmarc=fail",
    f'"{ID}"; dmarc = fail': "dmarc=fail",
    "MX.Northgate.EXAMPLE (our server; dmarc=pass); dmarc=fail": "dmarc=fail",
    f"{ID}; spf=fail smtp.mailfrom=x@y.example; dkim=fail (bad signature)": "spf=fail, dkim=fail",
    f"{ID}; spf=softfail; dkim=fail; dkim=fail": "spf=softfail, dkim=fail",
    f"{ID}; spf=fail; dkim=none (message not signed)": "spf=fail, no signature",
    f"{ID}; spf=hardfail": "spf=fail, no signature",
    f'{ID}; spf=pass smtp.mailfrom="x; dmarc=pass"@evil.example; dmarc=fail': "dmarc=fail",
    f"{ID}; spf=pass (domain evil (a); dmarc=pass) smtp.mailfrom=x; dmarc=fail": "dmarc=fail",
}
STANDING = [
    f"{ID}; dmarc=pass; spf=fail; dkim=fail",
    f"{ID}; dmarc=none; spf=pass; dkim=none",
    f"{ID}; spf=fail; dkim=pass header.d=northgate.example",
    f"{ID}; spf=softfail; dkim=none",
    f"{ID}; dkim=fail; dkim=pass; spf=none",
    f"{ID}; spf=neutral; dkim=neutral",
    f"{ID}; none",
    f"{ID}",
    f"{ID}; x-dmarc=fail; dmarcish=fail",
    "mx.elsewhere.example; dmarc=fail",
    "x.mx.northgate.example; dmarc=fail",
    "",
]
BY_MICROSOFT = {
    "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=northgate.example; dkim=none (message not"
    " signed) header.d=none;dmarc=fail action=oreject"
    " header.from=northgate.example;compauth=fail reason=000": "dmarc=fail",
    "spf=none (sender IP is 192.0.2.1) smtp.mailfrom=x.example; northgate.example; dkim=none"
    " header.d=none;northgate.example; dmarc=none action=none"
    " header.from=northgate.example;compauth=fail reason=001": "compauth=fail",
    "spf=softfail (sender IP is 192.0.2.1) smtp.mailfrom=northgate.example;dkim=fail (body hash"
    " did not verify) header.d=northgate.example;dmarc=none": "spf=softfail, dkim=fail",
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=northgate.example; dkim=pass (signature was"
    " verified) header.d=northgate.example;dmarc=pass action=none"
    " header.from=northgate.example;compauth=pass reason=100": "",
    "dkim=none (message not signed) header.d=none;dmarc=none action=none"
    " header.from=northgate.example;": "",
}


def _mail(*results: str, sender: Address = VOSS) -> ReadMail:
    return replace(letter("printer", sender=sender), headers={"authentication-results": results})


@pytest.mark.parametrize("header", FORGED)
def test_a_sender_from_inside_who_fails_is_marked(header):
    """With what failed; the words of the mail count as always."""
    found = triage(_mail(header), OURS, "help")
    assert found.spoofed == f"the sender may be forged: {FORGED[header]}"
    assert found.spoofed in found.why
    assert (found.ignore, found.service, found.requester) == ("", "printing", VOSS)


@pytest.mark.parametrize("header", STANDING)
def test_who_passes_is_not(header):
    """Nor is one about whom another server, or nobody, says anything."""
    assert triage(_mail(header), OURS, "help").spoofed == ""


@pytest.mark.parametrize("header", BY_MICROSOFT)
def test_microsoft_writes_no_name_and_odd_forms(header):
    """Names of domains between the results, properties without a type."""
    failed = BY_MICROSOFT[header]
    assert triage(_mail(header), MICROSOFT, "help").spoofed.removeprefix(
        "the sender may be forged: "
    ) == (failed)
    assert triage(_mail(header), OURS, "help").spoofed == ""


def test_nothing_is_believed_unless_a_server_is_named():
    """Anybody can write such a header."""
    assert triage(_mail(f"{ID}; dmarc=fail"), a_rulebook(), "help").spoofed == ""


def test_only_the_topmost_of_our_servers_headers_counts():
    """What a mail came with is below it, whoever it claims to be from."""
    passes, fails, other = f"{ID}; dmarc=pass", f"{ID}; dmarc=fail", "mx.evil.example; dmarc=pass"
    assert triage(_mail(fails, passes), OURS, "help").spoofed
    assert not triage(_mail(passes, fails), OURS, "help").spoofed
    assert triage(_mail(other, fails, passes), OURS, "help").spoofed


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("voss@northgate.example", True),
        ("x@maths.northgate.example", True),
        ("x@NORTHGATE.example", True),
        ("x@northgate.example.evil.example", False),
        ("x@notnorthgate.example", False),
        ("x@supplier.example", False),
        ("", False),
    ],
)
def test_only_our_own_domains_are_checked(address, marked):
    """Of the desk, its people and departments; others may have their mail in a mess."""
    found = triage(_mail(f"{ID}; dmarc=fail", sender=Address("", address)), OURS, "help")
    assert bool(found.spoofed) is marked


def test_who_may_be_forged_is_no_technician():
    """Neither what they forward nor what they took down counts, nor does a form speak for them."""
    fails = {"authentication-results": (f"{ID}; dmarc=fail",)}
    text = "From: Ingrid Voss <voss@northgate.example>\nSent: Monday\nTo: Ana\nSubject: x\n\ny"
    forward = replace(letter(text, sender=ANA, subject="FW: x"), headers=fails)
    found = triage(forward, OURS, "help")
    assert (found.requester, found.end_run_rule) == (ANA, "")
    note = replace(
        letter(
            "voss@northgate.example", sender=ANA, to=(Address("", "help+phone@northgate.example"),)
        ),
        headers=fails,
    )
    found = triage(note, OURS, "help")
    assert (found.requester, found.end_run_rule) == (ANA, "")
    form = replace(letter(sender=DESK, reply_to=Address("", "x@evil.example")), headers=fails)
    assert triage(form, OURS, "help").requester == DESK
