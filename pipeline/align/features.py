"""What the blocks of two pages have in common: marks, words of one language, terms of two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.align.blocks import Block
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import has_han
from pipeline.text.words import STOP_WORDS, english_words, stem

__all__ = ["Features", "is_label", "is_mark", "is_word", "related", "shown"]

_MARK, _LATIN, _WORD, _TERM, _HAN_PAIR = 0.9, 0.85, 0.6, 0.7, 0.5  # how often a translation keeps each
_LONGEST_TERM = 3  # words
_MOST_WORDS = 400  # of a block
_MOST_TERMED_WORDS = 40_000  # in longer pages only single words are looked up
_MARKED, _SAME, _LABEL = "\0", "\1", "\2"  # what the name of a feature begins with, if it is no term

_Places = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class Features:
    """The features of the blocks of one page that have their like in the other.

    By name: the blocks that hold it (``places``), the blocks of the other page that hold its like (``partners``), the
    names of its like (``likes``), and how often a translation keeps it (``kept``). ``silent`` has for each block how
    many of its words have translations, and none of them stands anywhere in the other page.
    """

    places: dict[str, Sequence[int]] = field(default_factory=dict)
    partners: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    likes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kept: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    silent: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def shown(name: str) -> str:
    """The feature as it stands in a page."""
    return name.lstrip(_MARKED + _SAME + _LABEL)


def is_mark(name: str) -> bool:
    """Whether the feature is an address, code, a formula or the like."""
    return name.startswith(_MARKED)


def is_word(name: str) -> bool:
    """Whether the feature is the stem of a word, or two Han characters, of one language."""
    return name.startswith(_SAME)


def is_label(name: str) -> bool:
    """Whether the feature is a term of a heading or of what stands before a colon."""
    return name.startswith(_LABEL)


def related(left: Sequence[Block], right: Sequence[Block], lexicon: Lexicon) -> tuple[Features, Features]:
    """The features of both pages, in whatever of the two languages each is."""
    ours, theirs = Features(), Features()
    _relate_equal(ours, theirs, _marks(left), _marks(right), _MARK)
    translated = any(has_han(block.text) for block in (*left, *right))
    kept = _LATIN if translated else _WORD  # a Latin word in a Chinese text is a name
    _relate_equal(ours, theirs, _stems(_words(left)), _stems(_words(right)), kept)
    our_han, their_han = _han(left, lexicon), _han(right, lexicon)
    if any(our_han) and any(their_han):
        _relate_equal(ours, theirs, _character_pairs(our_han), _character_pairs(their_han), _HAN_PAIR)
    for prefix in ("", _LABEL):
        if prefix:
            left, right = ([block._replace(text=block.label) for block in side] for side in (left, right))
        _relate_terms(ours, theirs, _terms(_words(left)), _Han(_han(right, lexicon), lexicon, prefix))
        _relate_terms(theirs, ours, _terms(_words(right)), _Han(_han(left, lexicon), lexicon, prefix))
    return ours, theirs


def _relate_equal(ours: Features, theirs: Features, left: _Places, right: _Places, kept: float) -> None:
    for name in left:
        if name in right:
            _relate(ours, theirs, (name, left[name]), (name, right[name]), kept)


def _relate(
    ours: Features, theirs: Features, left: tuple[str, Sequence[int]], right: tuple[str, Sequence[int]], kept: float
) -> None:
    (name, lefts), (other, rights) = left, right
    ours.places[name], theirs.places[other] = lefts, rights
    ours.partners[name].update(rights)
    theirs.partners[other].update(lefts)
    ours.likes[name].append(other)
    theirs.likes[other].append(name)
    ours.kept[name], theirs.kept[other] = max(kept, ours.kept[name]), max(kept, theirs.kept[other])


def _relate_terms(english: Features, chinese: Features, terms: _Places, texts: _Han) -> None:
    """Relate English terms to the Chinese words that translate them where both stand in the pages."""
    if not texts:
        return
    for term, places in terms.items():
        words = texts.translations(term)
        for word in words:
            if held := texts.places(word):
                kept = _TERM if " " in term else _WORD
                _relate(english, chinese, (texts.prefix + term, places), (texts.prefix + word, held), kept)
        if words and " " not in term and texts.prefix + term not in english.partners:
            for place in places:
                english.silent[place] += 1


# --- what a page holds, and where


def _marks(blocks: Sequence[Block]) -> _Places:
    places: dict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        for mark in sorted(block.marks):
            places[_MARKED + mark].append(place)
    return places


def _words(blocks: Sequence[Block]) -> list[list[str]]:
    return [english_words(block.text)[:_MOST_WORDS] for block in blocks]


def _stems(words: Sequence[Sequence[str]]) -> _Places:
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(words):
        for key in dict.fromkeys(stem(word) for word in row if word not in STOP_WORDS):
            places[_SAME + key].append(place)
    return places


def _terms(words: Sequence[Sequence[str]]) -> _Places:
    places: dict[str, list[int]] = defaultdict(list)
    longest = _LONGEST_TERM if sum(map(len, words)) <= _MOST_TERMED_WORDS else 1
    for place, row in enumerate(words):
        for term in dict.fromkeys(_terms_of(row, longest)):
            places[term].append(place)
    return places


def _terms_of(words: Sequence[str], longest: int) -> Iterator[str]:
    """The words and terms that may be translated; no term begins or ends with a word that says little."""
    for start, word in enumerate(words):
        if word not in STOP_WORDS and not word[0].isdigit():
            yield word
            for end in range(start + 2, min(start + longest, len(words)) + 1):
                if words[end - 1] not in STOP_WORDS:
                    yield " ".join(words[start:end])


def _han(blocks: Sequence[Block], lexicon: Lexicon) -> list[str]:
    """The texts in simplified characters without blanks; empty where they hold no Han character."""
    return ["".join(lexicon.simplified(block.text).split()) if has_han(block.text) else "" for block in blocks]


def _character_pairs(texts: Sequence[str]) -> _Places:
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for pair in dict.fromkeys(a + b for a, b in pairwise(text) if has_han(a) and has_han(b)):
            places[_SAME + pair].append(place)
    return places


class _Han:
    """Chinese texts in which words are found by their first two characters."""

    def __init__(self, texts: Sequence[str], lexicon: Lexicon, prefix: str) -> None:
        self.prefix = prefix
        self._lexicon = lexicon
        self._text = "\n".join(texts).casefold()
        self._owners = [place for place, text in enumerate(texts) for _ in range(len(text) + 1)]
        self._starts: dict[str, list[int]] = defaultdict(list)
        for at, (first, second) in enumerate(pairwise(self._text)):
            if not first.isascii():
                self._starts[first + second].append(at)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def translations(self, term: str) -> list[str]:
        """The Chinese words for a term that have more than one character: a single one stands in many words."""
        words = (candidate.text.replace(" ", "").casefold() for candidate in self._lexicon.chinese(term))
        return [word for word in words if len(word) > 1]

    def places(self, word: str) -> list[int]:
        """The texts that hold a word of two characters or more, in order."""
        starts: Sequence[int] = self._starts.get(word[:2], ())
        if len(word) > 2:
            starts = [at for at in starts if self._text.startswith(word, at)]
        return list(dict.fromkeys(self._owners[at] for at in starts))
