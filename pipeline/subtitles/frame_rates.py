"""The frame rates of films and videos, and the ratios that appear where subtitles were timed for another one."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from pipeline.text.said import phrase, said
from pipeline.text.series import listed

FRAME_RATES = {
    "23.976": Fraction(24_000, 1_001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30_000, 1_001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60_000, 1_001),
    "60": Fraction(60),
}
"""Name → frames a second."""

_LONGEST = 20
_MET = ("23.976", "24", "25", "29.97", "30")


def _ratios() -> dict[float, str]:
    """Stretch → how it comes about; of equal ratios the first, which is of the rates met most."""
    ratios: dict[float, str] = {}
    for first, second in permutations(_MET, 2):
        ratios.setdefault(float(FRAME_RATES[first] / FRAME_RATES[second]), f"{first}:{second}")
    return ratios


RATIOS = _ratios()
"""What times are multiplied with → the rate they were made for and the rate they are for now: ``25:23.976``."""


def frame_rate(name: str) -> Fraction:
    """The frames a second that a name stands for: ``25``, ``23.976`` (24000/1001), ``24000/1001``, ``12.5``.

    >>> frame_rate("23.98"), frame_rate("12.5")
    (Fraction(24000, 1001), Fraction(25, 2))

    Raises:
        ValueError: It is none from 1 to 1000.
    """
    try:
        rate = Fraction(name.strip() if len(name) <= _LONGEST else "")
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 1 <= rate <= 1_000:
        form = phrase("{text!r} is no frame rate: write {usual} or another from 1 to 1000")
        raise ValueError(said(form, text=name[:_LONGEST], usual=listed(_MET)))
    known = min(FRAME_RATES.values(), key=lambda other: abs(other - rate))
    return known if abs(known - rate) < Fraction(6, 1_000) else rate
