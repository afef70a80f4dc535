"""The markup inside the texts of cues, and what is left of it in another format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.model import Cue
from pipeline.subtitles.ass_text import guarded, unguarded
from pipeline.text.lazily import lazily

_TAG = re.compile(r"</?(b|i|u|s|font|c|v|lang|ruby|rt)(?=[\s.>])[^<>]*>|<[0-9]{2,}:[0-9:.]+>", re.IGNORECASE)
_KEPT = {
    "srt": frozenset({"b", "i", "u", "s", "font"}),
    "vtt": frozenset({"b", "i", "u"}),
    "ass": frozenset({"b", "i", "u", "s"}),
}
_ASS = frozenset({"ass", "ssa"})
_TAGGED = frozenset({"srt", "vtt"})
# What players take for an override outside of ASS, too; {\frac{1}{2}} and {\sqrt 2} are none.
_OVERRIDES = lazily(
    r"\{(?:\\(?:an?\d{1,2}|(?:pos|move|org|i?clip|fade?|t)\((?:[^{}()]|\([^{}()]*\))*+\)|[ibus]\d+|fn[^\\{}]*|fs(?:c[xy]|p)?-?[\d.]+|fr[xyz]?-?[\d.]+"
    r"|[1-4]?c(?:&H[0-9A-Fa-f]+&?)?(?=[\\}])|(?:[1-4]?a|alpha)&H[0-9A-Fa-f]+&?|[xy]?(?:bord|shad)[\d.]+|be\d+|blur[\d.]+"
    r"|[kK][fo]?\d+|q\d|r(?=[\\}])|p\d+)\s*)++\}"
)
_PLACED = re.compile(r"\\(an?\d{1,2})(?=[\\}])")
_BLOCK = re.compile(r"\{\\[^{}]*\}")
_SWITCH = re.compile(r"\\(?:([bius])(\d+)|(r)[^\\}]*)(?=[\\}])")
_SIMPLE_TAG = re.compile(r"<(/?)([bius])(?=[\s.>])[^<>]*>", re.IGNORECASE)
_LOOKS_LIKE_TAG = re.compile(r"<(?=/?(?:b|i|u|c|v|lang|ruby|rt)(?:[\s.>])|[0-9]{2,}:[0-9])")


def converted(cues: Iterable[Cue], before: str, after: str) -> tuple[Cue, ...]:
    """The cues of one format for another: without the markup that it does not know; the words are all kept.

    Bold, italics, underlines and strikes are written as the other format writes them, and so is ``{\\an8}``.
    """
    if before == after or {before, after} == _ASS:
        return tuple(cues)
    out = _reader(before, after)
    into = _into_ass if after in _ASS else _as_it_is
    return tuple(replace(cue, text=into(out(cue.text))) for cue in cues)


def _as_it_is(text: str) -> str:
    return text


def _reader(before: str, after: str) -> Callable[[str], str]:
    """How a text is freed of what its format has, but for the tags that the other one keeps."""
    kept = _KEPT.get("ass" if after in _ASS else after, frozenset())
    has_places = before != "vtt" and (after in _ASS or after == "srt")
    is_for_vtt = after == "vtt" and before not in _TAGGED

    def left(match: re.Match[str]) -> str:
        return match[0] if (match[1] or "").lower() in kept else ""

    def without(text: str) -> str:
        if "<" not in text and "{" not in text and "&" not in text:
            return text
        if is_for_vtt:
            text = _LOOKS_LIKE_TAG.sub("&lt;", text)
        if before in _ASS:
            return _from_ass(text, kept, has_places)
        if before in _TAGGED:
            text = _TAG.sub(left, text)
            text = _OVERRIDES.sub(lambda block: _place(block[0]) if has_places else "", text)
        return text.replace("&lt;", "<") if before == "vtt" else text

    return without


def _place(block: str) -> str:
    """Where on the screen a block of overrides puts a cue, as a block of its own; empty where it does not say."""
    found = _PLACED.search(block)
    return f"{{\\{found[1]}}}" if found else ""


def _from_ass(text: str, kept: frozenset[str], has_places: bool) -> str:
    is_open: list[str] = []

    def made(block: re.Match[str]) -> str:
        tags = [
            _switched(is_open, switch) for switch in _SWITCH.finditer(block[0]) if not switch[1] or switch[1] in kept
        ]
        return (_place(block[0]) if has_places else "") + "".join(tags)

    text = _BLOCK.sub(made, text)
    return unguarded(text + "".join(f"</{name}>" for name in reversed(is_open)))


def _switched(is_open: list[str], switch: re.Match[str]) -> str:
    """The tags for an override that switches a style on or off, well nested; ``is_open`` is changed."""
    name, value = switch[1], switch[2]
    if switch[3]:
        closed = "".join(f"</{each}>" for each in reversed(is_open))
        is_open.clear()
        return closed
    if value.strip("0"):
        if name in is_open:
            return ""
        is_open.append(name)
        return f"<{name}>"
    if name not in is_open:
        return ""
    inner = is_open[is_open.index(name) + 1 :]
    is_open.remove(name)
    return "".join([*(f"</{each}>" for each in reversed([name, *inner])), *(f"<{each}>" for each in inner)])


def _into_ass(text: str) -> str:
    """A text with tags as one with overrides; what only looks like an override is text."""
    parts, end = [], 0
    for match in _OVERRIDES.finditer(text):
        parts += [guarded(text[end : match.start()]), match[0]]
        end = match.end()
    parts.append(guarded(text[end:]))
    return _SIMPLE_TAG.sub(lambda tag: f"{{\\{tag[2].lower()}{0 if tag[1] else 1}}}", "".join(parts))
