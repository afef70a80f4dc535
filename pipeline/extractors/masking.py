"""What Markdown would misread is hidden from it, byte for byte: the text keeps its length, so every offset stays true.

pulldown-cmark knows CommonMark. It does not know that a site reads Markdown again after `<br>`, that a table of HTML may
hold blank lines, that `{% include … %}` stands on its own, or what `!!! note` and `:::` begin.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.extractors.open_tags import element_ends
from pipeline.extractors.spans import Span

# What begins what is hidden, by its first character, which is quick to look for.
_OPENINGS = {
    b"<"[0]: re.compile(rb"<(?:table|style|script|br|!--|<<)", re.IGNORECASE),
    b"{"[0]: re.compile(rb"\{[%{#]"),
    b"!"[0]: re.compile(rb"!!!"),
    b"?"[0]: re.compile(rb"\?\?\?"),
    b"="[0]: re.compile(rb"==="),
    b":"[0]: re.compile(rb":::"),
}
# Pages of MyST have directives or roles, which are in braces: others need not be asked for the rest.
_MARKS_OF_MYST = (b"```{", b"+++", b"^^^", b")=\n", b")=\r")
_NO_MARKS = bytes(set(range(256)).difference(b"".join(_MARKS_OF_MYST)))
_FLAGS = re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE
_LINES = rb"""
      (?P<table>^(?:[ \t]*+<(?!table)[^>\n]*+>)*+[ \t]*+<table\b)
    | ^(?P<break>[ \t]*+<br[ \t]*+/?>)[ \t]*+\r?$
    | ^(?P<liquid>[ \t>]*+(?:(?:\{%(?:(?!%\})[^\n])*+%\}|\{\{[<%](?:(?![%>]\}\})[^\n])*+[%>]\}\})[ \t]*+)++)\r?$
    | (?:\A|\n[ \t>]*+\r?\n)(?P<first>[ \t]*+\{\{[^\n]*?\}\}[ \t]*+)\r?$
    | ^(?P<last>[ \t]*+\{\{[^\n]*?\}\}[ \t]*+)\r?$(?=\r?\n[ \t]*+\r?$|\s*+\Z)
    | ^(?P<admonition>(?P<indent>[ ]{0,40}+)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[^\n]*+)$
    | ^(?P<directive>[ \t]*+:{3,}[^\n]*+)$
    # of MyST a target, where a block or card is parted, and of VuePress a file of code
    | ^(?P<mark>[ \t>]*+(?:\([^\s()]++\)=|\+{3,}+(?:[ \t]++\{[^\n]*+)?|\^{3,}+|<<<[ \t]++[@./][^\n]*+))[ \t]*+\r?$
"""
_LINE = re.compile(_LINES, _FLAGS)
_HIDDEN = re.compile(
    rb"""
    # what any of them begins with: other places are passed over at once, most by one look at a character
    (?=[`<{ \t>!?=~:(+^\n])(?=[`<{]|^[ \t>]*+[`<{!?=~:(+^]|\n[ \t>]*+\r?\n[ \t]*+\{\{)(?:
      ^[ \t>]*+(?P<fence>`{3,}+(?![^`\n]*+`)|~{3,}+)
    | (?<![`\\])(?P<ticks>`{1,16}+)(?!`)(?:[^`\n]++|\n(?![ \t]*+\r?\n)|(?!(?P=ticks)(?!`))`++)++(?P=ticks)(?!`)
    | (?P<comment><(?<!\\<)!--)
    | (?P<opaque><(?<!\\<)(?P<name>style|script)\b[^<>]*+>)
    | (?P<region>\{%-?\s*+(?P<tag>comment|highlight|raw)\b[^%\n]*+%\})
    | (?P<hugo>\{\{<\s*+(?P<code>highlight|mermaid|math)\b(?:(?!>\}\})[^\n])*+>\}\})
    | (?P<jinja>\{\#(?=\s|-))
    |"""
    + _LINES
    + rb")",
    _FLAGS,
)
# What opens and must be closed → its end; a page may open any of them a million times and close none.
_ENDS = {
    "comment": rb"-->",
    "opaque": rb"</%(name)b\s*+>",
    "region": rb"\{%%-?\s*+end%(tag)b\s*+-?%%\}",
    "hugo": rb"\{\{<\s*+/\s*+%(code)b\s*+>\}\}",
    "jinja": rb"\#\}",
}
_BLANK = bytes(byte if byte in b"\r\n" else 0x20 for byte in range(256))  # all but line ends become blanks
_TICK = b"`"[0]
_LONGEST = 16  # ticks of a directive; more would have to be looked for up to the end of the page, number by number
_start_of = operator.methodcaller("start")  # of a match
_QUOTED = re.compile(rb'"([^"\n]+)"')
_DIRECTIVE_TITLE = re.compile(
    rb"[ \t]*:{3,}[ \t]*[\w-]+[ \t]*(?:\[(?P<bracket>[^\]\n]+)\]|(?P<plain>[^{\s][^{\n]*?))"
    rb"(?:(?<![ \t])[ \t]++)?(?:\{[^\n]*+)?\r?\Z"
)
_RULED = re.compile(r"\}[ \t\v\f]*+(?:\r\n?|\n)[ \t\v\f>]*+[=-]")
_ATTRIBUTES_ALONE = re.compile(
    r"((?:\A|[\r\n])[ \t\v\f>]*+(?<=[ \t\v\f])\{[^{}\r\n]*+)\}"
    r"(?=[ \t\v\f]*+(?:\r\n?|\n)[ \t\v\f>]*+(?:=++|-++)[ \t\v\f]*+(?:[\r\n]|\Z))"
)
_FENCE = re.compile(rb"\n[ \t>]*+(?P<fence>`{3,}+(?![^`\n]*+`)|~{3,}+)")
_AHEAD = {"fence": _FENCE, "hidden": _HIDDEN}
_FENCED = re.compile(
    rb"^[ \t]*+(?P<open>`{3,}+|~{3,}+).*?(?:^[ \t]*+(?P=open)[`~]*+[ \t]*+\r?$|\Z)", re.DOTALL | re.MULTILINE
)


class Masked(NamedTuple):
    """A page as Markdown may read it.

    ``tables`` are the byte ranges of its HTML tables, ``spans`` what was found on hidden lines (titles of admonitions),
    ``admonitions`` the offsets at which a `>` was put that is none of the author's.
    """

    text: bytes
    tables: Sequence[tuple[int, int]] = ()
    spans: Sequence[Span] = ()
    admonitions: Set[int] = frozenset()


def masked(body: bytes) -> Masked:
    """``body`` of the same length, with blanks for what Markdown would misread."""
    present = [opening.pattern for first, opening in _OPENINGS.items() if first in body and opening.search(body)]
    if b"{" in body:
        left = body.translate(None, _NO_MARKS)  # a tenth of the page: what is not in it is not in the page
        present += [re.escape(marks) for marks in _MARKS_OF_MYST if marks in left and marks in body]
    if not present:
        return Masked(body)
    mask = _Mask(body)
    mask.hide(_any_of(tuple(present)))
    return Masked(bytes(mask.hidden), mask.tables, mask.spans, mask.admonitions)


@lru_cache
def _any_of(openings: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(openings), re.IGNORECASE)


@lru_cache(maxsize=64)
def _closing(fence: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ \t>]*+" + fence + rb"[`~]*+[ \t]*+\r?$", re.MULTILINE)


def parsable(text: str) -> str:
    r"""``text`` of the same length, without what pulldown-cmark 0.13.5 panics over.

    That is a heading underlined in a quote or list whose last line is nothing but attributes, behind a blank too many.

    >>> parsable("> a\n>  {.b}\n> ---")
    '> a\n>  {.b)\n> ---'
    """
    return _ATTRIBUTES_ALONE.sub(r"\1)", text) if _RULED.search(text) else text


class _Mask:
    def __init__(self, body: bytes) -> None:
        self.body, self.hidden = body, bytearray(body)
        self.tables: list[tuple[int, int]] = []
        self.spans: list[Span] = []
        self.admonitions: set[int] = set()
        self.closing: set[int] = set()  # fences that end a directive and open nothing
        self.closes: dict[bytes, re.Match[bytes]] = {}  # the last that was found for a fence
        self.unclosed: set[bytes] = set()  # patterns of ends that the rest of the page has not
        self.table_ends: dict[int, int] | None = None
        self.ahead: dict[str, tuple[int, re.Match[bytes] | None]] = {}

    def hide(self, openings: re.Pattern[bytes]) -> None:
        """Go once over the paragraphs in which something to hide may open; what code shows is never looked into."""
        body, match = self.body, _HIDDEN.match(self.body)
        position = self._after(match) if match else 0
        for opening in map(_start_of, openings.finditer(body)):
            while (fence := self._next("fence", position)) and fence.start() < opening:
                position = self._after_fence(fence)
            if opening < position:
                continue
            # no code span goes on through a blank line
            position = max(position, body.rfind(b"\n\n", position, opening))
            while (match := self._next("hidden", position)) and match.start() <= opening:
                position = self._after(match)
            position = max(position, opening)

    def _next(self, what: str, position: int) -> re.Match[bytes] | None:
        """What is found from a position on; it is looked for again only when it has been passed."""
        looked, match = self.ahead.get(what, (len(self.body) + 1, None))
        if looked > position or (match and match.start() < position):
            match = _AHEAD[what].search(self.body, position)
            self.ahead[what] = position, match
        return match

    def _after_fence(self, match: re.Match[bytes]) -> int:
        """Go on behind a fence, or inside one that holds Markdown: its first and last lines are hidden then."""
        if match.start("fence") in self.closing:
            return match.end()
        is_directive = self.body.startswith(b"{", match.end()) and self.body[match.end() - 1] == _TICK
        return (is_directive and self._in_directive(match)) or self._behind_fence(match)

    def _in_directive(self, match: re.Match[bytes]) -> int:
        """Hide the lines that begin and end a directive, and say where what it holds begins; 0 where it holds code."""
        from pipeline.extractors.myst import directive_head  # few pages have directives

        head = directive_head(self.body, match.end()) if len(match["fence"]) <= _LONGEST else None
        close = self._close(match["fence"], head.end) if head and head.holds_markdown else None
        if not head or not close:
            return 0
        last = close.end() - len(close[0].lstrip(b"\n \t>"))
        self.spans.extend(head.spans)
        self._blank(match.start("fence"), head.end)
        self._blank(last, close.end())
        self.closing.add(last)
        return head.end

    def _close(self, fence: bytes, position: int) -> re.Match[bytes] | None:
        """What ends a directive; a page may open a million that all end at the same place."""
        close = self.closes.get(fence)
        if not close or close.start() < position:
            close = _closing(fence).search(self.body, position)
            if close:
                self.closes[fence] = close
        return close

    def _behind_fence(self, match: re.Match[bytes]) -> int:
        end = _closing(match["fence"]).search(self.body, match.end())
        return end.end() if end else len(self.body)

    def _after(self, match: re.Match[bytes]) -> int:
        """Hide what was found and say where to go on."""
        kind = match.lastgroup or ""  # of groups in groups the outer, which is closed last
        if kind == "ticks":
            return match.end()
        if kind == "fence":
            return self._after_fence(match)
        return self._element(kind, match) if kind in _ENDS else self._line(match)

    def _element(self, kind: str, match: re.Match[bytes]) -> int:
        """Hide what ends somewhere behind; where it does not, the line it stands on is looked at for itself."""
        pattern = _ENDS[kind] % {
            b"name": match["name"] or b"",
            b"tag": match["tag"] or b"",
            b"code": match["code"] or b"",
        }
        end = None if pattern in self.unclosed else re.compile(pattern, re.IGNORECASE).search(self.body, match.end())
        if end is None:
            self.unclosed.add(pattern)
            line = _LINE.match(self.body, match.start())
            return self._line(line) if line else match.end()
        if kind != "comment" or self.body.find(b"\n", match.start(), end.end()) >= 0:
            self._blank(match.start(), end.end())
        return end.end()

    def _line(self, match: re.Match[bytes]) -> int:
        """Hide a line, or the table that begins on it."""
        if match["table"]:
            return self._table(match)
        if match["admonition"]:
            self._admonition(match)
        elif match["directive"]:
            self._directive(match)
        else:
            self._blank(*match.span(next(kind for kind in _BLANKED if match[kind])))
        return match.end()

    def _table(self, match: re.Match[bytes]) -> int:
        """Hide a table up to the tag that closes it, nested tables counted; one that is never closed stays."""
        if self.table_ends is None:
            self.table_ends = element_ends(self.body, b"table", 0, len(self.body))
        end = self.table_ends.get(match.end() - len(b"<table"))
        if end is None:
            return match.end()
        self.tables.append((match.start(), end))
        self._blank(match.start(), end)
        return end

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
        """`:::tip Title` of Docusaurus, VuePress, Pandoc and MyST: the line is no text but for its title."""
        from pipeline.extractors.myst import directive_head  # as above

        head = directive_head(self.body, match.end() - len(match["directive"].lstrip(b" \t:")))
        if head:
            self.spans.extend(head.spans)
            self._blank(match.start("directive"), head.end)
            return
        title = _DIRECTIVE_TITLE.match(match["directive"])
        if title:
            group = "bracket" if title["bracket"] else "plain"
            start = match.start("directive") + title.start(group)
            self.spans.append(Span(start, start + len(title[group].rstrip()), "paragraph", "markdown"))
        self._blank(*match.span("directive"))

    def _blank(self, start: int, end: int) -> None:
        self.hidden[start:end] = self.hidden[start:end].translate(_BLANK)


_BLANKED = ("break", "liquid", "first", "last", "mark")
