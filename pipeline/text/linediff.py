"""What differs between two versions of a file of many lines, in time that grows with the lines and not with their square.

Lines that stand once in both versions are found first, as Bram Cohen's patience diff does; only what lies between two of
them is compared line by line.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

_Code = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
_MOST = 10_000  # pairs of lines that are compared between two anchors; where there are more, all of them are new


def unified(before: Sequence[str], after: Sequence[str], name: str, around: int = 3) -> Iterator[str]:
    """Yield the lines of a unified diff, as `patch` takes it; none where nothing differs.

    >>> print(*unified(["a", "b", "c"], ["a", "c"], "x"), sep="|")
    --- x|+++ x|@@ -1,3 +1,2 @@| a|-b| c
    """
    groups = list(_Anchored(before, after).get_grouped_opcodes(around))
    if groups:
        yield f"--- {name}"
        yield f"+++ {name}"
    for group in groups:
        (_, old, _, new, _), (_, _, old_end, _, new_end) = group[0], group[-1]
        yield f"@@ -{_place(old, old_end)} +{_place(new, new_end)} @@"
        for tag, first, last, first_new, last_new in group:
            yield from (f"{' ' if tag == 'equal' else '-'}{line}" for line in before[first:last])
            yield from (f"+{line}" for line in after[first_new:last_new] if tag != "equal")


def _place(start: int, end: int) -> str:
    return str(end) if end - start == 1 else f"{start + (end > start)},{end - start}"


class _Anchored(difflib.SequenceMatcher[str]):
    """A matcher that compares only what lies between lines which stand once in either version."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, "", "")  # it would index all lines
        self._before, self._after = before, after

    def get_opcodes(self) -> list[_Code]:
        same = _anchors(self._before, self._after)
        edges = [(-1, -1), *same, (len(self._before), len(self._after))]
        codes: list[_Code] = []
        for (old, new), (old_end, new_end) in pairwise(edges):
            codes += _between(self._before, self._after, (old + 1, old_end), (new + 1, new_end))
            codes += [("equal", old_end, old_end + 1, new_end, new_end + 1)] if old_end < len(self._before) else []
        return _joined(codes)


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of lines that stand once in both versions: the longest chain of them that is in order in both."""
    ours, theirs = _once(before), _once(after)
    pairs = [(place, theirs[line]) for line, place in ours.items() if line in theirs]
    ends: list[int] = []  # of the chains of each length, the place in ``after`` that comes first
    last: list[int] = []  # and the pair that it is of
    behind = []  # which pair each pair comes behind
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        behind.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = behind[number]
    return chain[::-1]


def _once(lines: Sequence[str]) -> dict[str, int]:
    """The places of the lines that stand once; numbers are no lines to go by, since they all move when a cue goes."""
    counts = Counter(lines)
    return {line: place for place, line in enumerate(lines) if counts[line] == 1 and not line.isdecimal()}


def _between(before: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]) -> list[_Code]:
    """What differs between two anchors."""
    ours, theirs = before[slice(*old)], after[slice(*new)]
    if len(ours) == len(theirs):
        return _line_by_line(ours, theirs, old[0], new[0])
    if len(ours) * len(theirs) <= _MOST and ours and theirs:
        found = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        return [(tag, i + old[0], j + old[0], k + new[0], m + new[0]) for tag, i, j, k, m in found]
    return [("replace" if ours and theirs else "delete" if ours else "insert", *old, *new)]


def _line_by_line(ours: Sequence[str], theirs: Sequence[str], old: int, new: int) -> list[_Code]:
    codes: list[_Code] = []
    for is_same, group in groupby(range(len(ours)), key=lambda place: ours[place] == theirs[place]):
        first, *rest = group
        end = rest[-1] + 1 if rest else first + 1
        codes.append(("equal" if is_same else "replace", old + first, old + end, new + first, new + end))
    return codes


def _joined(codes: Sequence[_Code]) -> list[_Code]:
    """The codes with those of a kind that follow each other as one."""
    joined: list[_Code] = []
    for _, group in groupby(codes, key=lambda code: code[0] == "equal"):
        same = list(group)
        (tag, old, _, new, _), (_, _, old_end, _, new_end) = same[0], same[-1]
        if tag != "equal":
            tag = "replace" if old < old_end and new < new_end else "delete" if old < old_end else "insert"
        joined.append((tag, old, old_end, new, new_end))
    return joined
