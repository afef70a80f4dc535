"""What of a text and its translation a handout shows, in which order, and what it says of their state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.exporters.document import (
    Block,
    Both,
    Grid,
    Handout,
    Heading,
    InLanguage,
    Items,
    Paragraph,
    Property,
    Section,
)
from pipeline.exporters.nodes import Image, Inline, Link, Styled, plain_text
from pipeline.model import Language

TAGS: Mapping[Language, str] = {"en": "en", "zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}
"""Languages as BCP 47 writes them."""

STATES: Mapping[str, Mapping[Language, str]] = {
    "none": {"en": "[not translated]", "zh_CN": "〔未翻译〕", "zh_TW": "〔未翻譯〕"},
    "fuzzy": {"en": "[to be checked]", "zh_CN": "〔待核对〕", "zh_TW": "〔待核對〕"},
}
"""What stands behind a text that a reader should not take for a finished translation."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown; ``mark`` says what is wrong with it in ``mark_language``, empty where nothing is."""

    said: InLanguage
    mark: str = ""
    mark_language: Language = "en"


def shown(both: Both, handout: Handout) -> tuple[Shown, ...]:
    """Return the texts to show, in the order of the handout: one where the layout or the texts want no second."""
    other = _other(both.source.language, handout)
    if both.target is None:
        return (_marked(both.source, other, "none" if both.state == "none" else ""),)
    target = _marked(both.target, both.target.language, both.state)
    if handout.layout == "target" or _is_same_picture(both.source.nodes, both.target.nodes):
        return (target,)
    texts = (Shown(both.source), target)
    return texts if handout.languages[:1] != (both.target.language,) else texts[::-1]


def _marked(said: InLanguage, language: Language, state: str) -> Shown:
    return Shown(said, STATES[state][language], language) if state in STATES else Shown(said)


def _other(language: Language, handout: Handout) -> Language:
    return next((each for each in handout.languages if each != language), "en" if language != "en" else "zh_CN")


def _is_same_picture(one: tuple[Inline, ...], other: tuple[Inline, ...]) -> bool:
    """Whether two texts are the same pictures and nothing else: they are shown once."""
    if not (sources := [image.source for image in images(one)]):
        return False
    alts = [plain_text(tuple(images(nodes))) for nodes in (one, other)]
    only = [plain_text(nodes) for nodes in (one, other)]
    return sources == [image.source for image in images(other)] and _bare(only) == _bare(alts)


def _bare(texts: list[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


def images(nodes: tuple[Inline, ...]) -> Iterator[Image]:
    """The pictures in some nodes, at any depth."""
    for node in nodes:
        if isinstance(node, Image):
            yield node
        elif isinstance(node, Styled | Link):
            yield from images(node.inside)


def table_rows(blocks: tuple[Block, ...]) -> Iterator[Both | Block]:
    """The texts of some blocks for the rows of the layout ``table``; headings, notes and code as they are."""
    for block in blocks:
        match block:
            case Paragraph(text) | Property(_, text):
                yield text
            case Items(items):
                yield from (item.text for item in items)
            case Grid(rows):
                yield from (cell for row in rows for cell in row if cell)
            case _:
                yield block


def section_title(section: Section) -> tuple[Both | None, tuple[Block, ...]]:
    """The title of a section and its blocks: that of its front matter, else the heading that it begins with."""
    if section.title is None and section.blocks and isinstance(section.blocks[0], Heading):
        return section.blocks[0].text, section.blocks[1:]
    return section.title, section.blocks


def is_titled_so(handout: Handout, title: Both) -> bool:
    """Say whether the title of the only page of a handout is what the handout is called: it is written once."""
    texts = {plain_text(said.nodes) for said in (title.source, title.target) if said}
    is_finished = title.state in {"same", "final"}
    return len(handout.sections) == 1 and is_finished and texts <= set(handout.titles.values())


def without_repeated_title(title: Both, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a section; without the first heading where that says the title again."""
    place = next((place for place, block in enumerate(blocks) if not isinstance(block, Property)), len(blocks))
    first = blocks[place] if place < len(blocks) else None
    if isinstance(first, Heading) and _words(first.text) == _words(title):
        return (*blocks[:place], *blocks[place + 1 :])
    return blocks


def _words(text: Both) -> str:
    return plain_text(text.source.nodes).casefold()


class Depths:
    """Depths of headings without gaps: a page may go from 2 to 4, a document with an outline goes from 2 to 3."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def of(self, level: int) -> int:
        """Return the depth of the next heading, counted from 2."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return min(len(self._open) + 1, 6)
