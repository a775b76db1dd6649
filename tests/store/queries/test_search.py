"""Finding requests by what people type."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import commands, queries
from store.queries.matches import newest_holding
from store.records import Address
from store.rules.terms import query_terms
from store.words import Ending
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, CHI, a_request, the
from tests.store.queries.test_plans import plan

VOSS = Address("Erich Voß", "voss@northgate.example")
TANAKA = Address("田中 由紀", "tanaka@languages.northgate.example")


@pytest.fixture
def school(desk):
    """Five requests: four live, of which Ben has one and Chi one, and one resolved."""
    a_request(desk, "Projector dead, class waiting", text="Room B12, it smells of fire")  # 1001
    a_request(desk, "Drucker druckt Äpfel", requester=VOSS, text="URGENT!!! toner")  # 1002
    a_request(desk, "プリンタで印刷できません", requester=TANAKA, text="PCが遅いです")  # 1003
    a_request(desk, "Projector in the gym flickers", text="room 1002, thanks")  # 1004
    a_request(desk, "Projector cable", text="never mind")  # 1005
    commands.claim(desk, BEN, the(1001))
    commands.claim(desk, CHI, the(1003))
    commands.note(desk, CHI, the(1003), "Needs a drum, not toner")
    commands.resolve(desk, ANA, the(1005), Ending.NOTHING)
    return desk


#: What is typed, and which of the requests it finds for Chi.
FINDS = {
    "projector": [1004, 1001, 1005],
    "PROJ": [1004, 1001, 1005],
    "projector gym": [1004],
    "gym fire": [],
    "apfel": [1002],
    "ÄPFEL": [1002],
    "voss": [1002],
    "voß": [1002],
    "hopper proj": [1004, 1001, 1005],
    "maths.northgate": [1004, 1001, 1005],
    "toner": [1003, 1002],
    "印刷": [1003],
    "刷で": [1003],
    "刷": [1003],
    "プリンタ 遅い": [1003],
    "ﾌﾟﾘﾝﾀ": [1003],
    "田中": [1003],
    "刷印": [],
    "#1002": [1002],
    "1002": [1002, 1004],
    "#1005": [1005],
    "#1002 apfel": [1002],
    "#9999": [],
    "#99999999999999999999999": [],
    "@ben": [1001],
    "@BEN": [1001],
    "@okaf": [1001],
    "@me": [1003],
    "@nobody": [1004, 1002],
    "@nobody projector": [1004],
    "@ana": [],
    "@ana projector": [1005],
    "@zoe": [],
    "@ben @chi": [],
    "dept:math": [1004, 1001],
    "dept:Mathematics": [1004, 1001],
    "dept:maths @ben": [1001],
    "dept:nowhere": [],
    "": [],
    "   ": [],
    "🔥": [],
    "@": [],
    "dept:": [],
}


def test_what_is_typed_finds(school):
    """Live requests first, the newest message first; then those that have ended."""
    assert {text: queries.search(school, text, 50, "chi") for text in FINDS} == FINDS


#: All of it means: projector.
STRANGE = [
    '"projector',
    "projector) (",
    "projector*",
    "^projector",
    "-projector",
    "^{projector}: ~",
    "projector' & ! | <-> \\",
    "projector:*",
    "{projector} : (",
    "projector\x00",
    "projector %_",
    "🔥projector🔥",
    "\ud800projector",
]


def test_nothing_typed_is_an_error(school):
    """Quotes, operators and whatever else only separates words."""
    found = {text: queries.search(school, text, 50) for text in STRANGE}
    assert found == {text: [1004, 1001, 1005] for text in STRANGE}


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text())
def test_any_text_can_be_searched_for(desk, text):
    """Both databases take whatever is typed."""
    assert queries.search(desk, text, 5) == []


def test_no_more_is_found_than_is_wanted(school):
    """The live ones go first."""
    assert queries.search(school, "projector", 2) == [1004, 1001]
    assert queries.search(school, "@nobody", 1) == [1004]


def test_a_note_that_was_taken_back_is_not_found(school):
    """What nobody can see, nobody finds."""
    commands.note(school, BEN, the(1001), "capacitor")
    assert queries.search(school, "capacitor", 5) == [1001]
    commands.undo(school, BEN)
    assert queries.search(school, "capacitor", 5) == []


def test_mail_is_found_as_soon_as_it_is_in(desk):
    """By its text, its people, its subject."""
    mail = letter(1, NOW, "Beamer kaputt", text="Seit heute früh", sender=VOSS)
    commands.take_in(desk, "help", 1, [mail])
    for text in ("beamer", "fruh", "erich", "voss@northgate.example"):
        assert queries.search(desk, text, 5) == [1001], text


def test_somebody_unknown_has_nothing(school):
    """@me of a board whose login is nobody's on the desk."""
    assert queries.search(school, "@me", 5) == []


def test_words_are_looked_up_in_the_index(desk):
    """FTS5 goes back from the newest message by itself; PostgreSQL has its GIN index."""
    query = newest_holding(desk.store.dialect, query_terms("projector dead"))
    if desk.store.dialect == "sqlite":
        [step] = plan(desk, query)
        assert step.startswith("SCAN search VIRTUAL TABLE INDEX")
        return
    with desk.store.reading() as connection:
        # As if there were many: a few rows are quicker to read than an index.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        sql = query.compile(connection)
        steps = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", sql.params)]
    assert [step for step in steps if "Bitmap Index Scan on ix_search_words" in step]
