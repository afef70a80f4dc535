"""Talks that are translated by sentence: each translation cut back onto the times of the cues that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.exporters.base import Material, Output, TrackPairFiles
from pipeline.model import Cue, Language, TrackPair, TrackPairing, Unit
from pipeline.subtitles.layout import chinese_within, english_within
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.markup import converted
from pipeline.subtitles.recut import recut
from pipeline.subtitles.sentences import joined_texts
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.talk import Talk
from pipeline.subtitles.track import Track
from pipeline.text.naming import translated_name

Say = Callable[[Unit], str | None]


@dataclass(frozen=True)
class TranslatedTalk(TrackPairFiles):
    """A talk with one track made by hand; the other is made of its translation, which stands in ``language``.

    ``whole`` is that track with the source where nothing is translated; ``share`` is how many percent are.
    """

    known: TrackPairing
    talk: Talk
    language: Language
    whole: tuple[Cue, ...]
    share: int

    def __post_init__(self) -> None:
        """Say which cues belong together, so that nobody looks for it."""
        vars(self)["pairing"] = self.known


def translated_talk(name: str, talk: Talk, say: Say, language: Language) -> TranslatedTalk | None:
    """A talk with the track that its translation makes, None where nothing of it is translated.

    Each cue has the time of one of the source; where a sentence is shorter than its cues, some have none.
    """
    texts = texts_of_cues(talk, say, language)
    count = sum(bool((say(unit) or "").strip()) for unit in talk.page.units)
    if not count:
        return None
    places = [place for place, parts in sorted(texts.items()) if any(part.text and part.is_said for part in parts)]
    made = [_cue(talk, place, [part.text for part in texts[place] if part.is_said]) for place in places]
    whole = [_cue(talk, place, [part.text for part in parts]) for place, parts in sorted(texts.items())]
    cues = tuple(made)
    track = Track(talk.track.path, talk.track.format, cues, tuple(range(1, len(cues) + 1)), "utf-8", srt_bytes(cues))
    is_english = talk.page.language == "en"
    pairs = tuple(
        TrackPair(*(((place,), (number,)) if is_english else ((number,), (place,))), 1.0)
        for number, place in enumerate(places)
    )
    alone = tuple(sorted(set(range(len(talk.track.cues))) - set(places)))
    known = TrackPairing(pairs, alone if is_english else (), () if is_english else alone)
    en, zh = (talk.track, track) if is_english else (track, talk.track)
    share = 100 * count // len(talk.page.units)
    return TranslatedTalk(name, en, zh, known, talk, language, tuple(cue for cue in whole if cue.text), share)


class CutPart(NamedTuple):
    """What a cue says of a sentence, by its number: a part of its translation, or of the source."""

    sentence: int
    text: str
    is_said: bool


def texts_of_cues(talk: Talk, say: Say, language: Language) -> dict[int, list[CutPart]]:
    """What each cue of a translated talk says, by its position, sentence by sentence."""
    texts: dict[int, list[CutPart]] = defaultdict(list)
    for number, (unit, sentence) in enumerate(zip(talk.page.units, talk.sentences, strict=True)):
        said = (say(unit) or "").strip()
        parts = recut(said, sentence.cues, language) if said else tuple(cue.text for cue in sentence.cues)
        for place, part in zip(sentence.places, parts, strict=True):
            texts[place].append(CutPart(number, part, bool(said)))
    return texts


def _cue(talk: Talk, place: int, parts: Sequence[str]) -> Cue:
    cue = talk.track.cues[place]
    return Cue(cue.start_ms, cue.end_ms, joined_texts((part for part in parts if part), " "))


def whole_cues(talk: TranslatedTalk, limits: Limits, form: str) -> tuple[Cue, ...]:
    """The cues of the made track as a file of that format has them, each in lines that fit."""
    within = english_within if talk.language == "en" else chinese_within
    fitted = [Cue(cue.start_ms, cue.end_ms, within(limits, cue.text)) for cue in talk.whole]
    return tuple(sorted(converted(fitted, talk.talk.track.format, form), key=lambda cue: (cue.start_ms, cue.end_ms)))


def translated_files(material: Material, form: str, write: Callable[[Sequence[Cue]], bytes]) -> Iterator[Output]:
    """The made track of each talk that has no other in its language, as a file of its own."""
    for talk in material.tracks:
        if isinstance(talk, TranslatedTalk):
            source = f"{talk.name}.{'zh' if talk.language == 'en' else 'en'}.{form}"
            path = PurePosixPath(source).with_name(translated_name(PurePosixPath(source).name, talk.language))
            yield Output(path.as_posix(), write(whole_cues(talk, material.limits, form)), (), talk.talk.track.path)
