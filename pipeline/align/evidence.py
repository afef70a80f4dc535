"""Why two runs of blocks go together, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.align.blocks import Block
from pipeline.align.features import is_label, is_mark, is_word, shown
from pipeline.align.fit import Fit
from pipeline.text.said import said
from pipeline.text.script import folded
from pipeline.text.words import english_words, stem

__all__ = ["NOTHING_SHARED", "in_common"]

NOTHING_SHARED = said("no shared term")
_MOST_TERMS, _MOST_MARKS = 4, 2
_LONGEST_MARK = 48  # characters


def in_common(fit: Fit, lefts: range, rights: range) -> Iterator[str]:
    """What two runs share: their words, or the terms and marks that tell most."""
    ours, theirs = fit.left[lefts.start : lefts.stop], fit.right[rights.start : rights.stop]
    texts = ["".join(folded(block.text) for block in run) for run in (ours, theirs)]
    if texts[0] and texts[0] == texts[1]:
        yield said("same words")
        return
    names = fit.shared(lefts, rights)
    terms = list(dict.fromkeys(_terms(fit, names, ours, rights)))
    if terms:
        told = ", ".join(terms[:_MOST_TERMS]) + (", …" if len(terms) > _MOST_TERMS else "")
        if len(terms) == 1:
            yield said("one shared term: {terms}", terms=told)
        else:
            yield said("{count} shared terms: {terms}", count=len(terms), terms=told)
    if marks := [shown(name) for name in names if is_mark(name)]:
        yield said("in both: {marks}", marks=", ".join(_short(mark) for mark in marks[:_MOST_MARKS]))
    if not names:
        yield NOTHING_SHARED


def _terms(fit: Fit, names: Sequence[str], ours: Sequence[Block], rights: range) -> Iterator[str]:
    """The terms as ``中文=english``, whichever side is which; a word of one language once."""
    words: dict[str, str] = {}
    if any(is_word(name) for name in names):
        words = {stem(word): word for block in ours for word in english_words(block.text)}
    for name in names:
        if is_word(name):
            yield words.get(shown(name), shown(name))
        elif not is_mark(name) and not is_label(name):
            like = next(like for like in fit.features[0].likes[name] if fit.holds(like, rights))
            yield f"{name}={like}" if like.isascii() else f"{like}={name}"


def _short(mark: str) -> str:
    return mark if len(mark) <= _LONGEST_MARK else mark[: _LONGEST_MARK - 1] + "…"
