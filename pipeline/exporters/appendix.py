"""What stands at the end of a handout: the glossary as a table, and what glossary and credits are called."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.exporters.document import Both, Grid, Handout, Said
from pipeline.exporters.inline import Text
from pipeline.model import Language
from pipeline.text.script import has_han

GLOSSARY: Mapping[Language, str] = {"zh_CN": "术语表", "zh_TW": "術語表", "en": "Glossary"}
CREDITS: Mapping[Language, str] = {"zh_CN": "出处与致谢", "zh_TW": "出處與致謝", "en": "Credits"}


def glossary_grid(handout: Handout) -> Grid:
    """Return the terms of a handout as a table without heads, in the order of its languages; notes where there are any."""
    chinese: Language = next((language for language in handout.languages if language != "en"), "zh_CN")
    is_english_first = handout.languages[:1] == ("en",)
    rows: list[tuple[Both | None, ...]] = []
    for en, zh, note in handout.terms:
        both = [Both(Said(chinese, (Text(zh),)), None, "same"), Both(Said("en", (Text(en),)), None, "same")]
        rows.append((*(both[::-1] if is_english_first else both), _note(note, chinese)))
    noted = any(row[2] for row in rows)
    return Grid(tuple(row if noted else row[:2] for row in rows), has_head=False)


def _note(text: str, chinese: Language) -> Both | None:
    return Both(Said(chinese if has_han(text) else "en", (Text(text),)), None, "same") if text else None
