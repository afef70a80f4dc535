"""Subtitles as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed subtitle; times are milliseconds from the start of the medium, ``text`` has ``\\n`` between lines."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class TrackPair:
    """Cues of two tracks that say the same; indexes count from 0 in the order given, both sides are non-empty."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class TrackPairing:
    """Every cue of two tracks exactly once: in a pair or on its own.

    A Chinese time ``t`` stands at ``t * drift + offset_ms`` on the English clock.
    """

    pairs: tuple[TrackPair, ...]
    en_only: tuple[int, ...]
    zh_only: tuple[int, ...]
    offset_ms: int = 0
    drift: float = 1.0
    warnings: tuple[str, ...] = ()
