"""Texts that say the same in both languages: `bilingual_halves` of one, `listed_halves` of the texts of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.text.lazily import lazily
from pipeline.text.markup import without_links
from pipeline.text.script import HAN, folded, has_han, title_of

Halves = tuple[str, str]
"""The English half and the Chinese half, markup stripped."""

MOST_OF = 0.6
"""The share of a list that must be bilingual for the list to be."""

_MARKUP = lazily(r"<[^<>]{0,500}>|\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+")
_LINE_BREAK = lazily(r"<br\s*/?>|\n", re.IGNORECASE)
_LATIN_LETTER = lazily(r"[A-Za-z\u00c0-\u024f]")
_BLANKS = lazily(r"[^\S\n]+")
_HALVES = lazily(r" ?\| ?| / | ?\n[ \n]?")
_TIGHT_SLASH = lazily(rf"(?<=[a-z]{{3}}) ?/ ?(?=[{HAN}])|(?<=[{HAN}]) ?/ ?(?=[A-Z]?[a-z]{{3}})")
_OPENING, _CLOSING = "(（[【", ")）]】"
# NLP, LeNet, Word2vec, --mode=fast
_ABBREVIATION = lazily(r"[A-Z0-9&.-]{1,8}s?|\w*[a-z0-9][A-Z]\w*|\w*\d\w*|--?\w[\w-]*(?:=\S*)?|[\d\W]+")
_REMARK = lazily(  # opens no translation
    r"包含|包括|含|已[废廢弃棄经經]|例如|比如|即[是为：:，]|参见|參見|见[第上下]|注[：:]|可选|可選|选修|選修|必修"
)


def bilingual_halves(text: str) -> Halves | None:
    """The English and the Chinese half of a text that says the same in both, markup stripped, or None.

    An abbreviation, the name of a thing or an ordinal is no half: "自然语言处理 (NLP)" is one Chinese text.

    >>> bilingual_halves("Natural Language Processing (NLP)（**自然语言处理(NLP)**）")
    ('Natural Language Processing (NLP)', '自然语言处理(NLP)')
    """
    plain = _shown(text)
    if not has_han(plain) or not _LATIN_LETTER.search(plain) or "`" in text:  # code is in neither language
        return None
    splits = [_bracket_split(plain), *(_split_at(pattern, plain) for pattern in (_HALVES, _TIGHT_SLASH))]
    for left, right in filter(None, splits):
        for english, chinese in ((left, right), (right, left)):
            if has_han(chinese) and not has_han(english) and _says_something(english):
                return english, chinese
    return None


def _says_something(english: str) -> bool:
    return _ABBREVIATION.fullmatch(english) is None and title_of(english).base != ""


def _split_at(pattern: re.Pattern[str], text: str) -> Halves | None:
    halves = [half.strip() for half in pattern.split(text)]
    return (halves[0], halves[1]) if len(halves) == 2 and all(halves) else None


def _bracket_split(text: str) -> Halves | None:
    """What stands before, and what stands in, the bracket that ends the text."""
    if not text or text[-1] not in _CLOSING:
        return None
    depth = 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] in _CLOSING) - (text[place] in _OPENING)
        if depth == 0:
            before, inside = text[:place].strip(), text[place + 1 : -1].strip()
            return (before, inside) if before and inside and not _REMARK.match(inside) else None
    return None


def listed_halves(texts: Sequence[str]) -> list[Halves | None]:
    """The halves of each text of one list or column, with what only the list can tell.

    In a list that is bilingual a half may be short or equal to the other ("CNNs（卷积神经网络）", "BERT（BERT）"); in any
    other list only an emphasised half counts, for "接口 3 (React)" is one Chinese text.

    >>> listed_halves(["Regression（回归）", "Trees（树）", "BERT（BERT）"])[2]
    ('BERT', 'BERT')
    """
    found = [bilingual_halves(text) or (_short_halves(text) if _EMPHASISED.search(text) else None) for text in texts]
    if sum(halves is not None for halves in found) < MOST_OF * len(found):
        return [halves if _EMPHASISED.search(text) else None for halves, text in zip(found, texts, strict=True)]
    return [halves or _short_halves(text) for halves, text in zip(found, texts, strict=True)]


_EMPHASISED = lazily(r"[(（]\s*(?:\*\*|__|<strong>|<b>)[^()（）]+(?:\*\*|__|</strong>|</b>)\s*[)）]\s*$", re.IGNORECASE)


def _short_halves(text: str) -> Halves | None:
    """The halves of a text that stands among bilingual ones."""
    split = _bracket_split(_shown(text))
    if not split:
        return None
    for english, chinese in (split, split[::-1]):
        if not has_han(english) and (has_han(chinese) or folded(chinese) == folded(english)):
            return english, chinese
    return None


def _shown(text: str) -> str:
    """``text`` without links and markup, with a line end for each break."""
    return _BLANKS.sub(" ", _MARKUP.sub("", _LINE_BREAK.sub("\n", without_links(text)))).strip()
