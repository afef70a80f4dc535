"""Whether a text is told in Chinese to the last of its sentences: each form that it is made of is in the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from pipeline.model import Finding
from pipeline.text.said import Said
from pipeline.text.tongue import _, ngettext, told

CHINESE = {"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""}
_WORDS = re.compile(r"[A-Za-z]{2}")
_VALUES = re.compile(r"\{\w+[^{}]*\}")


def speak_chinese(patch: pytest.MonkeyPatch) -> None:
    """Set the locale in which people are told things in Chinese."""
    for name, value in CHINESE.items():
        patch.setenv(name, value)


def left_in_english(found: Iterable[Finding]) -> list[str]:
    """The forms of what findings say that no catalog has a translation for."""
    return [form for each in found for text in (each.message, each.fix) for form in in_english(text)]


def in_english(text: str) -> list[str]:
    """The forms of a text that no catalog has a translation for; what has only values in it needs none."""
    left: list[str] = []

    def look_up(one: str, many: str, number: int) -> str:
        chinese = _(one) if one == many else ngettext(one, many, number)
        if chinese in (one, many) and _WORDS.search(_VALUES.sub("", many)):
            left.append(many)
        return chinese

    if isinstance(text, Said):
        assert text.told(look_up) == told(text)
    elif text and told(text) == text:
        left.append(text)
    return left
