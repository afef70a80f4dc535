"""The two tracks as the aligner sees them: English sentences and Chinese cues, with times, sizes and shared words.

Sentences are runs of whole cues here, and cost a look at each cue's last characters. Those of `subtitles.sentences` may
begin inside a cue and are found in the joined text, which is what translating needs and pairing cues has no use for.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, count
from operator import add

from pipeline.model import Cue
from pipeline.text.lexicon import shared_lexicon
from pipeline.text.words import STOP_WORDS, english_words

_SENTENCE_END = re.compile(
    r"""(?:(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bvs)\.|[!?…。！？])['"”’)\]»]*\s*$|[\])）】♪]\s*$"""
)
_ENDING = frozenset(""".!?…。！？])）】♪'"”’»""")  # what the sign of a sentence's end may end with
_TAIL = 12  # characters of a text's end that tell
_OPENS_CLAUSE = re.compile(r"(?:and|but|so|because|which|that|or|then|if|when|where|while|as|for)\b", re.IGNORECASE)
_LATIN = re.compile(r"[^\W\u2e80-\uffff]")
_FULL_WIDTH = re.compile("[\u2e81-\U0010ffff]+")
_INNER_STOP = re.compile(r"[。！？!?]+(?=\s*[^\s。！？!?”’」』）)])")
_STOPS, _QUOTES = frozenset("。！？!?…])）】♪"), "'\"”’」』"  # what a Chinese sentence ends with, and what may follow
_LONG_MS, _MANY_CUES = 20_000, 8
_SHARED_NUMBERS = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}


@dataclass(frozen=True, slots=True)
class Sentences:
    """The English side: runs of cues that end where a sentence does, in order of time.

    ``cues`` are half-open ranges of cue positions, ``sizes`` characters without blanks, ``words`` what each sentence
    says, with a weight in thousandths that is high for words that stand in few places of both tracks. A word is a number
    here, the same on both sides.
    """

    cues: list[range]
    starts: list[int]
    ends: list[int]
    sizes: list[int]
    words: list[dict[int, int]]


@dataclass(frozen=True, slots=True)
class ChineseCues:
    """The Chinese side, in order of time: ``words`` are the English words that a cue may be saying, each once.

    ``sizes`` count a half-width character as half; ``stops`` are the shares 0…1 of a cue's text at
    which sentences end inside it, and ``ended`` tells whether one ends with it; ``shared`` is what cues
    have in common with the English sentences.
    """

    starts: list[int]
    ends: list[int]
    sizes: list[float]
    words: list[tuple[int, ...]]
    stops: list[tuple[float, ...]]
    ended: list[bool]
    shared: SharedWords

    def at(self, times: Sequence[int]) -> ChineseCues:
        """The same cues at other times: first all starts, then all ends; starts never go back."""
        count = len(self.starts)
        return replace(self, starts=list(accumulate(times[:count], max)), ends=list(times[count:]))


class SharedWords:
    """The weight in thousandths of what each sentence shares with each cue; added up once for those that are asked for."""

    __slots__ = ("_first", "_meant", "_rows", "_said")

    def __init__(self, said: Sequence[dict[int, int]], meant: Sequence[tuple[int, ...]]) -> None:
        self._said, self._meant = said, meant
        self._first = [0] * len(said)  # the cue that each row begins with
        self._rows: list[list[int]] = [[] for _ in said]

    def weights(self, sentence: int, first: int, last: int) -> list[int]:
        """What the sentence shares with each of the cues ``first`` to ``last``, half open."""
        start, row = self._first[sentence], self._rows[sentence]
        end = start + len(row)
        if first < start or last > end:
            if not row or first > end or last < start:
                start, row = first, self._counted(sentence, first, last)
            else:
                row = [*self._counted(sentence, first, start), *row, *self._counted(sentence, end, last)]
                start = min(first, start)
            self._first[sentence], self._rows[sentence] = start, row
        return row[first - start : last - start]

    def _counted(self, sentence: int, first: int, last: int) -> list[int]:
        weight_of = self._said[sentence].get
        return [sum(filter(None, map(weight_of, meant))) for meant in self._meant[first:last]]


def sides(en: Sequence[Cue], zh: Sequence[Cue]) -> tuple[Sentences, ChineseCues]:
    """Both tracks, each sorted by start, as what can be compared."""
    runs = [part for run in _sentence_runs(en) for part in _parts(en, run)]
    said_by = [cue.text for cue in en]
    texts = [" ".join(said_by[run.start : run.stop]) for run in runs]
    bare = ["".join(cue.text.split()) for cue in zh]
    numbers = defaultdict[str, int](count().__next__)
    said = [_words(text, numbers) for text in texts]
    meant = _meanings(numbers, bare, zh)
    words = _weighted(said, meant)
    chinese = ChineseCues(
        starts=[cue.start_ms for cue in zh],
        ends=[max(cue.end_ms, cue.start_ms + 1) for cue in zh],
        sizes=_sizes(bare),
        words=meant,
        stops=[tuple(stop.end() / len(cue.text) for stop in _INNER_STOP.finditer(cue.text)) for cue in zh],
        ended=[text.rstrip(_QUOTES)[-1:] in _STOPS for text in bare],
        shared=SharedWords(words, meant),
    )
    english = Sentences(
        cues=runs,
        starts=[en[run.start].start_ms for run in runs],
        ends=[max(en[run[-1]].end_ms, en[run.start].start_ms + 1) for run in runs],
        sizes=[sum(map(len, text.split())) for text in texts],
        words=words,
    )
    return english, chinese


