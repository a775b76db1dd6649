"""The colours of the board: one accent, red for what is late or a gap, amber for at risk.

``dark`` and ``light`` bring their own colours; ``terminal`` uses the sixteen that the terminal
has, on its own background. With NO_COLOR, ``terminal`` is used without any colour: every
meaning also has its word or sign.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from textual.theme import Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#6cb0f0",
    accent="#6cb0f0",
    secondary="#8b95a5",
    foreground="#d7dbe2",
    background="#15181d",
    surface="#1b1f26",
    panel="#20252d",
    success="#d7dbe2",
    warning="#dfae4e",
    error="#f4686c",
    variables={
        "foreground-muted": "#8b95a5",
        "text-error": "#f4686c",
        "text-warning": "#dfae4e",
        "rule": "#333a45",
        "cursor": "#263445",
        "cursor-blurred": "#20252d",
        "scrollbar": "#3a424e",
        "scrollbar-hover": "#566173",
        "scrollbar-active": "#6cb0f0",
        "scrollbar-background": "#15181d",
        "scrollbar-background-hover": "#15181d",
        "scrollbar-background-active": "#15181d",
    },
)
LIGHT = Theme(
    name="light",
    dark=False,
    primary="#0b62b8",
    accent="#0b62b8",
    secondary="#5f6874",
    foreground="#22272e",
    background="#fbfaf7",
    surface="#f3f2ee",
    panel="#ecebe6",
    success="#22272e",
    warning="#8f5b00",
    error="#bf1d2b",
    variables={
        "foreground-muted": "#626b77",
        "text-error": "#bf1d2b",
        "text-warning": "#8f5b00",
        "rule": "#d3d1c9",
        "cursor": "#d9e6f5",
        "cursor-blurred": "#ecebe6",
        "scrollbar": "#c9c7bf",
        "scrollbar-hover": "#a5a39b",
        "scrollbar-active": "#0b62b8",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
    },
)
TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    accent="ansi_cyan",
    secondary="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_default",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "foreground-muted": "ansi_default",
        "text-error": "ansi_red",
        "text-warning": "ansi_yellow",
        "rule": "ansi_default",
        "cursor": "ansi_default",
        "cursor-blurred": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_cyan",
        "screen-selection-background": "ansi_default",
        "screen-selection-foreground": "ansi_cyan",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-text-style": "reverse",
        "scrollbar": "ansi_default",
        "scrollbar-hover": "ansi_cyan",
        "scrollbar-active": "ansi_cyan",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
THEMES = (DARK, LIGHT, TERMINAL)

_LIGHTEST_DARK = 6
"""COLORFGBG names a background from 0 to 15; 7 and 9 to 15 are light ones."""


def fitting(environment: Mapping[str, str] = os.environ) -> Theme:
    """Return the theme for the terminal that the environment describes, or the one chosen last."""
    if "NO_COLOR" in environment:
        return TERMINAL
    with suppress(OSError):
        chosen = _memory(environment).read_text(encoding="utf-8").strip()
        for theme in THEMES:
            if theme.name == chosen:
                return theme
    deep = environment.get("COLORTERM") in {"truecolor", "24bit"}
    if not deep and "256color" not in environment.get("TERM", ""):
        return TERMINAL
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    light = background.isdigit() and int(background) > _LIGHTEST_DARK and background != "8"
    return LIGHT if light else DARK


def after(name: str) -> str:
    """Return the theme that follows the one of this name."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)]


def remember(name: str, environment: Mapping[str, str] = os.environ) -> None:
    """Begin with the theme of this name from now on."""
    with suppress(OSError):
        memory = _memory(environment)
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(f"{name}\n", encoding="utf-8")


def _memory(environment: Mapping[str, str]) -> Path:
    """Return where the choice is kept (XDG base directories: state)."""
    state = environment.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "deskwatch" / "colours"
