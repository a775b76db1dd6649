"""``[[redirects]]``: how the way back to the front door is told to whom."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from store.policy.section import Section
from store.policy.shown import shown
from store.policy.suggest import meant
from store.policy.templates import template
from store.rules import templates
from store.rules.languages import LANGUAGES


def _language(value: Any) -> str:
    if value in LANGUAGES:
        return str(value)
    raise ValueError(f"{shown(value)} is no language that we tell; {meant(str(value), LANGUAGES)}")


class RedirectTemplate(Section):
    """The texts for requesters of a department, of a language, or of both."""

    department: str = Field(
        default="",
        description="Key of the department whose people get it. Left out: every department.",
        examples=["maths"],
    )
    language: Annotated[str, PlainValidator(_language)] = Field(
        default="",
        description=f"The language of what they wrote, told by its small words: "
        f"{', '.join(f'`{each}`' for each in LANGUAGES)}. Left out: any language. What fits both "
        "department and language comes first, then the language, then the department, then "
        "`[templates]`.",
        examples=["de"],
    )
    text: Annotated[str, template(templates.REDIRECT)] = Field(
        description="In place of `redirect` in `[templates]`, with the same fields.",
        examples=["{number}: Ihre Anfrage ist da. Beim nächsten Mal bitte an {address}."],
    )
    welcome: Annotated[str, template(templates.REDIRECT)] = Field(
        default="",
        description="In place of `welcome` in `[templates]`. Left out: what else fits, or that.",
        examples=["{number}: Ihre Anfrage ist da. Sie erreichen uns immer unter {address}."],
    )
