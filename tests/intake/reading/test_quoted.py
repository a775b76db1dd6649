"""What is new in a reply, for the programs and languages people write with."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.reading.quoted import split_quoted


def _cases(name: str) -> dict[str, str]:
    """Read a table of cases: ``[name]`` and the lines below it; ``.`` is an empty line."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    cases: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            cases[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            list(cases.values())[-1].append("" if line == "." else line)
    return {case: "\n".join(lines) for case, lines in cases.items()}


#: The line above what is quoted, as each program writes it.
ATTRIBUTIONS = _cases("attributions.txt")
#: The fields that Outlook and others put above what they quote.
BLOCKS = _cases("header_blocks.txt")
SEPARATORS = [
    "-----Original Message-----",
    "----- Original Message -----",
    "-------- Original message --------",
    "-----Ursprüngliche Nachricht-----",
    "----- Reply message -----",
    "------ Originalnachricht ------",
    "-----Message d'origine-----",
    "-----Message d’origine-----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----",
    "-----Oryginalna wiadomość-----",
    "-----Ursprungligt meddelande-----",
    "------------------ 原始邮件 ------------------",
    "-----元のメッセージ-----",
    "-----הודעה מקורית-----",
    "---- On Mon, 23 Nov 2026 09:12:13 +0100 Ana <ana@school.example> wrote ----",
    ">>> Ana Lovelace <ana@school.example> 23.11.2026 09:12 >>>",
    ">>> On 23/11/2026 at 09:12, in message\n<5BF7@x.example>, Ana <ana@x.example> wrote:",
    "----- Le 23 Nov 26, à 9:12, Ana Lovelace ana@school.example a écrit :",
    "##- Please type your reply above this line -##",
]
FORWARDS = [
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-------- Weitergeleitete Nachricht --------",
    "Anfang der weitergeleiteten Nachricht:",
    "-------- Message transféré --------",
    "-------- Mensaje reenviado --------",
    "-------- Messaggio Inoltrato --------",
    "-------- Doorgestuurd bericht --------",
    "-------- Mensagem encaminhada --------",
    "-------- Przekazana wiadomość --------",
    "-------- Vidarebefordrat meddelande --------",
    "-------- 转发的消息 --------",
    "-------- 転送メッセージ --------",
    "-------- הודעה מועברת --------",
]
#: Lines too much like people's own words to be taken for an attribution without quote marks.
ALWAYS_MARKED = {"Gnus", "Roundcube, Dutch"}
NEW = "Thanks, it is room 12.\n\nBob"


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_answer_above_the_quote(name):
    """What stands above the attribution is new; it and the marked lines are quoted."""
    quote = f"{ATTRIBUTIONS[name]}\n\n> Which room?\n>\n> Help"
    assert split_quoted(f"{NEW}\n\n{quote}\n", "Re: Printer") == (
        NEW,
        quote.replace("\n\n>", "\n>", 1),
    )


ABOVE = [
    "le papier coince.\nQui vient ?",
    "den fastnar.\nVem kommer?",
    "トレイ2で詰まる。\n午前中に",
]
BARE = ["Le lun. 23 nov. 2026 à 09:12, Ana <ana@x.example> a\nécrit :", "23.11.2026 09:12, Ana:"]
BARE += ["Ana <ana@x.example> 于2026年11月23日周一 09:12写道："]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("line", BARE)
def test_lines_right_above_an_attribution_are_new(above, line):
    """Also where they begin with a word or a number as attributions do."""
    assert split_quoted(f"{above}\n{line}\n> Which room?", "Re: x")[0] == above


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_answer_below_and_between_the_quote(name):
    """What stands between and below the marked lines is new as well."""
    text = f"Hi,\n{ATTRIBUTIONS[name]}\n> Which room?\n\nRoom 12.\n\n> Since when?\nMonday.\n"
    quoted = f"{ATTRIBUTIONS[name]}\n> Which room?\n> Since when?"
    assert split_quoted(text, "Re: Printer") == ("Hi,\n\nRoom 12.\n\nMonday.", quoted)


@pytest.mark.parametrize("name", [name for name in ATTRIBUTIONS if name not in ALWAYS_MARKED])
def test_a_quote_without_marks(name):
    """Some programs mark no lines: all below the attribution is quoted."""
    quote = f"{ATTRIBUTIONS[name]}\n\nWhich room?\n\nHelp"
    assert split_quoted(f"{NEW}\n\n{quote}", "Re: Printer") == (NEW, quote)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_header_block_begins_the_quote(name):
    """All below the fields is quoted, and so is the rule above them."""
    quote = f"{'_' * 32}\n{BLOCKS[name]}\n\nWhich room?"
    assert split_quoted(f"{NEW}\n\n{quote}", "RE: Printer") == (NEW, quote)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_forward_keeps_what_it_forwards(name):
    """In a forwarded mail the text below the fields is what the sender has to show."""
    text = f"See below.\n\n{BLOCKS[name]}\n\nThe projector is dead.\n> so it is"
    assert split_quoted(text, "FW: Projector") == (text, "")


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_separator_begins_the_quote(separator):
    """All below it is quoted."""
    assert split_quoted(f"{NEW}\n\n{separator}\nold\n> older\nold", "Re: x") == (
        NEW,
        f"{separator}\nold\n> older\nold",
    )


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_forwarded_mail_is_not_quoted(marker):
    """Whatever the subject says."""
    fields = "From: Ana <ana@school.example>\nSubject: Projector\nTo: Bob"
    text = f"fyi\n\n{marker}\n{fields}\n\ndead\n\n> old"
    assert split_quoted(text, "Projector") == (text, "")


