"""Two lists side by side with lines between their pairs, drawn as SVG: without scripts, fonts or other files.

The same picture has two sizes, since text that is scaled down to a phone cannot be read: `WIDE` and `NARROW`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate
from typing import Literal

from pipeline.exporters.own_words import in_chinese
from pipeline.model import Language
from pipeline.text.columns import wrapped
from pipeline.text.printable import one_line
from pipeline.text.script import display_width, language_of

Tie = Literal["accept", "review", "pinned"]
Mark = Literal["", "alone", "accepted"]


@dataclass(frozen=True, slots=True)
class Node:
    """An entry of a list: its number, its title in one or two languages, and whether it has no partner; ``note`` says why."""

    number: str
    texts: tuple[str, ...]
    mark: Mark = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A pair, as indexes from 0 into the two lists; ``note`` is what is shown when one points at the line."""

    left: int
    right: int
    tie: Tie
    note: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Two lists with their headings and the pairs between them; ``chinese`` is that of the headings and the legend."""

    headings: tuple[str, str]
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    links: tuple[Link, ...]
    chinese: Language = "zh_CN"


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of a picture in pixels; ``most`` is the number of lines that one title may take."""

    name: str
    width: int
    margin: int
    column: int
    font: int
    small: int
    number: int
    most: int

    @property
    def gap(self) -> int:
        """What is left between the two columns for the lines."""
        return self.width - 2 * (self.margin + self.column)


WIDE = Size("wide", width=960, margin=20, column=390, font=15, small=13, number=34, most=2)
NARROW = Size("narrow", width=360, margin=8, column=154, font=12, small=11, number=26, most=4)

_LETTER = (
    0.56  # the mean width of a Latin letter, in sizes of the font; a Han character is two columns wide and takes less
)
_LEADING = 1.35
_PADDING = 6
_BETWEEN = 8
_STYLE = """
.bilect-map { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC",
 "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif; }
.bilect-map .paper { fill: #ffffff; }
.bilect-map text { fill: #1f2328; }
.bilect-map .other, .bilect-map .number { fill: #59636e; }
.bilect-map .head { font-weight: 600; }
.bilect-map .box { fill: #f6f8fa; stroke: #d1d9e0; }
.bilect-map .line { fill: none; stroke-width: 2; }
.bilect-map .accept { stroke: #1a7f37; }
.bilect-map .review { stroke: #bc4c00; stroke-dasharray: 7 4; }
.bilect-map .pinned { stroke: #8250df; stroke-dasharray: 2 4; stroke-linecap: round; stroke-width: 3; }
.bilect-map .alone { stroke: #cf222e; stroke-dasharray: 3 2; }
.bilect-map .accepted { stroke: #59636e; stroke-dasharray: 3 2; }
.bilect-map .cross { fill: none; stroke-width: 2; stroke-dasharray: none; }
@media (prefers-color-scheme: dark) {
.bilect-map .paper { fill: #0d1117; }
.bilect-map text { fill: #e6edf3; }
.bilect-map .other, .bilect-map .number { fill: #9198a1; }
.bilect-map .box { fill: #151b23; stroke: #3d444d; }
.bilect-map .accept { stroke: #3fb950; }
.bilect-map .review { stroke: #f0883e; }
.bilect-map .pinned { stroke: #ab7df8; }
.bilect-map .alone { stroke: #f85149; }
.bilect-map .accepted { stroke: #9198a1; }
}
"""
_LEGEND: tuple[tuple[str, str], ...] = (
    ("accept", "可用 certain"),
    ("review", "待查 to review"),
    ("pinned", "人工指定 pinned"),
    ("alone", "无对应 no partner"),
    ("accepted", "已接受 accepted so"),
)


