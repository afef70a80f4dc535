"""What Markdown would misread is hidden from it, byte for byte: the text keeps its length, so every offset stays true.

pulldown-cmark knows CommonMark. It does not know that a site reads Markdown again after `<br>`, that a table of HTML may
hold blank lines, that `{% include … %}` stands on its own, or what `!!! note` and `:::` begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extractors.spans import Span

_HTML_THAT_MISLEADS = re.compile(rb"<(?:table|style|script|br|!--)", re.IGNORECASE)
_OPENINGS = (b"{%", b"{{", b"{#", b"!!!", b"???", b"===", b":::")
_HIDDEN = re.compile(
    rb"""
    (?=[`<{\n]|^[ \t>!?=~:])(?:                # what any of them begins with: other places are passed over at once
      ^(?P<fence>[ \t>]*(?:`{3,}|~{3,})).*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    | (?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)
    | (?P<comment><!--.*?-->)
    | (?P<opaque><(?P<name>style|script)\b[^>]*>.*?</(?P=name)\s*>)
    | (?P<table>^(?:[ \t]*<(?!table)[^>\n]*>)*[ \t]*<table\b)
    | ^(?P<break>[ \t]*<br[ \t]*/?>)[ \t]*\r?$
    | (?P<region>\{%-?\s*(?P<tag>comment|highlight|raw)\b[^%\n]*%\}.*?\{%-?\s*end(?P=tag)\s*-?%\})
    | (?P<hugo>\{\{<\s*(?P<code>highlight|mermaid|math)\b[^\n]*?>\}\}.*?\{\{<\s*/\s*(?P=code)\s*>\}\})
    | (?P<jinja>\{\#(?=\s|-).*?\#\})
    | ^(?P<liquid>[ \t>]*(?:(?:\{%[^\n]*?%\}|\{\{[<%][^\n]*?[%>]\}\})[ \t]*)+)\r?$
    | (?:\A|\n[ \t>]*\r?\n)(?P<first>[ \t]*\{\{[^\n]*?\}\}[ \t]*)\r?$
    | ^(?P<last>[ \t]*\{\{[^\n]*?\}\}[ \t]*)\r?$(?=\r?\n[ \t]*\r?$|\s*\Z)
    | ^(?P<admonition>(?P<indent>[ ]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[^\n]*)$
    | ^(?P<directive>[ \t]*:{3,}[^\n]*)$
    )""",
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_TABLE_TAG = re.compile(rb"<(/?)table\b[^>]*>", re.IGNORECASE)
_NOT_LINE_END = re.compile(rb"[^\r\n]")
_QUOTED = re.compile(rb'"([^"\n]+)"')
_DIRECTIVE_TITLE = re.compile(
    rb"[ \t]*:{3,}[ \t]*[\w-]+[ \t]*(?:\[(?P<bracket>[^\]\n]+)\]|(?P<plain>[^{\s][^{\n]*?))[ \t]*(?:\{[^\n]*)?\r?\Z"
)
_FENCED = re.compile(rb"^(?P<open>[ \t]*(?:`{3,}|~{3,})).*?(?:^(?P=open)[`~]*[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(slots=True)
class Masked:
    """A page as Markdown may read it.

    ``tables`` are the byte ranges of its HTML tables, ``spans`` what was found on hidden lines (titles of admonitions),
    ``admonitions`` the offsets at which a `>` was put that is none of the author's.
    """

    text: bytes
    tables: list[tuple[int, int]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    admonitions: set[int] = field(default_factory=set)


def masked(body: bytes) -> Masked:
    """``body`` of the same length, with blanks for what Markdown would misread."""
    if not any(opening in body for opening in _OPENINGS) and not _HTML_THAT_MISLEADS.search(body):
        return Masked(body)
    mask = _Mask(body)
    mask.hide()
    return Masked(bytes(mask.hidden), mask.tables, mask.spans, mask.admonitions)


class _Mask:
    def __init__(self, body: bytes) -> None:
        self.body, self.hidden = body, bytearray(body)
        self.tables: list[tuple[int, int]] = []
        self.spans: list[Span] = []
        self.admonitions: set[int] = set()

    def hide(self) -> None:
        """Go over the page once; what code shows is never looked into."""
        position = 0
        while match := _HIDDEN.search(self.body, position):
            position = match.end()
            name = match.lastgroup
            if match["table"]:
                position = self._table(match)
            elif match["admonition"]:
                self._admonition(match)
            elif match["directive"]:
                self._directive(match)
            elif match["comment"]:
                if b"\n" in match[0]:
                    self._blank(*match.span())
            elif name and not match["ticks"] and not match["fence"]:
                self._blank(*next(match.span(group) for group in _BLANKED if match[group]))

    def _table(self, match: re.Match[bytes]) -> int:
        """Hide a table up to the tag that closes it, nested tables counted; one that is never closed stays."""
        depth = 1
        for tag in _TABLE_TAG.finditer(self.body, match.end()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                self.tables.append((match.start(), tag.end()))
                self._blank(match.start(), tag.end())
                return tag.end()
        return match.end()

    def _admonition(self, match: re.Match[bytes]) -> None:
        """`!!! note "Title"` of MkDocs: its title is a text, and its indented lines are no code but a quote of their own."""
        if title := _QUOTED.search(self.body, *match.span("admonition")):
            self.spans.append(Span(*title.span(1), "paragraph", "markdown"))
        self._blank(*match.span("admonition"))
        indent = len(match["indent"])
        lines = re.compile(rb"(?:^[ \t]*\r?\n|^ {%d}(?: {4}|\t)[^\n]*\n?)+" % indent, re.MULTILINE)
        if content := lines.match(self.body, min(match.end() + 1, len(self.body))):
            for code in _FENCED.finditer(self.body, *content.span()):  # a blank line in it would end the quote
                self.spans.append(Span(*code.span(), "code", "code"))
                self._blank(*code.span())
            for line in re.finditer(
                rb"^ {%d}(?= {4}|\t)[^\n]*\S" % indent,
                bytes(self.hidden[content.start() : content.end()]),
                re.MULTILINE,
            ):
                place = content.start() + line.start() + indent
                self.hidden[place : place + 1] = b">"
                self.admonitions.add(place)

    def _directive(self, match: re.Match[bytes]) -> None:
        """`:::tip Title` of Docusaurus, VuePress and Pandoc: the line is no text but for its title."""
        title = _DIRECTIVE_TITLE.match(match["directive"])
        if title:
            group = "bracket" if title["bracket"] else "plain"
            start = match.start("directive")
            self.spans.append(Span(start + title.start(group), start + title.end(group), "paragraph", "markdown"))
        self._blank(*match.span("directive"))

    def _blank(self, start: int, end: int) -> None:
        self.hidden[start:end] = _NOT_LINE_END.sub(b" ", bytes(self.hidden[start:end]))


_BLANKED = ("opaque", "break", "region", "hugo", "jinja", "liquid", "first", "last")
