"""Every setting is described, has an example that works, and stands in the example config."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_origin

import pytest
from pydantic import ValidationError

from store.policy.describe import PAGE, page
from store.policy.fields import field_at, key_of, model_at, section_of
from store.policy.load import parse
from store.policy.policy import Policy
from store.policy.section import Section
from tests.store.policy.configs import SMALLEST

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def _sections(model: type[Section] = Policy) -> Iterator[type[Section]]:
    """Yield ``model`` and every model in it."""
    yield model
    for field in model.model_fields.values():
        inside = section_of(field.annotation)
        if inside is not None:
            yield from _sections(inside)


SETTINGS = sorted({(model, name) for model in _sections() for name in model.model_fields}, key=str)


def _name(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


@pytest.mark.parametrize(("model", "name"), SETTINGS, ids=_name)
def test_every_setting_is_described_with_an_example_that_works(model, name):
    """What is on the settings page and in messages is true."""
    field = model.model_fields[name]
    assert field.description.endswith(".")
    if section_of(field.annotation) is not None and model is Policy:
        return
    wrong = []
    for example in field.examples:
        try:
            model.model_validate({key_of(name, field): example})
        except ValidationError as error:
            wrong += [each for each in error.errors() if each["type"] not in _NOT_ABOUT_IT]
    assert wrong == []


#: A model with one value in it lacks others.
_NOT_ABOUT_IT = {"missing", "default_factory_not_called"}


def test_the_settings_page_is_made_from_the_settings():
    """Run ``make docs`` after changing a description."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(("model", "name"), SETTINGS, ids=_name)
def test_every_setting_is_on_the_page(model, name):
    """Under its key, alone or behind the part it is in."""
    key = key_of(name, model.model_fields[name])
    assert re.search(rf"[`.\[{{ ]{re.escape(key)}[`.\]] ?|\b{re.escape(key)} = ", page())


def test_the_example_config_holds_every_setting():
    """Alternatives that exclude each other stand there as comments."""
    text = EXAMPLE.read_text(encoding="utf-8")
    commented = set(re.findall(r"^ *# (\w+) = ", text, re.MULTILINE))
    commented |= set(re.findall(r"^# \[+(?:\w+\.)*(\w+)\]+$", text, re.MULTILINE))
    used = set(_used(tomllib.loads(text), ()))
    missing = [
        f"{model.__name__}.{name}"
        for model, name in SETTINGS
        if (model, name) not in used and key_of(name, model.model_fields[name]) not in commented
    ]
    assert missing == []


def test_the_example_config_has_the_texts_that_hold_without_it():
    """Who begins with the example tells requesters as much as who has no texts of their own."""
    example, smallest = (
        parse(text, "config.toml").templates
        for text in (EXAMPLE.read_text(encoding="utf-8"), SMALLEST)
    )
    for name in type(smallest).model_fields:
        assert getattr(example, name).strip() == getattr(smallest, name).strip()


def _used(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[type[Section], str]]:
    """Yield the model and the field's name of every setting in a document."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _used(each, (*path, index))
    if not isinstance(value, dict):
        return
    model = _model_of(path)
    for key, each in value.items():
        if model is not None:
            for name, field in model.model_fields.items():
                if key_of(name, field) == key:
                    yield model, name
        yield from _used(each, (*path, key))


def _model_of(path: tuple[str | int, ...]) -> type[Section] | None:
    return model_at(Policy, path)


def test_what_the_smallest_config_leaves_out_is_the_default_of_the_page():
    """The page tells the truth about what happens without a setting."""
    policy = parse(SMALLEST, "config.toml")
    for path in [("desk", "allow_as"), ("matrix", "high"), ("targets", "P1")]:
        field = field_at(Policy, path)
        value: Any = policy
        for part in path:
            value = getattr(value, part)
        assert value == field.default
        assert get_origin(field.annotation) is None
