"""Writes the tables of keys in the documentation from the registry: ``make docs``.

``docs/keys.md`` is whole; README.md gets the keys for work between its two markers. A test
compares both with the registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.board.action import Action, Scope
from tui.board.actions import ACTIONS, BY_ID, SECTIONS
from tui.board.keymap import keymap

#: The markers in README.md.
START, END = "<!-- keys: made by `make docs` -->\n", "<!-- /keys -->"

_WHERE = {
    Scope.EVERYWHERE: "everywhere",
    Scope.QUEUE: "queue",
    Scope.REQUEST: "request",
    Scope.WORK: "queue, mine, workload and request",
    Scope.REPLY: "reply",
    Scope.INTAKE: "intake",
    Scope.COVER: "cover",
    Scope.FAIRNESS: "fairness",
    Scope.MINE: "mine",
    Scope.END_RUNS: "end-runs",
    Scope.WORKLOAD: "workload",
}
_INTRODUCTION = """\
# Keys

Every key of the board. `?` shows them there too, as they are set, and finds one as you type;
`:` finds a command by its name. In lists, what works on requests works on all marked
ones. Actions that change something outside the desk ask `y` or `n`; Enter never confirms.

A key can be changed in the config, by the name in the last column:

```toml
[keys]
claim = "c"
scroll_page_down = ["space", "pagedown"]
```

Two actions that can be done in the same place cannot have the same key; `deskwatch check`
says so. Many terminals make Esc wait a tenth of a second; whatever Esc does, Ctrl+G does too.
"""


#: What README.md tells before the keys for work, and after them.
_FIRST = ("down", "up", "open", "mark", "filter")
_LAST = ("help", "palette", "quit")


def page() -> str:
    """Return ``docs/keys.md``."""
    head = ("key", "what it does", "where", "name")
    sections = [
        f"## {name}\n\n"
        + _table(head, [[_keys(each), each.help, _WHERE[each.scope], each.id] for each in part])
        for name, part in SECTIONS.items()
    ]
    return "\n".join([_INTRODUCTION, *sections])


def readme(text: str) -> str:
    """Return the text of README.md with its table of keys made anew.

    Raises:
        ValueError: a marker is missing.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"README.md needs the markers {START.strip()} and {END}")
    work = [each.id for each in ACTIONS if each.scope is Scope.WORK]
    few = [BY_ID[id_] for id_ in (*_FIRST, *work, *_LAST)]
    table = _table(("key", "what it does"), [[_keys(each), each.help] for each in few])
    return before + start + table + end + after


def _keys(action: Action) -> str:
    shown = keymap({}).shown(action)
    return " ".join(f"`{key}`" for key in shown).replace("|", r"\|")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def main(root: Path) -> None:
    """Write both pages under ``root``."""
    (root / "docs/keys.md").write_text(page(), encoding="utf-8")
    front = root / "README.md"
    front.write_text(readme(front.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path())
