"""What is said in a track, sentence by sentence: cues end where a line is full, sentences where a thought does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.model import Cue, Language
from pipeline.text.sentences import sentence_spans

_NOISE = re.compile(r"\s*(?:[-–—>]+\s*)?(?:\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】|♪.*♪?|#.*#)\s*")
_TURN = re.compile(r"\s*(?:>>|[-–—](?=\s?[A-Z\u4e00-\u9fff]))")
_OPENS_CLAUSE = re.compile(r"(?:and|but|so|because|which|that|or|then|if|when|where|while|as|for)\b", re.IGNORECASE)
_LONG, _LONG_CHINESE = 240, 60  # characters without a full stop behind them that are cut all the same
_LONGEST = 3  # times that, with one
_PAUSE_MS = 300  # after which Chinese without full stops goes on with another sentence
_GOES_ON = "，、；：,;:—–-"
_CHINESE_MARKS = frozenset("，。、；：？！）】》”’…")
_COMMAS = 3  # cues for each comma or full stop in Chinese that is written with them
_STOPPED = re.compile(r"""[。！？.!?…]["'”’」』）)\]]*$""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence in one line, and the cues that say it: each with its part of the text, and of the time.

    ``places`` are the positions of the cues in their track, from 0; of a cue that says two sentences, each has a part.
    """

    text: str
    cues: tuple[Cue, ...]
    places: tuple[int, ...]

    @property
    def shown_ms(self) -> int:
        """How long it is on the screen."""
        return sum(max(0, cue.end_ms - cue.start_ms) for cue in self.cues)


def spoken_sentences(cues: Sequence[Cue], language: Language) -> tuple[Sentence, ...]:
    """The sentences of a track in the order of time; every cue that is not blank is in one or more of them.

    Where they begin and end is a matter of their text, so that the same sentences come from cues that are cut or timed in
    another way. Only text without full stops is cut at pauses, and where it becomes too long.

    >>> said = [Cue(0, 900, "Two patients\\nare here. One"), Cue(900, 2000, "is seen first.")]
    >>> [sentence.text for sentence in spoken_sentences(said, "en")]
    ['Two patients are here.', 'One is seen first.']
    """
    is_english = language == "en"
    order = sorted(range(len(cues)), key=lambda place: (cues[place].start_ms, cues[place].end_ms))
    blank = blank_of(cues, language)
    said = [(place, text) for place in order if (text := joined_texts(cues[place].text.split("\n"), blank))]
    found = []
    for turn in _turns(said, cues, is_english):
        for parts in _sentences(turn, cues):
            found += [_sentence(few, blank) for few in _short_enough(parts, is_english)]
    return tuple(found)


def blank_of(cues: Sequence[Cue], language: Language) -> str:
    """What stands between the lines of a track when they are one: nothing in Chinese, if it has commas where clauses end."""
    if language == "en":
        return " "
    return "" if _COMMAS * sum(mark in cue.text for cue in cues for mark in "，。") >= len(cues) else " "


def joined_texts(texts: Iterable[str], blank: str) -> str:
    """Texts that follow each other as one: with a blank between them, unless a mark of Chinese stands there.

    >>> joined_texts(["今天我们要让这些数据派上用场，", "来解决一个", "叫 AUC 的"], " ")
    '今天我们要让这些数据派上用场，来解决一个 叫 AUC 的'
    """
    joined = ""
    for text in (" ".join(text.split()) for text in texts):
        is_marked = joined[-1:] in _CHINESE_MARKS or text[:1] in _CHINESE_MARKS
        are_words = (joined[-1:] + text[:1]).isascii()
        joined += text if not joined or not text or is_marked else f"{blank or ' ' * are_words}{text}"
    return joined


# --- turns: what is certainly apart


def _turns(said: Sequence[tuple[int, str]], cues: Sequence[Cue], is_english: bool) -> Iterator[list[tuple[int, str]]]:
    turn: list[tuple[int, str]] = []
    for place, text in said:
        if turn and _is_apart(cues[turn[-1][0]], turn[-1][1], cues[place], text, is_english):
            yield turn
            turn = []
        turn.append((place, text))
    if turn:
        yield turn


def _is_apart(before: Cue, last: str, after: Cue, text: str, is_english: bool) -> bool:
    """Whether a cue begins something new: a noise, the words of somebody else; in Chinese after a pause."""
    if _NOISE.fullmatch(last) or _NOISE.fullmatch(text) or _TURN.match(text):
        return True
    return not is_english and after.start_ms - before.end_ms >= _PAUSE_MS and last[-1] not in _GOES_ON


# --- sentences of a turn


def _sentences(turn: Sequence[tuple[int, str]], cues: Sequence[Cue]) -> Iterator[list[tuple[int, Cue]]]:
    """The parts of cues that each sentence of a turn is made of."""
    texts = [text for _, text in turn]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    for start, end in sentence_spans(" ".join(texts)):
        parts = []
        for number in range(bisect_right(starts, start) - 1, len(texts)):
            if starts[number] >= end:
                break
            first, last = max(0, start - starts[number]), min(len(texts[number]), end - starts[number])
            if text := texts[number][first:last].strip():
                parts.append((turn[number][0], _part(cues[turn[number][0]], texts[number], (first, last), text)))
        if parts:
            yield parts


def _part(cue: Cue, whole: str, span: tuple[int, int], text: str) -> Cue:
    """A part of a cue with its share of the time."""
    duration = max(0, cue.end_ms - cue.start_ms)
    start, end = (cue.start_ms + duration * place // max(1, len(whole)) for place in span)
    return Cue(start, cue.end_ms if span[1] >= len(whole) else end, text)


def _sentence(parts: Sequence[tuple[int, Cue]], blank: str) -> Sentence:
    cues = tuple(cue for _, cue in parts)
    return Sentence(joined_texts((cue.text for cue in cues), blank), cues, tuple(place for place, _ in parts))


# --- texts without full stops


def _short_enough(parts: list[tuple[int, Cue]], is_english: bool) -> Iterator[list[tuple[int, Cue]]]:
    """The parts in runs that are not too long: automatic captions have no full stops."""
    limit = (_LONG if is_english else _LONG_CHINESE) * (_LONGEST if _STOPPED.search(parts[-1][1].text) else 1)
    pending = [parts]
    while pending:
        run = pending.pop()
        length = sum(len(cue.text) + 1 for _, cue in run)
        if len(run) < 2 or length <= limit:
            yield run
            continue
        texts = [0, *accumulate(len(cue.text) + 1 for _, cue in run)]
        cut = min(
            range(1, len(run)), key=lambda place: cut_cost(run[place - 1][1], run[place][1], texts[place] / length)
        )
        pending += [run[cut:], run[:cut]]


def cut_cost(before: Cue, after: Cue, share: float) -> float:
    """How bad it is to cut between two cues: best in the middle (a share of 0.5), at a pause, after a mark, before a clause."""
    off_middle = abs(2 * share - 1)
    pause = min(max(0, after.start_ms - before.end_ms), 600) / 300
    mark = 0.7 * (before.text.rstrip()[-1:] in _GOES_ON) + 2.0 * bool(_STOPPED.search(before.text))
    opening = 0.3 * after.text[:1].isupper() + 0.3 * bool(_OPENS_CLAUSE.match(after.text))
    return 2 * off_middle - pause - mark - opening
