"""The two tracks as the aligner sees them: English sentences and Chinese cues, with times, sizes and shared words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
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
_LONG_MS, _MANY_CUES = 20_000, 8
_SHARED_NUMBERS = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}


@dataclass(frozen=True, slots=True)
class Sentences:
    """The English side: runs of cues that end where a sentence does, in order of time.

    ``cues`` are half-open ranges of cue positions, ``sizes`` characters without blanks, ``words`` what each sentence
    says, with a weight in thousandths that is high for words that stand in few places of both tracks.
    """

    cues: list[range]
    starts: list[int]
    ends: list[int]
    sizes: list[int]
    words: list[dict[str, int]]


@dataclass(frozen=True, slots=True)
class ChineseCues:
    """The Chinese side, in order of time: ``words`` are the English words that a cue may be saying.

    ``sizes`` count a half-width character as half; ``stops`` are the shares 0…1 of a cue's text at
    which sentences end inside it.
    """

    starts: list[int]
    ends: list[int]
    sizes: list[float]
    words: list[frozenset[str]]
    stops: list[tuple[float, ...]]

    def at(self, times: Sequence[int]) -> ChineseCues:
        """The same cues at other times: first all starts, then all ends; starts never go back."""
        count = len(self.starts)
        return replace(self, starts=list(accumulate(times[:count], max)), ends=list(times[count:]))


def sides(en: Sequence[Cue], zh: Sequence[Cue]) -> tuple[Sentences, ChineseCues]:
    """Both tracks, each sorted by start, as what can be compared."""
    runs = [part for run in _sentence_runs(en) for part in _parts(en, run)]
    texts = [" ".join(en[place].text for place in run) for run in runs]
    said = [_words(text) for text in texts]
    meant = _meanings({word for words in said for word in words}, zh)
    chinese = ChineseCues(
        starts=[cue.start_ms for cue in zh],
        ends=[max(cue.end_ms, cue.start_ms + 1) for cue in zh],
        sizes=[_size(cue.text) for cue in zh],
        words=meant,
        stops=[tuple(stop.end() / len(cue.text) for stop in _INNER_STOP.finditer(cue.text)) for cue in zh],
    )
    english = Sentences(
        cues=runs,
        starts=[en[run.start].start_ms for run in runs],
        ends=[max(en[run[-1]].end_ms, en[run.start].start_ms + 1) for run in runs],
        sizes=[len("".join(text.split())) for text in texts],
        words=_weighted(said, meant),
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


def _words(text: str) -> frozenset[str]:
    words = frozenset(english_words(text))
    numbers = words & _SHARED_NUMBERS.keys()
    return (words - numbers).union(map(_SHARED_NUMBERS.__getitem__, numbers)) if numbers else words


def _meanings(said: set[str], zh: Sequence[Cue]) -> list[frozenset[str]]:
    """For each Chinese cue the words of ``said`` that it holds as they are or in a translation."""
    lexicon = shared_lexicon()
    words_of: dict[str, set[str]] = defaultdict(set)
    for word in said - STOP_WORDS:
        for candidate in lexicon.chinese(word):
            if len(candidate.text) > 1:  # one character means too much
                words_of[candidate.text].add(word)
    longer: dict[str, list[str]] = defaultdict(list)
    for chinese in words_of:
        if len(chinese) > 2:
            longer[chinese[:2]].append(chinese)
    openings = words_of.keys() | longer.keys()
    meanings = []
    for cue in zh:
        text = lexicon.simplified("".join(cue.text.split()))
        found = said.intersection(english_words(cue.text)) if _LATIN.search(text) else set()
        starts = openings.intersection(map(add, text, text[1:]))
        meant = [opening for opening in starts if opening in words_of]
        meant += [chinese for start in starts if start in longer for chinese in longer[start] if chinese in text]
        meanings.append(frozenset(found.union(*map(words_of.__getitem__, meant))))
    return meanings


def _weighted(said: Sequence[frozenset[str]], meant: Sequence[frozenset[str]]) -> list[dict[str, int]]:
    """The words of each sentence that some Chinese cue may be saying, weighted by how rare they are on both sides.

    In whole numbers, because their sum must not depend on the order of a set.
    """
    rare_en = _rarity(Counter(word for words in said for word in words), len(said))
    rare_zh = _rarity(Counter(word for words in meant for word in words), len(meant))
    weights = {word: round(1000 * rare_en[word] * rare) for word, rare in rare_zh.items() if word in rare_en}
    return [{word: weights[word] for word in words if word in weights} for words in said]


def _rarity(counts: Mapping[str, int], places: int) -> dict[str, float]:
    whole = math.log(max(places, 2))
    return {word: min(1.0, max(0.05, math.log(max(places, 2) / count) / whole)) for word, count in counts.items()}


def _size(text: str) -> float:
    bare = "".join(text.split())
    return (len(bare) + sum(map(len, _FULL_WIDTH.findall(bare)))) / 2


def shared_weight(said: dict[str, int], meant: frozenset[str]) -> float:
    """How much of what a sentence says a Chinese cue may be saying: 1 for a word that stands nowhere else."""
    words = said.keys()
    return 0.0 if words.isdisjoint(meant) else sum(map(said.__getitem__, words & meant)) / 1000
