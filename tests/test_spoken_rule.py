"""A translation of what is said in a talk is as long as can be read in its time."""

from __future__ import annotations

import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.project.catalog_findings import findings_in

NOTE = "#. time 0:03–0:05 · {} characters can be read in it\n"


def found(notes: str, translation: str, locale: str = "zh_CN", flag: str = "") -> list[tuple[str, str]]:
    header = f'msgid ""\nmsgstr "Language: {locale}\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    message = f'{notes}{flag}msgid "This is the whole point of what we say."\nmsgstr "{translation}"\n'
    findings = findings_in(read_catalog((header + message).encode(), "talk.po"), "talk.po")
    return [(each.severity, each.message) for each in findings if each.code == "M171"]


@pytest.mark.parametrize(
    ("room", "length", "severity"), [(18, 18, None), (18, 19, "info"), (18, 27, "info"), (18, 28, "warning")]
)
def test_what_is_longer_than_can_be_read_is_told_by_how_much(room: int, length: int, severity: str | None) -> None:
    told = found(NOTE.format(room), "向" * length)
    said = f"{length} characters long, of which {room} can be read while it is said"
    assert told == ([(severity, said)] if severity else [])


@pytest.mark.parametrize(
    "translation",
    ["向" * 12 + "a vector 1 2", "<i>" + "向" * 18 + "</i>", "向" * 18 + "\\n"],
)
def test_half_width_characters_count_half_and_markup_nothing(translation: str) -> None:
    assert found(NOTE.format(18), translation) == []


def test_what_is_said_in_a_moment_may_be_a_word() -> None:
    assert found(NOTE.format(1), "你说得对啊，是") == []
    assert found(NOTE.format(1), "你说得对啊，是吧")[0][0] == "info"


def test_a_sentence_said_twice_has_the_least_of_its_times() -> None:
    assert found(NOTE.format(30) + NOTE.format(12), "向" * 20)[0][0] == "warning"


def test_english_is_counted_in_its_own_characters() -> None:
    assert found(NOTE.format(40), "This is the whole point of what we say.", "en") == []
    assert found(NOTE.format(38), "This is the whole point of what we say.", "en")[0][0] == "info"


@pytest.mark.parametrize("notes", ["", "#. after it: 3 characters can be read in it\n", "#. time 0:03 is early\n"])
def test_what_has_no_time_may_be_long(notes: str) -> None:
    assert found(notes, "向" * 500) == []


def test_what_is_not_translated_for_good_is_not_measured() -> None:
    assert found(NOTE.format(18), "向" * 50, flag="#, fuzzy\n") == []
