"""What only the catalog as a whole tells: one source with many translations, and two writings of Chinese."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.model import Severity
from pipeline.text.printable import excerpt
from pipeline.text.said import said, said_of
from pipeline.text.script import folded, has_simplified, has_traditional, writings
from pipeline.validator.base import Found, rule
from pipeline.validator.messages import CheckedCatalog, Remark, Translation, found_in, message_rule

_END_MARKS = " .:!?…。．：！？:;；"
_SHORT = 2  # words that may mean two things: a title like "Reading" or "Notes"
_TRADITIONAL_LOCALES = ("zh_TW", "zh_HK", "zh_MO", "zh_Hant")


@rule("M151", "many-translations", "info")
def many_translations(catalog: CheckedCatalog) -> Iterator[Found]:
    """Equal texts of a catalog have one translation."""
    same: dict[str, list[Translation]] = defaultdict(list)
    count = Counter(translation.source for translation in catalog.translations)
    for translation in catalog.translations:
        if count[translation.source] > 1 and translation.form < 1:
            same[translation.source].append(translation)
    for source, translations in same.items():
        if len(source.split()) < _SHORT:
            continue
        kinds = Counter(folded(each.target.strip(_END_MARKS)) for each in translations)
        if len(kinds) > 1:
            usual = kinds.most_common(1)[0][0]
            other = next(each for each in translations if folded(each.target.strip(_END_MARKS)) != usual)
            first = next(each for each in translations if folded(each.target.strip(_END_MARKS)) == usual)
            line = first.message.linenum or 0
            text = said(
                "the same text is translated as {text} in line {line}", text=excerpt(first.target, 40), line=line
            )
            yield found_in(catalog.path, other, Remark(text, fix="use one of the two"))


@message_rule("M152", "mixed-writing", "warning")
def mixed_writing(translation: Translation) -> Iterator[Remark]:
    """A Chinese translation is in the writing of its locale, simplified or traditional."""
    if not translation.language.startswith("zh") or translation.target.isascii():
        return
    is_traditional = translation.language.startswith(_TRADITIONAL_LOCALES)
    if not (has_simplified if is_traditional else has_traditional)(translation.target):
        return
    traditional, simplified = writings(translation.target)
    wrong, right = (simplified, traditional) if is_traditional else (traditional, simplified)
    if writings(translation.source) != (0, 0):
        return
    if is_traditional:
        fix = said("write it in traditional")
        text = said_of(
            wrong,
            "the translation has {number} simplified character",
            "the translation has {number} simplified characters",
        )
    else:
        fix = said("write it in simplified")
        text = said_of(
            wrong,
            "the translation has {number} traditional character",
            "the translation has {number} traditional characters",
        )
    severity: Severity | None = None if wrong > right else "info"
    spot = next(place for place, character in enumerate(translation.target) if writings(character)[is_traditional])
    yield Remark(text, at=(spot, spot + 1), fix=fix, severity=severity)
