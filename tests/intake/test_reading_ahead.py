"""Reading beside fetching and committing."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest

from intake import reading_ahead
from intake.imap.fetched import Fetched
from intake.reader_process import ReaderProcess
from intake.reading_ahead import read_ahead
from intake.understanding import Understanding
from store.errors import MailUnreachable
from tests.conftest import NOW
from tests.intake.conftest import mail, until

RAW = [
    mail(1, "The projector is dead."),
    b"\0" * 3000,
    mail(2),
    b"Subject: x\r\n\r\n" + b"y" * 5000,
]


@pytest.fixture
def understanding(rules) -> Understanding:
    """How the mail of the mailbox is understood."""
    return Understanding(rules, "help")


def _batches(count: int):
    return [
        [Fetched(10 * n + i, None, len(raw), raw) for i, raw in enumerate(RAW)]
        for n in range(count)
    ]


@pytest.mark.parametrize(("messages", "waited"), [(5, False), (5000, False), (5000, True)])
def test_every_batch_is_understood_in_its_order(
    understanding, clock, messages, waited, monkeypatch
):
    """In this process or, where there are many and it has started up, in one beside it."""
    if waited:
        monkeypatch.setattr(ReaderProcess, "is_ready", lambda self: True)
    read = list(read_ahead(_batches(7), messages, understanding, clock))
    assert read == [understanding.of(batch, NOW) for batch in _batches(7)]


@pytest.mark.parametrize("messages", [5, 5000])
def test_what_was_fetched_before_a_failure_comes_first(understanding, clock, messages, monkeypatch):
    """Then the failure."""
    monkeypatch.setattr(ReaderProcess, "is_ready", lambda self: True)

    def fetching():
        yield from _batches(2)
        raise MailUnreachable("gone")

    reading = read_ahead(fetching(), messages, understanding, clock)
    read = [next(reading), next(reading)]
    with pytest.raises(MailUnreachable):
        next(reading)
    assert read == [understanding.of(batch, NOW) for batch in _batches(2)]


@pytest.mark.parametrize("at", ["give", "take"])
def test_a_reading_process_that_dies_is_done_without(understanding, clock, monkeypatch, caplog, at):
    """Too much memory, or a fault in a library: the mails are read here."""
    started: list[ReaderProcess] = []

    class Doomed(ReaderProcess):
        def __init__(self, *words) -> None:
            super().__init__(*words)
            started.append(self)

        def is_ready(self) -> bool:
            return True

    dies_at = getattr(ReaderProcess, at)

    def dies(self, *words):
        os.kill(self._process.pid, signal.SIGKILL)
        return dies_at(self, *words)

    monkeypatch.setattr(Doomed, at, dies)
    monkeypatch.setattr(reading_ahead, "ReaderProcess", Doomed)
    read = list(read_ahead(_batches(5), 5000, understanding, clock))
    assert read == [understanding.of(batch, NOW) for batch in _batches(5)]
    assert len(started) == 1
    assert caplog.messages == ["reading goes on without a process beside"]


def test_a_reading_process_that_cannot_start_is_done_without(
    understanding, clock, monkeypatch, caplog
):
    """No room for another, or a Python that is being replaced at this moment."""
    monkeypatch.setattr(sys, "executable", "/no/python")
    read = list(read_ahead(_batches(3), 5000, understanding, clock))
    assert read == [understanding.of(batch, NOW) for batch in _batches(3)]
    assert caplog.messages == ["reading goes on without a process beside"]


def test_batches_larger_than_a_pipe_come_and_go(understanding, clock, monkeypatch):
    """Both directions at once, and nobody waits for the other for ever."""
    monkeypatch.setattr(ReaderProcess, "is_ready", lambda self: True)
    raw = mail(1, "word " * 100_000)
    batches = [[Fetched(n, None, len(raw), raw)] for n in range(9)]
    read = list(read_ahead(batches, 5000, understanding, clock))
    assert read == [understanding.of(batch, NOW) for batch in batches]


@pytest.mark.parametrize("stopped", [signal.SIGSTOP, None], ids=["gives", "takes"])
def test_the_work_ends_at_once_while_batches_are_handed_over(
    understanding, clock, monkeypatch, caplog, stopped
):
    """Nothing is waited for, nothing is read for nobody, and nobody is warned."""
    started: list[ReaderProcess] = []
    whole: list[object] = []

    class Known(ReaderProcess):
        def __init__(self, *words) -> None:
            super().__init__(*words)
            started.append(self)
            if stopped is not None:
                os.kill(self._process.pid, stopped)

        def is_ready(self) -> bool:
            return True

    monkeypatch.setattr(reading_ahead, "ReaderProcess", Known)
    raw = b"Subject: x\r\n\r\n" + b"y" * 500_000
    readers = reading_ahead._Readers(understanding)
    for n in range(4):
        readers.read([Fetched(n, None, len(raw), raw)], NOW)
    monkeypatch.setattr(Understanding, "of", lambda *words: whole.append(words))
    readers.close()
    assert (whole, caplog.messages) == ([], [])
    assert started[0]._process.returncode is not None


@pytest.mark.parametrize("sent", [b"", b"\x80\x05\x95", pickle.dumps(([3], NOW))])
def test_a_process_that_is_told_nonsense_ends_without_a_word(understanding, sent):
    """The poller was killed in the middle of a batch; or reading one fails as never foreseen."""
    process = subprocess.Popen(
        [sys.executable, "-m", "intake.reader_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(pickle.dumps(understanding) + sent)
    process.stdin.flush()
    if not sent.endswith(b"."):
        process.stdin.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()
    process.stdin.close()


def test_the_process_ends_with_the_work(understanding, clock, monkeypatch):
    """Also when nobody wants the rest."""
    with closing(read_ahead(_batches(9), 5000, understanding, clock)) as reading:
        next(reading)
        children = psutil.Process().children()
        [child] = [each for each in children if "intake.reader_process" in each.cmdline()]
    assert not child.is_running()


def test_the_process_ends_with_its_input(understanding):
    """So it never outlives a poller that was killed."""
    reader = ReaderProcess(understanding)
    child = psutil.Process(reader._process.pid)
    reader._process.stdin.close()
    child.wait(10)
    reader.close()


def test_an_orphan_does_not_linger():
    """The poller is killed while the process reads."""
    code = (
        "import time; from tests.rulebook import a_rulebook\n"
        "from intake.reader_process import ReaderProcess\n"
        "from intake.understanding import Understanding; from store.clock import SystemClock\n"
        "reader = ReaderProcess(Understanding(a_rulebook(), 'help'))\n"
        "reader.give([], SystemClock().now()); reader.take()\n"
        "print(reader._process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_process_says_when_it_has_started(understanding):
    """Until then mails are better read here."""
    with closing(ReaderProcess(understanding)) as reader:
        until(reader.is_ready)
        [batch] = _batches(1)
        reader.give(batch, NOW)
        assert reader.take() == understanding.of(batch, NOW)
