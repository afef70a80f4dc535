"""Texts of a handout as Markdown that reads as they do: nothing in them is a mark, a tag or a template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from pipeline.exporters.nodes import Break, Code, Image, Inline, Link, Math, NoteMark, Style, Styled, Text, plain_text
from pipeline.exporters.showing import Shown

_MARKS = re.compile(r"([\\`*_\[\]<>~$|])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_TEMPLATE = re.compile(r"\{(?=[{%:#])|(?<=[%}#])\}")  # Liquid, Jinja and the attribute lists of kramdown
_LINE_START = re.compile(r"^(\s*)(?:([#>+=:%-])|(\d{1,9})([.)])(?=\s|$))")
_TICKS = re.compile(r"`+")
_STYLES: Mapping[Style, tuple[str, str]] = {
    "emphasis": ("*", "em"), "strong": ("**", "strong"), "strike": ("~~", "del"), "subscript": ("", "sub"),
    "superscript": ("", "sup"),
}  # fmt: skip
"""The marks of each style, and its tag: beside Chinese punctuation marks are none."""


def markdown(nodes: Sequence[Inline], notes: Mapping[str, str], *, in_cell: bool = False) -> str:
    r"""Return nodes as Markdown; ``notes`` are the labels that footnotes have in the file, ``in_cell`` is that of a table.

    >>> print(markdown((Text("1. *a* <b> {{ x }}"), Styled("strong", (Text("c"),)), Code("a|b")), {}))
    1\. \*a\* \<b\> &#123;{ x }&#125;**c**`a|b`
    """
    lines = "".join(_node(node, notes, in_cell) for node in nodes).split("\n")
    if in_cell:
        return "<br>".join(line.strip() for line in lines)
    return "  \n".join(_LINE_START.sub(_escaped_start, line.strip()) for line in lines)


def text_of(shown: Shown, notes: Mapping[str, str], *, in_cell: bool = False) -> str:
    """Return a text with what is wrong with it."""
    mark = f" **{shown.mark}**" if shown.mark else ""
    return f"{markdown(shown.said.nodes, notes, in_cell=in_cell)}{mark}"


def escaped(text: str) -> str:
    """Return letters of which none is a mark."""
    return _TEMPLATE.sub(_entity, _MARKS.sub(r"\\\1", _ENTITY.sub("&amp;", text)))


def code_block(text: str, language: str) -> str:
    """Return lines of code; where a template might be run in them, as HTML."""
    if _TEMPLATE.search(text):
        return f"<pre><code>{_html_code(text)}\n</code></pre>"
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}"


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _html_code(text: str) -> str:
    """Code within a tag of HTML, each blank line with a reference: else it would end the tag."""
    return re.sub(r"\n(?=\n)", "\n&#8203;", _TEMPLATE.sub(_entity, escape(text)))


def _node(node: Inline, notes: Mapping[str, str], in_cell: bool) -> str:
    match node:
        case Text(text):
            return escaped(text.replace("\n", " "))
        case Styled(style, inside):
            return _styled(style, _inside(inside, notes, in_cell))
        case Link(url, inside):
            return _link(url, inside, notes, in_cell)
        case Code(text):
            return _code(" ".join(text.split("\n")), in_cell)
        case Math(tex):
            return _math(" ".join(tex.split()), node.is_display, in_cell)
        case Image(source, alt):
            return f"![{escaped(alt)}](<{_address(source)}>)"
        case NoteMark(label):
            return f"[^{notes[label]}]" if label in notes else escaped(f"[{label}]")
        case Break():
            return "\n"


def _styled(style: Style, text: str) -> str:
    mark, tag = _STYLES[style]
    if mark and text[:1].isalnum() and text[-1:].isalnum():
        return f"{mark}{text}{mark}"
    return f"<{tag}>{text}</{tag}>"


def _inside(nodes: Sequence[Inline], notes: Mapping[str, str], in_cell: bool) -> str:
    return "".join(_node(node, notes, in_cell) for node in nodes)


def _link(url: str, inside: Sequence[Inline], notes: Mapping[str, str], in_cell: bool) -> str:
    address = _address(url)
    if plain_text(inside) == url == address and url.startswith(("http:", "https:")):
        return f"<{url}>"
    return f"[{_inside(inside, notes, in_cell)}](<{address}>)"


def _address(url: str) -> str:
    """An address between angle brackets."""
    return re.sub(r"[<>\\\s|{}]", lambda match: f"%{ord(match[0]):02X}", url)


def _code(text: str, in_cell: bool) -> str:
    if _TEMPLATE.search(text) or (in_cell and "|" in text) or not text.strip():
        return f"<code>{escaped(text)}</code>"
    ticks = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _math(tex: str, is_display: bool, in_cell: bool) -> str:
    """TeX, in which what a reader without TeX would take for a tag or a template is written in another way."""
    tex = tex.replace("<", r"\lt ").replace(">", r"\gt ").replace("$", "").replace("`", "")
    tex = re.sub(r"\{(?=[{%:#])", "{ ", re.sub(r"(?<=[%}#])\}", " }", tex))
    dollars = "$$" if is_display else "$"
    return f"{dollars}{tex.replace('|', chr(92) + 'vert ') if in_cell else tex}{dollars}"
