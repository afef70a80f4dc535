"""What rules on messages say of translations into languages other than Chinese."""

from __future__ import annotations

import polib
import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog


def _warned(language: str, source: str, target: str, flag: str = "") -> set[str]:
    """The names of the rules that give a warning or an error on a translation, those on the header aside."""
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    catalog.append(polib.POEntry(msgid=source, msgstr=target, flags=[flag] if flag else []))
    found = findings(checked_catalog(read_catalog(str(catalog).encode(), "x.po"), "x.po"))
    return {each.name for each in found if each.severity != "info" and not each.code.startswith("PO")}


@pytest.mark.parametrize(
    ("language", "source", "target", "rule"),
    [
        ("de", "Finished", "Finished", "unchanged-prose"),
        ("de", "Your course", "Your course", "unchanged-prose"),
        ("de", "&Finished", "Fi&nished", "unchanged-prose"),
        ("de", "@COURSE@: new lesson", "@COURSE@: new lesson", "unchanged-prose"),
        ("de", "due ~~Monday~~ Friday", "fällig Montag Freitag", "emphasis-unpaired"),
        ("sv", "Is the answer right?", "Är svaret rätt ?", "final-mark"),
        ("nl", "Loading the lesson…", "De les wordt geladen...", "final-mark"),
        ("my", "First lesson", "ပထမသင်ခန်းစာ။", "final-mark"),
        ("de", "The notes [draft] of week two", "Die Notizen der zweiten Woche", "bracket-balance"),
        ("de", "Ho ho, said the king.", "Ho ho, sagte sagte der König.", "repeated-word"),
    ],
)
def test_a_fault_in_another_language_is_told(language: str, source: str, target: str, rule: str) -> None:
    assert _warned(language, source, target) == {rule}


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("de", "Python", "Python"),
        ("de", "Speed", "Speed"),
        ("de", "due ~~Monday~~ Friday", "fällig ~~Montag~~ Freitag"),
        ("de", "Slave (river)", "Sklavenfluss"),
        ("fr", "Is the answer right?", "La réponse est-elle juste ?"),
        ("de", "Both signs, @ and :", "Beide Zeichen, @ und :"),
        ("de", "Write it with -o.", "Schreibe es mit -o ."),
        ("ru", "abc ABC", "абв АБВ где ГДЕ"),
        ("de", "Ho ho, said the king.", "Ha ha, sagte der König."),
    ],
)
def test_what_languages_do_in_their_own_way_is_no_fault(language: str, source: str, target: str) -> None:
    assert not _warned(language, source, target)


def test_variables_of_objective_c_are_told_apart_by_their_names() -> None:
    assert _warned("de", "%#@lessons@ left", "noch %#@weeks@", "objc-format") == {"percent-placeholder"}
    assert not _warned("de", "%#@lessons@ of %#@weeks@", "%#@weeks@: %#@lessons@", "objc-format")
