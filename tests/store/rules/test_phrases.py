"""Finding the policy's words in what people write."""

from __future__ import annotations

import pytest

from store.rules.phrases import Phrases, Wording, fold

FOUND = [
    ("printer", "The printer jams"),
    ("printer", "PRINTER!!!"),
    ("printer", "the printers jam"),
    ("printer", "my printer's tray"),
    ("printer", "printer/scanner"),
    ("paper jam", "again a Paper  Jam."),
    ("paper jam", "paper jams all day"),
    ("wi-fi", "The Wi-Fi is gone"),
    ("wi-fi", "the wi fi is gone"),
    ("Drücker", "der drucker"),
    ("Drucker", "DER DRÜCKER"),
    ("Straße", "in der STRASSE"),
    ("réseau", "le RESEAU est lent"),
    ("łącze", "LACZE nie działa"),
    ("プリンタ", "三階のプリンタが動きません"),
    ("プリンタ", "三階のﾌﾟﾘﾝﾀが"),
    ("打印机", "三楼的打印机坏了"),
    ("מדפסת", "המדפסת לא עובדת"),
    ("מדפסת", "ושהמדפסת לא עובדת"),
    ("принтер", "ПРИНТЕР не работает"),
    ("프린터", "3층 프린터가 고장"),
    ("it", "call IT, please"),
]
NOT_FOUND = [
    ("printer", "the blueprinter"),
    ("print", "the printer"),
    ("paper jam", "jam on paper"),
    ("paper jam", "paper"),
    ("it", "bits and its"),
    ("pc", "pcs of cake"),
    ("か", "が"),
    ("", "anything"),
    ("!!!", "anything!!!"),
]


@pytest.mark.parametrize(("phrase", "text"), FOUND)
def test_words_are_found(phrase, text):
    """In any case, with or without accents, in the plural, glued to an article."""
    assert Phrases([phrase]).find(Wording(text)) == [phrase]


@pytest.mark.parametrize(("phrase", "text"), NOT_FOUND)
def test_parts_of_words_are_not(phrase, text):
    """Only whole words count, in scripts that have words."""
    assert Phrases([phrase]).find(Wording(text)) == []


def test_the_longest_of_overlapping_phrases_counts():
    """A password manager is no password."""
    phrases = Phrases(["password", "password manager", "manager"])
    assert phrases.find(Wording("my password manager")) == ["password manager"]
    assert phrases.find(Wording("manager, my password")) == ["manager", "password"]


def test_each_phrase_is_found_once():
    """However often it occurs."""
    assert Phrases(["printer"]).find(Wording("printer printer printer")) == ["printer"]


def test_a_wording_goes_on_with_another():
    """The subject and the text are searched as one, and not as one line."""
    both = Wording("paper").then(Wording("jam"))
    assert (both.words, Phrases(["jam"]).find(both)) == (["paper", "jam"], ["jam"])


@pytest.mark.parametrize("text", ["が", "パ", "각", "ﾊﾟ", "İ", "ß", "ﬁ", ""])
def test_folding_twice_is_folding_once(text):
    """Folded words can be compared with folded words."""
    assert fold(fold(text)) == fold(text)
