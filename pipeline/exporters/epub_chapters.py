"""The pages of a handout as chapters of an EPUB: XHTML documents, and the headings that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.exporters.document import (
    Block,
    Both,
    Film,
    Grid,
    Handout,
    Heading,
    Item,
    Items,
    Listing,
    Note,
    Paragraph,
    Property,
    Section,
)  # fmt: skip
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.showing import Depths, Shown, section_title, shown, table_rows
from pipeline.exporters.xhtml import Surroundings, escaped, tagged, texts_in
from pipeline.model import Language

_TASKS = {"[x]": "☑", "[X]": "☑", "[ ]": "☐"}
_DEEPEST = 9  # lists in lists: no page reads well beyond, and no reader shows it


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading that the table of contents leads to; ``depth`` is 2 for those below the title of the chapter."""

    depth: int
    id: str
    texts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of the book: ``name`` is its file, ``kind`` what it is to readers (`epub:type`)."""

    name: str
    titles: tuple[Shown, ...]
    body: str
    language: Language
    kind: str = "chapter"
    anchors: tuple[Anchor, ...] = ()


def chapter_of(section: Section, name: str, handout: Handout, around: Surroundings) -> Chapter:
    """Return the chapter of one page; ``around`` need not know its notes."""
    title, blocks = section_title(section)
    titles = shown(title, handout) if title else ()
    labels = dict.fromkeys(block.label for block in blocks if isinstance(block, Note))
    notes = {label: f"note-{number}" for number, label in enumerate(labels, 1)}
    writer = _Writer(handout, Surroundings(around.link, around.picture, notes))
    rows = writer.rows(blocks) if handout.layout == "table" else map(writer.block, blocks)
    body = "\n".join(rows)
    return Chapter(name, titles, body, section.language, anchors=tuple(writer.anchors))


def grid_body(grid: Grid, handout: Handout, around: Surroundings) -> str:
    """Return a table of the handout by itself."""
    return _Writer(handout, around).block(grid)


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of one page."""

    handout: Handout
    around: Surroundings
    anchors: list[Anchor] = field(default_factory=list)
    _depths: Depths = field(default_factory=Depths)
    _noted: set[str] = field(default_factory=set)

    def rows(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """The blocks in the layout ``table``: source, translation and note beside each other."""
        for is_text, run in groupby(table_rows(blocks), lambda each: isinstance(each, Both)):
            if is_text:
                yield self._text_table([each for each in run if isinstance(each, Both)])
            else:
                yield from (self.block(each) for each in run if not isinstance(each, Both))

    def _text_table(self, texts: Sequence[Both]) -> str:
        heads = [WORDS[name] for name in ("original", "translation", "note")]
        names = [[name for language, name in head.items() if language in self.handout.languages] for head in heads]
        cells = "".join(f'<th scope="col">{" · ".join(each)}</th>' for each in names)
        return f'<table class="texts"><thead><tr>{cells}</tr></thead><tbody>{"".join(map(self._row, texts))}</tbody></table>'

    def _row(self, text: Both) -> str:
        source, target = Shown(text.source), Shown(text.target) if text.target else None
        mark = next((each for each in shown(text, self.handout) if each.mark), None)
        note = f"<span {tagged(mark.mark_language)}>{mark.mark}</span>" if mark else ""
        cells = [texts_in("div", [each] if each else [], self.around) for each in (source, target)]
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in (*cells, note))}</tr>"

    def block(self, block: Block) -> str:
        match block:
            case Heading(level, text):
                return self._heading(level, text)
            case Paragraph(text, kind):
                return self._paragraph(text, kind)
            case Items(items):
                return self._list(items)
            case Listing(text, _):
                return f"<pre><code>{escaped(text)}</code></pre>"
            case Grid():
                return self._grid(block)
            case Film(provider, url):
                return self._film(provider, url)
            case Note(label, text):
                return self._note(label, text)
            case Property(key, text):
                return f'<div class="property"><p class="key">{escaped(key)}</p>{self._pair(text)}</div>'

    def _pair(self, text: Both, tag: str = "p") -> str:
        texts = shown(text, self.handout)
        made = texts_in(tag, texts, self.around)
        return f'<div class="pair">{made}</div>' if len(texts) > 1 else made

    def _heading(self, level: int, text: Both) -> str:
        depth, texts = self._depths.of(level), shown(text, self.handout)
        self.anchors.append(Anchor(depth, f"h-{len(self.anchors) + 1}", texts))
        spans = texts_in("span", texts, self.around)
        return f'<h{depth} id="{self.anchors[-1].id}">{spans}</h{depth}>'

    def _paragraph(self, text: Both, kind: str) -> str:
        if kind == "paragraph":
            return self._pair(text)
        tag = "blockquote" if kind == "quote" else "div"
        return f'<{tag} class="{kind}">{self._pair(text)}</{tag}>'

    def _list(self, items: Sequence[Item]) -> str:
        """The points of one list; those that are deeper than the one before belong to it."""
        groups: list[tuple[Item, list[Item]]] = []
        for item in items:
            if groups and min(item.level, _DEEPEST) > groups[0][0].level:
                groups[-1][1].append(item)
            else:
                groups.append((item, []))
        number = groups[0][0].marker.rstrip(".)")
        is_numbered = number.isascii() and number.isdigit()
        tag, start = "ol" if is_numbered else "ul", f' start="{int(number)}"' if is_numbered and number != "1" else ""
        points = "".join(self._item(item, inside) for item, inside in groups)
        return f"<{tag}{start}>{points}</{tag}>"

    def _item(self, item: Item, inside: Sequence[Item]) -> str:
        task = f'<span class="task">{_TASKS[item.marker]}</span>' if item.marker in _TASKS else ""
        deeper = self._list(inside) if inside else ""
        return f"<li>{task}{self._pair(item.text)}{deeper}</li>"

    def _grid(self, grid: Grid) -> str:
        head = grid.rows[:1] if grid.has_head else ()
        heads = "".join(self._grid_row(row, 'th scope="col"') for row in head)
        rows = "".join(self._grid_row(row, "td") for row in grid.rows[len(head) :])
        return f"<table>{f'<thead>{heads}</thead>' if head else ''}{f'<tbody>{rows}</tbody>' if rows else ''}</table>"

    def _grid_row(self, row: tuple[Both | None, ...], tag: str) -> str:
        cells = [texts_in("div", shown(cell, self.handout), self.around) if cell else "" for cell in row]
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag[:2]}>' for cell in cells)}</tr>"

    def _film(self, provider: str, url: str) -> str:
        address = self.around.link(url)
        shown_url = escaped(url)
        link = f'<a href="{escaped(address)}">{shown_url}</a>' if address else shown_url
        return f'<p class="film">▶ {escaped(provider)}: {link}</p>'

    def _note(self, label: str, text: Both) -> str:
        place = "" if label in self._noted else f' id="{self.around.notes[label]}"'
        self._noted.add(label)
        sign = f'<p class="key">{escaped(label)}</p>' if label else ""
        return f'<aside{place} epub:type="footnote" role="doc-footnote">{sign}{self._pair(text)}</aside>'