def drawing(title: str, description: str, panels: Sequence[Panel], size: Size) -> str:
    """Return the picture as an SVG document, which may also stand in an HTML page; the same values give the same text."""
    shown: list[str] = []
    y = float(size.margin)
    for text in wrapped(one_line(title), _columns(size.width - 2 * size.margin, size.font + 3)):
        y += (size.font + 3) * _LEADING
        shown.append(_text(size.margin, y - size.font * 0.35, text, size.font + 3, "head"))
    y = _legend(shown, panels, size, y + _BETWEEN)
    for panel in panels:
        y = _panel(shown, panel, size, y + 2 * _BETWEEN)
    height = round(y + size.margin)
    name = f"bilect-{size.name}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bilect-map {size.name}" role="img" '
        f'aria-labelledby="{name}-title {name}-text" width="{size.width}" height="{height}" '
        f'viewBox="0 0 {size.width} {height}">\n<title id="{name}-title">{_safe(title)}</title>\n'
        f'<desc id="{name}-text">{_safe(description)}</desc>\n<style>{_STYLE}</style>\n'
        f'<rect class="paper" width="{size.width}" height="{height}"/>\n'
    )
    return head + "\n".join(shown) + "\n</svg>\n"


def _safe(text: str) -> str:
    return escape(one_line(text))


def _columns(pixels: float, font: int) -> int:
    return max(4, int(pixels / (font * _LETTER)))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(x: float, y: float, text: str, font: int, kind: str = "") -> str:
    """A line of text with its language, by which a browser chooses the forms of Han characters."""
    language = language_of(text).replace("_", "-")
    mark = f' class="{kind}"' if kind else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{font}"{mark} xml:lang="{language}">{_safe(text)}</text>'


def _legend(shown: list[str], panels: Sequence[Panel], size: Size, y: float) -> float:
    """Draw what the lines and marks mean that the picture has; the y where it ends."""
    used: set[str] = {link.tie for panel in panels for link in panel.links}
    used |= {node.mark for panel in panels for node in (*panel.left, *panel.right)}
    x = float(size.margin)
    for kind, said in _LEGEND:
        if kind not in used:
            continue
        words = in_chinese(said, panels[0].chinese)
        width = 34 + len(words) * size.small * 0.75 + 14
        if x + width > size.width and x > size.margin:
            x, y = float(size.margin), y + size.small * 1.7
        middle = y + size.small * 0.65
        shown.append(
            f'<path class="line {kind}" d="M{_n(x)} {_n(middle)}h28"/>'
            if kind not in ("alone", "accepted")
            else f'<rect class="box {kind}" x="{_n(x)}" y="{_n(y)}" width="18" height="{size.small}" rx="3"/>'
            + _cross(x + 24, middle, kind)
        )
        shown.append(_text(x + 34, y + size.small, words, size.small))
        x += width
    return y + size.small * 1.5


def _cross(x: float, y: float, kind: str) -> str:
    return f'<path class="cross {kind}" d="M{_n(x - 4)} {_n(y - 4)}l8 8m0 -8l-8 8"/>'


@dataclass(slots=True)
class _Box:
    """A node with its lines as (text, is in the second language) and its place."""

    node: Node
    lines: list[tuple[str, bool]]
    height: float
    y: float = field(default=0.0)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def _panel(shown: list[str], panel: Panel, size: Size, y: float) -> float:
    """Draw two lists and their lines; the y where they end."""
    xs = float(size.margin), float(size.width - size.margin - size.column)
    tallest = y
    for x, heading in zip(xs, panel.headings, strict=True):
        for place, text in enumerate(wrapped(heading, _columns(size.column, size.font)), 1):
            tallest = max(tallest, y + place * size.font * _LEADING)
            shown.append(_text(x, y + place * size.font * _LEADING, text, size.font, "head"))
    top = tallest + _BETWEEN
    lefts, rights = ([_box(node, size) for node in nodes] for nodes in (panel.left, panel.right))
    end = top + max(_height(lefts), _height(rights))
    pairs = [(lefts[link.left], rights[link.right]) for link in panel.links]
    if _height(lefts) >= _height(rights):
        _stack(lefts, [], top, end)
        _stack(rights, pairs, top, end)
    else:
        _stack(rights, [], top, end)
        _stack(lefts, [(right, left) for left, right in pairs], top, end)
    shown += [_line(link, lefts, rights, size) for link in panel.links]
    for x, boxes, side in ((xs[0], lefts, 1), (xs[1], rights, -1)):
        shown += [part for box in boxes for part in _drawn(box, x, side, size)]
    return end


