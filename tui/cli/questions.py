"""Asking on the command line: a question, a default, and again after a bad answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from store.errors import DeskwatchError

T = TypeVar("T")


def ask(question: str, default: str, understand: Callable[[str], T]) -> T:
    """Ask until ``understand`` takes the answer; return what it makes of it.

    An empty answer is the default. ``understand`` refuses with ``ValueError``, whose words
    are shown before the question is put again.

    Raises:
        DeskwatchError: There are no more answers (the end of what was piped in).
    """
    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            answer = input(prompt).strip()
            if not sys.stdin.isatty():
                print(answer)  # what was piped in is seen as if it had been typed
        except EOFError:
            print()
            raise DeskwatchError(
                f'no answer to "{question}": the input has ended; nothing was written'
            ) from None
        try:
            return understand(answer or default)
        except ValueError as error:
            print(f"  {error}")


def yes(question: str) -> bool:
    """Ask for yes or no; an empty answer is no."""
    answers = {"y": True, "yes": True, "n": False, "no": False}

    def understand(answer: str) -> bool:
        if answer.casefold() not in answers:
            raise ValueError("please answer y or n")
        return answers[answer.casefold()]

    return ask(f"{question} (y/n)", "n", understand)
