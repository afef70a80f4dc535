"""How much a cue may hold and how long it is shown, by the guides that publish it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Limits(NamedTuple):
    """How wide lines are and how many one language has, how fast it is read (characters a second), how long it is shown.

    Chinese is counted in full-width characters, half-width ones by half; ``shortest``, ``longest`` and ``gap`` are
    milliseconds. Where ``final_stops`` is false, no Chinese line ends with a comma or a full stop; where ``wrap`` is false, a
    track made of two keeps their lines, however wide.
    """

    english_width: float = 42
    chinese_width: float = 16
    lines: int = 2
    english_speed: float = 20
    chinese_speed: float = 9
    shortest: int = 833
    longest: int = 7_000
    gap: int = 83  # two frames at 24 a second
    final_stops: bool = True
    wrap: bool = True


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "netflix": Limits(),
        "netflix-child": Limits(english_speed=17, chinese_speed=7),
        "netflix-sdh": Limits(chinese_speed=11),
        "netflix-sdh-child": Limits(english_speed=17, chinese_speed=9),
        "ted": Limits(english_speed=21, chinese_speed=10, shortest=1_000),
        "bbc": Limits(english_width=37, english_speed=18),
        "bilibili": Limits(chinese_width=20, lines=1, final_stops=False),
    }
)
"""What Netflix, TED and the BBC publish, by name; the BBC counts 180 words a minute, here of six characters with the blank.

Bilibili publishes no limits: what its viewers see is one line for each language, the Chinese without stops at its end.
"""
