"""What rules on messages say of translations into languages other than Chinese."""

from __future__ import annotations

import polib
import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog


def _noted(language: str, source: str, target: str, flag: str = "") -> set[str]:
    """The names of the rules that give a note on a translation."""
    return {each.name for each in _found(language, source, target, flag) if each.severity == "info"}


def _warned(language: str, source: str, target: str, flag: str = "") -> set[str]:
    """The names of the rules that give a warning or an error on a translation, those on the header aside."""
    found = _found(language, source, target, flag)
    return {each.name for each in found if each.severity != "info" and not each.code.startswith("PO")}


def _found(language: str, source: str, target: str, flag: str) -> list[Finding]:
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    catalog.append(polib.POEntry(msgid=source, msgstr=target, flags=[flag] if flag else []))
    return list(findings(checked_catalog(read_catalog(str(catalog).encode(), "x.po"), "x.po")))


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
        ("de", "First part<br />Second part", "Erster Teil<br>Zweiter Teil", "tag-changed"),
        ("de", "**Note** the date.", "Das Datum *beachten*.", "emphasis-unpaired"),
        ("de", "%s of %s", "%s of %s", "unchanged-prose"),
        ("de", "Seven halves", "½²", "untranslated"),
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
        ("de", "First part<br>Second part", "Erster Teil<br />Zweiter Teil"),
        ("de", "First part<br/>Second part", "Erster Teil<br />Zweiter Teil"),
        ("de", "**Note** the date.", "**Das** Datum *beachten*."),
        ("de", "%s%s, %s%s (", "%s%s, %s%s ("),
        ("de", "%s in %s", "%s in %s ab"),
        ("de", "Up to ½", "½ Höchstens"),
        ("el", "Is it right?", "Είναι σωστό\u037e"),
        ("de", "Are you sure?!", "Sind Sie sicher?"),
        ("de", "Name of the <<topic>>", "Name <<thema>>"),
        ("ar", "Room &٣٦٠ is open.", "القاعة &360 مفتوحة."),
        ("ru", "abc ABC", "абв АБВ где ГДЕ"),
        ("de", "Ho ho, said the king.", "Ha ha, sagte der König."),
    ],
)
def test_what_languages_do_in_their_own_way_is_no_fault(language: str, source: str, target: str) -> None:
    assert not _warned(language, source, target)


def test_variables_of_objective_c_are_told_apart_by_their_names() -> None:
    assert _warned("de", "%#@lessons@ left", "noch %#@weeks@", "objc-format") == {"percent-placeholder"}
    assert not _warned("de", "%#@lessons@ of %#@weeks@", "%#@weeks@: %#@lessons@", "objc-format")


@pytest.mark.parametrize(
    ("language", "source", "target", "is_told"),
    [
        ("de", 'Press "Start" now', "Jetzt 'Start' drücken", True),
        ("de", 'Press "Start" now', "Jetzt „Start“ drücken", False),
        ("de", 'Press "Start" now', "Jetzt ‚Start‘ drücken", True),
        ("fr", 'Press "Start" now', 'Appuyez sur "Démarrer"', True),
        ("fr", 'Press "Start" now', "Appuyez sur « Démarrer »", False),
        ("fr", "The teacher's book", "C'est l'ouvrage d'aujourd'hui", False),
        ("fa", "Open '%s' first", "اول '%s' را باز کنید", True),
        ("fa", "Open '%s' first", "اول «%s» را باز کنید", False),
        ("zh_CN", 'Press "Start" now', "请按‘开始’", False),
    ],
)
def test_quotation_marks_of_another_kind_are_a_note(language: str, source: str, target: str, *, is_told: bool) -> None:
    assert ("quote-balance" in _noted(language, source, target)) == is_told


@pytest.mark.parametrize(
    ("language", "source", "target", "is_told"),
    [
        ("de", "%(who)s wrote", "%(who)s schrieb, sagt %(who)s", True),
        ("de", "%(who)s wrote", "von %(who)s", False),
        ("de", "%(n)d parts", "%(n).0s ein Teil", False),
        ("de", "{n} of {n}", "von {n}", True),
        ("de", "{n} of {n}", "{n} von {n}", False),
        ("zh_CN", "{n} of {n}", "{n}", False),
    ],
)
def test_a_named_placeholder_said_more_or_less_often_is_a_note(
    language: str, source: str, target: str, *, is_told: bool
) -> None:
    name, flag = ("percent", "python") if "%" in source else ("brace", "python-brace")
    assert (f"{name}-placeholder" in _noted(language, source, target, f"{flag}-format")) == is_told
