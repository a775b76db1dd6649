"""Colours that fit the terminal, and are remembered."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from tests.tui.board.school import lines, opened
from tui.board.screens.fields import Lines
from tui.board.themes import DARK, LIGHT, TERMINAL, after, fitting, remember

RICH = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_STATE_HOME": "/nowhere"}


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        (RICH, DARK),
        (RICH | {"COLORFGBG": "15;0"}, DARK),
        (RICH | {"COLORFGBG": "15;8"}, DARK),
        (RICH | {"COLORFGBG": "0;15"}, LIGHT),
        (RICH | {"COLORFGBG": "0;default;7"}, LIGHT),
        (RICH | {"NO_COLOR": "1", "COLORFGBG": "0;15"}, TERMINAL),
        (RICH | {"TERM": "linux", "COLORTERM": ""}, TERMINAL),
        (RICH | {"TERM": "xterm", "COLORTERM": ""}, TERMINAL),
        (RICH | {"TERM": "tmux-256color", "COLORTERM": ""}, DARK),
    ],
)
def test_the_first_colours_fit_the_terminal(environment, theme):
    """Sixteen colours, a light background, none wanted."""
    assert fitting(environment) is theme


def test_the_colours_chosen_last_are_remembered(tmp_path):
    """But none are shown where none are wanted."""
    environment = RICH | {"XDG_STATE_HOME": str(tmp_path)}
    remember("light", environment)
    assert fitting(environment) is LIGHT
    assert fitting(environment | {"NO_COLOR": ""}) is TERMINAL


def test_a_state_folder_that_cannot_be_written_is_no_error(tmp_path):
    """The choice holds for this time only."""
    (tmp_path / "file").write_text("")
    environment = RICH | {"XDG_STATE_HOME": str(tmp_path / "file")}
    remember("light", environment)
    assert fitting(environment) is DARK


async def test_ctrl_t_goes_round(school):
    """Dark, light, the terminal's own, and dark again."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        seen = [app.theme]
        for _ in range(3):
            await pilot.press("ctrl+t")
            seen.append(app.theme)
        assert seen == ["dark", "light", "terminal", "dark"]
        assert after("terminal") == "dark"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_without_colour_nothing_is_painted_in_one(school, monkeypatch, size):
    """Signs and words remain: every strip has the terminal's own colours."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with (app := school.board()).run_test(size=size) as pilot:
        await opened(pilot)
        colours = {
            colour
            for strip in app.screen._compositor.render_strips()
            for segment in strip.apply_filter(
                app.get_line_filters()[-1], app.screen.background_colors[0]
            )
            for colour in (segment.style.color, segment.style.bgcolor)
            if segment.style is not None and colour is not None and not colour.is_default
        }
        assert (colours, "×" in "".join(lines(app))) == (set(), True)


async def test_a_field_that_is_taken_down_can_be_painted_in_the_terminals_own_colours(
    school, monkeypatch
):
    """What has no parents any more has no background either."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    async with (app := school.board()).run_test():
        assert app.theme == "terminal"
        strips = Lines("What was typed").render_lines(Region(0, 0, 20, 2))
        assert [strip.text for strip in strips] == [" " * 20] * 2
