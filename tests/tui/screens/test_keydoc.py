"""The tables of keys in the documentation are those of the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.board.actions import ACTIONS
from tui.board.keydoc import END, START, main, page, readme

ROOT = Path(__file__).parents[3]


def test_the_page_of_keys_is_up_to_date():
    """docs/keys.md is what the registry makes of it; `make docs` writes it anew."""
    assert (ROOT / "docs/keys.md").read_text(encoding="utf-8") == page()


def test_the_keys_in_the_readme_are_up_to_date():
    """README.md holds the table that the registry makes; `make docs` writes it anew."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text == readme(text)


def test_every_action_is_documented():
    """Each action stands on the page by the name that `[keys]` knows it by."""
    assert [each.id for each in ACTIONS if f"| {each.id} |" not in page()] == []


def test_a_readme_without_markers_is_refused():
    """Nothing is written into a README that has no place for the table."""
    with pytest.raises(ValueError, match="needs the markers"):
        readme("# Deskwatch\n")


def test_both_pages_are_written(tmp_path):
    """The rest of the README stays as it is."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(
        f"before\n{START}stale table\n{END}\nafter\n", encoding="utf-8"
    )
    main(tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert (tmp_path / "docs/keys.md").read_text(encoding="utf-8") == page()
    assert [text.startswith("before\n"), "stale table" in text, text.endswith("\nafter\n")] == [
        True,
        False,
        True,
    ]
