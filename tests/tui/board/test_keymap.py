"""Keys of one's own, and clashes refused with a clear error."""

from __future__ import annotations

import pytest

from store.errors import ConfigError
from tui.board.actions import ACTIONS, BY_ID
from tui.board.keymap import keymap, named, shown


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"claim": "x"}, 'config.toml [keys] claim: "x" is already resolve'),
        ({"claim": "?"}, 'config.toml [keys] claim: "?" is already help'),
        ({"down": "c"}, 'config.toml [keys] down: "c" is already claim'),
        ({"claim": "k"}, 'config.toml [keys] claim: "k" is already up'),
        ({"claim": "C,ctrl+k", "release": "V", "note": "ctrl+k"}, '"ctrl+k" is already claim'),
        (
            {"clam": "x"},
            'config.toml [keys] clam: there is no action "clam"; did you mean "claim"?',
        ),
        ({"fly": "F"}, 'there is no action "fly"; `?` on the board lists them all'),
        ({"claim": "contrl+k"}, '"contrl+k" is not a key; write e.g. "ctrl+k"'),
        ({"claim": "pgdown"}, '"pgdown" is not a key; write e.g. "pagedown"'),
        ({"claim": "shift+c"}, '"shift+c" never comes from a terminal; write "C"'),
    ],
)
def test_a_wrong_setting_is_refused(settings, line):
    """The line names the place, the action, the key, and who has it."""
    with pytest.raises(ConfigError) as refused:
        keymap(settings)
    assert [each for each in refused.value.problems if line in each] != []


def test_every_problem_is_said_at_once():
    """And each only once."""
    with pytest.raises(ConfigError) as refused:
        keymap({"claim": "x", "assign": "x", "fly": "F"})
    assert sorted(refused.value.problems) == [
        'config.toml [keys] assign: "x" is already claim',
        'config.toml [keys] assign: "x" is already resolve',
        'config.toml [keys] claim: "x" is already resolve',
        'config.toml [keys] fly: there is no action "fly"; `?` on the board lists them all',
    ]


def test_two_actions_may_swap_their_keys():
    """It is what they end up with that must not clash."""
    assert keymap({"claim": "x", "resolve": "c"}).changed == {"claim": "x", "resolve": "c"}


def test_actions_that_never_meet_may_have_the_same_key():
    """``top`` is done in the queue, ``next`` on a request."""
    assert keymap({"top": "J"}).changed == {"top": "J"}


def test_without_settings_nothing_changes():
    """Each action has its built-in keys."""
    keys = keymap({})
    assert keys.changed == {}
    assert {action.id: keys.shown(action)[0] for action in ACTIONS if len(action.keys[0]) == 1} == {
        action.id: action.keys[0] for action in ACTIONS if len(action.keys[0]) == 1
    }


@pytest.mark.parametrize(
    ("key", "name", "read"),
    [
        ("?", "question_mark", "?"),
        ("!", "exclamation_mark", "!"),
        ("/", "slash", "/"),
        (".", "full_stop", "."),
        ("-", "minus", "-"),
        ("_", "underscore", "_"),
        ("@", "at", "@"),
        ("+", "plus", "+"),
        ("C", "C", "C"),
        ("escape", "escape", "esc"),
        ("pagedown", "pagedown", "pgdn"),
        ("space", "space", "space"),
        ("comma", "comma", ","),
        ("ctrl+p", "ctrl+p", "ctrl+p"),
        ("ctrl+/", "ctrl+slash", "ctrl+/"),
        ("up", "up", "↑"),
    ],
)
def test_keys_are_named_as_textual_names_them_and_shown_as_people_read_them(key, name, read):
    """Both ways of writing a key mean the same."""
    assert (named(key), shown(named(key))) == (name, read)


def test_the_key_to_tell_is_the_first():
    """A changed one, where there is one."""
    assert keymap({"claim": "ctrl+k,C", "release": "V"}).first("claim") == "ctrl+k"
    assert keymap({}).first("help") == "?"
    assert BY_ID["help"].keys == ("?",)
