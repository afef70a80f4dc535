"""Applying the edits that findings carry to the translations of a catalog, until nothing more is to be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.spots import changed
from pipeline.model import Finding
from pipeline.validator.base import findings
from pipeline.validator.messages import CheckedCatalog, Translation, checked_catalog
from pipeline.validator.suppression import in_catalog, suppressed

_MOST_EDITS = 20  # of one translation; one that is not at rest by then stays as it was
_NO_WORD = re.compile(r"[\W_]+")

Wanted = Callable[[Finding], bool]
Place = tuple[str, str, str]  # key, source and target of a translation: what its findings say of it


@dataclass(slots=True)
class _Mending:
    """A translation on its way: ``before`` is its text at first, ``wrong`` are the rules that it broke then."""

    translation: Translation
    before: str
    wrong: frozenset[str]
    seen: set[str] = field(default_factory=set)
    edits: int = 0


def is_safe(finding: Finding) -> bool:
    """Whether the edit of a finding changes nothing that a translator has to see.

    One that its rule calls safe still may change no word outside the spot that the finding is about.
    """
    edit, spot = finding.edit, finding.spots[1]
    if edit is None or not edit.is_safe or not edit.text.strip():
        return False
    if _NO_WORD.sub("", edit.text) == _NO_WORD.sub("", finding.target):
        return True
    start, end = changed(finding.target, edit.text)
    return spot is not None and spot[0] <= start and end <= spot[1]


def mend(catalog: Catalog, path: str, is_wanted: Wanted, selected: Iterable[str] = ()) -> int:
    """Change the translations of a catalog as the edits of ``is_wanted`` findings say; return how many were applied.

    After each edit a translation is looked at again, since the next edit was made for the text before it. One that
    comes to no rest, or breaks a rule that it did not break before, stays as it was. Fuzzy and obsolete messages are
    not looked at. ``selected`` turns rules on as in `findings`.
    """
    whole = checked_catalog(catalog, path)
    words = tuple(selected)
    found = _found(whole, words)
    at_work = []
    for each in whole.translations:
        own = found.get(_place(each), ())
        if any(_is_edit(finding, is_wanted) for finding in own):
            at_work.append(_Mending(each, each.target, _broken(own)))
    mendings = at_work
    while at_work:
        at_work = [each for each in at_work if _step(each, found.get(_place(each.translation), ()), is_wanted)]
        found = _found(replace(whole, translations=tuple(each.translation for each in at_work)), words)
    return sum(each.edits for each in mendings)


def _found(checked: CheckedCatalog, selected: Sequence[str]) -> dict[Place, list[Finding]]:
    """What is wrong with translations, and not suppressed by their comments."""
    by_place: dict[Place, list[Finding]] = {}
    if checked.translations:
        for finding in suppressed(findings(checked, selected), in_catalog(checked.catalog, checked.path)):
            if finding.accepted is None:
                by_place.setdefault((finding.key, finding.source, finding.target), []).append(finding)
    return by_place


def _place(translation: Translation) -> Place:
    return translation.key, translation.source, translation.target


def _broken(found: Iterable[Finding]) -> frozenset[str]:
    return frozenset(finding.code for finding in found if finding.severity != "info")


def _is_edit(finding: Finding, is_wanted: Wanted) -> bool:
    return finding.edit is not None and finding.edit.text not in ("", finding.target) and is_wanted(finding)


def _step(mending: _Mending, found: Sequence[Finding], is_wanted: Wanted) -> bool:
    """Apply the first edit that is left, or undo all where they lead nowhere; say whether to look again."""
    edit = next((finding.edit for finding in found if _is_edit(finding, is_wanted)), None)
    is_worse = not _broken(found) <= mending.wrong
    mending.seen.add(mending.translation.target)
    if is_worse or (edit and (edit.text in mending.seen or mending.edits == _MOST_EDITS)):
        _put(mending, mending.before)
        mending.edits = 0
        return False
    if edit is None:
        return False
    _put(mending, edit.text)
    mending.edits += 1
    return True


def _put(mending: _Mending, text: str) -> None:
    """Give the message another translation; what rules have computed of the old one goes with it."""
    old = mending.translation
    new = Translation(old.message, old.source, text, old.form)
    new.source_language, new.language = old.source_language, old.language
    if old.form < 0:
        old.message.msgstr = text
    else:
        old.message.msgstr_plural[old.form] = text
    mending.translation = new
