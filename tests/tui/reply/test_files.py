"""Files for a reply: read whole, refused in words, found by the beginning of their path."""

from __future__ import annotations

import os

import pytest

from store.mail_records import OutgoingFile
from tui.board.reply import files
from tui.board.reply.files import NoFileError, common, completions, read


def test_a_file_is_read_with_its_name_and_type(tmp_path):
    """As the requester gets it."""
    (tmp_path / "how to.pdf").write_bytes(b"%PDF")
    found = read(f" {tmp_path}/how to.pdf ")
    assert found == OutgoingFile("how to.pdf", "application/pdf", b"%PDF")


def test_a_path_may_begin_at_home(tmp_path, monkeypatch):
    """``~`` is understood as in the shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.unknown-kind").write_bytes(b"x")
    assert read("~/a.unknown-kind").type == "application/octet-stream"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Type the path"),
        ("  ", "Type the path"),
        ("none.txt", "There is no file none.txt."),
        ("a.txt/none", "There is no file"),
        (".", "is a folder"),
        ("pipe", "is no ordinary file"),
        ("a\0b", "cannot be read"),
        ("~nobody-of-this-name/x", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("no\x1b[2Jne", "There is no file no[2Jne."),
    ],
)
def test_what_cannot_be_attached_says_why(tmp_path, monkeypatch, path, words):
    """In one line, without a control character."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoFileError) as refused:
        read(path)
    said = str(refused.value)
    assert (words in said, said.isprintable()) == (True, True)


def test_files_are_too_big_together_as_well_as_alone(tmp_path, monkeypatch):
    """What is attached already counts."""
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    (tmp_path / "a").write_bytes(b"123456")
    assert len(read(f"{tmp_path}/a", already=4).data) == 6
    with pytest.raises(
        NoFileError, match="has 6 B with the 5 B attached before; a mail takes 10 B"
    ):
        read(f"{tmp_path}/a", already=5)


def test_paths_are_completed_folders_with_their_stroke(tmp_path):
    """Hidden ones only when they are asked for; names that would drive a terminal never."""
    for name in ("report.pdf", "reports", ".hidden", "re\x1b[2J", "other"):
        if name == "reports":
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).write_bytes(b"")
    root = f"{tmp_path}/"
    assert completions(f"{root}re") == [f"{root}report.pdf", f"{root}reports/"]
    assert completions(f"{root}.") == [f"{root}.hidden"]
    assert (completions(f"{root}none/x"), completions("~nobody-of-this-name/x")) == ([], [])


@pytest.mark.parametrize(
    ("paths", "same"), [([], ""), (["ab"], "ab"), (["abc", "abd", "abz"], "ab"), (["a", "b"], "")]
)
def test_how_far_paths_are_the_same(paths, same):
    """That is how far Tab goes."""
    assert common(paths) == same
