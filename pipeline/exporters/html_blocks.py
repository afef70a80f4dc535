"""The pages of a handout as HTML: its blocks in the layout of the handout, each text in an element that says its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from pipeline.exporters.document import (
    Block,
    Both,
    Film,
    Grid,
    Handout,
    Heading,
    Items,
    Listing,
    Note,
    Paragraph,
    Property,
    Section,
)
from pipeline.exporters.frame import tag
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.html_text import Places, Texts, state, words
from pipeline.exporters.showing import (
    Depths,
    Shown,
    is_titled_so,
    section_title,
    shown,
    table_rows,
    without_repeated_title,
)
from pipeline.model import Language

_DEEPEST_LISTED = 3
_BOXES = {"[ ]": "☐", "[x]": "☑", "[X]": "☑"}


class Listed(NamedTuple):
    """A heading as a table of contents has it; ``html`` is without links."""

    depth: int
    name: str
    html: str


class Writer:
    """Writes a handout piece by piece, and collects what its contents and its header say of the pieces.

    ``states`` counts the texts that are not finished.
    """

    def __init__(self, handout: Handout, places: Places) -> None:
        self.handout, self._places = handout, places
        self.listed: list[Listed] = []
        self.states: Counter[str] = Counter()
        self.first: Language = handout.languages[0] if handout.languages else "en"
        self._last: Language = handout.languages[-1] if handout.languages else "en"
        self._texts = Texts("", "s0", places)

    def sections(self) -> Iterator[str]:
        """Yield the pages of the handout."""
        for number, section in enumerate(self.handout.sections, 1):
            yield from self._section(section, f"s{number}")
        self._texts = Texts("", "s0", self._places)

    def part(self, name: str, html: str) -> str:
        """Return HTML under a heading of the handout's own."""
        heading = words(name, self.handout.languages)
        self.listed.append(Listed(2, name, heading))
        return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n{html}</section>\n'

    def _section(self, section: Section, key: str) -> Iterator[str]:
        notes = [block for block in section.blocks if isinstance(block, Note)]
        self._texts = Texts(section.path, key, self._places, {note.label: at for at, note in enumerate(notes, 1)})
        title, blocks = section_title(section)
        depths = Depths()
        if title and is_titled_so(self.handout, title):
            yield f'<section id="{key}-h2">\n'
        elif title:
            name = f"{key}-h{depths.of(1)}"
            yield f'<section aria-labelledby="{name}">\n{self._heading(title, 2, name)}'
        else:
            yield "<section>\n"
        blocks = without_repeated_title(title, blocks) if title else blocks
        rest = tuple(block for block in blocks if not isinstance(block, Note))
        yield from self._rows(rest, depths) if self.handout.layout == "table" else self._blocks(rest, depths)
        yield from self._notes(notes)
        yield "</section>\n"

    def _blocks(self, blocks: Sequence[Block], depths: Depths) -> Iterator[str]:
        for place, block in enumerate(blocks):
            match block:
                case Heading(level, text):
                    yield self._heading(text, depths.of(level), f"{self._texts.key}-{place}")
                case Paragraph(text, kind):
                    yield self._paragraph(text, kind)
                case Property(key, text):
                    yield f'<p class="key" lang="en"><code>{escape(key)}</code></p>\n{self._paragraph(text, "property")}'
                case Items():
                    yield self._list(block)
                case Grid():
                    yield self.grid(block)
                case Listing() | Film():
                    yield self._other(block)

    def _other(self, block: Listing | Film) -> str:
        if isinstance(block, Listing):
            label = WORDS["code"][self.first]
            return f'<pre tabindex="0" role="group" aria-label="{label}"><code>{escape(block.text)}</code></pre>\n'
        url, video = escape(block.url), words("video", self.handout.languages)
        link = f'<a class="bare" href="{url}">{url}</a>' if block.url.startswith(("https:", "http:")) else url
        return f'<p class="film" lang="en">▶ {video} ({escape(block.provider)}): {link}</p>\n'

    def _heading(self, text: Both, depth: int, name: str) -> str:
        texts = shown(text, self.handout)
        if depth <= _DEEPEST_LISTED:
            listed = " · ".join(
                f'<span lang="{tag(each.said.language)}">{self._texts.html(each.said.nodes, linked=False)}</span>'
                for each in texts
            )
            self.listed.append(Listed(depth, name, listed))
        kind = f"pair {self._state(text, texts)}".rstrip()
        return f'<h{depth} id="{name}" class="{kind}">{self._sides(text, texts, "span")}</h{depth}>\n'

    def _paragraph(self, text: Both, kind: str) -> str:
        element = "blockquote" if kind == "quote" else "div"
        return self._pair(text, element, "" if kind in {"paragraph", "quote"} else f" {kind}") + "\n"

    def _pair(self, text: Both, element: str = "div", kind: str = "") -> str:
        texts = shown(text, self.handout)
        kind += f" {self._state(text, texts)}"
        return f'<{element} class="{f"pair{kind}".rstrip()}">{self._sides(text, texts, "p")}</{element}>'

    def _state(self, text: Both, texts: Sequence[Shown]) -> str:
        """The state of what is not finished, counted; empty where a text is."""
        if not any(each.mark for each in texts):
            return ""
        self.states[text.state] += 1
        return text.state

    def _sides(self, text: Both, texts: Sequence[Shown], element: str) -> str:
        """The texts of a pair; one alone stands in the column of its language, or across both where it is for both."""
        if self.handout.layout != "side-by-side" or len(texts) != 1:
            return self._texts.said(texts, element)
        alone = texts[0]
        column = "whole" if text.state == "same" else "right" if alone.said.language == self._last else "left"
        said = f"{self._texts.html(alone.said.nodes)}{state(alone)}"
        return f'<{element} lang="{tag(alone.said.language)}" class="{column}">{said}</{element}>'

    def _notes(self, notes: Sequence[Note]) -> Iterator[str]:
        if not notes:
            return
        back = WORDS["back"][self.first]
        yield f'<div class="notes" role="group" aria-label="{WORDS["notes"][self.first]}">\n'
        for number, note in enumerate(notes, 1):
            marks = self._texts.marks.get(note.label)
            link = f' <a href="#{marks[0]}" role="doc-backlink" aria-label="{back}">↩</a>' if marks else ""
            label = f'<span class="label">[{escape(note.label)}]{link}</span>'
            yield f'<div id="{self._texts.key}-note-{number}">{label}{self._pair(note.text)}</div>\n'
        yield "</div>\n"

    # --- lists and tables

    def _list(self, block: Items) -> str:
        """Nested lists; a list that changes from bullets to numbers is another one."""
        lines: list[str] = []
        open_: list[str] = []
        for point in block.items:
            level, element = min(point.level, len(open_) + 1), "ol" if point.marker[:1].isdigit() else "ul"
            while len(open_) > level or (len(open_) == level and open_[-1] != element):
                lines.append(f"</li></{open_.pop()}>")
            lines.append("</li>" if len(open_) == level else f"<{element}>")
            open_ += [element] if len(open_) < level else []
            box = _BOXES.get(point.marker, "")
            kind = f' value="{int(point.marker[:-1])}"' if element == "ol" else ' class="todo"' if box else ""
            shown_box = f'<span class="box">{box}</span>' if box else ""
            lines.append(f"<li{kind}>{shown_box}{self._pair(point.text)}")
        lines += [f"</li></{element}>" for element in reversed(open_)]
        return "".join(lines) + "\n"

    def grid(self, grid: Grid) -> str:
        """Return a table that scrolls by itself where it is too wide."""
        rows = list(grid.rows)
        head = ""
        if grid.has_head and rows:
            cells = "".join(self._cell(cell, "th", ' scope="col"') for cell in rows.pop(0))
            head = f"<thead><tr>{cells}</tr></thead>\n"
        body = "".join(f"<tr>{''.join(self._cell(cell, 'td') for cell in row)}</tr>\n" for row in rows)
        return self._scrolling(f"{head}<tbody>\n{body}</tbody>\n")

    def _scrolling(self, rows: str, kind: str = "") -> str:
        label = WORDS["table"][self.first]
        start = f'<div class="scroll{kind}" tabindex="0" role="group" aria-label="{label}">'
        return f"{start}<table>\n{rows}</table></div>\n"

    def _cell(self, cell: Both | None, element: str, scope: str = "") -> str:
        if cell is None:
            return f"<{element}></{element}>"
        texts = shown(cell, self.handout)
        kind, said = self._state(cell, texts), self._texts.said(texts)
        return f"<{element}{scope}>{f'<div class={kind}>{said}</div>' if kind else said}</{element}>"

    def _rows(self, blocks: tuple[Block, ...], depths: Depths) -> Iterator[str]:
        """The layout as a table: a row for each text, under headings that are none."""
        place = 0
        for is_rows, run in groupby(table_rows(blocks), lambda each: isinstance(each, Both)):
            if is_rows:
                yield self._table([each for each in run if isinstance(each, Both)])
                continue
            for each in run:
                place += 1
                if isinstance(each, Heading):
                    yield self._heading(each.text, depths.of(each.level), f"{self._texts.key}-{place}")
                elif isinstance(each, Listing | Film):
                    yield self._other(each)

    def _table(self, texts: Sequence[Both]) -> str:
        heads = "".join(
            f'<th scope="col" lang="{tag(each)}">{WORDS["name"][each]}</th>' for each in self.handout.languages
        )
        note = f'<th scope="col" class="note">{words("note", self.handout.languages)}</th>'
        rows = "".join(map(self._row, texts))
        return self._scrolling(f"<thead><tr>{heads}{note}</tr></thead>\n<tbody>\n{rows}</tbody>\n", " rows")

    def _row(self, text: Both) -> str:
        """A text with its translation and what is to be said of it; what is the same in all languages goes across."""
        texts = shown(text, self.handout)
        kind = self._state(text, texts)
        sides = {each.said.language: each for each in texts}
        if len(sides) == 1 and text.state == "same":
            cells = self._side(texts[0], f' colspan="{len(self.handout.languages) or 1}"')
        else:
            cells = "".join(self._side(sides.get(each)) for each in self.handout.languages)
        note = "".join(f"<div class={kind}>{state(each)}</div>" for each in texts if each.mark)
        return f"<tr>{cells}<td>{note}</td></tr>\n"

    def _side(self, said: Shown | None, span: str = "") -> str:
        if said is None:
            return "<td></td>"
        return f'<td lang="{tag(said.said.language)}"{span}>{self._texts.html(said.said.nodes)}</td>'