# --- sentences


def _sentence_runs(en: Sequence[Cue]) -> list[range]:
    ends = [place + 1 for place, cue in enumerate(en) if _ends_sentence(cue.text)]
    if not ends or ends[-1] < len(en):
        ends.append(len(en))
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def _ends_sentence(text: str) -> bool:
    bare = text.rstrip()
    return bare[-1:] in _ENDING and _SENTENCE_END.search(bare[-_TAIL:]) is not None


def _parts(en: Sequence[Cue], run: range) -> list[range]:
    """A run itself, or its parts where it is longer than a sentence: automatic captions have no full stops."""
    long = len(run) > _MANY_CUES or en[run[-1]].end_ms - en[run.start].start_ms > _LONG_MS
    if not long or len(run) < 2:
        return [run]
    cut = min(range(run.start + 1, run.stop), key=lambda place: _cut_cost(en, run, place))
    return _parts(en, range(run.start, cut)) + _parts(en, range(cut, run.stop))


def _cut_cost(en: Sequence[Cue], run: range, place: int) -> float:
    """How bad it is to cut a run before a cue: best in the middle, at a pause, after a comma, before a conjunction."""
    before, after = en[place - 1], en[place]
    start, end = en[run.start].start_ms, en[run[-1]].end_ms
    off_middle = abs(2 * after.start_ms - start - end) / max(1, end - start)
    pause = min(max(0, after.start_ms - before.end_ms), 600) / 300
    mark = 0.7 * (before.text.rstrip()[-1:] in ",;:—–-")
    opening = 0.3 * after.text[:1].isupper() + 0.3 * bool(_OPENS_CLAUSE.match(after.text))
    return 2 * off_middle - pause - mark - opening


# --- words


def _words(text: str, numbers: defaultdict[str, int]) -> set[int]:
    """The words of a text by their ``numbers``, which new ones get by being looked up."""
    words = set(english_words(text))
    if not words.isdisjoint(_SHARED_NUMBERS):
        words = {_SHARED_NUMBERS.get(word, word) for word in words}
    return set(map(numbers.__getitem__, words))


def _meanings(numbers: Mapping[str, int], bare: Sequence[str], zh: Sequence[Cue]) -> list[tuple[int, ...]]:
    """For each Chinese cue the words that are said and that it holds as they are or in a translation.

    ``bare`` are the texts of the cues without blanks.
    """
    lexicon = shared_lexicon()
    words_of = _translated(numbers)
    longer: dict[str, list[str]] = defaultdict(list)
    for chinese in words_of:
        if len(chinese) > 2:
            longer[chinese[:2]].append(chinese)
    openings = words_of.keys() | longer.keys()
    meanings = []
    for text, cue in zip(lexicon.simplified("\n".join(bare)).split("\n"), zh, strict=True):
        starts = openings.intersection(map(add, text, text[1:]))
        meant = [words_of[opening] for opening in starts if opening in words_of]
        meant += [words_of[term] for start in starts if start in longer for term in longer[start] if term in text]
        if _LATIN.search(text):
            meant.append({numbers[word] for word in english_words(cue.text) if word in numbers})
        meanings.append(tuple(set().union(*meant)))
    return meanings


def _translated(numbers: Mapping[str, int]) -> dict[str, set[int]]:
    """The Chinese words that are translations of the words that are said, and of which."""
    lexicon = shared_lexicon()
    words_of: dict[str, set[int]] = defaultdict(set)
    for word, number in numbers.items():
        if word not in STOP_WORDS:
            for candidate in lexicon.chinese(word):
                if len(candidate.text) > 1:  # one character means too much
                    words_of[candidate.text].add(number)
    return words_of


def _weighted(said: Sequence[set[int]], meant: Sequence[tuple[int, ...]]) -> list[dict[int, int]]:
    """The words of each sentence that some Chinese cue may be saying, weighted by how rare they are on both sides.

    In whole numbers, because their sum must not depend on the order of a set.
    """
    rare_en = _rarity(Counter(chain.from_iterable(said)), len(said))
    rare_zh = _rarity(Counter(chain.from_iterable(meant)), len(meant))
    weights = {word: round(1000 * rare_en[word] * rare) for word, rare in rare_zh.items() if word in rare_en}
    return [{word: weights[word] for word in words if word in weights} for words in said]


def _rarity(counts: Mapping[int, int], places: int) -> dict[int, float]:
    whole = math.log(max(places, 2))
    return {word: min(1.0, max(0.05, math.log(max(places, 2) / count) / whole)) for word, count in counts.items()}


def _sizes(bare: Sequence[str]) -> list[float]:
    """The sizes of texts without blanks: in one go, as most have no half-width character at all."""
    narrow = _FULL_WIDTH.sub("", "\n".join(bare)).split("\n")
    return [len(text) - len(half) / 2 for text, half in zip(bare, narrow, strict=True)]


def shared_weight(said: Mapping[int, int], meant: Sequence[int]) -> float:
    """How much of what a sentence says a Chinese cue may be saying: 1 for a word that stands nowhere else."""
    return sum(filter(None, map(said.get, meant))) / 1000