def _box(node: Node, size: Size) -> _Box:
    lines: list[tuple[str, bool]] = []
    height = 2.0 * _PADDING
    for place, text in enumerate(node.texts):
        font = size.small if place else size.font
        cut = _cut(one_line(text), _columns(size.column - size.number - _PADDING, font), size.most)
        lines += [(line, bool(place)) for line in cut]
        height += len(cut) * font * _LEADING
    return _Box(node, lines, max(height, 2 * _PADDING + size.font * _LEADING))


def _cut(text: str, columns: int, most: int) -> list[str]:
    """The lines of a title; of one that takes more than ``most`` the rest is left out, and its tooltip has it whole."""
    lines = wrapped(text[: columns * (most + 1)], columns)
    if len(lines) <= most and len(text) <= columns * (most + 1):
        return lines
    last = lines[most - 1] if len(lines) >= most else lines.pop()
    while display_width(last) > columns - 1:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _height(boxes: Sequence[_Box]) -> float:
    return sum(box.height + _BETWEEN for box in boxes)


def _stack(boxes: Sequence[_Box], pairs: Sequence[tuple[_Box, _Box]], top: float, end: float) -> None:
    """Place boxes below each other, each as level with its partners as those before and behind it allow.

    ``pairs`` are boxes that have their places, each with one of ``boxes``.
    """
    partners: dict[int, list[float]] = {}
    for placed, box in pairs:
        partners.setdefault(id(box), []).append(placed.middle)
    below = list(accumulate((box.height + _BETWEEN for box in reversed(boxes)), initial=0.0))[:0:-1]
    free = top
    for box, needed in zip(boxes, below, strict=True):
        levels = partners.get(id(box), [])
        wish = sum(levels) / len(levels) - box.height / 2 if levels else top
        box.y = max(free, min(wish, end - needed))
        free = box.y + box.height + _BETWEEN


def _line(link: Link, lefts: Sequence[_Box], rights: Sequence[_Box], size: Size) -> str:
    start, end = size.margin + size.column, size.width - size.margin - size.column
    middle, y1, y2 = _n((start + end) / 2), _n(lefts[link.left].middle), _n(rights[link.right].middle)
    path = f"M{start} {y1}C{middle} {y1} {middle} {y2} {end} {y2}"
    return f'<path class="line {link.tie}" d="{path}"><title>{_safe(link.note)}</title></path>'


def _drawn(box: _Box, x: float, side: int, size: Size) -> Iterator[str]:
    """A box with its number and its lines, and a cross on the side of the other list where it has no partner."""
    node = box.node
    whole = " · ".join(filter(None, (node.number, *node.texts, node.note)))
    yield f"<g><title>{_safe(whole)}</title>"
    yield (
        f'<rect class="{f"box {node.mark}".rstrip()}" x="{_n(x)}" y="{_n(box.y)}" width="{size.column}" '
        f'height="{_n(box.height)}" rx="5"/>'
    )
    y = box.y + _PADDING
    if node.number:
        yield _text(x + _PADDING, y + size.font, node.number, size.small, "number")
    for text, is_other in box.lines:
        font = size.small if is_other else size.font
        yield _text(x + size.number, y + font, text, font, "other" if is_other else "")
        y += font * _LEADING
    if node.mark:
        yield _cross(x + (size.column if side > 0 else 0) + side * 10, box.middle, node.mark)
    yield "</g>"
