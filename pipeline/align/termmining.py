"""Terms that pages and catalogs give away: pairs that a page prints itself, and words that go together in translations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.align.termcorpus import HAN_WORD, LONGEST, SMALL, Corpus, Evidence, Proposal, Translated, cut, is_known
from pipeline.align.termlinks import associated
from pipeline.extractors.bilingual import bilingual_pairs
from pipeline.model import Page
from pipeline.text.lexicon import Lexicon
from pipeline.text.markup import plain
from pipeline.text.script import HAN, has_han
from pipeline.text.terms import term_key
from pipeline.text.words import STOP_WORDS

_SURE = 2  # words before a bracket that may all be what it translates
_MOST = 40_000  # messages that are compared, the shortest
_NEGATIONS = ("不", "非", "无", "未")  # before a word: 不安全 is no 安全
_BRACKET = re.compile(
    rf"(?P<zh>[{HAN}]{{1,{LONGEST}}})[*_”」》]*\s?"
    r"[（(]\s?[*_]*(?P<en>[A-Za-z][A-Za-z'’ -]{1,40}?[A-Za-z])[*_]*\s?(?:[,，、][^()（）]{1,20})?[）)]"
)
_SENTENCE = re.compile(r"[，。；：？！、《》,;:?!.]|\s\d|\d\s")
_REMARK = frozenset("optional recommended required video slides notes new see note example ie eg etc".split())


def mined(pages: Iterable[Page], messages: Iterable[Translated], lexicon: Lexicon) -> list[Proposal]:
    """Return the terms that pages print and translations share, the likeliest first; each English term once."""
    corpus = Corpus(_shortest(messages))
    printed = _printed(pages, corpus, lexicon)
    found = {term_key(each.en): each for each in associated(corpus, lexicon)}
    for key, seen in printed.items():
        counted = found.get(key)
        best, places = max(
            seen.items(), key=lambda pair: (len(pair[1]), pair[0] == (counted.zh if counted else ""), pair[0])
        )
        if counted and (counted.zh == best or len(places) < 2 < counted.together):
            best, score = counted.zh, max(counted.score, 0.9 if counted.zh == best else counted.score)
        else:
            score = 1 - 0.25 / len(places) if is_known(key, best, lexicon) else 0.9 - 0.2 / len(places)
            score -= 0.2 * any(word in STOP_WORDS for word in key.split())  # "Overview of Care" is a title
        together, alone = (counted.together, counted.alone) if counted and counted.zh == best else (0, 0)
        name = counted.en if counted else places[0][0]
        examples = tuple(evidence for _, evidence in places[:2]) + (counted.examples[:1] if counted else ())
        found[key] = Proposal(name, best, round(score, 3), len(places), together, alone, examples[:2])
    return sorted(found.values(), key=lambda each: (-each.score, -each.printed - each.together, each.en))


def _shortest(messages: Iterable[Translated]) -> list[Translated]:
    """Each translated message once: what is repeated proves nothing."""
    once = {message.source: message for message in messages if has_han(message.target) and not has_han(message.source)}
    whole = list(once.values())
    if len(whole) > _MOST:
        whole = sorted(whole, key=lambda message: (len(message.source), message))[:_MOST]
    return whole


# --- what is printed side by side

Places = list[tuple[str, Evidence]]


def _printed(pages: Iterable[Page], corpus: Corpus, lexicon: Lexicon) -> Mapping[str, dict[str, Places]]:
    """For the key of each English term its Chinese ones, with the form and the place of each time that it is printed."""
    found: dict[str, dict[str, Places]] = defaultdict(lambda: defaultdict(list))
    for en, zh, evidence in _of_pages(pages):
        found[term_key(en)][zh].append((en, evidence))
    for en, zh, evidence in _of_brackets(corpus, lexicon):
        found[term_key(en)][zh].append((en, evidence))
    return found


def _of_pages(pages: Iterable[Page]) -> Iterator[tuple[str, str, Evidence]]:
    for page in pages:
        for pair in bilingual_pairs(page):
            if pair.found != "neighbours" and _is_term(pair.en, pair.zh):
                place = f"{page.path}:{pair.unit.line}"
                text = plain(pair.unit.text)
                yield " ".join(pair.en.split()), pair.zh, Evidence(place, pair.en, pair.zh if pair.other else text)


def _is_term(english: str, chinese: str) -> bool:
    words = english.split()
    return (
        0 < len(words) <= 5
        and not _SENTENCE.search(english)
        and not _SENTENCE.search(chinese)
        and len(chinese) <= LONGEST
        and HAN_WORD.fullmatch(chinese.replace("-", "").replace("·", "")) is not None
        and term_key(english) not in _REMARK
        and any(word not in STOP_WORDS for word in term_key(english).split())
    )


def _of_brackets(corpus: Corpus, lexicon: Lexicon) -> Iterator[tuple[str, str, Evidence]]:
    """`中文（English）` in translations of messages that say the English too."""
    for message in corpus.messages:
        for match in _BRACKET.finditer(message.target):
            english = " ".join(match["en"].split())
            chinese = _extent(match["zh"], term_key(english), lexicon)
            if chinese and _is_term(english, chinese) and term_key(english) in term_key(message.source):
                yield english, chinese, Evidence(*message)


def _extent(chinese: str, english: str, lexicon: Lexicon) -> str:
    """How much of the Chinese before a bracket is what the bracket translates; empty where nobody can say.

    That is what a dictionary knows of it, or the words after the last small word, where they are few.
    """
    kept = ""
    words = 0
    for word in reversed(cut(chinese)):
        if word in _NEGATIONS and kept:
            return word + kept
        if word in SMALL:
            break
        kept = word + kept
        words += 1
        if is_known(english, kept, lexicon) and not chinese[: -len(kept)].endswith(_NEGATIONS):
            return kept
    return kept if words <= _SURE else ""
