"""What the tables of `bilect align` have in common, of lists and of texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TypeVar

from pipeline.cli.table import Column, dim
from pipeline.model import Pair
from pipeline.text.tongue import _, told

Place = TypeVar("Place")


def columns_of_pairs(left: str, right: str, colours: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns for line and text on either side, with what the sides are called, for the score and the tier."""
    line = Column(_("line"), is_number=True, colour=dim)
    return (
        line, Column(_("left: {name}").format(name=left), gives=True),
        line, Column(_("right: {name}").format(name=right), gives=True),
        Column(_("score"), is_number=True), Column(_("tier"), colour=lambda tier: colours.get(tier, "")),
    )  # fmt: skip


def evidence_told(pair: Pair[Place]) -> str:
    """Return why a pair is one, in the language of the user."""
    return reduce(_and, map(told, pair.evidence)) if pair.evidence else ""


def _and(first: str, second: str) -> str:
    return _("{first}; {second}").format(first=first, second=second)


def tiers_told(tiers: Mapping[str, int], alone: int) -> str:
    """Return how many pairs of each tier there are, and how many things without a partner."""
    told = _("{accepted} accepted, {review} to review, {alone} without a partner")
    return told.format(accepted=tiers.get("accept", 0), review=tiers.get("review", 0), alone=alone)
