"""What stands beside what, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Tier = Literal["accept", "review", "none"]
Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Pair(Generic[Place]):
    """Two aligned things; ``left`` and ``right`` count from 0 (tuples of indexes where n:m is possible).

    ``score`` is 0…1; ``tier`` says whether it may be used as it is; ``evidence`` says why, in words.
    """

    left: Place
    right: Place
    score: float
    tier: Tier
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Place]):
    """Pairs sorted by their left side, and what has no partner."""

    pairs: tuple[Pair[Place], ...]
    left_only: tuple[int, ...]
    right_only: tuple[int, ...]
