"""Texts as long as no person writes them: each rule says what is to be said, in time that grows no faster than they do."""

from __future__ import annotations

import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.strings import quoted
from pipeline.model import Finding
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog

LONG = 200_000
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def found_in(source: str, target: str) -> list[Finding]:
    data = f"{HEADER}msgid {quoted(source)}\nmsgstr {quoted(target)}\n".encode()
    return list(findings(checked_catalog(read_catalog(data, "a.po"), "a.po")))


@pytest.mark.parametrize(
    ("piece", "code", "said"),
    [
        ("(", "M133", "the bracket ( is never closed"),
        ("(】", "M133", "the bracket 】 closes nothing"),
        ("{{ 一 ", "M112", "the sign of Liquid {{, {{, {{ and 39997 more is not in the source"),
        ("\u200e", "M143", "the translation has a left-to-right mark (U+200E)"),
    ],
)
def test_a_text_without_end_is_one_finding_of_a_rule(piece: str, code: str, said: str) -> None:
    text = piece * (LONG // len(piece))
    assert [each.message for each in found_in("Some text.", text) if each.code == code] == [said]


def test_a_character_behind_many_escapes_is_found() -> None:
    (found,) = (each for each in found_in("Is it so", '"' * LONG + "是这样(") if each.code == "M133")
    assert (found.line, found.column) == (7, len('msgstr "') + 2 * LONG + 4)


def test_thousands_of_different_addresses_are_one_finding() -> None:
    addresses = " ".join(f"https://example.org/{number}" for number in range(7_000))
    (found,) = (each for each in found_in(addresses, "没有" * 100_000) if each.code == "M115")
    assert found.message.endswith("and 6997 more is missing")
