"""What a translator should know of a suggestion, in `#.` notes: what changed in the source, where the suggestion is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from pipeline.text.lazily import lazily

_WORD = lazily(
    r"\s*(?:[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[^\W\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]+|[^\w\s])"
)
_AROUND = 2  # words shown on either side of a change
_LONGEST = 240  # characters of a note
_LONGEST_PART = 60  # characters shown of a stretch that is only old or only new
_COMPARED = 2000  # words that are compared: the time grows with their square

CHANGED = "changed: "
SPLIT = "split: "
JOINED = "joined: "
TAKEN = "taken from: "
MEMORY = "memory: "
ALIGNED = "aligned: "
_OURS = (CHANGED, SPLIT, JOINED, TAKEN, MEMORY, ALIGNED)


def word_diff(old: str, new: str) -> str:
    """Return what changed from one text to another, with a little around it; Han text is compared by characters.

    >>> word_diff("Lecture notes are here", "Lecture notes were here")
    'Lecture notes [-are-] {+were+} here'
    """
    left, right = _WORD.findall(old)[:_COMPARED], _WORD.findall(new)[:_COMPARED]
    shown = "".join(_shown(left, right)).strip()
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1].rstrip()}…"


def change_note(old: str, new: str) -> str:
    """Return the note on what changed in a source text; "" where only blanks did."""
    shown = " ".join(word_diff(old, new).split())
    return f"{CHANGED}{shown}" if old.split() != new.split() and shown else ""


def split_notes(count: int, *, is_shared: bool) -> list[str]:
    """Return the notes on the parts of a text that was split; where its translation is not shared, the first has it."""
    parts = [f"{SPLIT}part {number} of {count}" for number in range(1, count + 1)]
    if is_shared:
        return [f"{part} of the previous text, with its part of the translation" for part in parts]
    first = f"{parts[0]} of the previous text; the translation is of the whole text"
    return [first, *(f"{part}; the first has the translation of all" for part in parts[1:])]


def with_note(notes: str, note: str) -> str:
    """Return the notes of a message with one more; "" adds none."""
    return "\n".join(filter(None, (notes, note)))


def notes_in(comment: str) -> Iterator[str]:
    """Yield the notes that were made here."""
    return (line for line in comment.split("\n") if line.startswith(_OURS))


def _shown(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    steps = _steps(left, right)
    for number, (is_same, start, end, new_start, new_end) in enumerate(steps):
        old, new = left[start:end], right[new_start:new_end]
        if is_same:
            yield _excerpt(new, is_first=number == 0, is_last=number == len(steps) - 1)
        else:
            lead = " " if new_start and any(words and words[0][0].isspace() for words in (old, new)) else ""
            marked = [f"[-{_short(old)}-]"] * bool(old) + [f"{{+{_short(new)}+}}"] * bool(new)
            yield lead + " ".join(marked)


def _steps(left: Sequence[str], right: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Return the stretches of words that are the same and those that are not, in turn."""
    steps: list[tuple[bool, int, int, int, int]] = []
    words = [[word.strip() for word in side] for side in (left, right)]
    for step in Indel.opcodes(words[0], words[1]):
        is_same = step.tag == "equal"
        if steps and steps[-1][0] == is_same:
            _, start, _, new_start, _ = steps.pop()
            steps.append((is_same, start, step.src_end, new_start, step.dest_end))
        else:
            steps.append((is_same, step.src_start, step.src_end, step.dest_start, step.dest_end))
    return steps


def _excerpt(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    begin = [] if is_first else words[:_AROUND]
    end = [] if is_last else words[-_AROUND:]
    if len(begin) + len(end) >= len(words):
        return "".join(words)
    return " …".join("".join(side) for side in (begin, end) if side or not (begin and end))


def _short(words: Sequence[str]) -> str:
    text = "".join(words).strip()
    return text if len(text) <= _LONGEST_PART else f"{text[: _LONGEST_PART - 1].rstrip()}…"
