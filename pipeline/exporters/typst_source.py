"""A handout as a document of typst: front, sections, lecture table, terms, addresses, credits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pipeline.exporters.appendix import glossary_grid, lecture_grid
from pipeline.exporters.base import Paper
from pipeline.exporters.document import Handout, Heading, Section
from pipeline.exporters.handout_words import WORDS, chinese_among
from pipeline.exporters.pictures import Picture
from pipeline.exporters.typst_blocks import BlockWriter
from pipeline.exporters.typst_text import VOICES, Surroundings, linked, literal
from pipeline.model import Language

PAPERS: Mapping[Paper, str] = {"a4": "a4", "letter": "us-letter"}
_LOCALES: Mapping[Language, str] = {"en": '("en", none)', "zh_CN": '("zh", "CN")', "zh_TW": '("zh", "TW")'}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families that show Chinese, those first that are liked best; empty where the machine has none by name."""

    simplified: tuple[str, ...] = ()
    traditional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document needs besides its handout.

    ``picture`` gives the picture that an address on a page means; ``replaced`` words for characters that no font has.
    """

    paper: Paper = "a4"
    fonts: Fonts = Fonts()
    picture: Callable[[str, str], Picture | None] = lambda _page, _source: None
    replaced: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypstDocument:
    """The source of a document and the files that it shows, by their names."""

    source: str
    files: Mapping[str, bytes]


def typst_document(handout: Handout, sheet: Sheet) -> TypstDocument:
    """The document of a handout; nothing in it reads a file but its own pictures."""
    return _Document(handout, sheet).made()


@cache
def _looks() -> str:
    return files("pipeline.exporters").joinpath("handout.typ").read_text("utf-8")


class _Document:
    def __init__(self, handout: Handout, sheet: Sheet) -> None:
        self._handout, self._sheet = handout, sheet
        self._around = Surroundings(replaced=sheet.replaced)
        self._names: dict[bytes, str] = {}
        self._files: dict[str, bytes] = {}

    def made(self) -> TypstDocument:
        body = [line for section in self._handout.sections for line in self._section(section)]
        body += [*self._lectures(), *self._terms(), *self._credits(), *self._links()]
        title = self._title()
        front = ["std.title()", f"outline(title: {self._named('contents')}, depth: 2)"]
        lines = "\n".join(["{", *front, *body, "}"])
        return TypstDocument(f"{self._settings()}\n{_looks()}\n#shown({title}, {lines})\n", self._files)

    def _settings(self) -> str:
        fonts, first = self._sheet.fonts, self._handout.languages[0]
        chinese = chinese_among(self._handout.languages)
        families = {"sc-fonts": fonts.simplified, "tc-fonts": fonts.traditional}
        families["cjk-fonts"] = fonts.traditional if chinese == "zh_TW" else fonts.simplified
        return "\n".join(
            [
                f"#let layout-name = {literal(self._handout.layout)}",
                f"#let paper-name = {literal(PAPERS[self._sheet.paper])}",
                f"#let first-language = {_LOCALES[first]}",
                *(
                    f"#let {name} = ({', '.join(map(literal, of))}{',' * (len(of) == 1)})"
                    for name, of in families.items()
                ),
            ]
        )

    def _title(self) -> str:
        """The titles of the course in the languages that the layout shows."""
        handout = self._handout
        titles = {key: text for key, text in handout.titles.items() if key in handout.languages}
        codes = [f"{VOICES[key]}({self._around.literal(text)})" for key, text in titles.items()]
        return "{" + '; " · "; '.join(codes or [self._around.literal(handout.name)]) + "}"

    def _named(self, name: str) -> str:
        """The name of a part of the handout in its languages."""
        codes = {f"{VOICES[each]}({literal(WORDS[name][each])})": None for each in self._handout.languages}
        return "{" + '; " · "; '.join(codes) + "}"

    def _part(self, name: str) -> str:
        return f"heading(level: 1, {self._named(name)})"

    # --- sections

    def _section(self, section: Section) -> Iterator[str]:
        writer = BlockWriter(self._handout, self._around)
        self._around.picture = lambda source: self._picture(section.path, source)
        self._around.note = writer.note
        if section.title:
            yield writer.heading(section.title, 1)
        blocks = [
            block
            for block in section.blocks
            if not (isinstance(block, Heading) and section.title and block.text.source == section.title.source)
        ]
        yield from writer.written(blocks)
        self._around.note = lambda _: None

    def _picture(self, page: str, source: str) -> str | None:
        picture = self._sheet.picture(page, source)
        if picture is None:
            return None
        if picture.data not in self._names:
            self._names[picture.data] = f"picture-{len(self._names) + 1}.{picture.suffix}"
            self._files[self._names[picture.data]] = picture.data
        return self._names[picture.data]

    # --- what comes after them

    def _lectures(self) -> Iterator[str]:
        table = self._handout.table
        if table and table.rows:
            yield self._part("lectures")
            yield BlockWriter(self._handout, self._around).grid(lecture_grid(table, self._handout.languages))

    def _terms(self) -> Iterator[str]:
        if self._handout.terms:
            yield self._part("glossary")
            yield BlockWriter(self._handout, self._around).grid(glossary_grid(self._handout))

    def _links(self) -> Iterator[str]:
        """The addresses that the texts lead to: a sheet of paper cannot be clicked."""
        if not self._around.addresses:
            return
        yield self._part("links")
        shown = (linked(url, self._around.literal(url)) for url in self._around.addresses)
        yield f"addresses({', '.join(shown)})"

    def _credits(self) -> Iterator[str]:
        if self._handout.credits:
            yield self._part("credits")
            lines = (linked(credit.url, self._around.literal(str(credit))) for credit in self._handout.credits)
            yield f"list({', '.join(lines)})"
