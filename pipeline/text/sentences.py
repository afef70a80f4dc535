"""Where the sentences of an English or Chinese text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.text.lazily import lazily

__all__ = ["sentence_spans", "sentences"]

# What is never cut: code, links and their targets, wikilinks, addresses, tags, formulas, brackets.
_WHOLE = lazily(
    r"(?<!`)(?P<code>`{1,3})(?!`).{1,400}?(?<!`)(?P=code)(?!`)"
    r"|!?\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}(?:\s[^()\n]{0,200})?\)|\[\[[^\[\]\n]{1,300}\]\]"
    r"""|https?://[^\s<>，。；！？）]*[^\s<>，。；！？）.,;:!?'")\]*_]|<[^<>\n]{1,500}>|\$[^$\n]{1,300}\$"""
    r"|(?P<bracket>（[^（）\n]{0,300}）|\([^()\n]{0,300}\))"
)
_END = re.compile(r"""(?P<mark>[。！？!?]+[.…]*|\.+|…+)(?P<closing>[”’」』》】）)"'\]*_]*)(?P<blank>\s*)""")
_MARKER = r"(?:[-*+][ \t]+|\d{1,3}[.)、][ \t]+|\#{1,6}[ \t]+|\|)"
_STRUCTURE = lazily(rf"\n[ \t]*(?:\n\s*|(?={_MARKER}))|(?m:^[ \t]*\#{{1,6}}[ \t][^\n]*)(?P<heading>\n)|<br\b[^<>]*>\s*")
_OPENING = r"""["'“‘「『（(\[*_<]*"""
_GOES_ON = lazily(rf"{_OPENING}[a-z]|[,;:，、；：)）\]]")
_HAN = lazily("[\u3400-\u9fff\uf900-\ufaff]")
_SAYS = lazily("[\u4e00-\u9fff]{1,5}?(?:说|道|问|答|喊|写道|表示)")  # “走吧！”他说。
_QUOTE = frozenset("”’」』\"'")

_NEVER_AN_END = lazily(
    r"(?:^|[\s(（“‘\"'\[*_/\u3400-\u9fff])(?:e\.?g|i\.e|cf|vs|viz|resp|approx|ca|al|[Dd]ept|Univ|Assoc|Dr|Drs|Mr|Mrs|Ms|Mx|Prof"
    r"|St|Gen|Gov|Sen|Rep|Lt|Capt|Figs?|[Ee]qs?|[Ss]ecs?|[Cc]h|[Cc]hap|[Vv]ols?|pp?|eds?|Thm|Def|Lem"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\Z"
)
_PERHAPS_AN_END = lazily(
    r"(?:^|[\s(（“‘\"'\[*_/])(?:etc|et al|Inc|Ltd|Co|Corp|Jr|Sr|Ph\.D|M\.D|[ap]\.m|(?:[A-Za-z]\.)+[A-Za-z])\.\Z"
)
_NUMBERED = re.compile(r"\bNos?\.\Z")
_INITIAL = re.compile(r"(?:^|[^\w.])[A-Z]\.\Z")
_ONLY_A_NUMBER = re.compile(r"[\s>*_#(\[]*(?:\d{1,3}|[A-Za-z]|[IVX]{1,4})\.\Z")
_STARTER = lazily(
    rf"{_OPENING}(?:A|An|And|As|At|But|By|For|From|He|Her|His|How|However|I|If|In|It|Its|No|Of|On|Or|Our|She|So|That|The"
    r"|Their|Then|There|These|They|This|Those|To|We|What|When|Where|Which|While|Who|Why|With|You|Your)\b"
)
_LOOK_BACK = 40  # characters: longer than any abbreviation with the word before it


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the blanks between them.

    >>> sentences("See Dr. Li, e.g. here. Then stop! 读一读。再看看？")
    ['See Dr. Li, e.g. here.', 'Then stop!', '读一读。', '再看看？']
    """
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where each sentence starts and ends, in characters; blanks around it do not count.

    Code, links, addresses, formulas and brackets are not cut. Paragraphs, list items and headings end a sentence without
    a full stop; other line breaks do not, so a paragraph may be wrapped.
    """
    cuts = [0, *sorted({*_cuts(text)}), len(text)]
    return [span for start, end in pairwise(cuts) if (span := _stripped(text, start, end))]


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    return (start + lead, start + len(part.rstrip())) if lead < len(part) else None


def _cuts(text: str) -> Iterator[int]:
    """The places between sentences."""
    breaks = [match.end() for match in _STRUCTURE.finditer(text)]
    yield from breaks
    ends = _ends(text)
    for start, stop in pairwise([0, *breaks, len(text)]):
        begin = start
        while ends and ends[-1].start() < stop:
            match = ends.pop()
            end = min(match.end(), stop)
            if match.start() >= begin and _ends_a_sentence(text, begin, match):
                yield end
                begin = end


def _ends(text: str) -> list[re.Match[str]]:
    """What may end a sentence, the last first: the marks outside of what is not cut, and brackets that are sentences."""
    found, start = list[re.Match[str]](), 0
    for whole in (*_WHOLE.finditer(text), None):
        found += _END.finditer(text, start, whole.start() if whole else len(text))
        if not whole:
            break
        start = whole.end()
        if whole["bracket"] and (inner := _END.search(text, max(whole.start(), start - 3))) and inner.end() >= start:
            found.append(inner)
    return found[::-1]


def _ends_a_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the sentence that began at ``begin`` ends with the mark."""
    after = text[match.end() : match.end() + _LOOK_BACK]
    if not after:
        return True
    mark = match["mark"]
    if _GOES_ON.match(after) or _closes_a_remark(text, begin, match):
        return False
    if mark[0] in "。！？":
        return not (_QUOTE.intersection(match["closing"]) and _SAYS.match(after))
    if not match["blank"]:
        return (
            mark[0] in "!?."
            and bool(_HAN.match(after))
            and bool(_HAN.match(text, max(0, match.start() - 1)) or mark != ".")
        )
    return (
        mark != "." or bool(match["closing"].strip("*_")) or not _is_abbreviation(text, begin, match.start() + 1, after)
    )


def _closes_a_remark(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the mark stands in a bracket that opened within the sentence: he came (really!) and left."""
    bracket = "（" if "）" in match["closing"] else "(" if ")" in match["closing"] else ""
    opened = text.rfind(bracket, begin, match.start()) if bracket else -1
    return opened >= 0 and bool(text[begin:opened].strip())


def _is_abbreviation(text: str, begin: int, end: int, after: str) -> bool:
    before = text[max(begin, end - _LOOK_BACK) : end]
    if end - begin <= _LOOK_BACK and _ONLY_A_NUMBER.fullmatch(before):
        return True
    if _NUMBERED.search(before):
        return after[0].isdigit()
    if _NEVER_AN_END.search(before):
        return True
    return bool(_PERHAPS_AN_END.search(before) or _INITIAL.search(before)) and not (
        _STARTER.match(after) or _HAN.match(after)
    )