@pytest.mark.parametrize(
    "prefix",
    [
        "FW:",
        "Fwd:",
        "WG:",
        "TR:",
        "RV:",
        "I:",
        "ENC:",
        "VB:",
        "PD:",
        "转发:",
        "轉寄:",
        "転送:",
        "הועבר:",
        "[EXT] WG:",
    ],
)
def test_prefixes_of_forwarded_mail(prefix):
    """A forward announced only by its subject keeps what it forwards."""
    text = f"fyi\n\n{BLOCKS['English']}\n\ndead"
    assert split_quoted(text, f"{prefix} Projector") == (text, "")


def test_an_answer_to_a_forward_is_an_answer():
    """The outermost prefix counts."""
    text = f"Done.\n\n{BLOCKS['English']}\n\ndead"
    assert split_quoted(text, "RE: FW: Projector")[0] == "Done."


def test_apple_quotes_what_it_forwards():
    """The marks in front of a forwarded mail do not make it quoted."""
    text = "fyi\n\n> Begin forwarded message:\n>\n> From: Ana\n> Subject: x\n>\n> dead"
    assert split_quoted(text, "Fwd: x") == (text, "")


def test_a_phones_attribution_is_inside_the_quote():
    """Those of Apple mark their attribution too."""
    quote = "> On 23 Nov 2026, at 09:12, Help <help@northgate.example> wrote:\n>\n> Which room?"
    text = f"Room 12\n\nSent from my iPhone\n\n{quote}"
    assert split_quoted(text, "Re: x") == ("Room 12", f"Sent from my iPhone\n\n{quote}")


def test_what_outlooks_app_adds_is_folded():
    """It stands right above the rule and the fields."""
    rest = f"Get Outlook for iOS<https://aka.ms/o0ukef>\n{'_' * 32}\n{BLOCKS['English']}\n\nold"
    assert split_quoted(f"Room 12\n\n{rest}", "Re: x") == ("Room 12", rest)


def test_a_quoted_line_that_was_wrapped_stays_quoted():
    """The end of a long quoted line loses its mark when a program wraps it."""
    long = "> " + "a quoted line that is so long that somebody's program has wrapped it here"
    assert split_quoted(f"New.\n\n{long}\nand goes on\n> end", "Re: x") == (
        "New.",
        f"{long}\nand goes on\n> end",
    )


def test_an_empty_answer_is_empty():
    """Somebody pressed send too early; all there is, is quoted."""
    text = f"{ATTRIBUTIONS['Gmail, English']}\n> Which room?"
    assert split_quoted(text, "Re: x") == ("", text)


def test_a_mail_that_only_quotes_and_answers_nothing_is_new():
    """Pasted mail in a new mail is what its sender has to say."""
    text = f"{BLOCKS['English']}\n\nThe projector is dead."
    assert split_quoted(text, "Projector") == (text, "")


NOTHING_QUOTED = {
    "a colon": "The printer says:\nPC LOAD LETTER",
    "a date and a colon": "On Monday 23 Nov 2026 at 9:12 this came up:\nPC LOAD LETTER",
    "a form": "We move\nFrom: room 12\nTo: room 14\nDate: Monday\nThanks",
    "one field": "Subject: printing\nis hard",
    "wrote, in passing": "On the wall somebody wrote: out of order.\nIs it?",
    "dashes": "Points\n----\none\n====\ntwo",
    "a table": "Room   Fault\n------------\n12     light",
    "on the other hand": "On the one hand it prints.\nOn the other hand it jams.",
    "from, in a line": "It comes from: ana@school.example and goes to: ben@school.example",
    "a mailbox line": ">From here on it fails",
    "an address and a colon": "Please write to ana@school.example:\nshe knows",
    "times": "Opening times:\n2026-11-23 09:12\n23.11.2026 9:12",
    "mail me": "Ana Lovelace <ana@school.example> said on 23.11.2026 at 9:12 that:\n- it jams",
}


@pytest.mark.parametrize("name", NOTHING_QUOTED)
def test_what_looks_like_a_quote_and_is_none(name):
    """People's own words stay new."""
    assert split_quoted(NOTHING_QUOTED[name], "Re: x") == (NOTHING_QUOTED[name], "")
