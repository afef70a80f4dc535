"""The picture that a README shows of how far the translation is: an SVG that needs nothing from outside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pipeline.text.printable import one_line
from pipeline.text.script import display_width

_HEIGHT, _PADDING = 20, 6
# Pixels of a character at 11 px, about what the fonts below have; the text is stretched to what comes out
_WIDTHS = ((" .,:;'|!ijl", 3.4), ("frtI()[]/-", 4.5), ("mwMW%@", 10.5))
_NARROW, _CAPITAL, _WIDE = 6.6, 7.6, 11.0
_FONTS = "Verdana,Geneva,DejaVu Sans,Noto Sans CJK SC,sans-serif"
_LABEL_COLOUR = "#444"
# White reads well on all of them: the contrast is 4.9 or more (WCAG AA asks for 4.5).
_COLOURS = ((100, "#1a7f37"), (75, "#4d7300"), (25, "#8a6100"), (0, "#b3261e"))


def badge(label: str, percents: Sequence[tuple[str, int]]) -> str:
    """Return the SVG of a badge: the label, and for each (name, percent) a field in the colour of its percent.

    What it shows is also its title, for those who do not see it.
    """
    shown = [(f"{one_line(name)} {percent} %".strip(), _colour(percent)) for name, percent in percents]
    fields = [(one_line(label), _LABEL_COLOUR), *shown]
    title = escape(f"{fields[0][0]}: {', '.join(text for text, _ in shown)}")
    boxes, texts, left = [], [], 0
    for text, colour in fields:
        length = round(sum(map(_width, text)))
        width = length + 2 * _PADDING
        boxes.append(f'<rect x="{left}" width="{width}" height="{_HEIGHT}" fill="{colour}"/>')
        # textLength makes the text fit its box whatever font there is
        texts.append(f'<text x="{left + _PADDING}" y="14" textLength="{length}">{escape(text)}</text>')
        left += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left}" height="{_HEIGHT}" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n"
        f'<clipPath id="round"><rect width="{left}" height="{_HEIGHT}" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#round)">{"".join(boxes)}</g>\n'
        f'<g fill="#fff" font-family="{_FONTS}" font-size="11" aria-hidden="true">{"".join(texts)}</g>\n'
        "</svg>\n"
    )


def _colour(percent: int) -> str:
    return next((colour for least, colour in _COLOURS if percent >= least), _COLOURS[-1][1])


def _width(character: str) -> float:
    if display_width(character) == 2:
        return _WIDE
    usual = _CAPITAL if character.isupper() else _NARROW
    return next((width for characters, width in _WIDTHS if character in characters), usual)
